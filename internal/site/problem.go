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
		}
		v.Title, v.Text = in.l.Word(word+"_title"), in.l.Word(word+"_text")
		if p.Words != "" && p.Status < http.StatusInternalServerError {
			v.Text = p.Words
		}
		if p.Status == http.StatusTooManyRequests {
			v.Text = in.l.Word("too_many_text")
		}
		v.Frame.Title, v.Robots = v.Title, "noindex"
		for _, i := range in.sectionMenu() {
			v.Places = append(v.Places, i.Link)
		}
		latest, err := in.Reader.Latest(ctx, news.Place{}, time.Time{}, 5)
		if err != nil {
			return page.View{}, err
		}
		v.Latest, err = in.cards(ctx, latest)
		return page.View{Template: "problem", Data: v, Pieces: in.pieces(key, nil)}, err
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
