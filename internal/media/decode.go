package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"

	"broadsheet/internal/fault"
)

// estimate is how many bytes it takes to decode a picture, at most, from its
// header. w and h are as stored.
func estimate(kind string, b []byte, p *picture) (int64, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return 0, fault.Wrap(fault.Invalid, err, "This is %s, but it is damaged: its header can't be read.", typeName(kind))
	}
	pixels := int64(c.Width) * int64(c.Height)
	switch kind {
	case jpegType:
		return pixels * jpegCost(p) / 2, nil
	case gifType:
		return pixels, nil
	case webpType:
		return 8 * pixels, nil
	}
	deep := int64(4)
	switch c.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		deep = 8
	case color.GrayModel:
		deep = 1
	case color.Gray16Model:
		deep = 2
	}
	if _, ok := c.ColorModel.(color.Palette); ok {
		deep = 1
	}
	if len(p.head) > 1 && len(p.head[1]) > 20 && p.head[1][20] == 1 { // interlaced: passes are decoded beside the whole
		deep *= 2
	}
	return deep * pixels, nil
}

// jpegCost is how many half bytes a pixel takes: samples as they are stored, with
// five times as much for a progressive picture, whose coefficients are kept until
// its end, and a copy where there are four inks.
func jpegCost(p *picture) int64 {
	for _, s := range p.rest {
		if len(s) < 10 || s[0] != 0xff || s[1] < 0xc0 || s[1] > 0xc2 {
			continue
		}
		components := int(s[9])
		if len(s) < 10+3*components {
			break
		}
		sum, most := int64(0), int64(1)
		for i := range components {
			hv := s[11+3*i]
			n := int64(hv>>4) * int64(hv&15)
			sum, most = sum+n, max(most, n)
		}
		cost := (2*sum + most - 1) / most
		if s[1] == 0xc2 {
			cost *= 5
		}
		if components == 4 {
			cost += 8
		}
		return cost
	}
	return 40
}

// decode decodes a picture, the first frame of an animation. What makes a decoder
// panic is a damaged file like any other.
func decode(ctx context.Context, kind string, b []byte) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fault.Wrap(fault.Invalid, fmt.Errorf("decoding: %v", r), "This is %s, but it is damaged: it can't be decoded.", typeName(kind))
		}
	}()
	img, _, err = image.Decode(&ctxReader{ctx, bytes.NewReader(b)})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "This is %s, but it is damaged: it can't be decoded.", typeName(kind))
	}
	if y, ok := img.(*image.YCbCr); ok && kind == webpType {
		fullRange(y)
	}
	return img, nil
}

// fullRange stretches the limited range that WebP stores to the full one that
// Go's pictures mean (BT.601: 16 to 235, colours 16 to 240).
func fullRange(m *image.YCbCr) {
	var luma, chroma [256]uint8
	for i := range 256 {
		luma[i] = uint8(min(max((i-16)*255/219, 0), 255))
		chroma[i] = uint8(min(max(128+(i-128)*255/224, 0), 255))
	}
	for i, v := range m.Y {
		m.Y[i] = luma[v]
	}
	for _, plane := range [][]uint8{m.Cb, m.Cr} {
		for i, v := range plane {
			plane[i] = chroma[v]
		}
	}
}
