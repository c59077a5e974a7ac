package media

import (
	"bytes"
	"encoding/binary"
)

// Flags of a WebP file's VP8X chunk.
const (
	webpXMP   = 1 << 2
	webpEXIF  = 1 << 3
	webpAlpha = 1 << 4
	webpICC   = 1 << 5
)

// readWebP walks the chunks of a RIFF file. Head is its VP8X chunk, where it
// has one; only then can it tell anything.
func readWebP(b []byte) (*picture, error) {
	p := &picture{kind: webpType}
	end := min(len(b), int(binary.LittleEndian.Uint32(b[4:]))+8)
	pixels := false
	err := riffChunks(b[12:max(end, 12)], func(kind string, chunk []byte) {
		body := riffBody(chunk)
		switch kind {
		case "VP8X":
			if len(p.head) == 0 {
				p.head = append(p.head, chunk)
			}
		case "EXIF":
			if p.told.exif == nil {
				p.told.exif = bytes.TrimPrefix(body, exifHeader)
			}
		case "XMP ":
			p.told.xmp = append(p.told.xmp, body)
		case "VP8 ", "VP8L":
			pixels = true
			p.rest = append(p.rest, chunk)
		case "ANMF":
			pixels, p.moving = true, true
			p.rest = append(p.rest, webpFrame(chunk))
		case "ALPH", "ANIM", "ICCP":
			p.rest = append(p.rest, chunk)
		}
	})
	switch {
	case err != nil:
		return nil, err
	case !pixels:
		return nil, damaged(webpType, "it holds no pixels")
	case len(p.head) == 1 && len(riffBody(p.head[0])) != 10:
		return nil, damaged(webpType, "its header has the wrong length")
	}
	return p, nil
}

// riffChunks calls visit with each chunk, its header and padding included.
func riffChunks(b []byte, visit func(kind string, chunk []byte)) error {
	for len(b) > 0 {
		if len(b) < 8 {
			return damaged(webpType, "it ends in the middle of a part")
		}
		n := int64(binary.LittleEndian.Uint32(b[4:]))
		end := 8 + n + n&1
		if end == int64(len(b))+1 {
			end-- // writers forget the last padding byte
		}
		if end > int64(len(b)) {
			return damaged(webpType, "a part of it is longer than the file")
		}
		visit(string(b[:4]), b[:end])
		b = b[end:]
	}
	return nil
}

// riffBody is a chunk without header and padding.
func riffBody(chunk []byte) []byte { return chunk[8 : 8+binary.LittleEndian.Uint32(chunk[4:])] }

// riffChunk builds a chunk with its padding.
func riffChunk(kind string, body []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(body)))
	out = append(out, body...)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// riffFile puts chunks into a file.
func riffFile(parts ...[]byte) []byte {
	chunks := join(parts)
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(chunks)+4))
	return append(append(out, "WEBP"...), chunks...)
}

// webpFrame is a frame of an animation with nothing in it but pixels. A frame
// that can't be read is emptied: no decoder could show it either.
func webpFrame(chunk []byte) []byte {
	body := riffBody(chunk)
	if len(body) < 16 {
		return nil
	}
	kept := [][]byte{body[:16]}
	err := riffChunks(body[16:], func(kind string, part []byte) {
		if kind == "ALPH" || kind == "VP8 " || kind == "VP8L" {
			kept = append(kept, riffChunk(kind, riffBody(part)))
		}
	})
	if err != nil {
		return nil
	}
	return riffChunk("ANMF", join(kept))
}

// writeWebP puts a picture together again with what may be told of it.
func writeWebP(p *picture, t told) []byte {
	var head, tail [][]byte
	if len(p.head) == 1 {
		flags := bytes.Clone(riffBody(p.head[0]))
		flags[0] &^= webpEXIF | webpXMP
		if t.exif != nil {
			flags[0] |= webpEXIF
			tail = append(tail, riffChunk("EXIF", t.exif))
		}
		if len(t.xmp) > 0 {
			flags[0] |= webpXMP
			tail = append(tail, riffChunk("XMP ", t.xmp[0]))
		}
		head = append(head, riffChunk("VP8X", flags))
	}
	rest := make([][]byte, 0, len(p.rest))
	for _, chunk := range p.rest {
		if chunk != nil {
			rest = append(rest, riffChunk(string(chunk[:4]), riffBody(chunk)))
		}
	}
	return riffFile(join(head, rest, tail))
}
