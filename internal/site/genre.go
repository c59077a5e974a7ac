package site

import (
	"context"
	"strings"

	"golang.org/x/text/language"

	"broadsheet/internal/news"
)

// genre is what readers are told of an article's kind.
func (r *reading) genre(g news.Genre, sponsor string) Genre {
	v := Genre{Name: string(g)}
	if g != news.Report && g != "" {
		v.Label = r.l.Word("genre_" + string(g))
	}
	if g == news.Sponsored {
		v.Sponsor = sponsor
	}
	return v
}

// kicker is an article's own line above its headline, "" where that says no more
// than the genre's label before it.
func (g Genre) kicker(own string) string {
	if strings.EqualFold(strings.TrimSpace(own), g.Label) {
		return ""
	}
	return own
}

// signed are the genres that are as much somebody's as they are about something:
// cards name who wrote.
func signed(g news.Genre) bool {
	return g == news.Opinion || g == news.Review || g == news.Interview || g == news.Analysis
}

// authors are the writers of the signed articles of a list, in two queries for
// all of them.
func (r *reading) authors(ctx context.Context, list []news.Teaser) (map[news.ArticleID][]Author, error) {
	var articles []news.ArticleID
	for _, t := range list {
		if signed(t.Genre) {
			articles = append(articles, t.ID)
		}
	}
	bylines, err := r.Bylines(ctx, articles)
	if err != nil {
		return nil, err
	}
	var people []news.PersonID
	for _, credits := range bylines {
		for _, c := range credits {
			people = append(people, c.Person)
		}
	}
	known, err := r.writers(ctx, people)
	if err != nil {
		return nil, err
	}
	all := map[news.ArticleID][]Author{}
	for id, credits := range bylines {
		for _, c := range credits {
			if a, ok := known[c.Person]; ok && c.Role == "" {
				all[id] = append(all[id], a)
			}
		}
	}
	return all, nil
}

// writers are people with their portraits.
func (r *reading) writers(ctx context.Context, ids []news.PersonID) (map[news.PersonID]Author, error) {
	people, err := r.Persons(ctx, ids)
	if err != nil {
		return nil, err
	}
	portraits, err := r.portraits(ctx, people)
	if err != nil {
		return nil, err
	}
	all := map[news.PersonID]Author{}
	for _, p := range people {
		all[p.ID] = Author{Link{Text: p.Name, URL: urlPath(p.Path)}, portraits[p.Picture]}
	}
	return all, nil
}

// script is that of a language, as ISO 15924 names it.
func script(tag string) string {
	t, _ := language.Parse(tag) // what can't be read has the unknown script, "Zzzz"
	s, _ := t.Script()
	return s.String()
}
