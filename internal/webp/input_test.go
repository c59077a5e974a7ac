package webp_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"testing"
)

// stranger hides what kind of picture it is, so that only At is left.
type stranger struct{ image.Image }

func TestTheKindOfPictureMakesNoDifference(t *testing.T) {
	for _, size := range []image.Point{{64, 48}, {33, 17}, {1, 1}} {
		rgba := gradient(size.X, size.Y)
		want := encode(t, rgba, 80)
		nrgba := image.NewNRGBA(rgba.Rect)
		draw.Draw(nrgba, nrgba.Rect, rgba, image.Point{}, draw.Src)
		apart := image.NewRGBA(image.Rect(-7, 3, size.X+4, size.Y+9))
		part := apart.SubImage(rgba.Rect.Add(image.Pt(-3, 5))).(*image.RGBA)
		draw.Draw(part, part.Rect, rgba, image.Point{}, draw.Src)
		for _, m := range []image.Image{nrgba, part, stranger{rgba}} {
			if got := encode(t, m, 80); !bytes.Equal(got, want) {
				t.Errorf("%v: %T gives %d bytes, RGBA %d, or others", size, m, len(got), len(want))
			}
		}
	}
}

func TestGreyIsGrey(t *testing.T) {
	m := image.NewGray(image.Rect(2, 3, 63, 40))
	for i := range m.Pix {
		m.Pix[i] = uint8(i % 61 * 4)
	}
	rgba := image.NewRGBA(m.Rect)
	draw.Draw(rgba, m.Rect, m, m.Rect.Min, draw.Src)
	got := decode(t, encode(t, m, 90))
	if like := psnr(rgba, shown(got)); like < 35 {
		t.Errorf("%.1f dB", like)
	}
	for i := range got.Cb {
		if got.Cb[i] != 128 || got.Cr[i] != 128 {
			t.Fatal("there is colour in it")
		}
	}
}

// A JPEG's samples have the full range, and black and white must stay so.
func TestAJPEGKeepsItsColours(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		whole := image.NewYCbCr(image.Rect(0, 0, 98, 80), ratio)
		want := image.NewRGBA(whole.Rect)
		for y := range 80 {
			for x := range 98 {
				c := [4]color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {200, 60, 40, 255}, {30, 90, 220, 255}}[x/48&1+y/40*2]
				want.SetRGBA(x, y, c)
				i, k := whole.YOffset(x, y), whole.COffset(x, y)
				whole.Y[i], whole.Cb[k], whole.Cr[k] = color.RGBToYCbCr(c.R, c.G, c.B)
			}
		}
		for _, corner := range []image.Point{{0, 0}, {2, 4}, {3, 5}} {
			part := image.Rectangle{corner, whole.Rect.Max}
			got := shown(decode(t, encode(t, whole.SubImage(part), 95)))
			for _, at := range []image.Point{{20, 20}, {70, 20}, {20, 60}, {70, 60}} {
				a, b := want.RGBAAt(at.X, at.Y), got.RGBAAt(at.X-corner.X, at.Y-corner.Y)
				if apart(a.R, b.R) > 4 || apart(a.G, b.G) > 4 || apart(a.B, b.B) > 4 {
					t.Errorf("%v from %v: %v is shown as %v", ratio, corner, a, b)
				}
			}
		}
	}
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

// What is allocated is for the picture, not for each macroblock.
func TestALargerPictureNeedsHardlyMoreAllocations(t *testing.T) {
	count := func(w, h int) float64 {
		m := illustration(w, h)
		return testing.AllocsPerRun(3, func() { encode(t, m, 75) })
	}
	if small, large := count(64, 48), count(640, 480); large > small+40 {
		t.Errorf("%.0f allocations for 12 macroblocks, %.0f for 1200", small, large)
	}
}
