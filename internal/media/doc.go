// Package media keeps the files of the library, tells what is in a picture
// without decoding it, and makes the copy that readers get: the same pixels
// without place, serial numbers and thumbnails, with creator, credit and rights.
//
// It changes no pixel, makes no renditions and stores no rows. Start reading at
// [Disk.Keep], which does all of it for one file; [Inspect] and [Public] are its
// two halves, and [Serve] sends what was kept.
package media
