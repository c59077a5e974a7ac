package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/HugoSmits86/nativewebp"

	"broadsheet/internal/news"
	"broadsheet/internal/webp"
)

// Qualities of renditions: those at which newspapers' photographs show no blocks
// on a phone, and the WebP that looks as good.
const (
	jpegQuality = 80
	webpQuality = 80
)

// format is how a picture's renditions are written.
type format struct {
	kind     string // of the original
	told     told   // what may be told, without orientation: the pixels are upright
	profile  []byte // ICC profile of the pixels; nil for sRGB
	lossless bool   // a drawing
	opaque   bool
}

// photograph tells pictures that lose nothing that one sees from drawings, whose
// edges would show it.
func photograph(kind string, img image.Image) bool {
	if kind == jpegType {
		return true
	}
	_, lossy := img.(*image.YCbCr)
	return kind == webpType && lossy
}

// store writes an image in the original's format, and as WebP where that is
// smaller.
func (d *Darkroom) store(ctx context.Context, img *image.RGBA, c Cut, f format) ([]news.Rendition, error) {
	plain, kind, err := f.plain(img)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", c.Name, err)
	}
	small, err := f.webp(img)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", c.Name, err)
	}
	files := []struct {
		kind string
		b    []byte
	}{{kind, plain}}
	if small != nil && len(small) < len(plain) {
		files = append(files, struct {
			kind string
			b    []byte
		}{webpType, small})
	}
	var list []news.Rendition
	for _, file := range files {
		key, size, err := d.disk.Put(ctx, bytes.NewReader(file.b))
		if err != nil {
			return nil, err
		}
		list = append(list, news.Rendition{Name: c.Name, Type: file.kind, Blob: key, Width: c.Width, Height: c.Height, Size: size})
	}
	return list, nil
}

// plain is an image as every program reads it: JPEG for a photograph, else PNG.
func (f format) plain(img *image.RGBA) ([]byte, string, error) {
	var b bytes.Buffer
	if !f.lossless && f.opaque {
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return nil, "", err
		}
		return f.intoJPEG(b.Bytes()), jpegType, nil
	}
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&b, img); err != nil {
		return nil, "", err
	}
	return f.intoPNG(b.Bytes()), pngType, nil
}

// webp is an image as WebP; nil where that can't be had.
func (f format) webp(img *image.RGBA) ([]byte, error) {
	var b bytes.Buffer
	var err error
	if f.lossless || !f.opaque {
		err = nativewebp.Encode(&b, img, nil)
	} else {
		err = webp.Encode(&b, img, webpQuality)
	}
	if err != nil {
		return nil, err
	}
	return f.intoWebP(b.Bytes(), img.Rect.Size())
}

// intoJPEG puts what is told, and the profile, behind a file's first marker.
func (f format) intoJPEG(b []byte) []byte {
	p := &picture{kind: jpegType, head: [][]byte{b[:2]}, rest: [][]byte{b[2:]}}
	const most = 65_000
	parts := (len(f.profile) + most - 1) / most
	for i := range parts {
		body := f.profile[i*most : min((i+1)*most, len(f.profile))]
		p.head = append(p.head, jpegSegment(app2, iccHeader, append([]byte{byte(i + 1), byte(parts)}, body...)))
	}
	return writeJPEG(p, f.told)
}

// intoPNG puts them behind the header.
func (f format) intoPNG(b []byte) []byte {
	const header = 8 + 25
	p := &picture{kind: pngType, head: [][]byte{b[:header]}, rest: [][]byte{b[header:]}}
	if f.profile != nil {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		w.Write(f.profile) // a buffer takes everything
		w.Close()
		p.head = append(p.head, pngChunk("iCCP", []byte("profile\x00\x00"), z.Bytes()))
	}
	return writePNG(p, f.told)
}

// webpICC and webpAlpha are flags of a VP8X chunk.
const (
	webpICC   = 1 << 5
	webpAlpha = 1 << 4
)

// intoWebP gives a file the extended header that what is told needs.
func (f format) intoWebP(b []byte, size image.Point) ([]byte, error) {
	p, err := readWebP(b)
	if err != nil {
		return nil, err
	}
	if len(p.head) == 0 {
		header := make([]byte, 10)
		if !f.opaque {
			header[0] |= webpAlpha
		}
		put24 := func(to []byte, n int) { to[0], to[1], to[2] = byte(n), byte(n>>8), byte(n>>16) }
		put24(header[4:], size.X-1)
		put24(header[7:], size.Y-1)
		p.head = [][]byte{riffChunk("VP8X", header)}
	}
	if f.profile != nil {
		p.head[0][8] |= webpICC
		p.rest = append([][]byte{riffChunk("ICCP", f.profile)}, p.rest...)
	}
	return writeWebP(p, f.told), nil
}

// profileOf is the ICC profile by which the decoded pixels are to be seen; nil for
// none, and for one of other inks than red, green and blue, which decoding has
// turned into these.
func profileOf(p *picture, img image.Image) []byte {
	var profile []byte
	switch p.kind {
	case jpegType:
		for _, s := range p.rest {
			if len(s) > 18 && s[1] == app2 && bytes.HasPrefix(s[4:], iccHeader) {
				profile = append(profile, s[18:]...)
			}
		}
	case pngType:
		for _, chunk := range p.rest {
			if len(chunk) > 12 && string(chunk[4:8]) == "iCCP" {
				profile = unpackICC(chunk[8 : len(chunk)-4])
			}
		}
	case webpType:
		for _, chunk := range p.rest {
			if len(chunk) > 8 && string(chunk[:4]) == "ICCP" {
				profile = bytes.Clone(riffBody(chunk))
			}
		}
	}
	if _, inks := img.(*image.CMYK); inks || len(profile) < 128 || string(profile[16:20]) != "RGB " || int64(be32(profile)) != int64(len(profile)) {
		return nil
	}
	return profile
}

// unpackICC reads PNG's compressed profile: a name, a zero, the method, the bytes.
func unpackICC(body []byte) []byte {
	const most = 4 << 20 // a profile of a good scanner has half of one
	at := bytes.IndexByte(body, 0)
	if at < 0 || at+2 > len(body) {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(body[at+2:]))
	if err != nil {
		return nil
	}
	defer z.Close()
	profile, err := io.ReadAll(io.LimitReader(z, most))
	if err != nil {
		return nil
	}
	return profile
}
