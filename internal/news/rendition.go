package news

// Rendition is one size and cut of a picture, ready to be sent. A name may come in
// two types, of which a reader gets the one that their browser takes.
type Rendition struct {
	Picture       PictureID
	Name          string // shape and width, as "3x2-640"
	Type          string // media type
	Blob          string // key of its bytes
	Width, Height int    // in pixels
	Size          int64  // in bytes
}
