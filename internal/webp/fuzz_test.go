package webp_test

import (
	"image"
	"testing"
)

// Whatever the samples are, the file can be read, and is about as large as it says.
func FuzzEncode(f *testing.F) {
	f.Add(uint8(1), uint8(1), 0, []byte{0})
	f.Add(uint8(17), uint8(33), 75, []byte{0, 255, 0, 255, 3})
	f.Add(uint8(64), uint8(16), 100, []byte("\x00\xff\xff\x00\x7f"))
	f.Fuzz(func(t *testing.T, w, h uint8, quality int, samples []byte) {
		if w == 0 || h == 0 || len(samples) == 0 {
			return
		}
		m := image.NewRGBA(image.Rect(0, 0, int(w), int(h)))
		for i := range m.Pix {
			m.Pix[i] = samples[i%len(samples)]
			if i%4 == 3 {
				m.Pix[i] = 255
			}
		}
		got := decode(t, encode(t, m, quality))
		if got.Rect != m.Rect {
			t.Errorf("%v came back as %v", m.Rect, got.Rect)
		}
	})
}
