package site

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
	"broadsheet/internal/search"
)

// Search is the search page, with or without results.
type Search struct {
	Frame
	Query   string
	Asked   bool // there is something to look for
	Results []Result
	Older   string
	First   string
}

// Result is an article that was found, with the words around the find.
type Result struct {
	Card
	Excerpt []search.Segment
}

// maxQuery is how much of a query is shown again, in bytes.
const maxQuery = 500

func searchURL(words string) string { return "/search/?" + url.Values{"q": {words}}.Encode() }

// search answers with what a reader looks for. It is made for the request: no
// two readers ask the same.
func (s *Site) search(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	words := q.Get("q")
	if len(words) > maxQuery {
		words = words[:maxQuery]
	}
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64)
	settings, err := s.settings(r.Context())
	if err != nil {
		return err
	}
	key := searchKey(settings.Language)
	v, err := s.read(r.Context(), key, func(...news.Ref) {}, func(in *reading) (page.View, error) {
		v := Search{Frame: in.frame("search", words2(in, words), ""), Query: words}
		v.Robots = "noindex"
		err := in.find(r.Context(), &v, words, before)
		return page.View{Template: "search", Data: v, Pieces: in.pieces(key, nil)}, err
	})
	if err != nil {
		return err
	}
	p, err := s.press.Render(key, v)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	return s.sendOnce(w, r, http.StatusOK, p, nil)
}

func words2(in *reading, query string) string { return words(query, in.l.Word("search")) }

// find fills in the results.
func (r *reading) find(ctx context.Context, v *Search, words string, before int64) error {
	query := r.site.analyser.Parse(words)
	if query.Empty() {
		return nil
	}
	v.Asked = true
	languages, err := r.Languages(ctx)
	if err != nil {
		return err
	}
	expression := query.FTS5(languages)
	if r.site.store.Engine() == db.Postgres {
		expression = query.TSQuery(languages)
	}
	n := r.settings.ListLength
	hits, err := r.Search(ctx, expression, before, n+1)
	if err != nil {
		return err
	}
	if len(hits) > n {
		hits = hits[:n]
		v.Older = searchURL(words) + "&before=" + strconv.FormatInt(hits[n-1].Rank, 10)
	}
	if before > 0 {
		v.First = searchURL(words)
	}
	ids := make([]news.ArticleID, len(hits))
	for i, h := range hits {
		ids[i] = h.Article
	}
	teasers, err := r.Teasers(ctx, ids)
	if err != nil {
		return err
	}
	cards, err := r.cards(ctx, teasers)
	if err != nil {
		return err
	}
	texts, err := r.SearchTexts(ctx, ids)
	if err != nil {
		return err
	}
	for i, t := range teasers {
		const length = 220 // characters: about three lines
		a := texts[t.ID]
		doc, err := richtext.Decode(a.Body)
		if err != nil {
			return err
		}
		v.Results = append(v.Results, Result{cards[i], query.Excerpt(a.Language, a.Standfirst+"\n"+doc.Text(), length)})
	}
	return nil
}
