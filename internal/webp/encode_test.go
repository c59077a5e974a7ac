package webp_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"testing"

	"broadsheet/internal/webp"
)

var drawn = []struct {
	name string
	draw func(w, h int) *image.RGBA
	// floor is the least likeness, in dB, for the quality.
	floor map[int]float64
}{
	{"flat", flat, map[int]float64{1: 24, 50: 32, 100: 40}},
	{"gradient", gradient, map[int]float64{1: 10, 50: 15, 100: 15}},
	{"noise", noise, map[int]float64{1: 6, 50: 8, 100: 10}},
	{"illustration", illustration, map[int]float64{1: 10, 50: 15, 100: 17}},
}

func TestADecoderReadsEveryPicture(t *testing.T) {
	sizes := []image.Point{{1, 1}, {1, 40}, {40, 1}, {2, 3}, {15, 16}, {16, 16}, {17, 16}, {16, 33}, {31, 47}, {67, 45}}
	for _, d := range drawn {
		for _, size := range sizes {
			m := d.draw(size.X, size.Y)
			for quality := 0; quality <= 101; quality++ {
				got := shown(decode(t, encode(t, m, quality)))
				if got.Rect != m.Rect {
					t.Fatalf("%s %v at %d came back as %v", d.name, size, quality, got.Rect)
				}
				floor, ok := d.floor[quality]
				if like := psnr(m, got); ok && like < floor {
					t.Errorf("%s %v at %d: %.1f dB, want %.1f", d.name, size, quality, like, floor)
				}
			}
		}
	}
}

func TestATransparentPictureIsRefused(t *testing.T) {
	nrgba, rgba, grey := image.NewNRGBA(image.Rect(0, 0, 5, 5)), image.NewRGBA(image.Rect(0, 0, 5, 5)), image.NewNRGBA64(image.Rect(0, 0, 5, 5))
	for i := range nrgba.Pix {
		nrgba.Pix[i], rgba.Pix[i] = 255, 255
	}
	for i := range grey.Pix {
		grey.Pix[i] = 255
	}
	for _, m := range []image.Image{nrgba, rgba, grey} {
		if err := webp.Encode(&bytes.Buffer{}, m, 50); err != nil {
			t.Errorf("%T, all opaque: %v", m, err)
		}
	}
	nrgba.SetNRGBA(4, 4, color.NRGBA{9, 9, 9, 254})
	rgba.SetRGBA(4, 0, color.RGBA{9, 9, 9, 254})
	grey.SetNRGBA64(0, 4, color.NRGBA64{9, 9, 9, 0xfffe})
	for _, m := range []image.Image{nrgba, rgba, grey} {
		var b bytes.Buffer
		if err := webp.Encode(&b, m, 50); !errors.Is(err, webp.ErrAlpha) || b.Len() > 0 {
			t.Errorf("%T with a pixel that is not opaque: %v, %d bytes", m, err, b.Len())
		}
	}
}

func TestAPictureThatVP8CanNotHoldIsRefused(t *testing.T) {
	for _, size := range []image.Point{{0, 0}, {0, 5}, {16384, 1}, {1, 16384}} {
		if err := webp.Encode(&bytes.Buffer{}, image.NewGray(image.Rectangle{Max: size}), 50); !errors.Is(err, webp.ErrSize) {
			t.Errorf("%v: %v", size, err)
		}
	}
	decode(t, encode(t, image.NewGray(image.Rect(0, 0, 16383, 1)), 50))
}
