// Package desk is where every write happens, as the verb that an editor would
// use: publish, schedule, withdraw, approve, import. Each verb loads what it
// changes, asks package news whether it may, stores everything in one
// transaction (with revision and audit line), and announces the change once it
// is committed. A verb that does many things at once, as a batch of an import or
// what the clock closes, leaves one audit line; one that changes nothing leaves none,
// nor does what only follows from the paper: renditions, the search index, what a
// CDN is told.
//
// Reads do not come here; they go straight to package store. Start reading at
// [Desk], then [Desk.Publish].
package desk
