package site

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
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
	Reason []string // why an article was withdrawn, in paragraphs; nil where nobody has said
	ID     string   // of the log line; "" where a reader need not tell it
	Latest []Card
	Places []Link // the sections
}

const problemKind = "problem"

// maintenanceProblem is the key of the page for the time in which the paper is
// worked on; the other keys are statuses.
const maintenanceProblem = "maintenance"

// problemPage answers with a problem in the paper's own frame. The words are the
// theme's, unless the fault has some for this very case. What says the same to
// everybody is kept like other pages: a flood of wrong addresses costs little.
func (s *Site) problemPage(w http.ResponseWriter, r *http.Request, p web.Problem) error {
	ctx := context.WithoutCancel(r.Context())
	if p.Status == http.StatusServiceUnavailable {
		return s.refuse(ctx, w, r)
	}
	ctx, stop := context.WithTimeout(ctx, problemPatience)
	defer stop()
	r = r.WithContext(ctx)
	settings, err := s.settings(ctx)
	if err != nil {
		return err
	}
	key := problemKey(settings.Language, p.Status)
	var piece *page.Piece
	if p.Words == "" && (p.Status == http.StatusNotFound || p.Status == http.StatusGone) {
		piece, err = s.press.Piece(ctx, key)
	} else {
		var v page.View
		if v, err = s.problemView(ctx, key, func(...news.Ref) {}, p); err == nil {
			piece, err = s.press.Render(key, v)
		}
	}
	if err != nil {
		return err
	}
	return s.sendOnce(w, r, p.Status, piece, nil)
}

func (s *Site) loadProblem(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	if k.Rest == maintenanceProblem {
		return s.problemView(ctx, k, note, web.Problem{Status: http.StatusServiceUnavailable})
	}
	status, err := strconv.Atoi(k.Rest)
	if err != nil {
		return page.View{}, err
	}
	return s.problemView(ctx, k, note, web.Problem{Status: status})
}

func (s *Site) problemView(ctx context.Context, k page.Key, note func(...news.Ref), p web.Problem) (page.View, error) {
	return s.read(ctx, k, note, func(in *reading) (page.View, error) {
		v := Problem{Frame: in.frame("error", "", ""), Status: p.Status, ID: p.ID}
		word := "error"
		switch {
		case k.Rest == maintenanceProblem:
			v.Kind, word = "maintenance", "maintenance"
		case p.Status == http.StatusNotFound:
			v.Kind, word, v.ID = "not-found", "not_found", ""
		case p.Status == http.StatusGone:
			v.Kind, word, v.ID = "gone", "gone", ""
		case p.Status == http.StatusServiceUnavailable:
			word = "unavailable"
		}
		v.Title, v.Text = in.l.Word(word+"_title"), in.l.Word(word+"_text")
		if p.Words != "" && p.Status < http.StatusInternalServerError {
			v.Text = p.Words
		}
		if k.ID != 0 {
			w, err := in.Withdrawal(ctx, news.ArticleID(k.ID))
			if err != nil && !fault.Is(err, fault.NotFound) {
				return page.View{}, err
			}
			if w.Reason != "" {
				v.Reason = strings.Split(w.Reason, "\n\n")
			}
		}
		if p.Status == http.StatusTooManyRequests {
			v.Text = in.l.Word("too_many_text")
		}
		v.Frame.Title, v.Robots = v.Title, "noindex"
		out := page.View{Template: "problem", Pieces: in.pieces(k, nil)}
		// With no link that leads anywhere now, or that would only be one more to wait for.
		if v.Kind == "maintenance" || p.Status == http.StatusServiceUnavailable {
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
}

// unlessInMaintenance answers every request for a page with the one that says
// that the paper is being worked on, while its settings say so. Assets and
// pictures go on being served: that page has its styles and the logo.
func (s *Site) unlessInMaintenance(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		settings, err := s.settings(r.Context())
		if err != nil {
			return err
		}
		if !settings.Maintenance {
			return h(w, r)
		}
		p, err := s.press.Piece(r.Context(), maintenanceKey(settings.Language))
		if err != nil {
			return err
		}
		w.Header().Set("Retry-After", "600") // crawlers keep what they know of the paper
		return s.sendOnce(w, r, http.StatusServiceUnavailable, p, nil)
	}
}
