package newsroom

import (
	"net/url"
	"strconv"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// What the editor's dialogs ask for, in JSON: articles to link to and pictures to
// show, by words, or by their ids.

type foundArticle struct {
	ID       news.ArticleID `json:"id"`
	Headline string         `json:"headline"`
	URL      string         `json:"url"`
	Section  string         `json:"section"`
	Date     string         `json:"date"`
	State    string         `json:"state"`
	Lang     string         `json:"lang"`
	Dir      string         `json:"dir"`
}

type foundPicture struct {
	ID      news.PictureID `json:"id"`
	URL     string         `json:"url"`   // large, for the newsroom
	Thumb   string         `json:"thumb"` // small, likewise
	Path    string         `json:"path"`  // where readers get it
	Page    string         `json:"page"`  // in the library
	Name    string         `json:"name"`
	Kind    news.FileKind  `json:"kind"`
	Usable  bool           `json:"usable"` // readers may be shown it
	Width   int            `json:"width"`
	Height  int            `json:"height"`
	Alt     string         `json:"alt"`
	Caption string         `json:"caption"`
	Credit  string         `json:"credit"`
}

// mostFound is how much one answer holds.
const mostFound = 20

// articlesFind answers with articles that whoever asks may link to: what is
// public, and what they may see besides.
func articlesFind(v *visit) error {
	q := v.r.URL.Query()
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	var found []foundArticle
	add := func(a foundArticle, path string, section news.SectionID) {
		a.URL, a.Dir = (&url.URL{Path: path}).EscapedPath(), locale.Dir(a.Lang)
		if s := all[section]; s != nil {
			a.Section = s.Name
		}
		found = append(found, a)
	}
	if ids := asked[news.ArticleID](q["id"]); ids != nil {
		list, err := v.Store.Articles(v.ctx(), ids)
		if err != nil {
			return err
		}
		for i := range list {
			if a := &list[i]; a.Public() || v.maySee(a, all) {
				add(foundArticle{ID: a.ID, Headline: a.Headline, Date: v.l.Date(a.Changed), State: v.standing(a.State, a.Stage), Lang: a.Language}, a.Path, a.Section)
			}
		}
		return v.json(map[string]any{"articles": listed(found)})
	}
	items, err := v.findable(news.DeskFilter{Headline: q.Get("q")}, all, mostFound)
	if err != nil {
		return err
	}
	for _, i := range items {
		add(foundArticle{ID: i.ID, Headline: i.Headline, Date: v.l.Date(i.Changed), State: v.standing(i.State, i.Stage), Lang: i.Language}, i.Path, i.Section)
	}
	return v.json(map[string]any{"articles": listed(found)})
}

// findable are up to n articles that f lets through and whoever asks may name: what
// is public first, then what they may see besides.
func (v *visit) findable(f news.DeskFilter, all news.Sections, n int) ([]news.DeskItem, error) {
	f.States = []news.State{news.Published}
	found, err := v.Store.ArticlesFor(v.ctx(), f, news.DeskPlace{}, n)
	if err != nil || len(found) == n {
		return found, err
	}
	f.States = []news.State{news.Draft, news.Scheduled}
	f.Within, f.Own = v.editable(all), v.staff.ID
	more, err := v.Store.ArticlesFor(v.ctx(), f, news.DeskPlace{}, n-len(found))
	return append(found, more...), err
}

// picturesFind answers with pictures of the library, or with other files of one kind.
func picturesFind(v *visit) error {
	q := v.r.URL.Query()
	var list []news.Picture
	more := false
	if ids := asked[news.PictureID](q["id"]); ids != nil {
		known, err := v.Store.Pictures(v.ctx(), ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if p, ok := known[id]; ok {
				list = append(list, p)
			}
		}
	} else {
		f := news.PictureFilter{Words: q.Get("q"), Usable: true, Kind: news.PictureFile}
		for _, k := range fileKinds {
			if string(k) == q.Get("kind") {
				f.Kind = k
			}
		}
		before, err := strconv.ParseInt(q.Get("before"), 10, 64)
		if err != nil || before < 1 {
			before = 0 // the newest
		}
		if list, err = v.Store.LibraryPictures(v.ctx(), f, news.PictureID(before), mostFound+1); err != nil {
			return err
		}
		if len(list) > mostFound {
			list, more = list[:mostFound], true
		}
	}
	var found []foundPicture
	for i := range list {
		found = append(found, v.foundPicture(&list[i]))
	}
	return v.json(map[string]any{"pictures": listed(found), "more": more})
}

// asked are the ids of a query, nil for none.
func asked[T ~int64](values []string) []T {
	const most = 200
	var ids []T
	for _, s := range values[:min(len(values), most)] {
		if id, err := strconv.ParseInt(s, 10, 64); err == nil && id > 0 {
			ids = append(ids, T(id))
		}
	}
	return ids
}

// listed is a list that JSON writes as one also when it is empty.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
