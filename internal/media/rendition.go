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

// RenditionPath is where all renditions stand: below it PICTURE-STAMP/NAME.
const RenditionPath = "/-/pictures/"

// recipe is part of every stamp. It rises with each change after which the same
// file gives other renditions, which are then made anew.
const recipe = 1

// Rendition is a picture in one size or cut, whether or not its bytes were made
// already.
type Rendition struct {
	Name   string // shape and width, as "3x2-640", or "640" for an uncut one
	Stamp  string // of the file, its crop and, where something is cut away, the focus
	URL    string // path; the same address always stands for the same pixels
	Width  int    // in pixels
	Height int

	shape Shape
}

// Renditions lists what a picture has for a use, narrowest first, at least one:
// those widths that the file has, and its own where the next smaller one would
// be much less. It needs no look at the store. ok is false where there are none
// and the picture is shown as it came: it has no pixels (drawings, files that
// are no pictures), is of a kind that can't be read here (AVIF), or moves and is
// not cut.
func Renditions(p *news.Picture, u Use) (list []Rendition, ok bool) {
	if !p.Image() || !readable(p.Type) || p.Moving && u.Shape == (Shape{}) {
		return nil, false
	}
	seenW, seenH := p.Shown()
	w, h := cutSize(seenW, seenH, u.Shape)
	stamp := stampOf(p, w < seenW || h < seenH)
	for _, width := range widths(u.Widths, w) {
		r := Rendition{Name: renditionName(u.Shape, width), Stamp: stamp, Width: width, Height: max(1, (width*h+w/2)/w), shape: u.Shape}
		r.URL = fmt.Sprintf("%s%d-%s/%s", RenditionPath, p.ID, stamp, r.Name)
		list = append(list, r)
	}
	return list, true
}

// widestWhole is how wide the whole of a cropped picture is at most, in pixels.
const widestWhole = 2400

// Whole is a cropped picture as one file, whatever a theme asks for: it stands where
// else the file would, which shows more than readers may see. ok is false for a
// picture without a crop.
func Whole(p *news.Picture) (r Rendition, ok bool) {
	if p.Crop == (news.Crop{}) {
		return r, false
	}
	list, ok := Renditions(p, Use{Widths: []int{min(p.Crop.W, widestWhole)}})
	if !ok {
		return r, false
	}
	return list[0], true
}

// CanCrop reports whether a part of p can be shown: its pixels can be read here, and
// it is still.
func CanCrop(p *news.Picture) bool { return p.Image() && readable(p.Type) && !p.Moving }

// AllRenditions is all that a picture has for any of the uses, each once.
func AllRenditions(p *news.Picture, uses []Use) []Rendition {
	var all []Rendition
	seen := map[string]bool{}
	if r, ok := Whole(p); ok {
		seen[r.Name] = true
		all = append(all, r)
	}
	for _, u := range uses {
		list, _ := Renditions(p, u)
		for _, r := range list {
			if !seen[r.Name] {
				seen[r.Name] = true
				all = append(all, r)
			}
		}
	}
	return all
}

// UsesKey tells lists of uses apart that ask for different renditions, and
// recipes of making them.
func UsesKey(uses []Use) string {
	var asked []string
	for _, u := range uses {
		asked = append(asked, fmt.Sprint(u.Shape, u.Widths))
	}
	slices.Sort(asked)
	sum := sha256.Sum256([]byte(fmt.Sprint(recipe, slices.Compact(asked))))
	return hex.EncodeToString(sum[:16])
}

// SplitRendition takes the part of a rendition's address that names picture and
// stamp apart, as "17-0123456789".
func SplitRendition(s string) (id news.PictureID, stamp string, ok bool) {
	number, stamp, ok := strings.Cut(s, "-")
	n, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || n < 1 || strconv.FormatInt(n, 10) != number {
		return 0, "", false
	}
	return news.PictureID(n), stamp, true
}

// readable holds for the kinds whose pixels can be decoded here.
func readable(kind string) bool {
	switch kind {
	case jpegType, pngType, gifType, webpType:
		return true
	}
	return false
}

// widths are those of asked, which ascend, that a picture of the width w has. Its
// own comes last where the widest of them is missing more than a seventh.
func widths(asked []int, w int) []int {
	var out []int
	for _, a := range asked {
		if a <= w {
			out = append(out, a)
		}
	}
	n := len(out)
	if n == 0 || n < len(asked) && w*6 > out[n-1]*7 {
		out = append(out, w)
	}
	return out
}

func renditionName(s Shape, width int) string {
	if s == (Shape{}) {
		return strconv.Itoa(width)
	}
	return fmt.Sprintf("%dx%d-%d", s.W, s.H, width)
}

// FileKey tells that whoever asks for the original of p was shown it: it can't be
// guessed without the file. It is the query of its address in previews.
func FileKey(p *news.Picture) string { return shortHash("file " + p.Served) }

func stampOf(p *news.Picture, cut bool) string {
	of := fmt.Sprint(recipe, " ", p.Served)
	if cut {
		of += fmt.Sprint(" ", p.Focus.X, " ", p.Focus.Y)
	}
	if p.Crop != (news.Crop{}) {
		of += fmt.Sprint(" crop ", p.Crop)
	}
	return shortHash(of)
}

func shortHash(of string) string {
	sum := sha256.Sum256([]byte(of))
	return hex.EncodeToString(sum[:5])
}

// cutSize is the size of the largest cut of a shape that a picture of w × h has.
func cutSize(w, h int, s Shape) (int, int) {
	switch {
	case s == (Shape{}):
		return w, h
	case w*s.H > h*s.W:
		return max(1, (h*s.W+s.H/2)/s.H), h
	}
	return w, max(1, (w*s.H+s.W/2)/s.W)
}

// cutAt is where the largest cut of a shape lies in a picture of w × h, from its
// top left: the focus has the same relative place in the cut as in the picture,
// which keeps it inside and near to its surroundings. CSS's object-position does
// the same.
func cutAt(w, h int, s Shape, f news.Focus) (x, y float64, cw, ch int) {
	if f == (news.Focus{}) {
		f = news.Focus{X: 500, Y: 500}
	}
	cw, ch = cutSize(w, h, s)
	return float64(w-cw) * float64(f.X) / 1000, float64(h-ch) * float64(f.Y) / 1000, cw, ch
}
