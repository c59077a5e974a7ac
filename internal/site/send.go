package site

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/web"
)

// kept answers with a page that is in the store, and reports whether there is
// one: no query, no template, no compressor.
func (s *Site) kept(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	at := r.URL.Path
	if r.URL.RawQuery != "" {
		var plain bool
		if at, plain = standing(at, r.URL.Query()); !plain {
			return false
		}
	}
	of, ok := s.paper.Kept()
	if !ok { // and so no page is: each shows something of it
		return false
	}
	now := s.Now()
	p := s.press.At(at, s.dateIn(of.zone, now))
	if p == nil {
		return false
	}
	shown, err := s.creatives(p.Key.Language)
	if err != nil {
		return false
	}
	_ = s.write(w, r, p, shown, now) // who reads it is gone; the log tells
	return true
}

// The query parameters that addresses of pages have; all others are ignored, so
// that a link with somebody's marks for counting leads to the page that is kept.
const (
	beforeParam   = "before"
	commentsParam = "comments"
)

// perRequest are the parameters with which a page is made for one request, or is
// another one.
var perRequest = []string{"reply", "comment", "s", "p", "page_id", "attachment_id", "cat", "tag", "category_name", "author_name", "feed"}

// standing is where the page for a path and query stands in the store. It is
// false where the query asks for something of its own.
func standing(path string, q url.Values) (string, bool) {
	for _, name := range perRequest {
		if q.Has(name) {
			return "", false
		}
	}
	if before := q.Get(beforeParam); before != "" {
		return path + "?" + beforeParam + "=" + before, true
	}
	if n := commentPage(q.Get(commentsParam)); n != "" {
		return path + "?" + commentsParam + "=" + n, true
	}
	return path, true
}

// way is how an address led to a page, to be followed again by nobody until
// something on it has changed.
type way struct {
	since uint64
	refs  []news.Ref
}

// way begins to look an address up.
func (s *Site) way() *way { return &way{since: s.Changes.Now()} }

func (v *way) note(refs ...news.Ref) { v.refs = append(v.refs, refs...) }

// to is the place at whose end a page stands.
func (v *way) to(path string) page.Place { return page.Place{Path: path, Since: v.since, Refs: v.refs} }

// send sends a page for everybody.
func (s *Site) send(w http.ResponseWriter, r *http.Request, key page.Key, at page.Place) error {
	settings, err := s.settings(r.Context())
	if err != nil {
		return err
	}
	key.Language = settings.Language
	now := s.Now()
	today, err := s.today(r.Context(), now)
	if err != nil {
		return err
	}
	p, err := s.press.Page(r.Context(), key, today, at)
	if err != nil {
		return err
	}
	s.prepareRefusal(r.Context())
	shown, err := s.creatives(key.Language)
	if err != nil {
		return err
	}
	return s.write(w, r, p, shown, now)
}

// sendOnce sends a page that was made for this request. instead are its pieces
// that are nobody else's; nil for none.
func (s *Site) sendOnce(w http.ResponseWriter, r *http.Request, status int, p *page.Piece, instead map[string]*page.Piece) error {
	today, err := s.today(r.Context(), s.Now())
	if err != nil {
		return err
	}
	whole, err := s.press.Join(r.Context(), p, instead, today)
	if err != nil {
		return err
	}
	return s.sendWhole(w, r, status, whole)
}

// sendWhole sends a page that nobody is to keep.
func (s *Site) sendWhole(w http.ResponseWriter, r *http.Request, status int, whole *page.Whole) error {
	shown, err := s.creatives(whole.Key.Language)
	if err != nil {
		return err
	}
	h := w.Header()
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	h["Content-Type"], h["Vary"] = htmlType, varying
	packed := web.Accepts(r, "gzip")
	if packed {
		h["Content-Encoding"] = gzipped
	}
	v := views.Get().(*view)
	defer views.Put(v)
	s.fill(v, whole, shown, s.Now())
	return web.Send(w, r, status, noFields, nil, v.join(whole, packed))
}

// Values of headers that many answers share. They are never changed.
var (
	htmlType = []string{"text/html; charset=utf-8"}
	noCache  = []string{"no-cache"}
	gzipped  = []string{"gzip"}
	varying  = []string{"Accept-Encoding"}
	noFields = web.NewFields(http.Header{})
)

// pageFields are the header fields of all pages of one media type: as gzip, not,
// and where the client has the page.
type pageFields struct{ packed, plain, same *web.Fields }

func newPageFields(mediaType string) pageFields {
	of := func(more http.Header) *web.Fields {
		more["Vary"], more["Cache-Control"] = varying, noCache
		protect(more)
		return web.NewFields(more)
	}
	typed := []string{mediaType}
	return pageFields{of(http.Header{"Content-Type": typed, "Content-Encoding": gzipped}), of(http.Header{"Content-Type": typed}), of(http.Header{})}
}

