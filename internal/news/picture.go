package news

import "time"

// PictureID names a picture, or another file of the library; 0 is none.
type PictureID int64

// Picture is a file of the library with what must be told about it. Most are
// pictures; sound, film and documents that came with an import are kept the
// same way and have no size.
type Picture struct {
	ID      PictureID
	Name    string // file name as it came, as "harbour.jpg"
	Path    string // address under which it is served
	Blob    string // key of the original's bytes in the blob store; "" when they are missing
	Served  string // key of the bytes that readers get: the original, or a copy without what must not leave
	Type    string // media type, as "image/jpeg"
	Width   int    // in pixels as seen, after orientation; 0 when it is no picture
	Height  int
	Size    int64 // bytes of the original
	Title   string
	Alt     string
	Caption string
	Credit  string

	Focus    Focus  // what a cut must keep
	FocusSet bool   // whether an editor said so; else it was found
	Colour   string // stands for the picture until it has come, as "#4a5b6c"; "" while nobody has looked
	Moving   bool   // an animation: shown as it came, and still where it is cut

	RightsEnd time.Time // when the right to show it ends; zero for never
	Ended     bool      // that has come: readers get it nowhere any more
}

// Focus is a point of a picture, in thousandths of its width and height from the
// top left, 1 to 1000 each; zero while nobody has looked.
type Focus struct{ X, Y int }

// Image reports whether p can stand in an img element.
func (p *Picture) Image() bool { return p.Width > 0 && p.Height > 0 && p.Served != "" }
