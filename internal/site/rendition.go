package site

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const renditionRoute = media.RenditionPath + "{picture}/{name}"

// rendition sends a picture in a size or cut that the theme asks for; nothing
// else has an address here, so that no stranger can make work. What is not made
// yet never keeps a reader waiting: something larger stands in for it.
func (s *Site) rendition(w http.ResponseWriter, r *http.Request) error {
	id, stamp, ok := media.SplitRendition(r.PathValue("picture"))
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	p, err := s.store.Picture(r.Context(), id)
	if err != nil {
		return err
	}
	if p.Ended {
		return fault.New(fault.Gone, "")
	}
	all := media.AllRenditions(&p, s.asked())
	i := slices.IndexFunc(all, func(x media.Rendition) bool { return x.Name == r.PathValue("name") })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "")
	case all[i].Stamp != stamp: // of an earlier file or focus: the present one has another address
		if err := s.held(r, &p, ""); err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "no-cache")
		http.Redirect(w, r, all[i].URL, http.StatusFound)
		return nil
	}
	there, err := s.store.Renditions(r.Context(), id)
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept")
	best, exact := bestRendition(there, &all[i], takesWebP(r.Header))
	if best != nil {
		err := s.Disk.ServeRendition(w, r, &p, best.Blob, best.Type, exact)
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		s.Log.Error("the file of a rendition is missing", "picture", id, "name", best.Name, "blob", best.Blob)
	}
	if p.Crop != (news.Crop{}) { // its file shows more
		return fault.New(fault.Unavailable, "")
	}
	return s.Disk.ServeRendition(w, r, &p, p.Served, p.Type, false)
}

// fileKey is the name of what lets the reader of a preview see a picture.
const fileKey = "of"

// held refuses a picture of an article under embargo, unless whoever asks was shown
// it: the addresses of files can be guessed, and of renditions all but the stamp.
func (s *Site) held(r *http.Request, p *news.Picture, key string) error {
	if key == media.FileKey(p) {
		return nil
	}
	held, err := s.store.PictureHeld(r.Context(), p.ID, s.Now())
	if err == nil && held {
		err = fault.New(fault.NotFound, "")
	}
	return err
}

// file sends a file of the library under its own address: of a cropped picture the
// part that may be seen.
func (s *Site) file(w http.ResponseWriter, r *http.Request, p *news.Picture) error {
	whole, cropped := media.Whole(p)
	if !cropped {
		return s.Disk.Serve(w, r, p)
	}
	there, err := s.store.Renditions(r.Context(), p.ID)
	if err != nil {
		return err
	}
	best, exact := bestRendition(there, &whole, false)
	if !exact {
		return fault.New(fault.Unavailable, "")
	}
	shown := *p
	shown.Served, shown.Type = best.Blob, best.Type
	return s.Disk.Serve(w, r, &shown)
}

// asked is all that the theme asks of pictures.
func (s *Site) asked() []media.Use {
	return slices.Collect(maps.Values(s.theme.Manifest().Pictures))
}

// bestRendition is the file among there to send for want, nil for none. exact
// tells whether it is the one that was asked for; else it is the next larger one
// of its shape, or of the uncut picture.
func bestRendition(there []store.Rendition, want *media.Rendition, webP bool) (best *store.Rendition, exact bool) {
	better := func(r *store.Rendition) bool {
		if r.Type == webPType && !webP {
			return false
		}
		return best == nil || r.Width < best.Width || r.Width == best.Width && r.Type == webPType
	}
	for i := range there {
		if r := &there[i]; r.Name == want.Name && r.Stamp == want.Stamp && better(r) {
			best = r
		}
	}
	if best != nil {
		return best, true
	}
	for _, shape := range []string{shapeOf(want.Name), ""} {
		for i := range there {
			if r := &there[i]; shapeOf(r.Name) == shape && r.Width >= want.Width && better(r) {
				best = r
			}
		}
		if best != nil {
			break
		}
	}
	return best, false
}

// shapeOf is the first part of a rendition's name, "" for one that is not cut.
func shapeOf(name string) string {
	shape, _, cut := strings.Cut(name, "-")
	if !cut {
		return ""
	}
	return shape
}

const webPType = "image/webp"

// takesWebP reports whether a request names WebP among what it takes (RFC 9110,
// 12.5.1). "*/*" and "image/*" do not count: old browsers say them, too.
func takesWebP(h http.Header) bool {
	for _, line := range h.Values("Accept") {
		for part := range strings.SplitSeq(line, ",") {
			kind, parameters, _ := strings.Cut(part, ";")
			if !strings.EqualFold(strings.TrimSpace(kind), webPType) {
				continue
			}
			weight, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q=")
			q, err := strconv.ParseFloat(weight, 64)
			return !ok || err == nil && q > 0
		}
	}
	return false
}
