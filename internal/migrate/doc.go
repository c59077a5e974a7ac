// Package migrate brings a newspaper over from an old system: it maps what the
// system exported to articles, sections, people, pictures and comments, hands
// them to the desk in batches, and reports everything that came, that was
// changed on the way, and that was left out.
//
// Reading an export's format is package wordpress's; what a stored thing must
// hold is the desk's. Start reading at [WordPress].
package migrate
