package news

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
}

// Image reports whether p can stand in an img element.
func (p *Picture) Image() bool { return p.Width > 0 && p.Height > 0 && p.Served != "" }
