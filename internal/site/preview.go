package site

import (
	"context"
	"net/http"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/web"
)

// PreviewPath is where previews stand; their tokens follow. Whoever logs requests
// leaves out what comes after it.
const PreviewPath = "/preview/"

// protectPreview sets the headers of a preview: the newsroom shows it in a frame,
// and no other site is told of its secret address.
var protectPreview = web.Protect(policy + "; frame-ancestors 'self'")

// hideToken keeps the token from whatever is said of the request when it fails.
func hideToken(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.URL.Path, r.URL.RawPath = PreviewPath+"…", ""
		h.ServeHTTP(w, r)
	})
}

// preview answers with the page that readers would see of an article in any state,
// or of a working copy of it, to whoever has its secret link. It is made for this
// request alone, by the same loader and template as the real one.
func (s *Site) preview(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	protectPreview(h)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	h.Set("Cache-Control", "no-store")
	hash := desk.PreviewHash(r.PathValue("token"))
	p, err := s.store.Preview(r.Context(), hash)
	if fault.Is(err, fault.NotFound) {
		return s.previewFront(w, r, hash)
	}
	if err := s.lasting(p.Ends, err); err != nil {
		return err
	}
	settings, err := s.settings(r.Context())
	if err != nil {
		return err
	}
	key := page.Key{Kind: articleKind, ID: int64(p.Article), Language: settings.Language}
	v, err := s.loadPreview(r.Context(), key, &p)
	if err != nil {
		return err
	}
	piece, err := s.press.Render(key, v)
	if err != nil {
		return err
	}
	instead := map[string]*page.Piece{}
	for name, of := range v.Pieces {
		switch name {
		case "check-also":
			box, err := s.loadCheckAlso(r.Context(), of, func(...news.Ref) {})
			if err == nil {
				instead[name], err = s.press.Render(of, box)
			}
			if err != nil {
				return err
			}
		case "comments", "form": // nobody comments on what is not out
			if instead[name], err = s.press.Render(of, page.View{}); err != nil {
				return err
			}
		}
	}
	return s.sendOnce(w, r, http.StatusOK, piece, instead)
}

// lasting is how a secret link was found: behind one that has ended there is as much
// as behind one that never was.
func (s *Site) lasting(ends time.Time, err error) error {
	if fault.Is(err, fault.NotFound) || err == nil && !ends.After(s.Now()) {
		return fault.New(fault.NotFound, "")
	}
	return err
}

// previewFront answers with a front as somebody would arrange it.
func (s *Site) previewFront(w http.ResponseWriter, r *http.Request, hash string) error {
	p, err := s.store.FrontPreview(r.Context(), hash)
	if fault.Is(err, fault.NotFound) {
		return s.paperPreview(w, r, hash)
	}
	if err := s.lasting(p.Ends, err); err != nil {
		return err
	}
	settings, err := s.settings(r.Context())
	if err != nil {
		return err
	}
	key := page.Key{Kind: frontKind, Language: settings.Language}
	if p.Section != 0 {
		key.Kind, key.ID = sectionKind, int64(p.Section)
	}
	v, err := s.read(r.Context(), key, func(...news.Ref) {}, func(in *reading) (page.View, error) {
		in.fronts = in.fronts.as(p.Section, p.Arrangement)
		note := in.l.Say("preview_note", "date", in.moment(p.Ends).Text)
		making := in.front
		if p.Section != 0 {
			making = in.section
		}
		v, err := making(r.Context(), key)
		switch view := v.Data.(type) {
		case Front:
			view.preview(note)
			v.Data = view
		case Section:
			view.preview(note)
			v.Data = view
		}
		return v, err
	})
	if err != nil {
		return err
	}
	piece, err := s.press.Render(key, v)
	if err != nil {
		return err
	}
	return s.sendOnce(w, r, http.StatusOK, piece, nil)
}

// preview makes a frame that of a preview, which says so. What a published page
// tells machines (its address, its data, its other languages) it leaves out.
func (f *Frame) preview(note string) {
	f.Preview, f.Robots, f.Canonical, f.Alternates, f.Data = note, "noindex, nofollow", "", nil, nil
}

// loadPreview makes the view of an article's page as a preview.
func (s *Site) loadPreview(ctx context.Context, k page.Key, p *news.Preview) (page.View, error) {
	return s.read(ctx, k, func(...news.Ref) {}, func(r *reading) (page.View, error) {
		r.secret = true
		a, err := r.Article(ctx, p.Article)
		if err != nil {
			return page.View{}, err
		}
		if a.State == news.Trashed {
			return page.View{}, fault.New(fault.NotFound, "")
		}
		if p.CopyOf != 0 {
			switch c, err := r.WorkingCopy(ctx, p.CopyOf, a.ID); {
			case err == nil:
				a = c.Over(&a)
			case !fault.Is(err, fault.NotFound):
				return page.View{}, err
			}
		}
		if p.Change != 0 {
			c, err := r.LaterChange(ctx, p.Change)
			if err != nil {
				return page.View{}, err
			}
			m, err := desk.MergeLater(ctx, r.Reader, &c, &a)
			if err != nil {
				return page.View{}, err
			}
			a = m.Article
		}
		if a.Published.IsZero() {
			a.Published = a.Scheduled
		}
		if a.Published.IsZero() {
			a.Published = s.Now()
		}
		view, err := r.article(ctx, &a)
		if err != nil {
			return page.View{}, err
		}
		note := r.l.Say("preview_note", "date", r.moment(p.Ends).Text)
		if a.Embargo.After(s.Now()) {
			note += " " + r.l.Say("preview_embargo", "date", r.moment(a.Embargo).Text)
		}
		view.preview(note)
		template, more := "standing-page", map[string]page.Key{}
		if a.Kind == news.Story {
			template, view.HasComments = "article", true
			for name, kind := range map[string]string{"check-also": checkAlsoKind, "comments": commentsKind, "form": formKind} {
				more[name] = page.Key{Kind: kind, Language: k.Language, ID: k.ID}
			}
		}
		return page.View{Template: template, Data: *view, Pieces: r.pieces(k, more)}, nil
	})
}
