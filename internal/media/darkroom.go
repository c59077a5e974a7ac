package media

import (
	"bytes"
	"context"
	"runtime"
	"slices"

	"broadsheet/internal/news"
)

// Darkroom makes renditions. Any number of goroutines may use it; those whose
// pictures would take too much memory together wait for each other.
type Darkroom struct {
	disk *Disk
	uses []Use
}

// NewDarkroom makes renditions of the disk's pictures for those uses.
func NewDarkroom(disk *Disk, uses []Use) *Darkroom {
	return &Darkroom{disk: disk, uses: uses}
}

// Uses are the uses that renditions are made for.
func (d *Darkroom) Uses() []Use { return d.uses }

// Print is the file of a rendition, which is in the blob store. A rendition has
// one or two: in the format of the original's family, and as WebP.
type Print struct {
	Rendition
	Type string
	Blob string
	Size int64 // bytes
}

// Developed is what was made of a picture.
type Developed struct {
	Focus  news.Focus // as it was, or found
	Colour string
	Moving bool
	Prints []Print
}

// Develop looks at a picture's pixels and makes those of its renditions that are
// not among have. Nothing is stored but blobs. A picture that is damaged or takes
// too much memory is an Invalid fault, whose words say so; other errors may pass.
func (d *Darkroom) Develop(ctx context.Context, p *news.Picture, have func(name, stamp string) bool) (out Developed, err error) {
	out = Developed{Focus: p.Focus, Colour: p.Colour, Moving: p.Moving}
	if !p.Image() || !readable(p.Type) {
		return out, nil
	}
	if p.Focus != (news.Focus{}) && p.Colour != "" && len(d.missing(p, have)) == 0 {
		return out, nil
	}
	r, done, err := d.disk.admit(ctx, p, d.weigh)
	if err != nil {
		return out, err
	}
	defer done()
	defer decoderPanics(p, &err)
	w := work{Darkroom: d, picture: *p, raster: r}
	return w.run(ctx, have)
}

// missing lists the renditions that are to be made, largest first.
func (d *Darkroom) missing(p *news.Picture, have func(name, stamp string) bool) []Rendition {
	list := slices.DeleteFunc(AllRenditions(p, d.uses), func(r Rendition) bool { return have(r.Name, r.Stamp) })
	slices.SortStableFunc(list, func(a, b Rendition) int { return b.Width*b.Height - a.Width*a.Height })
	return list
}

// weigh is what the renditions of a picture take of memory.
func (d *Darkroom) weigh(p *news.Picture, r *raster) int64 {
	var results, largest int64
	for _, x := range AllRenditions(p, d.uses) {
		results += r.colours.bytes(x.Width, x.Height)
		if n := int64(x.Width) * int64(x.Height); n <= maxLossless {
			largest = max(largest, n)
		}
	}
	if !r.photograph() {
		results += losslessBytes * largest
	}
	return results
}

// work is one picture in the darkroom.
type work struct {
	*Darkroom
	picture news.Picture
	raster  *raster
	finish  finish
	levels  []level
	made    map[geometry][]Print
}

// level is a canvas of a part of the picture, from which smaller ones are made.
type level struct {
	canvas *canvas
	win    window // in pixels of the file
}

// geometry is what two renditions have in common that are the same file: a shape
// that the picture has anyway cuts nothing away.
type geometry struct {
	win  window
	w, h int
}

func (w *work) run(ctx context.Context, have func(name, stamp string) bool) (Developed, error) {
	r := w.raster
	c, err := r.decode()
	if err != nil {
		return Developed{}, err
	}
	p := &w.picture
	p.Moving = r.moving
	out := Developed{Focus: p.Focus, Colour: p.Colour, Moving: p.Moving}
	if seenW, seenH := seen(r.w, r.h, r.orientation); seenW != p.Width || seenH != p.Height {
		return out, damaged(r.kind, "its size is another than when it came")
	}
	if p.CheckCrop(p.Crop) != "" {
		return out, damaged(r.kind, "its crop lies outside of it")
	}
	shownW, shownH := p.Shown()
	look := c.small(w.stored(window{0, 0, float64(shownW), float64(shownH)}), r.orientation)
	p.Colour = findColour(look)
	if p.Focus == (news.Focus{}) {
		p.Focus = p.OutOfCrop(findFocus(look))
	}
	out.Focus, out.Colour = p.Focus, p.Colour
	w.finish = finishOf(r, c)
	w.levels, w.made = []level{{c, window{0, 0, float64(r.w), float64(r.h)}}}, map[geometry][]Print{}
	for _, x := range w.missing(p, have) {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		prints, err := w.make(ctx, x)
		if err != nil {
			return out, err
		}
		out.Prints = append(out.Prints, prints...)
		if r.unfolded > memory/4 {
			runtime.GC() // beside a large picture there is little room for what an encoder has left
		}
	}
	return out, nil
}

