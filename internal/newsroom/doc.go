// Package newsroom is the face behind the paper: the screens of those who make it,
// under /newsroom/. routes.go is its table of contents, with what each address asks
// of whoever comes there.
//
// It reads from the store and writes through the desk. It never imports package
// site, nor site it: how readers see a page is not known here. Start reading at
// routes.go, then [Handler] and visit.go, which is all that a screen is given.
package newsroom
