// Package wordpress reads what WordPress exports (WXR 1.0 to 1.2): it yields
// the items of a file one by one, with what it had to repair or leave out, and
// turns a post's content into plain HTML.
//
// It knows nothing of what the items become here. The reader is a scanner of
// its own and not encoding/xml: real exports hold control characters, stray
// ampersands and text that was cut off, all of which must be understood and
// told, and encoding/xml is several times slower. Start reading at [Read], then
// [Post] and [Content].
package wordpress
