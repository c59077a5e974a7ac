package site

import (
	"context"
	"slices"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
)

const peopleKind = "people"

// peoplePath is where everybody who writes is listed, unless something else has
// that address.
const peoplePath = "/authors/"

// People is the page of everybody who writes, in the order of the language's
// alphabet.
type People struct {
	Frame
	Crumbs []Link
	List   []Profile
}

// Profile is somebody who writes, with the beginning of their biography.
type Profile struct {
	Author
	About string
}

func (s *Site) loadPeople(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		people, err := r.PeopleWhoWrote(ctx)
		if err != nil {
			return page.View{}, err
		}
		if len(people) == 0 {
			return page.View{}, fault.New(fault.NotFound, "")
		}
		slices.SortFunc(people, func(a, b news.Person) int { return r.l.Compare(a.Name, b.Name) })
		portraits, err := r.portraits(ctx, people)
		if err != nil {
			return page.View{}, err
		}
		title := r.l.Word("authors_title")
		v := People{Frame: r.frame("people", title, peoplePath), Crumbs: []Link{{Text: r.l.Word("home"), URL: "/"}, {Text: title}}}
		v.Data = []any{breadcrumbs(r.settings, v.Crumbs, peoplePath)}
		for _, p := range people {
			const about = 180 // characters: two or three lines
			text, _, _ := strings.Cut(p.Biography, "\n\n")
			v.List = append(v.List, Profile{Author{Link{Text: p.Name, URL: urlPath(p.Path)}, portraits[p.Picture]}, richtext.Shorten(text, about)})
		}
		return page.View{Template: "people", Data: v, Pieces: r.pieces(k, nil)}, nil
	})
}

// portraits are the pictures of people, by picture.
func (r *reading) portraits(ctx context.Context, people []news.Person) (map[news.PictureID]*Image, error) {
	var ids []news.PictureID
	for _, p := range people {
		if p.Picture != 0 {
			ids = append(ids, p.Picture)
		}
	}
	pictures, err := r.Pictures(ctx, ids)
	all := map[news.PictureID]*Image{}
	for id, p := range pictures {
		all[id] = r.image(&p)
	}
	return all, err
}
