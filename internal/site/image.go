package site

import (
	"cmp"
	"fmt"
	"strings"

	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// Image is a picture to be shown. Width and Height are the original's, in
// pixels, or those of its crop; Colour stands for it until it has come, as "#4a5b6c", "" for none.
type Image struct {
	URL           string // of the original; of a cropped picture, of the part that may be seen
	Width, Height int
	Alt           string
	Caption       string
	Credit        string
	Colour        string

	picture news.Picture
	uses    map[string]media.Use
}

// Cut is the picture as one place of the theme shows it: an address with those
// of other sizes, and how wide it is shown. Srcset and Sizes are "" for a picture
// that comes in one size only.
type Cut struct {
	Src, Srcset, Sizes string
	Width, Height      int
	Alt                string
	Colour             string
}

// Cut is the picture cut and sized for a use that the theme's theme.toml names,
// as "card"; as it is for one that it does not.
func (i *Image) Cut(use string) Cut {
	c := Cut{Src: i.URL, Width: i.Width, Height: i.Height, Alt: i.Alt, Colour: i.Colour}
	u, asked := i.uses[use]
	sizes, ok := media.Renditions(&i.picture, u)
	if !asked || !ok {
		return c
	}
	last := sizes[len(sizes)-1]
	c.Src, c.Width, c.Height = last.URL, last.Width, last.Height
	if len(sizes) == 1 {
		return c
	}
	set := make([]string, len(sizes))
	for n, size := range sizes {
		set[n] = fmt.Sprintf("%s %dw", size.URL, size.Width)
	}
	c.Srcset, c.Sizes = strings.Join(set, ", "), cmp.Or(u.Sizes, "100vw")
	return c
}

// image is a picture to be shown, nil when it can't be.
func (r *reading) image(p *news.Picture) *Image {
	if !p.Image() || p.Ended {
		return nil
	}
	url, w, h := r.file(p), p.Width, p.Height
	if whole, ok := media.Whole(p); ok {
		url, w, h = whole.URL, whole.Width, whole.Height
	}
	return &Image{URL: url, Width: w, Height: h, Alt: p.Alt, Caption: p.Caption, Credit: p.Credit, Colour: p.Colour, picture: *p, uses: r.site.theme.Manifest().Pictures}
}

// file is the address of a picture's original, in a preview with what lets its reader
// see one that nobody else may see yet, see [Site.held].
func (r *reading) file(p *news.Picture) string {
	if r.secret {
		return urlPath(p.Path) + "?" + fileKey + "=" + media.FileKey(p)
	}
	return urlPath(p.Path)
}

// whole is a picture with a whole address, for other sites' programs, for which an
// original may be too large: as it is cut for a use. It is nil for none.
func (r *reading) whole(i *Image, use string) *Image {
	if i == nil {
		return nil
	}
	whole, cut := *i, i.Cut(use)
	whole.URL, whole.Width, whole.Height = r.settings.Address+cut.Src, cut.Width, cut.Height
	return &whole
}

// inBody is a picture or another file as a body shows it; not ok where there is
// nothing to show.
func (r *reading) inBody(p *news.Picture) (richtext.Image, bool) {
	if p.Served == "" || p.Ended {
		return richtext.Image{}, false
	}
	img := richtext.Image{URL: r.file(p), Width: p.Width, Height: p.Height, Type: p.Type, Alt: p.Alt, Caption: p.Caption, Credit: p.Credit, Colour: p.Colour}
	if shown := r.image(p); shown != nil {
		img.URL, img.Width, img.Height = shown.URL, shown.Width, shown.Height
		img.Cut = func(place richtext.Place) richtext.Cut {
			c := shown.Cut(string(place))
			return richtext.Cut{Src: c.Src, Srcset: c.Srcset, Sizes: c.Sizes, Width: c.Width, Height: c.Height}
		}
		return img, true
	}
	return img, !strings.HasPrefix(p.Type, "image/")
}
