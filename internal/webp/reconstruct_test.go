package webp

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/image/webp"
)

// What later macroblocks are predicted from must be what a decoder has, to the
// last bit: before the loop filter, which works on the finished frame.
func TestADecoderSeesWhatTheEncoderSaw(t *testing.T) {
	m := everything(331, 253)
	var seen uses
	for quality := 1; quality <= 100; quality += 3 {
		e := newEncoder(m.Rect.Size(), settingsFor(quality))
		e.filter = 0
		if err := e.src.read(m); err != nil {
			t.Fatal(err)
		}
		e.chooseAll()
		frame, err := e.frame()
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := writeFile(&file, frame); err != nil {
			t.Fatal(err)
		}
		got, err := webp.Decode(&file)
		if err != nil {
			t.Fatal(err)
		}
		if err := same(&e.rec, got.(*image.YCbCr)); err != nil {
			t.Errorf("at %d: %v", quality, err)
		}
		seen.add(e.blocks)
	}
	if slices.Contains(seen.whole[:], 0) || slices.Contains(seen.sub[:], 0) || slices.Contains(seen.chroma[:], 0) || seen.skipped == 0 {
		t.Errorf("the picture proves too little: %+v", seen)
	}
}

// uses counts what macroblocks make use of.
type uses struct {
	whole   [wholeModes + 1]int
	sub     [subModes]int
	chroma  [wholeModes]int
	skipped int
}

func (u *uses) add(blocks []macroblock) {
	for _, b := range blocks {
		u.whole[b.mode]++
		u.chroma[b.chroma]++
		if b.skip {
			u.skipped++
		}
		for _, mode := range b.sub {
			if b.mode == subMode {
				u.sub[mode]++
			}
		}
	}
}

// everything has an even corner, slopes, stripes in all directions, and noise.
func everything(w, h int) *image.RGBA {
	rnd := rand.New(rand.NewPCG(3, 4))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			at := float64(x/64+y/64*7) * .41
			v := 128 + 90*math.Sin((math.Cos(at)*float64(x)+math.Sin(at)*float64(y))*(.05+.3*float64(y)/float64(h)))
			switch {
			case x < 70 && y < 70:
				v = 200
			case y > h-60:
				v = float64((x + 2*y) % 256)
			case x > w-60:
				v = float64(rnd.IntN(256))
			}
			m.SetRGBA(x, y, color.RGBA{uint8(v), uint8(v/2 + float64(x)/4), uint8(255 - v), 255})
		}
	}
	return m
}

// same compares a frame with what a decoder made of it.
func same(f *frame, m *image.YCbCr) error {
	planes := []struct {
		name   string
		ours   *plane
		theirs []uint8
		stride int
		w, h   int
	}{
		{"Y", &f.y, m.Y, m.YStride, f.size.X, f.size.Y},
		{"U", &f.uv[0], m.Cb, m.CStride, (f.size.X + 1) / 2, (f.size.Y + 1) / 2},
		{"V", &f.uv[1], m.Cr, m.CStride, (f.size.X + 1) / 2, (f.size.Y + 1) / 2},
	}
	for _, p := range planes {
		for y := range p.h {
			for x := range p.w {
				if a, b := p.ours.pix[p.ours.at+y*p.ours.stride+x], p.theirs[y*p.stride+x]; a != b {
					return fmt.Errorf("%s at %d,%d is %d here and %d there", p.name, x, y, a, b)
				}
			}
		}
	}
	return nil
}
