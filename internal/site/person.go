package site

import (
	"context"
	"net/url"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
)

const personKind = "person"

// Person is the page about somebody who writes.
type Person struct {
	Frame
	Crumbs    []Link
	Name      string
	Biography []string // paragraphs
	Website   string
	Portrait  *Image
	List      List
}

func (s *Site) loadPerson(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		p, err := r.Person(ctx, news.PersonID(k.ID))
		if err != nil {
			return page.View{}, err
		}
		path := urlPath(p.Path)
		v := Person{Frame: r.frame("author", p.Name, path), Name: p.Name, Crumbs: []Link{{Text: r.l.Word("home"), URL: "/"}, {Text: r.l.Word("authors_title"), URL: peoplePath}, {Text: p.Name}}}
		v.Description = richtext.Shorten(p.Biography, 200)
		v.Data = []any{breadcrumbs(r.settings, v.Crumbs, path), profile(r.settings, &p, path)}
		for para := range strings.SplitSeq(p.Biography, "\n\n") {
			if para = strings.TrimSpace(para); para != "" {
				v.Biography = append(v.Biography, para)
			}
		}
		if u, err := url.Parse(p.Website); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
			v.Website = p.Website
		}
		pictures, err := r.Pictures(ctx, ids(p.Picture))
		if err != nil {
			return page.View{}, err
		}
		if pic, ok := pictures[p.Picture]; ok {
			v.Portrait = r.image(&pic)
		}
		v.List, err = r.listed(ctx, news.Target{Noun: news.PersonNoun, ID: k.ID}, path, k.Rest)
		v.list(k.Rest)
		return page.View{Template: "person", Data: v, Pieces: r.pieces(k, nil)}, err
	})
}
