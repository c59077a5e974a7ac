package media

import (
	"bytes"

	"broadsheet/internal/news"
)

// Public makes the copy of a file that readers get. A picture's pixels are the
// same bytes as before; of what it tells, orientation, creator, credit, caption,
// copyright, terms and its colours stay, and all else goes: place, serial
// numbers, makers' notes, thumbnails, comments, and whatever follows the
// picture. A GIF keeps none of the texts, an AVIF or HEIC picture neither.
//
// Other kinds of file come back as they are. Changed reports whether the copy
// differs; where it does not, it is b itself. Public of what Public returned
// changes nothing. A picture that is damaged, or of a kind that can't be freed
// of what it tells (TIFF and cameras' raw files), is an Invalid fault, and must
// not be served.
func Public(b []byte) (public []byte, changed bool, err error) {
	switch kind := typeOf("", b); kind {
	case jpegType, pngType, webpType, gifType:
		var p *picture
		if p, err = takeApart(kind, b); err == nil {
			public = join(p.public())
		}
	case avifType, heicType:
		public = bytes.Clone(b)
		err = blankISO(public)
	case tiffType:
		err = refused(news.FileFormat, "A TIFF or raw picture can't be shown on the web. Save it as JPEG, and add that.")
	default:
		return b, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if bytes.Equal(public, b) {
		return b, false, nil
	}
	return public, true, nil
}

// public are the parts of a picture put together again from its pixels and what
// may be told.
func (p *picture) public() [][]byte {
	t := told{exif: readEXIF(p.told.exif).write(), iim: p.told.iim}
	if packet := readXMP(p.told.xmp).write(); packet != nil {
		t.xmp = [][]byte{packet}
	}
	switch p.kind {
	case jpegType:
		return writeJPEG(p, t)
	case pngType:
		return writePNG(p, t)
	case webpType:
		return writeWebP(p, t)
	default:
		return writeGIF(p)
	}
}
