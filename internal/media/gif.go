package media

import (
	"bytes"
	"slices"
)

// Blocks of a GIF file (GIF89a, appendix A).
const (
	gifExtension, gifImage, gifTrailer = 0x21, 0x2c, 0x3b
	gifComment, gifApplication         = 0xfe, 0xff
)

// gifApplications are the application blocks that decide how a picture looks:
// how often an animation runs, and its colours. All others, XMP among them, are
// left away.
var gifApplications = [][]byte{[]byte("NETSCAPE2.0"), []byte("ANIMEXTS1.0"), []byte("ICCRGBG1012")}

// readGIF walks the blocks up to the trailer; what follows is left away. GIF
// has no EXIF and no IPTC. A file without trailer is taken, since browsers show
// it.
func readGIF(b []byte) (*picture, error) {
	if len(b) < 13 {
		return nil, damaged(gifType, "it ends in the middle of its header")
	}
	at := 13 + colourTable(b[10])
	if at > len(b) {
		return nil, damaged(gifType, "it ends in the middle of its colours")
	}
	p := &picture{kind: gifType, head: [][]byte{b[:at]}}
	for at < len(b) && b[at] != gifTrailer {
		start := at
		switch {
		case b[at] == gifExtension && at+2 <= len(b):
			at += 2
		case b[at] == gifImage && at+10 <= len(b):
			at += 10 + colourTable(b[at+9]) + 1 // the 1 is the code size
		default:
			return nil, damaged(gifType, "a part of it is unknown")
		}
		end, whole := subBlocks(b, at)
		if b[start] == gifImage && end > at {
			p.frames++
		}
		if !whole {
			// Browsers show of a last picture what there is.
			if b[start] == gifImage && end > at {
				p.rest = append(p.rest, b[start:end], []byte{0}) // these are the last
			}
			break
		}
		if gifKept(b[start:end]) {
			if err := p.add(b[start:end]); err != nil {
				return nil, err
			}
		}
		at = end
	}
	if p.frames == 0 {
		return nil, damaged(gifType, "it holds no pixels")
	}
	p.moving = p.frames > 1
	p.rest = append(p.rest, []byte{gifTrailer})
	return p, nil
}

// gifKept reports whether a block decides how the picture looks.
func gifKept(block []byte) bool {
	if block[0] == gifImage || block[1] != gifComment && block[1] != gifApplication {
		return true
	}
	if block[1] == gifComment || len(block) < 14 || block[2] != 11 {
		return false
	}
	for _, name := range gifApplications {
		if bytes.Equal(block[3:14], name) {
			return true
		}
	}
	return false
}

// colourTable is the length in bytes of the table that the flags announce.
func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// subBlocks returns where the chain of sub-blocks that begins at at ends; where
// the file ends first, the end of the last whole one.
func subBlocks(b []byte, at int) (end int, whole bool) {
	for at < len(b) {
		next := at + 1 + int(b[at])
		switch {
		case b[at] == 0:
			return next, true
		case next > len(b):
			return at, false
		}
		at = next
	}
	return at, false
}

// writeGIF puts a picture together again.
func writeGIF(p *picture) [][]byte { return slices.Concat(p.head, p.rest) }
