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
	err := riffChunks(b[12:max(end, 12)], func(kind string, chunk []byte) error {
		body := riffBody(chunk)
		switch kind {
		case "VP8X":
			if len(p.head) == 0 {
				p.head = append(p.head, chunk)
			}
		case "EXIF":
			tell(&p.told.exif, bytes.TrimPrefix(body, exifHeader))
		case "XMP ":
			p.told.tellXMP(body)
		case "VP8 ", "VP8L":
			pixels = true
			return p.add(chunk)
		case "ANMF":
			pixels, p.moving = true, true
			p.frames++
			return p.add(webpFrame(chunk))
		case "ALPH", "ANIM", "ICCP":
			return p.add(chunk)
		}
		return nil
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

// riffChunks calls visit with each chunk, its header and padding included, until
// that returns an error.
func riffChunks(b []byte, visit func(kind string, chunk []byte) error) error {
	for len(b) > 0 {
		if len(b) < 8 {
			return damaged(webpType, "it ends in the middle of a part")
		}
		n := int64(binary.LittleEndian.Uint32(b[4:]))
		end := 8 + n + n&1
		if n%2 == 1 && end == int64(len(b))+1 {
			end-- // writers forget the last padding byte
		}
		if end > int64(len(b)) {
			return damaged(webpType, "a part of it is longer than the file")
		}
		if err := visit(string(b[:4]), b[:end]); err != nil {
			return err
		}
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
	return append(riffHeader(len(chunks)), chunks...)
}

// riffHeader begins a file with so many bytes of chunks.
func riffHeader(n int) []byte {
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(n+4)), "WEBP"...)
}

// webpFrame is a frame of an animation with nothing in it but pixels: the chunk
// itself, as a rule. A frame that can't be read is emptied: no decoder could show
// it either.
func webpFrame(chunk []byte) []byte {
	body := riffBody(chunk)
	if len(body) < 16 {
		return nil
	}
	kept, pure := [][]byte{body[:16]}, len(body)%2 == 0
	err := riffChunks(body[16:], func(kind string, part []byte) error {
		if kind != "ALPH" && kind != "VP8 " && kind != "VP8L" {
			pure = false
			return nil
		}
		pure = pure && len(part)%2 == 0 && (len(riffBody(part))%2 == 0 || part[len(part)-1] == 0)
		if kept = append(kept, riffParts(part)...); len(kept) > 16 {
			return damaged(webpType, "a frame is in too many parts")
		}
		return nil
	})
	switch {
	case err != nil:
		return nil
	case pure:
		return chunk
	}
	return riffChunk("ANMF", join(kept))
}

// riffParts are a chunk with its padding, which is zero whatever it was.
func riffParts(chunk []byte) [][]byte {
	n := 8 + len(riffBody(chunk))
	if n%2 == 1 {
		return [][]byte{chunk[:n], {0}}
	}
	return [][]byte{chunk[:n]}
}

// writeWebP puts a picture together again with what may be told of it.
func writeWebP(p *picture, t told) [][]byte {
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
	parts := [][]byte{nil}
	parts = append(parts, head...)
	for _, chunk := range p.rest {
		if chunk != nil {
			parts = append(parts, riffParts(chunk)...)
		}
	}
	parts = append(parts, tail...)
	n := 0
	for _, b := range parts {
		n += len(b)
	}
	parts[0] = riffHeader(n)
	return parts
}
