package media

import (
	"context"
	"image"
	"io"
	"runtime"

	"golang.org/x/sync/semaphore"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Bounds on memory. Decoding a picture of 100 megapixels, baseline and with colours
// at half the resolution as cameras write them, takes 150 MB.
const (
	decodeBudget = 200 << 20 // bytes that all pictures under way may take together
	tidyAbove    = 16 << 20  // what a larger picture leaves behind is collected at once
)

// Darkroom makes renditions. It is safe for many goroutines: those whose pictures
// would take too much memory together wait for each other.
type Darkroom struct {
	disk   *Disk
	uses   map[string]Use
	memory *semaphore.Weighted
}

// NewDarkroom makes a darkroom for the sizes that a theme asks for, by the name of the
// use.
func NewDarkroom(disk *Disk, uses map[string]Use) *Darkroom {
	return &Darkroom{disk, uses, semaphore.NewWeighted(decodeBudget)}
}

// Made is what came of a picture. Focus and Colour are what was found in it.
type Made struct {
	Renditions []news.Rendition
	Focus      news.Focus
	Colour     string
}

// Make makes all renditions of p and stores their bytes; it decodes the picture
// once. A picture that is damaged, or takes more memory than there is for all of
// them, is an Invalid fault whose words say so: it is shown as it came. One that
// has no sizes gives an empty Made.
func (d *Darkroom) Make(ctx context.Context, p *news.Picture) (Made, error) {
	cuts := AllCuts(d.uses, p)
	if len(cuts) == 0 {
		return Made{}, nil
	}
	b, err := d.read(p)
	if err != nil {
		return Made{}, err
	}
	file, err := takeApart(p.Type, b)
	if err != nil {
		return Made{}, err
	}
	need, err := estimate(p.Type, b, file)
	if err != nil {
		return Made{}, err
	}
	need += int64(len(b)) + 4*baseSize(p, cuts)
	if need > decodeBudget {
		return Made{}, fault.New(fault.Invalid, "The picture has %d megapixels, and to make it smaller would take %s of memory. It is shown as it came.",
			p.Width*p.Height/1e6, megabytes(need))
	}
	if err := d.memory.Acquire(ctx, need); err != nil {
		return Made{}, err
	}
	defer func() {
		if need > tidyAbove {
			runtime.GC() // else the next large one comes on top of this one
		}
		d.memory.Release(need)
	}()
	img, err := decode(ctx, p.Type, b)
	if err != nil {
		return Made{}, err
	}
	orientation := readEXIF(file.told.exif).orientation
	whole := base(img, orientation, cuts)
	f := format{kind: p.Type, told: told{iim: file.told.iim}, profile: profileOf(file, img), lossless: !photograph(p.Type, img), opaque: whole.Opaque()}
	e := readEXIF(file.told.exif)
	e.orientation = 1
	f.told.exif = e.write()
	if packet := readXMP(file.told.xmp).write(); packet != nil {
		f.told.xmp = [][]byte{packet}
	}
	img, file, b = nil, nil, nil // the original may go now
	return d.cutAll(ctx, p, whole, cuts, f)
}

func (d *Darkroom) read(p *news.Picture) ([]byte, error) {
	in, err := d.disk.Open(p.Served)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// cutAll makes each cut, wider ones first, from the whole or from one that is at
// least twice as wide.
func (d *Darkroom) cutAll(ctx context.Context, p *news.Picture, whole *image.RGBA, cuts []Cut, f format) (Made, error) {
	var made Made
	made.Focus, made.Colour = look(whole)
	focus := made.Focus
	if p.FocusSet {
		focus = p.Focus
	}
	done := map[Shape][]*image.RGBA{}
	for _, c := range cuts {
		if ctx.Err() != nil {
			return Made{}, ctx.Err()
		}
		from, part := whole, window(whole, c.Shape, focus)
		for _, larger := range done[c.Shape] {
			if larger.Rect.Dx() >= 2*c.Width {
				from, part = larger, larger.Rect
			}
		}
		img := scaled(from, part, image.Rect(0, 0, c.Width, c.Height))
		done[c.Shape] = append(done[c.Shape], img)
		list, err := d.store(ctx, img, c, f)
		if err != nil {
			return Made{}, err
		}
		for _, r := range list {
			r.Picture = p.ID
			made.Renditions = append(made.Renditions, r)
		}
	}
	return made, nil
}

// baseSize is how many pixels the largest picture has that cuts are taken from.
func baseSize(p *news.Picture, cuts []Cut) int64 {
	scale := 0.0
	for _, c := range cuts {
		w, _ := c.Shape.within(p.Width, p.Height)
		scale = max(scale, float64(c.Width)/float64(w))
	}
	scale = min(scale, 1)
	return int64(float64(p.Width) * scale * float64(p.Height) * scale)
}
