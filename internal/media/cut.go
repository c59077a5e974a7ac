package media

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/news"
)

// recipe is raised whenever the same picture would come out differently, so that
// it gets another address.
const recipe = 1

// WebPType is WebP's media type, which a reader's program names where it takes it.
const WebPType = webpType

// RenditionPath is below which renditions have their addresses.
const RenditionPath = "/-/pictures/"

// Cut is one size of a picture: a shape and a width.
type Cut struct {
	Name          string // shape and width, as "3x2-640", or "640" for a picture as it is
	Shape         Shape
	Width, Height int
}

// Cuts are the sizes in which p comes for a use, narrowest first: those that the
// theme asks for, as far as the picture reaches, and where it ends before the
// widest, its own. They are known before any of them is made. It is nil for what
// has no pixels, and for an animation that is not cut.
func (u Use) Cuts(p *news.Picture) []Cut {
	if !p.Image() || !resizable(p.Type) || p.Moving && u.Shape == (Shape{}) {
		return nil
	}
	w, h := u.Shape.within(p.Width, p.Height)
	var cuts []Cut
	for _, width := range u.Widths {
		if width >= w {
			break
		}
		cuts = append(cuts, newCut(u.Shape, width, w, h))
	}
	if n := len(u.Widths); n > 0 && u.Widths[n-1] >= w {
		cuts = append(cuts, newCut(u.Shape, w, w, h))
	}
	return cuts
}

func newCut(shape Shape, width, w, h int) Cut {
	name := strconv.Itoa(width)
	if shape != (Shape{}) {
		name = fmt.Sprintf("%dx%d-%s", shape.W, shape.H, name)
	}
	return Cut{Name: name, Shape: shape, Width: width, Height: max(1, (width*h+w/2)/w)}
}

// AllCuts are the sizes of p for all uses, each once, widest first.
func AllCuts(uses map[string]Use, p *news.Picture) []Cut {
	var all []Cut
	for _, u := range uses {
		all = append(all, u.Cuts(p)...)
	}
	slices.SortFunc(all, func(a, b Cut) int {
		if a.Width != b.Width {
			return b.Width - a.Width
		}
		return strings.Compare(a.Name, b.Name)
	})
	return slices.CompactFunc(all, func(a, b Cut) bool { return a.Name == b.Name })
}

// Recipe is equal for uses that ask for the same sizes.
func Recipe(uses map[string]Use) string {
	var all []string
	for _, u := range uses {
		for _, w := range u.Widths {
			all = append(all, fmt.Sprintf("%v %d", u.Shape, w))
		}
	}
	slices.Sort(all)
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %v", recipe, slices.Compact(all)))
	return hex.EncodeToString(sum[:8])
}

// within is the largest size of the shape in a picture of that size; the
// picture's own for the zero shape.
func (s Shape) within(width, height int) (int, int) {
	if s == (Shape{}) {
		return width, height
	}
	if w := height * s.W / s.H; w <= width {
		return max(w, 1), height
	}
	return width, max(width*s.H/s.W, 1)
}

// resizable holds for kinds that are decoded here.
func resizable(kind string) bool {
	switch kind {
	case jpegType, pngType, gifType, webpType:
		return true
	}
	return false
}

// Stamp tells whether a rendition's address still means the picture as it is: it
// changes with the bytes, and with the focus that an editor sets.
func Stamp(p *news.Picture) string {
	focus := news.Focus{}
	if p.FocusSet {
		focus = p.Focus
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %d %d", recipe, p.Served, focus.X, focus.Y))
	return hex.EncodeToString(sum[:6])
}

// CutPath is the address of a size of p. What stands there never changes.
func CutPath(p *news.Picture, name string) string {
	return fmt.Sprintf("%s%d-%s/%s", RenditionPath, p.ID, Stamp(p), name)
}

// ParseCutPath reads what CutPath wrote, without looking whether there is such a
// picture or size.
func ParseCutPath(path string) (id news.PictureID, stamp, name string, ok bool) {
	rest, ok := strings.CutPrefix(path, RenditionPath)
	if !ok {
		return 0, "", "", false
	}
	which, name, ok := strings.Cut(rest, "/")
	number, stamp, ok2 := strings.Cut(which, "-")
	n, err := strconv.ParseInt(number, 10, 64)
	return news.PictureID(n), stamp, name, ok && ok2 && err == nil && n > 0
}
