// Package media keeps the files of the library, tells what is in a picture
// without decoding it, and makes the copy that readers get: the same pixels
// without place, serial numbers and thumbnails, with creator, credit and rights.
// From that copy it makes renditions, the sizes and cuts that a theme asks for,
// within a fixed amount of memory.
//
// It stores no rows and knows no queue. Start reading at [Disk.Keep], which does
// all of the first part for one file ([Inspect] and [Public] are its two halves),
// then at [Renditions], which names what a picture has, and [Darkroom.Develop],
// which makes it. [Disk.Serve] and [Disk.ServeRendition] send what was kept.
package media
