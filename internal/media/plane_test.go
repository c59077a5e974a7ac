package media

import (
	"fmt"
	"image"
	"math"
	"testing"

	"golang.org/x/image/draw"
)

// decibels compares two planes: 40 can't be told apart by eye.
func decibels(a, b plane) float64 {
	sum := 0.0
	for y := range a.h {
		for x := range a.w {
			d := float64(a.pix[y*a.stride+x*a.step]) - float64(b.pix[y*b.stride+x*b.step])
			sum += d * d
		}
	}
	return 10 * math.Log10(255*255/(sum/float64(a.w*a.h)+1e-9))
}

// TestScalingIsCatmullRom compares with x/image/draw, which needs 32 bytes of
// memory for each row and column; the average that comes first where the step is
// large may cost a little.
func TestScalingIsCatmullRom(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 900, 700))
	draw.Draw(m, m.Rect, scenery(900, 700), image.Point{}, draw.Src)
	from := canvasOf(m).planes[0]
	for ratio, want := range map[float64]float64{1.3: 45, 2: 45, 2.7: 45, 3.9: 45, 4.3: 40, 5: 40, 7: 38} {
		w, h := int(900/ratio), int(700/ratio)
		got := newPlane(w, h)
		from.scale(got, 0, 0, 900/float64(w), 700/float64(h))
		theirs := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.CatmullRom.Scale(theirs, theirs.Rect, m, m.Rect, draw.Src, nil)
		if db := decibels(got, interleaved(theirs.Pix, theirs.Stride, w, h, rgb)[0]); db < want {
			t.Errorf("scaled down %v times: %.1f dB", ratio, db)
		}
	}
}

func TestAnEvenSurfaceStaysExactlyAsItIs(t *testing.T) {
	for _, step := range []int{1, 4} {
		for _, size := range []image.Point{{1, 1}, {3, 2}, {101, 97}, {640, 9}, {9, 640}} {
			for _, v := range []byte{0, 1, 127, 254, 255} {
				pix := make([]byte, size.X*size.Y*step)
				for i := range pix {
					pix[i] = v
				}
				from := plane{pix, size.X * step, step, size.X, size.Y}
				for _, to := range []image.Point{{1, 1}, {max(1, size.X/2), max(1, size.Y/3)}, {max(1, size.X/13), max(1, size.Y/11)}, size} {
					out := newPlane(to.X, to.Y)
					from.scale(out, 0, 0, float64(size.X)/float64(to.X), float64(size.Y)/float64(to.Y))
					for _, got := range out.pix {
						if got != v {
							t.Fatalf("%d of %v has become %d of %v", v, size, got, to)
						}
					}
				}
			}
		}
	}
}

func TestAPartIsScaledWhereItLies(t *testing.T) {
	from := newPlane(400, 300)
	for y := range 300 {
		for x := range 400 {
			if x >= 200 && y >= 100 && x < 300 && y < 200 {
				from.pix[y*400+x] = 200
			}
		}
	}
	for _, ratio := range []float64{1, 2, 5, 12.5} {
		n := int(100 / ratio)
		out := newPlane(n, n)
		from.scale(out, 200, 100, ratio, ratio)
		if v := out.pix[n/2*n+n/2]; v != 200 {
			t.Errorf("its middle is %d after %v", v, ratio)
		}
		beside := newPlane(n, n)
		from.scale(beside, 50, 100, ratio, ratio)
		if v := beside.pix[n/2*n+n/2]; v != 0 {
			t.Errorf("what lies beside is %d after %v", v, ratio)
		}
	}
}

func TestWhatIsTurnedIsUpright(t *testing.T) {
	// What a viewer sees: 1 2 3 over 4 5 6.
	stored := map[int]plane{
		1: {[]byte{1, 2, 3, 4, 5, 6}, 3, 1, 3, 2}, 2: {[]byte{3, 2, 1, 6, 5, 4}, 3, 1, 3, 2}, 3: {[]byte{6, 5, 4, 3, 2, 1}, 3, 1, 3, 2},
		4: {[]byte{4, 5, 6, 1, 2, 3}, 3, 1, 3, 2}, 5: {[]byte{1, 4, 2, 5, 3, 6}, 2, 1, 2, 3}, 6: {[]byte{3, 6, 2, 5, 1, 4}, 2, 1, 2, 3},
		7: {[]byte{6, 3, 5, 2, 4, 1}, 2, 1, 2, 3}, 8: {[]byte{4, 1, 5, 2, 6, 3}, 2, 1, 2, 3},
	}
	for orientation, p := range stored {
		if got := p.turned(orientation); fmt.Sprint(got.pix, got.w, got.h) != "[1 2 3 4 5 6] 3 2" {
			t.Errorf("orientation %d: %v", orientation, got)
		}
	}
}
