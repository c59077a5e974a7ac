package site

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/web"
)

// Problem is what stands instead of the page that was asked for.
type Problem struct {
	Frame
	Status int
	Title  string
	Text   string
	ID     string // of the log line; "" where a reader need not tell it
	Latest []Card
	Places []Link // the sections
}

// problemPage renders a problem in the paper's own frame. The words are the
// theme's, unless the fault has some for this very case.
func (s *Site) problemPage(r *http.Request, p web.Problem) ([]byte, error) {
	ctx := context.WithoutCancel(r.Context())
	settings, err := s.settings(ctx, s.store.Reader)
	if err != nil {
		return nil, err
	}
	key := page.Key{Kind: "problem", Language: settings.Language, Date: s.today(settings)}
	v, err := s.read(ctx, key, func(...news.Ref) {}, func(in *reading) (page.View, error) {
		v := Problem{Frame: in.frame("error", "", ""), Status: p.Status, ID: p.ID}
		word := "error"
		switch p.Status {
		case http.StatusNotFound:
			v.Kind, word, v.ID = "not-found", "not_found", ""
		case http.StatusGone:
			v.Kind, word, v.ID = "gone", "gone", ""
		case http.StatusServiceUnavailable:
			word = "unavailable"
			if in.settings.Maintenance {
				v.Kind, word, v.ID = "maintenance", "maintenance", ""
			}
		}
		v.Title, v.Text = in.l.Word(word+"_title"), in.l.Word(word+"_text")
		if p.Words != "" && p.Status < http.StatusInternalServerError {
			v.Text = p.Words
		}
		if p.Status == http.StatusTooManyRequests {
			v.Text = in.l.Word("too_many_text")
		}
		v.Frame.Title, v.Robots = v.Title, "noindex"
		out := page.View{Template: "problem", Pieces: in.pieces(key, nil)}
		if v.Kind == "maintenance" { // no link leads anywhere now
			out.Data = v
			return out, nil
		}
		for _, i := range in.sectionMenu() {
			v.Places = append(v.Places, i.Link)
		}
		latest, err := in.Reader.Latest(ctx, news.Place{}, time.Time{}, 5)
		if err != nil {
			return page.View{}, err
		}
		v.Latest, err = in.cards(ctx, latest)
		out.Data = v
		return out, err
	})
	if err != nil {
		return nil, fmt.Errorf("loading the page for status %d: %w", p.Status, err)
	}
	piece, err := s.press.Render(key, v)
	if err != nil {
		return nil, err
	}
	noAds := func(context.Context, string) ([]byte, error) { return nil, nil }
	return s.press.Page(ctx, piece, nil, noAds)
}

// unlessInMaintenance answers every request for a page with the one that says
// that the paper is being worked on, while its settings say so. Assets and
// pictures go on being served: that page has its styles and the logo.
func (s *Site) unlessInMaintenance(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		settings, err := s.store.Settings(r.Context())
		if err != nil {
			return err
		}
		if !settings.Maintenance {
			return h(w, r)
		}
		body, err := s.problemPage(r, web.Problem{Status: http.StatusServiceUnavailable})
		if err != nil {
			return err
		}
		header := w.Header()
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Cache-Control", "no-store")
		header.Set("Retry-After", "600") // crawlers keep what they know of the paper
		w.WriteHeader(http.StatusServiceUnavailable)
		_, err = w.Write(body)
		return err
	}
}
