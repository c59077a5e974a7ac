package webp

import "image"

// plane is a rectangle of samples with a fence of one more above and to the left,
// and four to the right, from which prediction reads. Its first sample is at pix[at].
type plane struct {
	pix    []uint8
	stride int
	at     int
}

// frame is a picture in whole macroblocks: brightness and, at half the size, the
// two colours.
type frame struct {
	size image.Point // of the picture itself, in pixels
	y    plane
	uv   [2]plane
}

func newPlane(width, height int) plane {
	stride := width + 8 // one left, four right, and lines stay aligned
	return plane{pix: make([]uint8, stride*(height+1)), stride: stride, at: stride + 1}
}

func newFrame(across, down int, size image.Point) frame {
	return frame{size, newPlane(16*across, 16*down), [2]plane{newPlane(8*across, 8*down), newPlane(8*across, 8*down)}}
}

// fence sets what prediction reads beyond the picture: 127 above it, corners
// included, and 129 to its left.
func (f *frame) fence() {
	for _, p := range []*plane{&f.y, &f.uv[0], &f.uv[1]} {
		for i := p.stride; i < len(p.pix); i += p.stride {
			p.pix[i] = 129
		}
		for i := range p.pix[:p.stride] {
			p.pix[i] = 127
		}
	}
}

// extend repeats the last sample of a finished row of macroblocks to the right,
// where the last macroblock of the next row looks for what is above and to the right
// of it.
func (f *frame) extend(row int) {
	line := f.y.pix[(16*row+16)*f.y.stride:][:f.y.stride]
	last := len(line) - 7
	for i := range 4 {
		line[last+i] = line[last-1]
	}
}

// complete repeats the last column and the last line of a plane whose first
// width×height samples are set, to the end of the last macroblock.
func (p *plane) complete(width, height int) {
	full := p.stride - 8
	rows := len(p.pix)/p.stride - 1
	for y := range height {
		line := p.pix[p.at+y*p.stride:][:full]
		for x := width; x < full; x++ {
			line[x] = line[width-1]
		}
	}
	last := p.pix[p.at+(height-1)*p.stride:][:full]
	for y := height; y < rows; y++ {
		copy(p.pix[p.at+y*p.stride:][:full], last)
	}
}
