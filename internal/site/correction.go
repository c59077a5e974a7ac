package site

import (
	"context"
	"net/http"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const correctionsKind = "corrections"

// Corrections is the list of all that was corrected, newest first.
type Corrections struct {
	Frame
	Crumbs       []Link
	List         []Corrected
	Older, First string // addresses of the next stretch and of the first; "" for none
}

// Corrected is one correction, with the article that it stands beneath. Lang and Dir
// are "" where they are the page's.
type Corrected struct {
	Correction
	Article   Link // to the correction on its page
	Lang, Dir string
}

// correctionsPath is where the list stands: at the other address where a paper that
// came here had something else at the first one; "" where it had at both.
func correctionsPath(ctx context.Context, r addresses) (string, error) {
	for _, path := range news.CorrectionsPaths() {
		_, err := r.Address(ctx, path)
		if fault.Is(err, fault.NotFound) {
			return path, nil
		}
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

// addresses knows what stands at a path.
type addresses interface {
	Address(ctx context.Context, path string) (news.Address, error)
}

// corrections answers with the list, and reports whether it stands at that path.
func (s *Site) corrections(w http.ResponseWriter, r *http.Request, path string, by *way) (bool, error) {
	if path != news.CorrectionsPaths()[0] && path != news.CorrectionsPaths()[1] {
		return false, nil
	}
	at, err := correctionsPath(r.Context(), s.store.Noting(by.note))
	if err != nil || at != path {
		return false, err
	}
	before := r.URL.Query().Get(beforeParam)
	if before != "" {
		path += "?" + beforeParam + "=" + before
	}
	return true, s.send(w, r, page.Key{Kind: correctionsKind, Rest: before}, by.to(path))
}

func (s *Site) loadCorrections(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		place, err := parsePlace(k.Rest)
		if err != nil {
			return page.View{}, err
		}
		after := news.CorrectionPlace{Made: place.Published, ID: news.CorrectionID(place.ID)}
		if k.Rest != "" {
			stands, err := r.StandsCorrected(ctx, after)
			if err != nil {
				return page.View{}, err
			}
			r.once = !stands
		}
		path, err := correctionsPath(ctx, r)
		if err != nil {
			return page.View{}, err
		}
		n := r.settings.ListLength
		list, err := r.LatestCorrections(ctx, after, n+1)
		if err != nil {
			return page.View{}, err
		}
		if len(list) == 0 && k.Rest != "" {
			return page.View{}, fault.New(fault.NotFound, "")
		}
		title := r.l.Word("corrections")
		v := Corrections{Frame: r.frame("corrections", title, path), Crumbs: []Link{{Text: r.l.Word("home"), URL: "/"}, {Text: title}}}
		v.Frame.Description = r.l.Word("corrections_text")
		v.Data = []any{breadcrumbs(r.settings, v.Crumbs, path)}
		v.Frame.list(k.Rest)
		if len(list) > n {
			list = list[:n]
			last := list[n-1].Place()
			v.Older = path + "?" + beforeParam + "=" + formatPlace(news.Place{Published: last.Made, ID: news.ArticleID(last.ID)})
		}
		if k.Rest != "" {
			v.First = path
		}
		v.List, err = r.corrected(ctx, list)
		return page.View{Template: "corrections", Data: v, Pieces: r.pieces(k, nil)}, err
	})
}

// corrected finds the articles of corrections.
func (r *reading) corrected(ctx context.Context, list []news.Correction) ([]Corrected, error) {
	ids := make([]news.ArticleID, len(list))
	for i, c := range list {
		ids[i] = c.Article
	}
	teasers, err := r.Teasers(ctx, ids)
	if err != nil {
		return nil, err
	}
	at := map[news.ArticleID]*news.Teaser{}
	for i := range teasers {
		at[teasers[i].ID] = &teasers[i]
	}
	var all []Corrected
	for i := range list {
		t := at[list[i].Article]
		if t == nil {
			continue
		}
		c := Corrected{Correction: r.correction(&list[i]), Article: Link{Text: t.Headline, URL: urlPath(t.Path) + "#corrections"}}
		c.Lang, c.Dir = r.foreign(t.Language)
		all = append(all, c)
	}
	return all, nil
}

func (r *reading) correction(c *news.Correction) Correction {
	return Correction{r.moment(c.Made), r.moment(c.Amended), strings.Split(c.Text, "\n\n")}
}

// gone answers that an article was withdrawn, with the reason that was given.
func (s *Site) gone(w http.ResponseWriter, r *http.Request, a news.Address) error {
	if a.Target.Noun != news.ArticleNoun {
		return fault.New(fault.Gone, "")
	}
	settings, err := s.settings(r.Context())
	if err != nil {
		return err
	}
	p, err := s.press.Piece(r.Context(), withdrawnKey(settings.Language, news.ArticleID(a.Target.ID)))
	if err != nil {
		return err
	}
	return s.sendOnce(w, r, http.StatusGone, p, nil)
}
