package webp_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	"broadsheet/internal/webp"

	xwebp "golang.org/x/image/webp"
)

// picture draws by a function of place, from 0 to 1 across and down.
func picture(w, h int, at func(x, y float64) (r, g, b float64)) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	byteOf := func(v float64) uint8 { return uint8(min(max(v*255+.5, 0), 255)) }
	for y := range h {
		for x := range w {
			r, g, b := at(float64(x)/float64(w), float64(y)/float64(h))
			m.SetRGBA(x, y, color.RGBA{byteOf(r), byteOf(g), byteOf(b), 255})
		}
	}
	return m
}

func flat(w, h int) *image.RGBA {
	return picture(w, h, func(x, y float64) (r, g, b float64) { return .8, .3, .1 })
}

func gradient(w, h int) *image.RGBA {
	return picture(w, h, func(x, y float64) (r, g, b float64) { return x, y, 1 - x*y })
}

func noise(w, h int) *image.RGBA {
	rnd := rand.New(rand.NewPCG(1, 2))
	return picture(w, h, func(x, y float64) (r, g, b float64) { return rnd.Float64(), rnd.Float64(), rnd.Float64() })
}

// illustration has flat shapes with hard edges, stripes and thin lines.
func illustration(w, h int) *image.RGBA {
	return picture(w, h, func(x, y float64) (r, g, b float64) {
		switch {
		case math.Hypot(x-.7, y-.25) < .15:
			return .96, .78, .25
		case y > .6+.08*math.Sin(9*x):
			if math.Mod(y*40, 1) < .1 {
				return .9, .95, 1
			}
			return .1, .3, .5
		case math.Abs(x-.3) < .01 || math.Abs(y-.5*x-.2) < .006:
			return .1, .1, .12
		case x < .25 && y > .3:
			if math.Mod(x*30, 1) < .5 && math.Mod(y*20, 1) < .5 {
				return .3, .1, .1
			}
			return .75, .35, .25
		}
		return .7, .85 - .2*y, .95
	})
}

// photograph has what a camera sees: slopes of light, textures of many sizes that
// fade as they become finer, soft and hard edges, and a little grain.
func photograph(w, h int, seed uint64) *image.RGBA {
	rnd := rand.New(rand.NewPCG(seed, 7))
	type wave struct{ fx, fy, phase, strength, hue float64 }
	var waves [90]wave
	for i := range waves {
		f := math.Pow(2, 1+7*rnd.Float64())
		angle := 2 * math.Pi * rnd.Float64()
		waves[i] = wave{f * math.Cos(angle), f * math.Sin(angle), 7 * rnd.Float64(), .5 / math.Pow(f, .8), rnd.Float64() - .5}
	}
	aspect := float64(h) / float64(w)
	return picture(w, h, func(x, y float64) (r, g, b float64) {
		v, hue := 0.0, 0.0
		for i := range waves {
			k := &waves[i]
			// Textures live in parts of the picture, not all over it.
			local := .5 + .5*math.Sin(k.phase*3+5*x*k.hue+4*y)
			s := k.strength * local * math.Sin(k.fx*x*2+k.fy*y*aspect*2+k.phase)
			v += s
			hue += s * k.hue
		}
		v = .5 + .35*v
		if math.Hypot(x-.35, (y-.5)*aspect) < .18+.02*math.Sin(14*math.Atan2(y-.5, x-.35)) {
			v, hue = 1-v*.9, -hue+.1
		}
		grain := .012 * rnd.NormFloat64()
		return v + .3*hue + grain, v + grain, v - .4*hue + grain
	})
}

// encode is Encode into memory.
func encode(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := webp.Encode(&b, m, quality); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// decode reads a file as golang.org/x/image/webp does: limited-range samples.
func decode(t testing.TB, file []byte) *image.YCbCr {
	t.Helper()
	m, err := xwebp.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return m.(*image.YCbCr)
}

// shown is what a browser shows of VP8's limited-range samples.
func shown(m *image.YCbCr) *image.RGBA { return toRGB(m, 16, 255./219, 255./224) }

// shownJPEG is what a browser shows of JPEG's full-range samples.
func shownJPEG(m *image.YCbCr) *image.RGBA { return toRGB(m, 0, 1, 1) }

// toRGB interpolates colours between samples as browsers do.
func toRGB(m *image.YCbCr, black, bright, strong float64) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Rect.Dx(), m.Rect.Dy()))
	w, h := (m.Rect.Dx()+1)/2, (m.Rect.Dy()+1)/2
	colour := func(pix []uint8, x, y int) float64 {
		x0, y0 := x/2, y/2
		x1, y1 := min(max(x0-1+x%2*2, 0), w-1), min(max(y0-1+y%2*2, 0), h-1)
		at := func(x, y int) int { return int(pix[y*m.CStride+x]) - 128 }
		return strong * float64(9*at(x0, y0)+3*at(x1, y0)+3*at(x0, y1)+at(x1, y1)) / 16
	}
	byteOf := func(v float64) uint8 { return uint8(min(max(v+.5, 0), 255)) }
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			l := bright * (float64(m.Y[y*m.YStride+x]) - black)
			u, v := colour(m.Cb, x, y), colour(m.Cr, x, y)
			out.SetRGBA(x, y, color.RGBA{byteOf(l + 1.402*v), byteOf(l - .344136*u - .714136*v), byteOf(l + 1.772*u), 255})
		}
	}
	return out
}

// psnr is the likeness of two pictures of one size, in decibels over red, green
// and blue.
func psnr(a, b *image.RGBA) float64 {
	sum := 0
	size := a.Rect.Size()
	for y := range size.Y {
		p := a.Pix[a.PixOffset(a.Rect.Min.X, a.Rect.Min.Y+y):][:4*size.X]
		q := b.Pix[b.PixOffset(b.Rect.Min.X, b.Rect.Min.Y+y):][:4*size.X]
		for i, v := range p {
			d := int(v) - int(q[i])
			sum += d * d
		}
	}
	// Opacity is the same in both.
	return 10 * math.Log10(255*255*3*float64(size.X*size.Y)/max(float64(sum), 1))
}

// decodedJPEG is a picture as it comes out of a JPEG file.
func decodedJPEG(t testing.TB, m image.Image, quality int) *image.YCbCr {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out.(*image.YCbCr)
}
