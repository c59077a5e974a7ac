package media

import (
	"encoding/binary"

	"broadsheet/internal/news"
)

// What a picture file may be made of, at most. A file of pieces of some bytes
// each would otherwise take many times its own size to look into; those of
// cameras and programs have some dozens, long animations some thousands.
const (
	maxParts = 50_000
	maxTold  = 4 << 20 // bytes of one block of EXIF, XMP or IPTC; a longer one is left out of sight, and away
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
	frames     int  // the pictures of one
}

// add notes a part that shows the pixels.
func (p *picture) add(part []byte) error {
	if p.rest = append(p.rest, part); len(p.rest) > maxParts {
		return damaged(p.kind, "it is in too many parts")
	}
	return nil
}

// tell notes what a block tells, the first of its kind.
func tell(place *[]byte, block []byte) {
	if *place == nil && len(block) <= maxTold {
		*place = block
	}
}

// tellXMP notes an XMP packet.
func (t *told) tellXMP(packet []byte) {
	if len(t.xmp) < 16 && len(packet) <= maxTold {
		t.xmp = append(t.xmp, packet)
	}
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
	return nil, refused(news.FileFormat, "%s can't be taken apart.", typeName(kind))
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
