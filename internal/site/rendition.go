package site

import (
	"net/http"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
)

// rendition answers with a picture in one of the sizes that the theme asks for.
// Until it is made, the next larger one is sent, and nobody keeps that. An address
// from before the picture was changed leads to the present one; a size that the
// theme does not ask for is not there, so that no stranger can make work.
func (s *Site) rendition(w http.ResponseWriter, r *http.Request) error {
	id, stamp, name, ok := media.ParseCutPath(r.URL.Path)
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	p, err := s.store.Picture(r.Context(), id)
	if err != nil {
		return err
	}
	cuts := media.AllCuts(s.theme.Manifest().Pictures, &p)
	var cut *media.Cut
	for i := range cuts {
		if cuts[i].Name == name {
			cut = &cuts[i]
		}
	}
	if cut == nil {
		return fault.New(fault.NotFound, "")
	}
	if stamp != media.Stamp(&p) {
		w.Header().Set("Cache-Control", "no-cache")
		http.Redirect(w, r, media.CutPath(&p, name), http.StatusFound)
		return nil
	}
	made, err := s.store.Renditions(r.Context(), id)
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept")
	best := choose(made, cut, takesWebP(r))
	if best == nil {
		return s.Disk.ServeMeanwhile(w, r, &p)
	}
	p.Served, p.Type = best.Blob, best.Type
	if best.Name != name {
		return s.Disk.ServeMeanwhile(w, r, &p)
	}
	return s.Disk.ServeForever(w, r, &p)
}

// choose finds a cut among those that are made, else the next larger one of its
// shape; nil for none. Of two types it takes WebP where the reader does, which is
// only there when it is smaller.
func choose(made []news.Rendition, cut *media.Cut, webp bool) *news.Rendition {
	shape, _, cutAway := strings.Cut(cut.Name, "-")
	var best *news.Rendition
	for i := range made { // narrowest first
		r := &made[i]
		of, _, has := strings.Cut(r.Name, "-")
		if has != cutAway || cutAway && of != shape || r.Width < cut.Width || r.Type == media.WebPType && !webp {
			continue
		}
		if best == nil || r.Name == best.Name && r.Type == media.WebPType {
			best = r
		}
	}
	return best
}

// takesWebP reports whether a reader's program says that it shows WebP.
func takesWebP(r *http.Request) bool {
	return strings.Contains(strings.Join(r.Header.Values("Accept"), ","), media.WebPType)
}
