package media

import (
	"context"
	"encoding/binary"
	"image"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// TestACropIsWhatIsShown crops the lower right quarter, which is blue, out of a
// picture that lies in its file in each way there is, and cuts that.
func TestACropIsWhatIsShown(t *testing.T) {
	for orientation := range uint16(8) {
		orientation++
		stored := image.Image(quarters(120, 80))
		exif := jpegSegment(app1, exifHeader, cameraEXIF(binary.BigEndian, orientation))
		plain := jpegOf(t, stored, 95)
		d := disk(t)
		p := kept(t, d, "a.jpg", append(append(append([]byte{}, plain[:2]...), exif...), plain[2:]...))
		whole := developed(t, d, p, Use{Widths: []int{40}})
		_, m := printOf(t, d, whole, "40", jpegType)
		want := m.At(30, m.Bounds().Dy()*3/4)

		p.Crop = news.Crop{X: p.Width/2 + 4, Y: p.Height/2 + 4, W: p.Width/2 - 4, H: p.Height/2 - 4}
		square := Use{Shape: Shape{1, 1}, Widths: []int{32}}
		out := developed(t, d, p, square)
		name, ok := Whole(p)
		if !ok || name.Width != p.Crop.W || name.Height != p.Crop.H {
			t.Fatalf("the whole is %+v", name)
		}
		for _, of := range []string{name.Name, "1x1-32"} {
			_, m := printOf(t, d, out, of, jpegType)
			for _, at := range []image.Point{{1, 1}, {m.Bounds().Dx() - 2, m.Bounds().Dy() - 2}} {
				if !alike(m.At(at.X, at.Y), want) {
					t.Errorf("orientation %d, %s at %v: %v, want %v", orientation, of, at, m.At(at.X, at.Y), want)
				}
			}
		}
	}
}

func alike(a, b interface {
	RGBA() (r, g, b, a uint32)
}) bool {
	r, g, bl, _ := a.RGBA()
	R, G, B, _ := b.RGBA()
	for _, pair := range [][2]uint32{{r, R}, {g, G}, {bl, B}} {
		if max(pair[0], pair[1])-min(pair[0], pair[1]) > 20<<8 {
			return false
		}
	}
	return true
}

func TestACropChangesEveryAddressAndNoneIsOfTheFileItself(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "a.png", pngOf(t, quarters(600, 400)))
	uses := []Use{{Widths: []int{100, 200}}, {Shape: Shape{1, 1}, Widths: []int{50}}}
	before := AllRenditions(p, uses)
	cropped := *p
	cropped.Crop = news.Crop{X: 10, Y: 10, W: 300, H: 300}
	stamps := map[string]bool{}
	for _, r := range before {
		stamps[r.Stamp] = true
	}
	for _, r := range AllRenditions(&cropped, uses) {
		if stamps[r.Stamp] {
			t.Errorf("%s has the address of an uncropped picture", r.Name)
		}
	}
	for _, x := range developed(t, d, &cropped, uses...).Prints {
		if x.Blob == p.Served {
			t.Errorf("%s is the whole file", x.Name)
		}
	}
	if _, ok := Whole(p); ok {
		t.Error("an uncropped picture has a whole of its own")
	}
}

func TestTheFocusOfACropIsLookedForInIt(t *testing.T) {
	d := disk(t)
	m := quarters(600, 400)
	p := kept(t, d, "a.png", pngOf(t, m))
	p.Crop = news.Crop{X: 280, Y: 180, W: 200, H: 200} // its detail is at its upper left
	out := developed(t, d, p, Use{Widths: []int{100}})
	if x, y := out.Focus.X*600/1000, out.Focus.Y*400/1000; x < 280 || x > 380 || y < 180 || y > 280 {
		t.Errorf("found at %d, %d of the whole", x, y)
	}
}

func TestACropOutsideOfThePictureIsNoReasonToPanic(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "a.png", pngOf(t, quarters(60, 40)))
	for _, c := range []news.Crop{{X: 50, W: 40, H: 40}, {X: -1, W: 40, H: 40}, {W: 1, H: 1}, {W: 1 << 40, H: 1 << 40}} {
		p.Crop = c
		if _, err := NewDarkroom(d, theme).Develop(context.Background(), p, nothing); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
}
