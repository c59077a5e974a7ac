package newsroom

import (
	"fmt"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// The widths in which the newsroom shows pictures, uncut, in pixels: in a grid, and
// large.
const (
	thumbWidth = 320
	viewWidth  = 1200
)

// PictureUses are the sizes of pictures that the newsroom's own screens show,
// besides those that a theme asks for.
func PictureUses() []media.Use { return []media.Use{{Widths: []int{thumbWidth, viewWidth}}} }

// fileURL is the address of a picture's file for those who make the paper, who see
// also what readers may not (any more): in a width, or as readers would get it for 0.
// It changes with what it shows, so that a browser may keep what it has.
func fileURL(p *news.Picture, width int) string {
	of := p.Served[:min(10, len(p.Served))]
	if r, ok := sized(p, width); ok {
		of = r.Stamp
	}
	return fmt.Sprintf("%spictures/%d/file?width=%d&of=%s", Path, p.ID, width, of)
}

// sized is the rendition of p nearest to a width; none for 0, and for a file that
// has none.
func sized(p *news.Picture, width int) (r media.Rendition, ok bool) {
	list, ok := media.Renditions(p, PictureUses()[0])
	if !ok || width == 0 {
		return r, false
	}
	r = list[0]
	for _, next := range list[1:] {
		if next.Width <= width {
			r = next
		}
	}
	return r, true
}

// shown reports whether an img element can show p.
func shown(p *news.Picture) bool {
	return p.Served != "" && p.Kind() == news.PictureFile
}

// pictureFile sends a picture's file to those who write articles or look after
// pictures.
func pictureFile(v *visit) error {
	if !v.staff.May(news.MayPicture) && !v.staff.May(news.MayWrite) {
		return fault.New(fault.Denied, "")
	}
	p, err := v.Store.Picture(v.ctx(), news.PictureID(v.id("id")))
	if err != nil {
		return err
	}
	width, _ := strconv.Atoi(v.r.URL.Query().Get("width")) // what is no number is the whole
	want, ok := sized(&p, width)
	if ok {
		made, err := v.Store.Renditions(v.ctx(), p.ID)
		if err != nil {
			return err
		}
		if r := bestFile(made, want, strings.Contains(v.r.Header.Get("Accept"), "image/webp")); r != nil {
			return v.Disk.ServePrivate(v.w, v.r, &p, r.Blob, r.Type, true)
		}
	}
	// The whole stands for what is not made yet, and must not be kept in its place.
	return v.Disk.ServePrivate(v.w, v.r, &p, p.Served, p.Type, !ok)
}

// bestFile is the smallest file of a rendition; nil while there is none.
func bestFile(made []store.Rendition, want media.Rendition, webp bool) *store.Rendition {
	var best *store.Rendition
	for i := range made {
		r := &made[i]
		if r.Name == want.Name && r.Stamp == want.Stamp && (webp || r.Type != "image/webp") && (best == nil || r.Size < best.Size) {
			best = r
		}
	}
	return best
}
