package media

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf8"

	"github.com/bep/imagemeta"
)

// iimKept are the datasets of IPTC-IIM 4.2, application record 2, that readers
// get: title, creator and creator's title, headline, credit, source, copyright,
// caption and who wrote it.
var iimKept = []byte{5, 80, 85, 105, 110, 115, 116, 120, 122}

// iimUTF8 is dataset 1:90, which says that text is in UTF-8 (ISO 2022 escape).
var iimUTF8 = []byte{0x1c, 1, 90, 0, 3, 0x1b, '%', 'G'}

// maxIIM keeps the datasets within one JPEG segment.
const maxIIM = 60_000

// iimOf finds the kept datasets in Photoshop's image resources; nil for none.
func iimOf(photoshop []byte) []byte {
	for b := photoshop; len(b) >= 12 && string(b[:4]) == "8BIM"; {
		id := binary.BigEndian.Uint16(b[4:])
		name := 1 + int(b[6])
		name += name % 2
		if len(b) < 6+name+4 {
			return nil
		}
		n := int64(be32(b[6+name:]))
		b = b[6+name+4:]
		if n > int64(len(b)) {
			return nil
		}
		if id == 0x0404 {
			return keepIIM(b[:n])
		}
		b = b[min(n+n%2, int64(len(b))):]
	}
	return nil
}

// keepIIM copies the kept datasets, and first of all in which alphabet they
// are: that is said anew where it is UTF-8 without saying so, as many programs
// write it. It stops where the datasets break.
func keepIIM(b []byte) []byte {
	var out, alphabet []byte
	for len(b) >= 5 && b[0] == 0x1c {
		record, set, n := b[1], b[2], int(binary.BigEndian.Uint16(b[3:]))
		if n >= 0x8000 || 5+n > len(b) { // "extended" datasets are for pictures
			break
		}
		whole := b[:5+n]
		switch {
		case record == 1 && set == 90 && alphabet == nil && n <= 16:
			alphabet = bytes.Clone(whole)
		case record == 2 && slices.Contains(iimKept, set) && n > 0 && len(out)+len(whole) <= maxIIM:
			out = append(out, whole...)
		}
		b = b[5+n:]
	}
	if out == nil {
		return nil
	}
	if alphabet == nil && utf8.Valid(out) {
		alphabet = iimUTF8
	}
	return slices.Concat(alphabet, out)
}

// photoshopBlock wraps datasets as the one image resource of an APP13 segment.
func photoshopBlock(iim []byte) []byte {
	out := append([]byte("8BIM\x04\x04\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(iim)))...)
	out = append(out, iim...)
	if len(iim)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// readIIM reads kept datasets by imagemeta's names, as "Headline". The decoder
// reads files, so it gets the smallest one that holds them.
func readIIM(iim []byte) map[string]string {
	found := map[string]string{}
	if iim == nil {
		return found
	}
	file := slices.Concat([]byte{0xff, soi}, jpegSegment(app13, psHeader, photoshopBlock(iim)), []byte{0xff, eoi})
	// An error only says where the datasets break.
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(file), ImageFormat: imagemeta.JPEG, Sources: imagemeta.IPTC,
		HandleTag: func(t imagemeta.TagInfo) error {
			switch v := t.Value.(type) {
			case string:
				found[t.Tag] = tidy(v)
			case []string:
				if len(v) > 0 {
					found[t.Tag] = tidy(v[0])
				}
			}
			return nil
		},
	})
	return found
}
