package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Headers that tell apart what JPEG's application segments hold.
var (
	jfifHeader  = []byte("JFIF\x00")
	exifHeader  = []byte("Exif\x00\x00")
	xmpHeader   = []byte("http://ns.adobe.com/xap/1.0/\x00")
	iccHeader   = []byte("ICC_PROFILE\x00")
	psHeader    = []byte("Photoshop 3.0\x00")
	adobeHeader = []byte("Adobe")
)

// JPEG markers, without their 0xff (ITU-T T.81, table B.1).
const (
	soi, eoi, sos    = 0xd8, 0xd9, 0xda
	rst0, rst7, tem  = 0xd0, 0xd7, 0x01
	app0, app1, app2 = 0xe0, 0xe1, 0xe2
	app13, app14     = 0xed, 0xee
)

// readJPEG walks the segments up to the end of the first image. What follows
// it, such as further views and a camera's previews, has EXIF of its own and is
// left away. A file that ends inside of its pixels is taken, since browsers
// show what there is.
func readJPEG(b []byte) (*picture, error) {
	p := &picture{kind: jpegType, head: [][]byte{b[:2]}}
	var photoshop []byte
	scanned := false
	for at := 2; ; {
		for at < len(b) && b[at] != 0xff { // only garbage between segments: decoders skip it, so it shows nothing
			at++
		}
		for at+1 < len(b) && b[at+1] == 0xff { // fill bytes
			at++
		}
		if at+1 >= len(b) {
			break
		}
		marker := b[at+1]
		if marker == eoi {
			break
		}
		if marker == 0 || marker == tem || marker == soi || marker >= rst0 && marker <= rst7 {
			at += 2
			continue
		}
		if at+4 > len(b) {
			if scanned {
				break
			}
			return nil, damaged(jpegType, "it ends in the middle of its header")
		}
		end := at + 2 + int(binary.BigEndian.Uint16(b[at+2:]))
		if end < at+4 || end > len(b) {
			if scanned {
				break
			}
			return nil, damaged(jpegType, "a part of its header is longer than the file")
		}
		segment, body := b[at:end], b[at+4:end]
		switch marker {
		case sos:
			scanned = true
			end = scanEnd(b, end)
			segment = b[at:end]
			fallthrough
		default:
			if err := p.sort(marker, segment, body, &photoshop); err != nil {
				return nil, err
			}
		}
		at = end
	}
	if !scanned {
		return nil, damaged(jpegType, "it holds no pixels")
	}
	p.rest = append(p.rest, []byte{0xff, eoi})
	p.told.iim = iimOf(photoshop)
	return p, nil
}

// sort puts a segment where it belongs: kept, told or left away.
func (p *picture) sort(marker byte, segment, body []byte, photoshop *[]byte) error {
	switch {
	case marker == app0 && bytes.HasPrefix(body, jfifHeader) && len(body) >= 14:
		if len(p.head) == 1 {
			p.head = append(p.head, jfif(body))
		}
	case marker == app1 && bytes.HasPrefix(body, exifHeader):
		tell(&p.told.exif, body[len(exifHeader):])
	case marker == app1 && bytes.HasPrefix(body, xmpHeader):
		p.told.tellXMP(body[len(xmpHeader):])
	case marker == app13 && bytes.HasPrefix(body, psHeader):
		if len(*photoshop) < maxTold {
			*photoshop = append(*photoshop, body[len(psHeader):]...)
		}
	case marker == app2 && bytes.HasPrefix(body, iccHeader), marker == app14 && bytes.HasPrefix(body, adobeHeader):
		return p.add(segment)
	case marker == sos, marker >= 0xc0 && marker <= 0xcf, marker >= 0xdb && marker <= 0xdf:
		return p.add(segment) // scans, frames, tables, restart intervals
	}
	return nil
}

// jfif is the JFIF segment without the thumbnail that it may carry.
func jfif(body []byte) []byte {
	short := bytes.Clone(body[:14])
	short[12], short[13] = 0, 0
	return jpegSegment(app0, nil, short)
}

// scanEnd finds the marker after the entropy-coded data that begins at at.
func scanEnd(b []byte, at int) int {
	for ; at+1 < len(b); at++ {
		if b[at] == 0xff && b[at+1] != 0 && b[at+1] != 0xff && (b[at+1] < rst0 || b[at+1] > rst7) {
			return at
		}
	}
	return len(b)
}

// jpegSegment builds a segment; nil where the body is too long for one.
func jpegSegment(marker byte, header, body []byte) []byte {
	n := 2 + len(header) + len(body)
	if n > 0xffff {
		return nil
	}
	s := append([]byte{0xff, marker, byte(n >> 8), byte(n)}, header...)
	return append(s, body...)
}

// writeJPEG puts a picture together again with what may be told of it.
func writeJPEG(p *picture, t told) [][]byte {
	var blocks [][]byte
	if t.exif != nil {
		blocks = append(blocks, jpegSegment(app1, exifHeader, t.exif))
	}
	for _, packet := range t.xmp {
		blocks = append(blocks, jpegSegment(app1, xmpHeader, packet))
	}
	if t.iim != nil {
		blocks = append(blocks, jpegSegment(app13, psHeader, photoshopBlock(t.iim)))
	}
	return slices.Concat(p.head, blocks, p.rest)
}
