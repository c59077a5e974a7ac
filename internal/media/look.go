package media

import (
	"fmt"
	"image"

	"golang.org/x/image/draw"

	"broadsheet/internal/news"
)

// lookedAt is the width and height of what focus and colour are found in.
const lookedAt = 48

// look finds where a picture's detail is, and the colour that stands for it until
// it has come.
func look(m *image.RGBA) (news.Focus, string) {
	small := image.NewRGBA(image.Rect(0, 0, lookedAt, lookedAt))
	draw.ApproxBiLinear.Scale(small, small.Rect, m, m.Rect, draw.Src, nil)
	return focusOf(small), colourOf(small)
}

// focusOf is the middle of what changes most from pixel to pixel. Detail in the
// middle and above it counts more, since people stand there; faces are not looked
// for.
func focusOf(m *image.RGBA) news.Focus {
	var light [lookedAt][lookedAt]float64
	for y := range lookedAt {
		for x := range lookedAt {
			p := m.Pix[m.PixOffset(x, y):]
			light[y][x] = .299*float64(p[0]) + .587*float64(p[1]) + .114*float64(p[2])
		}
	}
	var sum, sx, sy float64
	for y := 1; y < lookedAt-1; y++ {
		for x := 1; x < lookedAt-1; x++ {
			dx, dy := light[y][x+1]-light[y][x-1], light[y+1][x]-light[y-1][x]
			energy := dx*dx + dy*dy
			fx, fy := (float64(x)+.5)/lookedAt, (float64(y)+.5)/lookedAt
			weight := energy * (1.2 - (fx-.5)*(fx-.5)*2 - (fy-.42)*(fy-.42)*2)
			sum, sx, sy = sum+weight, sx+weight*fx, sy+weight*fy
		}
	}
	if sum == 0 {
		return news.Focus{X: 500, Y: 500}
	}
	return news.Focus{X: thousandth(sx / sum), Y: thousandth(sy / sum)}
}

func thousandth(f float64) int { return min(max(int(1000*f+.5), 1), 1000) }

// colourOf is the mean colour, in which strong colours count more than grey.
func colourOf(m *image.RGBA) string {
	var sum, r, g, b float64
	for i := 0; i < len(m.Pix); i += 4 {
		pr, pg, pb := float64(m.Pix[i]), float64(m.Pix[i+1]), float64(m.Pix[i+2])
		strong := max(pr, pg, pb) - min(pr, pg, pb)
		weight := (20 + strong) * float64(m.Pix[i+3])
		sum, r, g, b = sum+weight, r+weight*pr, g+weight*pg, b+weight*pb
	}
	if sum == 0 {
		return ""
	}
	return fmt.Sprintf("#%02x%02x%02x", int(r/sum+.5), int(g/sum+.5), int(b/sum+.5))
}
