package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
)

// pngKept are the chunks that decide how pixels look (PNG, third edition), those
// of animation among them. All others are told, or left away.
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "cHRM": true, "gAMA": true, "iCCP": true,
	"sBIT": true, "sRGB": true, "cICP": true, "mDCV": true, "cLLI": true, "bKGD": true, "hIST": true, "pHYs": true,
	"sPLT": true, "acTL": true, "fcTL": true, "fdAT": true,
}

// pngXMP begins an iTXt chunk that holds an XMP packet, uncompressed.
var pngXMP = []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00")

// readPNG walks the chunks up to IEND; what follows is left away.
func readPNG(b []byte) (*picture, error) {
	p := &picture{kind: pngType, head: [][]byte{b[:8]}}
	for at := 8; ; {
		if at+12 > len(b) {
			return nil, damaged(pngType, "it ends before the picture does")
		}
		n := int64(be32(b[at:]))
		end := int64(at) + 12 + n
		if n > 1<<31-1 || end > int64(len(b)) {
			return nil, damaged(pngType, "a part of it is longer than the file")
		}
		kind, chunk := string(b[at+4:at+8]), b[at:end]
		body := chunk[8 : len(chunk)-4]
		switch {
		case kind == "IHDR" && len(p.head) == 1:
			p.head = append(p.head, chunk)
		case len(p.head) == 1:
			return nil, damaged(pngType, "its header is missing")
		case kind == "eXIf":
			tell(&p.told.exif, body)
		case kind == "iTXt" && bytes.HasPrefix(body, pngXMP):
			p.told.tellXMP(body[len(pngXMP):])
		case pngKept[kind]:
			if err := p.add(chunk); err != nil {
				return nil, err
			}
		}
		switch kind {
		case "acTL":
			p.moving = true
		case "fcTL":
			p.frames++
		}
		if kind == "IEND" {
			return p, nil
		}
		at = int(end)
	}
}

// pngChunk builds a chunk with its checksum.
func pngChunk(kind string, parts ...[]byte) []byte {
	body := append([]byte(kind), bytes.Join(parts, nil)...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	out = append(out, body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
}

// writePNG puts a picture together again with what may be told of it.
func writePNG(p *picture, t told) [][]byte {
	var blocks [][]byte
	if t.exif != nil {
		blocks = append(blocks, pngChunk("eXIf", t.exif))
	}
	for _, packet := range t.xmp {
		blocks = append(blocks, pngChunk("iTXt", pngXMP, packet))
	}
	return slices.Concat(p.head, blocks, p.rest)
}
