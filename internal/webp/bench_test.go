package webp_test

import (
	"image"
	"image/jpeg"
	"io"
	"testing"

	"broadsheet/internal/webp"
)

// BenchmarkEncode counts bytes of brightness: MB/s are megapixels a second.
func BenchmarkEncode(b *testing.B) {
	rgba := photograph(1200, 800, 1)
	ycbcr := decodedJPEG(b, rgba, 92)
	for _, m := range []struct {
		name string
		image.Image
	}{{"RGBA", rgba}, {"YCbCr", ycbcr}} {
		b.Run(m.name+"/webp", func(b *testing.B) {
			b.SetBytes(1200 * 800)
			b.ReportAllocs()
			for b.Loop() {
				if err := webp.Encode(io.Discard, m.Image, 80); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(m.name+"/jpeg", func(b *testing.B) {
			b.SetBytes(1200 * 800)
			for b.Loop() {
				if err := jpeg.Encode(io.Discard, m.Image, &jpeg.Options{Quality: 80}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
