package site

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

// anything answers an address that is no route: what its row says, or what is
// worked out from it.
func (s *Site) anything(w http.ResponseWriter, r *http.Request) error {
	if !plainPath(r.URL.Path) {
		return fault.New(fault.NotFound, "")
	}
	path := norm.NFC.String(r.URL.Path)
	a, err := s.store.Address(r.Context(), path)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	switch a.State {
	case news.Current:
		return s.answer(w, r, a)
	case news.GoneAway:
		return fault.New(fault.Gone, "")
	case news.Moved:
		to, err := s.follow(r.Context(), a)
		if err != nil {
			return err
		}
		if to != "" && to != path {
			return redirect(w, r, to)
		}
	}
	return s.unknown(w, r, path)
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
func (s *Site) answer(w http.ResponseWriter, r *http.Request, a news.Address) error {
	switch a.Target.Noun {
	case news.ArticleNoun:
		return s.article(w, r, news.ArticleID(a.Target.ID))
	case news.SectionNoun:
		return s.list(w, r, sectionKind, a.Target.ID)
	case news.TopicNoun:
		return s.list(w, r, topicKind, a.Target.ID)
	case news.PersonNoun:
		return s.list(w, r, personKind, a.Target.ID)
	case news.PictureNoun:
		p, err := s.store.Picture(r.Context(), news.PictureID(a.Target.ID))
		if err != nil {
			return err
		}
		return s.Disk.Serve(w, r, &p)
	}
	return fault.New(fault.NotFound, "")
}

// unknown looks for what a path without a row may mean: a section's feed, a
// date's archive, an old address.
func (s *Site) unknown(w http.ResponseWriter, r *http.Request, path string) error {
	if of, ok := strings.CutSuffix(path, "feed/"); ok {
		a, err := s.store.Address(r.Context(), of)
		if err == nil && a.State == news.Current && a.Target.Noun == news.SectionNoun {
			return s.feed(w, r, news.SectionID(a.Target.ID))
		}
	}
	if _, ok := parsePeriod(path); ok {
		return s.list(w, r, archiveKind, 0)
	}
	if path == peoplePath {
		return s.list(w, r, peopleKind, 0)
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
func (s *Site) list(w http.ResponseWriter, r *http.Request, kind string, id int64) error {
	key := page.Key{Kind: kind, ID: id, Rest: r.URL.Query().Get("before")}
	if kind == archiveKind {
		key.Rest = norm.NFC.String(r.URL.Path) + "?" + key.Rest
	}
	return s.send(w, r, key)
}

// send renders a page for everybody and sends it.
func (s *Site) send(w http.ResponseWriter, r *http.Request, key page.Key) error {
	settings, err := s.settings(r.Context(), s.store.Reader)
	if err != nil {
		return err
	}
	key.Language = settings.Language
	key.Date = s.today(settings) // shown by the header, whose key it is in, too
	p, err := s.press.Piece(r.Context(), key)
	if err != nil {
		return err
	}
	return s.write(w, r, http.StatusOK, p, nil)
}

// write joins a page and sends it whole. instead are pieces made for this
// request; with them, nobody else may get it.
func (s *Site) write(w http.ResponseWriter, r *http.Request, status int, p *page.Piece, instead map[string]*page.Piece) error {
	b, err := s.press.Page(r.Context(), p, instead, s.fill(p.Key.Language))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
		if instead != nil {
			h.Set("Cache-Control", "no-store")
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	_, err = w.Write(b)
	return err
}

// urlPath is a decoded path as it is written in an address.
func urlPath(p string) string { return (&url.URL{Path: p}).EscapedPath() }
