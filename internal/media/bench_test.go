package media

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"testing"

	"golang.org/x/image/draw"
)

// theme is what a theme may ask for.
var theme = []Use{
	{Widths: []int{480, 800, 1200, 1600}}, {Widths: []int{400, 800, 1200, 1600}}, {Widths: []int{800, 1200, 1600, 2000}},
	{Shape: Shape{3, 2}, Widths: []int{160, 320, 480, 720, 960}}, {Shape: Shape{3, 2}, Widths: []int{480, 800, 1200, 1600}},
	{Shape: Shape{1, 1}, Widths: []int{96, 192, 384}}, {Shape: Shape{3, 2}, Widths: []int{120, 240}},
}

// scenery is a picture with smooth and busy parts.
func scenery(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			v := 128 + 90*math.Sin(fx*9)*math.Cos(fy*7)
			if fy > 0.5 {
				v += 30*math.Sin(fx*400+fy*300) + float64(seed>>28)
			}
			b := func(k float64) uint8 { return uint8(min(255, max(0, v*k))) }
			m.SetRGBA(x, y, color.RGBA{b(1), b(0.9), b(0.7 + 0.4*fy), 255})
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func BenchmarkDevelop(b *testing.B) {
	for _, kind := range []string{jpegType, pngType} {
		for _, size := range []image.Point{{1600, 1200}, {6000, 4000}} {
			if kind == pngType && size.X > 2000 {
				continue
			}
			b.Run(kind+" "+size.String(), func(b *testing.B) { benchmarkDevelop(b, kind, size) })
		}
	}
}

func benchmarkDevelop(b *testing.B, kind string, size image.Point) {
	file := jpegOf(b, scenery(size.X, size.Y), 92)
	if kind == pngType {
		var buf bytes.Buffer
		if err := png.Encode(&buf, scenery(size.X, size.Y)); err != nil {
			b.Fatal(err)
		}
		file = buf.Bytes()
	}
	d, err := OpenDisk(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	p, err := d.Keep(context.Background(), "a", bytes.NewReader(file), 1<<30)
	if err != nil {
		b.Fatal(err)
	}
	p.ID = 1
	room := NewDarkroom(d, theme)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		out, err := room.Develop(context.Background(), &p, func(string, string) bool { return false })
		if err != nil {
			b.Fatal(err)
		}
		n = len(out.Prints)
	}
	b.ReportMetric(float64(n), "prints")
}

func BenchmarkDecode(b *testing.B) {
	file := jpegOf(b, scenery(6000, 4000), 92)
	for b.Loop() {
		if _, err := jpeg.Decode(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScale compares ways to 1600 × 1067 from 6000 × 4000.
func BenchmarkScale(b *testing.B) {
	m, err := jpeg.Decode(bytes.NewReader(jpegOf(b, scenery(6000, 4000), 92)))
	if err != nil {
		b.Fatal(err)
	}
	c := canvasOf(m)
	for b.Loop() {
		c.scaled(window{0, 0, 6000, 4000}, 1600, 1067)
	}
	b.Run("x/image CatmullRom", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			draw.CatmullRom.Scale(image.NewRGBA(image.Rect(0, 0, 1600, 1067)), image.Rect(0, 0, 1600, 1067), m, m.Bounds(), draw.Src, nil)
		}
	})
	b.Run("x/image ApproxBiLinear", func(b *testing.B) {
		for b.Loop() {
			draw.ApproxBiLinear.Scale(image.NewRGBA(image.Rect(0, 0, 1600, 1067)), image.Rect(0, 0, 1600, 1067), m, m.Bounds(), draw.Src, nil)
		}
	})
	b.Run("own", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.scaled(window{0, 0, 6000, 4000}, 1600, 1067)
		}
	})
}