// seen is a size after turning.
func seen(w, h, orientation int) (int, int) {
	if orientation >= 5 {
		return h, w
	}
	return w, h
}

// make makes one rendition and stores its files.
func (w *work) make(ctx context.Context, x Rendition) ([]Print, error) {
	g := w.geometry(x)
	if prints, ok := w.made[g]; ok {
		prints = slices.Clone(prints)
		for i := range prints {
			prints[i].Rendition = x
		}
		return prints, nil
	}
	from := w.from(g)
	cw, ch := seen(g.w, g.h, w.raster.orientation)
	sx, sy := float64(from.canvas.w)/from.win.w, float64(from.canvas.h)/from.win.h
	c := from.canvas.scaled(window{(g.win.x - from.win.x) * sx, (g.win.y - from.win.y) * sy, g.win.w * sx, g.win.h * sy}, cw, ch)
	w.levels = append(w.levels, level{c, g.win})
	files, err := w.finish.files(c.upright(w.raster.orientation))
	if err != nil {
		return nil, err
	}
	var prints []Print
	for i, f := range files {
		t := Print{Rendition: x, Type: f.kind, Blob: w.picture.Served, Size: w.raster.size}
		if i > 0 && int64(len(f.b)) >= prints[0].Size {
			continue
		}
		if !w.better(x, f) {
			if t.Blob, t.Size, err = w.disk.Put(ctx, bytes.NewReader(f.b)); err != nil {
				return nil, err
			}
		}
		prints = append(prints, t)
	}
	w.made[g] = prints
	return prints, nil
}

// better holds where the file as it came is better than a rendition: it shows the
// same, in no more bytes and no fewer pixels. That is so for drawings with few
// colours, which scaling gives many, and for what was compressed hard.
func (w *work) better(x Rendition, f encoded) bool {
	r := w.raster
	return x.shape == (Shape{}) && w.picture.Crop == (news.Crop{}) && f.kind == r.kind && !r.moving && r.orientation == 1 && r.size <= int64(len(f.b))
}

// geometry is where in the stored picture a rendition lies.
func (w *work) geometry(x Rendition) geometry {
	shownW, shownH := w.picture.Shown()
	left, top, cw, ch := cutAt(shownW, shownH, x.shape, w.picture.InCrop())
	return geometry{w.stored(window{left, top, float64(cw), float64(ch)}), x.Width, x.Height}
}

// stored is where in the stored picture a part of what is shown lies.
func (w *work) stored(win window) window {
	left, top := float64(w.picture.Crop.X)+win.x, float64(w.picture.Crop.Y)+win.y
	right, bottom := float64(w.picture.Width)-win.w-left, float64(w.picture.Height)-win.h-top
	cw, ch := win.w, win.h
	win.x, win.y = left, top
	switch w.raster.orientation {
	case 2:
		win.x = right
	case 3:
		win.x, win.y = right, bottom
	case 4:
		win.y = bottom
	case 5:
		win = window{top, left, ch, cw}
	case 6:
		win = window{top, right, ch, cw}
	case 7:
		win = window{bottom, right, ch, cw}
	case 8:
		win = window{bottom, left, ch, cw}
	}
	return win
}

// from is the smallest level that has the part of the picture at least twice as
// large, or the picture itself.
func (w *work) from(g geometry) level {
	cw, ch := seen(g.w, g.h, w.raster.orientation)
	for _, l := range slices.Backward(w.levels[1:]) {
		inside := g.win.x >= l.win.x && g.win.y >= l.win.y && g.win.x+g.win.w <= l.win.x+l.win.w && g.win.y+g.win.h <= l.win.y+l.win.h
		sx, sy := float64(l.canvas.w)/l.win.w, float64(l.canvas.h)/l.win.h
		if inside && g.win.w*sx >= 2*float64(cw) && g.win.h*sy >= 2*float64(ch) {
			return l
		}
	}
	return w.levels[0]
}
