package webp_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"broadsheet/internal/demo"
)

// samples are pictures like a newspaper's: of our own drawing here, and some of the
// sample paper's.
func samples(t *testing.T) map[string]*image.RGBA {
	all := map[string]*image.RGBA{
		"photograph 1": photograph(320, 240, 1),
		"photograph 2": photograph(400, 200, 2),
		"illustration": illustration(320, 240),
	}
	paper, err := demo.Load(time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paper.Pictures {
		switch p.Slug {
		case "cranes", "hills", "bay-map", "portrait-renmark":
			m := p.Draw()
			corner := m.Rect.Size().Div(2).Sub(image.Pt(160, 120))
			all[p.Slug] = m.SubImage(image.Rect(0, 0, 320, 240).Add(corner)).(*image.RGBA)
		}
	}
	return all
}

// asJPEG is how large m is as a JPEG, and how like itself.
func asJPEG(t *testing.T, m *image.RGBA, quality int) (size int, like float64) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Len(), psnr(m, shownJPEG(decodedJPEG(t, m, quality)))
}

func asWebP(t *testing.T, m *image.RGBA, quality int) (size int, like float64) {
	file := encode(t, m, quality)
	return len(file), psnr(m, shown(decode(t, file)))
}

func TestAPictureIsMuchSmallerThanAnEquallyGoodJPEG(t *testing.T) {
	pictures := samples(t)
	for _, quality := range []int{60, 75, 85} {
		sum := 0.0
		for name, m := range pictures {
			size, like := asJPEG(t, m, quality)
			// The lowest quality that is at least as good.
			from, to := 1, 100
			for from < to {
				if half := (from + to) / 2; second(asWebP(t, m, half)) < like {
					from = half + 1
				} else {
					to = half
				}
			}
			ours, got := asWebP(t, m, from)
			if got < like {
				t.Errorf("%s: no quality is as good as JPEG %d", name, quality)
			}
			share := float64(ours) / float64(size)
			t.Logf("JPEG %d %-18s %7d bytes, %.2f dB; WebP %2d %7d bytes, %.2f dB: %2.0f %%", quality, name, size, like, from, ours, got, 100*share)
			sum += share
		}
		mean := sum / float64(len(pictures))
		t.Logf("JPEG %d: WebP takes %.1f %% of it", quality, 100*mean)
		if mean > .7 {
			t.Errorf("at JPEG's %d WebP takes %.1f %% of it, want at most 70", quality, 100*mean)
		}
	}
}

func second(_ int, v float64) float64 { return v }

// Grain, which is all noise, may come out half a decibel worse; pictures on the whole
// must not.
func TestAQualityIsAsGoodAsJPEGs(t *testing.T) {
	pictures := samples(t)
	for _, quality := range []int{30, 50, 60, 70, 75, 80, 85, 90} {
		sum := 0.0
		for name, m := range pictures {
			size, like := asJPEG(t, m, quality)
			ours, got := asWebP(t, m, quality)
			if got < like-.5 || ours > size {
				t.Errorf("%s at %d: %d bytes and %.2f dB, as a JPEG %d and %.2f", name, quality, ours, got, size, like)
			}
			sum += got - like
		}
		if sum < 0 {
			t.Errorf("at %d pictures are %.2f dB worse than JPEGs", quality, -sum/float64(len(pictures)))
		}
	}
}

func TestAHigherQualityIsBetterAndLarger(t *testing.T) {
	m := photograph(480, 320, 1)
	size, like := asWebP(t, m, 1)
	for quality := 10; quality <= 100; quality += 10 {
		s, l := asWebP(t, m, quality)
		if s <= size || l <= like {
			t.Errorf("at %d: %d bytes and %.2f dB, after %d and %.2f", quality, s, l, size, like)
		}
		size, like = s, l
	}
}