var htmlFields, feedFields = newPageFields(htmlType[0]), newPageFields(feedType)

func fieldsOf(p *page.Whole) pageFields {
	if p.Type == feedType {
		return feedFields
	}
	return htmlFields
}

// view is what one answer is put together in.
type view struct {
	drawn []*page.Block
	tag   []byte
	parts [][]byte
	plain []byte // for a client without gzip
	end   page.Trailer
}

var views = sync.Pool{New: func() any { return new(view) }}

// fill draws what stands in the page's slots at this view. Nobody pays to stand
// beside a failure.
func (s *Site) fill(v *view, p *page.Whole, shown *creatives, now time.Time) {
	v.drawn = v.drawn[:0]
	for _, slot := range p.Slots {
		var b *page.Block
		if p.Key.Kind != problemKind {
			b = s.draw(shown, slot, now)
		}
		v.drawn = append(v.drawn, b)
	}
}

// join is the body.
func (v *view) join(p *page.Whole, packed bool) [][]byte {
	if packed {
		v.parts = p.AppendGzip(v.parts[:0], v.drawn, &v.end)
	} else {
		v.plain = p.AppendHTML(v.plain[:0], v.drawn)
		v.parts = append(v.parts[:0], v.plain)
	}
	return v.parts
}

// write sends a page that is for everybody, its slots drawn for this view from the
// creatives shown. A client that has this very page, with creatives that may still
// be shown, is told so. The error tells that the client has left.
func (s *Site) write(w http.ResponseWriter, r *http.Request, p *page.Whole, shown *creatives, now time.Time) error {
	fields := fieldsOf(p)
	packed := web.Accepts(r, "gzip")
	if s.CDN > 0 {
		s.forCDN(w.Header(), p, now)
	}
	for _, line := range r.Header["If-None-Match"] {
		if tag := s.same(line, p, shown, !packed, now); tag != "" {
			return web.Send(w, r, http.StatusNotModified, fields.same, []byte(tag), nil)
		}
	}
	v := views.Get().(*view)
	defer views.Put(v)
	s.fill(v, p, shown, now)
	v.tag = strconv.AppendUint(append(v.tag[:0], '"'), p.Sum, 16)
	for _, b := range v.drawn {
		v.tag = appendDrawn(v.tag, b)
	}
	f := fields.plain
	if packed {
		f, v.tag = fields.packed, append(v.tag, codingSuffix...)
	}
	v.tag = append(v.tag, '"')
	return web.Send(w, r, http.StatusOK, f, v.tag, v.join(p, packed))
}

// forCDN lets a CDN keep the page, but not beyond the day whose date it shows, and
// tells it by which keys it will be purged (RFC 9213; Surrogate-Control is what
// CDNs knew before).
func (s *Site) forCDN(h http.Header, p *page.Whole, now time.Time) {
	keep := s.CDN
	if d := s.day.Load(); d != nil {
		keep = min(keep, d.end.Sub(now))
	}
	seconds := strconv.Itoa(int(keep.Seconds()))
	h["Cdn-Cache-Control"] = []string{"max-age=" + seconds}
	h["Surrogate-Control"] = []string{"max-age=" + seconds}
	h["Surrogate-Key"] = []string{p.SurrogateKeys()}
}

// An entity tag is the page's sum, then for each slot "-" and the sum of what
// was drawn, "0" for nothing, then a mark of the coding: all that the bytes
// depend on, and no more.
const codingSuffix = "-g"

func appendDrawn(tag []byte, b *page.Block) []byte {
	tag = append(tag, '-')
	if b == nil {
		return append(tag, '0')
	}
	return strconv.AppendUint(tag, b.Sum(), 16)
}

// same finds in a line of If-None-Match a tag of this page whose creatives may
// still be shown, and returns it as it was sent: "" for none.
func (s *Site) same(line string, p *page.Whole, shown *creatives, inflated bool, now time.Time) string {
	for tag := range strings.SplitSeq(line, ",") {
		tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/") // compared weakly (RFC 9110, 13.1.2)
		inner, opened := strings.CutPrefix(tag, `"`)
		inner, closed := strings.CutSuffix(inner, `"`)
		if opened && closed && s.names(inner, p, shown, inflated, now) {
			return tag
		}
	}
	return ""
}

func (s *Site) names(tag string, p *page.Whole, shown *creatives, inflated bool, now time.Time) bool {
	tag, packed := strings.CutSuffix(tag, codingSuffix)
	if packed == inflated {
		return false
	}
	sum, drawn, _ := strings.Cut(tag, "-")
	if n, err := strconv.ParseUint(sum, 16, 64); err != nil || n != p.Sum {
		return false
	}
	for _, slot := range p.Slots {
		var one string
		one, drawn, _ = strings.Cut(drawn, "-")
		if n, err := strconv.ParseUint(one, 16, 64); err != nil || !s.mayStill(shown, slot, n, now) {
			return false
		}
	}
	return drawn == ""
}
