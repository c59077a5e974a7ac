package media

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/bep/imagemeta"
)

// exif is what is read from an EXIF block. Of it, only orientation, artist and
// copyright are ever written again.
type exif struct {
	orientation                    int // 1 to 8 as in TIFF 6.0; 1 is upright
	artist, copyright, description string
	place                          bool   // it tells where the picture was taken
	taken                          string // by the camera's clock, as EXIF writes it
}

// readEXIF reads a TIFF structure as far as it makes sense; a broken one tells
// what stood before the break.
func readEXIF(b []byte) exif {
	e := exif{orientation: 1}
	if b == nil {
		return e
	}
	// An error only says where the structure breaks.
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(b), ImageFormat: imagemeta.TIFF, Sources: imagemeta.EXIF,
		HandleTag: func(t imagemeta.TagInfo) error {
			if strings.Contains(t.Namespace, "GPSInfo") {
				e.place = true
			}
			if s, ok := t.Value.(string); ok && t.Tag == "DateTimeOriginal" && strings.HasPrefix(t.Namespace, "IFD0") {
				e.taken = tidy(s)
			}
			if t.Namespace == "IFD0" {
				e.take(t)
			}
			return nil
		},
	})
	return e
}

// take notes a tag of the first directory, which speaks of the picture itself.
func (e *exif) take(t imagemeta.TagInfo) {
	s, _ := t.Value.(string)
	switch t.Tag {
	case "Orientation":
		if n, ok := t.Value.(uint16); ok && n >= 1 && n <= 8 {
			e.orientation = int(n)
		}
	case "Artist":
		e.artist = tidy(s)
	case "Copyright":
		e.copyright = tidy(s)
	case "ImageDescription":
		e.description = tidy(s)
	}
}

// TIFF tags that are written.
const (
	tagOrientation = 0x0112
	tagArtist      = 0x013b
	tagCopyright   = 0x8298
)

// write makes the block that readers get; nil where there is nothing to tell.
func (e exif) write() []byte {
	type entry struct {
		tag, kind uint16
		count     uint32
		value     []byte // padded to 4 where it is shorter
	}
	var entries []entry
	if e.orientation > 1 {
		entries = append(entries, entry{tagOrientation, 3, 1, []byte{byte(e.orientation), 0, 0, 0}})
	}
	for _, t := range []struct {
		tag  uint16
		text string
	}{{tagArtist, e.artist}, {tagCopyright, e.copyright}} {
		if t.text != "" {
			text := append([]byte(t.text), 0)
			entries = append(entries, entry{t.tag, 2, uint32(len(text)), text})
		}
	}
	if entries == nil {
		return nil
	}
	le := binary.LittleEndian
	out := []byte("II*\x00\x08\x00\x00\x00")
	out = le.AppendUint16(out, uint16(len(entries)))
	after := len(out) + 12*len(entries) + 4
	var texts []byte
	for _, n := range entries {
		out = le.AppendUint16(out, n.tag)
		out = le.AppendUint16(out, n.kind)
		out = le.AppendUint32(out, n.count)
		if len(n.value) <= 4 {
			out = append(out, append(n.value, 0, 0, 0)[:4]...)
			continue
		}
		out = le.AppendUint32(out, uint32(after+len(texts)))
		texts = append(texts, n.value...)
		if len(texts)%2 == 1 {
			texts = append(texts, 0) // values begin on even bytes
		}
	}
	out = le.AppendUint32(out, 0) // no further directory, so no thumbnail
	return append(out, texts...)
}
