package webp

import (
	"image"
)

// VP8's samples are BT.601's in the limited range: brightness 16 to 235, colours 16
// to 240 around 128. The weights below are those of the standard, times 1<<shift.
const (
	shift = 16

	yRed, yGreen, yBlue = 16829, 33039, 6416
	uRed, uGreen, uBlue = -9714, -19071, 28785
	vRed, vGreen, vBlue = 28785, -24103, -4682

	half = 1 << (shift - 1)
)

// read takes in a picture, and completes its last macroblocks by repeating its edges.
func (f *frame) read(m image.Image) error {
	switch m := m.(type) {
	case *image.YCbCr:
		f.readYCbCr(m)
	case *image.Gray:
		f.readGray(m)
	default:
		if err := f.readRGB(m); err != nil {
			return err
		}
	}
	f.y.complete(f.size.X, f.size.Y)
	for i := range f.uv {
		f.uv[i].complete((f.size.X+1)/2, (f.size.Y+1)/2)
	}
	return nil
}

// narrow are the limited-range samples for JPEG's full range, brightness or colour.
func narrow(colour bool) (table [256]uint8) {
	for i := range table {
		if colour {
			table[i] = uint8((128*255 + (i-128)*224 + 127) / 255)
		} else {
			table[i] = uint8(16 + (i*219+127)/255)
		}
	}
	return table
}

func (f *frame) readYCbCr(m *image.YCbCr) {
	bright, colour := narrow(false), narrow(true)
	corner := m.Rect.Min
	for y := range f.size.Y {
		line := f.y.pix[f.y.at+y*f.y.stride:][:f.size.X]
		from := m.Y[m.YOffset(corner.X, corner.Y+y):][:f.size.X]
		for x, v := range from {
			line[x] = bright[v]
		}
	}
	for i, from := range [2][]uint8{m.Cb, m.Cr} {
		if m.SubsampleRatio == image.YCbCrSubsampleRatio420 && corner.X%2 == 0 && corner.Y%2 == 0 {
			f.copyColour(&f.uv[i], from[m.COffset(corner.X, corner.Y):], m.CStride, &colour)
		} else {
			f.meanColour(&f.uv[i], from, m, &colour)
		}
	}
}

// copyColour takes colour samples that are as few as VP8's, and lie the same way.
func (f *frame) copyColour(p *plane, from []uint8, stride int, colour *[256]uint8) {
	for y := range (f.size.Y + 1) / 2 {
		line := p.pix[p.at+y*p.stride:][:(f.size.X+1)/2]
		for x, v := range from[y*stride:][:len(line)] {
			line[x] = colour[v]
		}
	}
}

// meanColour takes the mean colour of each four pixels, however m keeps it. The
// second line and column of a pair are the first once more at an odd edge.
func (f *frame) meanColour(p *plane, from []uint8, m *image.YCbCr, colour *[256]uint8) {
	for y := 0; y < f.size.Y; y += 2 {
		line := p.pix[p.at+y/2*p.stride:]
		upper, lower := m.Rect.Min.Y+y, m.Rect.Min.Y+min(y+1, f.size.Y-1)
		for x := 0; x < f.size.X; x += 2 {
			left, right := m.Rect.Min.X+x, m.Rect.Min.X+min(x+1, f.size.X-1)
			sum := int(from[m.COffset(left, upper)]) + int(from[m.COffset(right, upper)]) +
				int(from[m.COffset(left, lower)]) + int(from[m.COffset(right, lower)])
			line[x/2] = colour[(sum+2)/4]
		}
	}
}

func (f *frame) readGray(m *image.Gray) {
	bright := narrow(false)
	for y := range f.size.Y {
		line := f.y.pix[f.y.at+y*f.y.stride:][:f.size.X]
		from := m.Pix[m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y+y):][:f.size.X]
		for x, v := range from {
			line[x] = bright[v]
		}
	}
	for i := range f.uv {
		p := &f.uv[i]
		for y := 0; y < f.size.Y; y += 2 {
			line := p.pix[p.at+y/2*p.stride:]
			for x := 0; x < f.size.X; x += 2 {
				line[x/2] = 128
			}
		}
	}
}

// readRGB reads two lines at a time as red, green, blue and opacity, and makes
// samples of them: brightness of each pixel, colour of the mean of four.
func (f *frame) readRGB(m image.Image) error {
	var lines [2][]uint8
	for i := range lines {
		lines[i] = make([]uint8, 4*f.size.X+4)
	}
	for y := 0; y < f.size.Y; y += 2 {
		for i := range lines {
			// The line below an odd last one is itself.
			if from := min(y+i, f.size.Y-1); !readLine(lines[i], m, from) {
				return ErrAlpha
			}
		}
		f.setBrightness(lines[0], y)
		if y+1 < f.size.Y {
			f.setBrightness(lines[1], y+1)
		}
		f.setColour(lines[0], lines[1], y/2)
	}
	return nil
}

// readLine reads a line of m into dst, with its last pixel once more behind it, and
// reports whether it is opaque.
func readLine(dst []uint8, m image.Image, y int) bool {
	b := m.Bounds()
	width := 4 * b.Dx()
	switch m := m.(type) {
	case *image.RGBA:
		copy(dst[:width], m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
	case *image.NRGBA:
		copy(dst[:width], m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
	default:
		for i := 0; i < width; i += 4 {
			r, g, b, a := m.At(b.Min.X+i/4, b.Min.Y+y).RGBA()
			// An opacity of almost 1 in 16 bits would be 255 in 8.
			if a != 0xffff {
				return false
			}
			dst[i], dst[i+1], dst[i+2], dst[i+3] = uint8(r>>8), uint8(g>>8), uint8(b>>8), 255
		}
	}
	copy(dst[width:], dst[width-4:width])
	opaque := uint8(255)
	for i := 3; i < width; i += 4 {
		opaque &= dst[i]
	}
	return opaque == 255
}

func (f *frame) setBrightness(rgba []uint8, y int) {
	line := f.y.pix[f.y.at+y*f.y.stride:][:f.size.X]
	for x := range line {
		p := rgba[4*x : 4*x+4 : 4*x+4]
		line[x] = uint8((yRed*int(p[0]) + yGreen*int(p[1]) + yBlue*int(p[2]) + 16<<shift + half) >> shift)
	}
}

func (f *frame) setColour(upper, lower []uint8, y int) {
	u := f.uv[0].pix[f.uv[0].at+y*f.uv[0].stride:][:(f.size.X+1)/2]
	v := f.uv[1].pix[f.uv[1].at+y*f.uv[1].stride:][:len(u)]
	for x := range u {
		a, b := upper[8*x:8*x+8:8*x+8], lower[8*x:8*x+8:8*x+8]
		r := int(a[0]) + int(a[4]) + int(b[0]) + int(b[4])
		g := int(a[1]) + int(a[5]) + int(b[1]) + int(b[5])
		bl := int(a[2]) + int(a[6]) + int(b[2]) + int(b[6])
		u[x] = uint8((uRed*r + uGreen*g + uBlue*bl + 128<<(shift+2) + 4*half) >> (shift + 2))
		v[x] = uint8((vRed*r + vGreen*g + vBlue*bl + 128<<(shift+2) + 4*half) >> (shift + 2))
	}
}
