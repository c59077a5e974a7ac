package site

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// anything answers an address that is no route: what its row says, or what is
// worked out from it.
func (s *Site) anything(w http.ResponseWriter, r *http.Request) error {
	if !plainPath(r.URL.Path) {
		return fault.New(fault.NotFound, "")
	}
	path := norm.NFC.String(r.URL.Path)
	if at, plain := standing(path, r.URL.Query()); plain {
		if err := s.press.Admit(at); err != nil {
			return err
		}
	}
	by := s.way()
	a, err := s.store.Noting(by.note).Address(r.Context(), path)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	switch a.State {
	case news.Current:
		return s.answer(w, r, a, by)
	case news.GoneAway:
		return s.gone(w, r, a)
	case news.Moved:
		to, err := s.follow(r.Context(), a)
		if err != nil {
			return err
		}
		if to != "" && to != path {
			return redirect(w, r, to)
		}
	}
	return s.unknown(w, r, path, by)
}

// plainPath reports whether a path may be one of ours at all: text that both
// engines can look for, and not longer than any that was ever given out.
func plainPath(p string) bool {
	const longest = 2000 // bytes
	return len(p) <= longest && plainText(p)
}

// plainText reports whether s is UTF-8 without the zero byte, which PostgreSQL
// refuses.
func plainText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// answer shows the thing that stands at an address.
func (s *Site) answer(w http.ResponseWriter, r *http.Request, a news.Address, by *way) error {
	switch a.Target.Noun {
	case news.ArticleNoun:
		return s.article(w, r, news.ArticleID(a.Target.ID), by)
	case news.SectionNoun:
		return s.list(w, r, sectionKind, a.Target.ID, by)
	case news.TopicNoun:
		return s.list(w, r, topicKind, a.Target.ID, by)
	case news.PersonNoun:
		return s.list(w, r, personKind, a.Target.ID, by)
	case news.PictureNoun:
		p, err := s.store.Picture(r.Context(), news.PictureID(a.Target.ID))
		if err != nil {
			return err
		}
		if p.Ended {
			return fault.New(fault.Gone, "")
		}
		if err := s.held(r, &p, r.URL.Query().Get(fileKey)); err != nil {
			return err
		}
		return s.file(w, r, &p)
	}
	return fault.New(fault.NotFound, "")
}

// unknown looks for what a path without a row may mean: a section's feed, a
// date's archive, an old address.
func (s *Site) unknown(w http.ResponseWriter, r *http.Request, path string, by *way) error {
	if of, ok := strings.CutSuffix(path, "feed/"); ok {
		a, err := s.store.Noting(by.note).Address(r.Context(), of)
		if err == nil && a.State == news.Current && a.Target.Noun == news.SectionNoun {
			return s.send(w, r, feedKey(news.SectionID(a.Target.ID)), by.to(path))
		}
	}
	if _, ok := parsePeriod(path); ok {
		return s.list(w, r, archiveKind, 0, by)
	}
	if path == peoplePath {
		return s.send(w, r, peopleKey(), by.to(path))
	}
	if ok, err := s.corrections(w, r, path, by); ok || err != nil {
		return err
	}
	to, err := s.oldAddress(r.Context(), path, r.URL.Query())
	if err != nil {
		return err
	}
	if to != "" && to != path {
		return redirect(w, r, to)
	}
	return fault.New(fault.NotFound, "")
}

// redirect answers with a permanent move to a path of ours or a whole address.
func redirect(w http.ResponseWriter, r *http.Request, to string) error {
	if strings.HasPrefix(to, "/") {
		to = urlPath(to)
	}
	http.Redirect(w, r, to, http.StatusMovedPermanently)
	return nil
}

// list answers with a list's page; which part of it, the query says.
func (s *Site) list(w http.ResponseWriter, r *http.Request, kind string, id int64, by *way) error {
	path, before := norm.NFC.String(r.URL.Path), r.URL.Query().Get(beforeParam)
	if kind == peopleKind {
		before = "" // it stands on one page
	}
	key := listKey(kind, id, before)
	if kind == archiveKind {
		key = archiveKey(path, before)
	}
	if before != "" {
		path += "?" + beforeParam + "=" + before
	}
	return s.send(w, r, key, by.to(path))
}

// urlPath is a decoded path as it is written in an address.
func urlPath(p string) string { return (&url.URL{Path: p}).EscapedPath() }
