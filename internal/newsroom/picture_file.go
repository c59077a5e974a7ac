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
// It changes with the file, so that a browser may keep what it has.
func fileURL(p *news.Picture, width int) string {
	of := p.Served
	if len(of) > 10 {
		of = of[:10]
	}
	return fmt.Sprintf("%spictures/%d/file?width=%d&of=%s", Path, p.ID, width, of)
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
	if width > 0 {
		made, err := v.Store.Renditions(v.ctx(), p.ID)
		if err != nil {
			return err
		}
		if r := bestFile(made, width, strings.Contains(v.r.Header.Get("Accept"), "image/webp")); r != nil {
			return v.Disk.ServePrivate(v.w, v.r, &p, r.Blob, r.Type, true)
		}
	}
	// A small picture is its own thumbnail; a large one has none yet, and must not be
	// kept in its place.
	return v.Disk.ServePrivate(v.w, v.r, &p, p.Served, p.Type, width == 0 || p.Width <= width)
}

// bestFile is the smallest uncut file of a picture of a width; nil for none.
func bestFile(made []store.Rendition, width int, webp bool) *store.Rendition {
	var best *store.Rendition
	for i := range made {
		r := &made[i]
		if r.Name == strconv.Itoa(width) && (webp || r.Type != "image/webp") && (best == nil || r.Size < best.Size) {
			best = r
		}
	}
	return best
}
