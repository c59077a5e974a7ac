package media

import (
	"encoding/binary"

	"broadsheet/internal/fault"
)

// told is what a picture file says besides its pixels, as found.
type told struct {
	exif []byte   // TIFF structure of the first EXIF block; nil for none
	xmp  [][]byte // XMP packets
	iim  []byte   // IPTC-IIM datasets (IPTC-NAA)
}

// picture is a picture file taken apart. Head comes before what is told, rest
// after it; both alias the file and hold nothing but what shows the pixels.
type picture struct {
	kind       string
	head, rest [][]byte
	told       told
	moving     bool // it is an animation
}

// takeApart reads a picture's structure without decoding pixels. Kinds that
// can't be put together again without what they tell are not taken apart here.
func takeApart(kind string, b []byte) (*picture, error) {
	switch kind {
	case jpegType:
		return readJPEG(b)
	case pngType:
		return readPNG(b)
	case webpType:
		return readWebP(b)
	case gifType:
		return readGIF(b)
	}
	return nil, fault.New(fault.Invalid, "%s can't be taken apart.", typeName(kind))
}

// damaged is the fault of a picture file that breaks the rules of its format.
func damaged(kind, how string) error {
	return fault.New(fault.Invalid, "This is %s, but it is damaged: %s.", typeName(kind), how)
}

func be32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

// join puts blocks one after another.
func join(lists ...[][]byte) []byte {
	n := 0
	for _, list := range lists {
		for _, b := range list {
			n += len(b)
		}
	}
	out := make([]byte, 0, n)
	for _, list := range lists {
		for _, b := range list {
			out = append(out, b...)
		}
	}
	return out
}
