package site_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/ads"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

func TestAPageThatIsKeptReadsNothing(t *testing.T) {
	db := storetest.SQLite(t)
	p := newPaper(t, store.New(db), setup{ads: twoAds()})
	a := p.story(t, "A story", 8, four, func(a *news.Article) { a.Topics = []news.TopicID{p.tides.ID} })
	paths := []string{"/", a.Path, "/world/", "/world/feed/", "/feed/", "/2026/", "/2026/07/04/", "/authors/", p.tides.Path, p.anna.Path}
	for _, path := range paths {
		p.page(t, path)
	}
	p.page(t, "/2026/")
	p.ask(t, "/nowhere/", nil)
	must(t, db.Close())
	for _, path := range paths {
		p.page(t, path)
		p.page(t, path+"?utm_source=mail&fbclid=7")
	}
	if resp := p.ask(t, "/nowhere/", nil); resp.StatusCode < 500 {
		t.Errorf("what needs the store answers %s", resp.Status)
	}
}

func TestAnUnknownAddressIsNotKept(t *testing.T) {
	p := sqlite(t, setup{})
	p.ask(t, "/nowhere/", nil) // and the page that says so is
	before := p.Kept()
	for i := range 50 {
		if resp := p.ask(t, "/nowhere/"+strconv.Itoa(i)+"/", nil); resp.StatusCode != http.StatusNotFound {
			t.Fatal(resp.Status)
		}
	}
	if now := p.Kept(); now != before {
		t.Errorf("%+v, and after fifty unknown addresses %+v", before, now)
	}
}

func TestPagesThatAnybodyCanThinkOfAreNotKept(t *testing.T) {
	p := sqlite(t, setup{})
	var stories []*news.Article
	for i := range 45 {
		stories = append(stories, p.story(t, fmt.Sprintf("Story %d.", i), i%24, four, func(a *news.Article) { a.Topics = []news.TopicID{p.tides.ID} }))
	}
	a := stories[0]
	for i := range 130 {
		p.comment(t, a, "Reader", fmt.Sprintf("Comment %d.", i), 0)
	}
	lists := []string{"/world/", p.tides.Path, p.anna.Path, "/2026/", "/2026/07/04/", "/authors/"}
	for _, path := range append(lists, "/", a.Path, a.Path+"?comments=2", "/nowhere/") {
		p.ask(t, path, nil)
	}
	before := p.Kept()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		one := stories[random.IntN(len(stories))]
		at := one.Published.UnixMilli()
		place := []string{
			fmt.Sprintf("%d-%d", at+random.Int64N(1e6), one.ID), // a little later, so that something follows
			fmt.Sprintf("%d-%d", at, 1000+random.IntN(1e9)),
			fmt.Sprintf("%0*d-%d", 14+random.IntN(300), at, one.ID), // the same place, in other figures
			fmt.Sprintf("%d-%0*d", at, 3+random.IntN(300), one.ID),
			fmt.Sprintf("%d-%d", random.Int64(), random.Int64()),
			fmt.Sprintf("%x", random.Int64()),
		}[i%6]
		path := lists[i/6%len(lists)] + "?before=" + place
		if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound && resp.StatusCode != http.StatusOK {
			t.Fatalf("%s answers %s", path, resp.Status)
		}
		path = a.Path + "?comments=" + []string{strconv.Itoa(3 + random.IntN(1e9)), strconv.FormatUint(random.Uint64()|1<<63, 10)}[i%2]
		if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
			t.Fatalf("%s answers %s", path, resp.Status)
		}
		if i%100 == 0 {
			path = a.Path + "?comments=" + []string{"1", "0", "-7", "x", "02", "+2", "%2B2", "0000002"}[i/100%8]
			if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusOK {
				t.Fatalf("%s answers %s", path, resp.Status)
			}
		}
	}
	if now := p.Kept(); now != before {
		t.Errorf("%+v, and after a thousand of each %+v", before, now)
	}
}

// A reader's older page may lead to a place at which nothing stands any more.
func TestAListGoesOnBehindAStoryThatWasWithdrawn(t *testing.T) {
	p := sqlite(t, setup{})
	for i := range 45 {
		p.story(t, fmt.Sprintf("Story %02d.", i), 8, four, nil)
	}
	for _, list := range []string{"/world/", "/2026/"} {
		older := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(p.page(t, list))[1]
		n := p.Kept().Pieces
		before := p.page(t, older)
		if now := p.Kept().Pieces; now != n+1 {
			t.Errorf("%d pieces more are kept for a page that its list leads to", now-n)
		}
		_, id, _ := strings.Cut(older, "-")
		at, err := strconv.Atoi(id)
		must(t, err)
		gone := p.again(t, &news.Article{ID: news.ArticleID(at)})
		must(t, p.Withdraw(t.Context(), "Anna", gone.ID, gone.Version))
		if after := p.page(t, older); after != before {
			t.Error("another page goes on there")
		}
	}
	last := p.again(t, &news.Article{ID: 1})
	end := fmt.Sprintf("?before=%d-%d", last.Published.UnixMilli(), last.ID)
	for _, path := range []string{"/world/" + end, "/2026/" + end, "/2025/" + end, "/2026/07/03/" + end} {
		if resp := p.ask(t, path, nil); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s, where nothing follows, answers %s", path, resp.Status)
		}
	}
}

func TestWhatAReaderHasIsNotSentAgain(t *testing.T) {
	p := sqlite(t, setup{ads: []ads.Creative{
		{Name: "one", Placement: "leaderboard", Text: "First creative", Link: "/a", Weight: 1, End: time.Date(2026, 7, 7, 0, 0, 0, 0, time.UTC)},
		{Name: "two", Placement: "leaderboard", Text: "Second creative", Link: "/b", Weight: 1},
	}})
	a := p.story(t, "A story", 8, four, nil)
	first := map[string]*http.Response{} // by the creative that it shows
	for len(first) < 2 {
		resp := p.ask(t, a.Path, nil, "Accept-Encoding", "gzip")
		html := inflate(t, resp)
		for _, name := range []string{"First creative", "Second creative"} {
			if strings.Contains(html, name) {
				first[name] = resp
			}
		}
	}
	tag := first["First creative"].Header.Get("ETag")
	if other := first["Second creative"].Header.Get("ETag"); tag == other || strings.HasPrefix(tag, "W/") || tag == "" {
		t.Fatalf("tags %s and %s", tag, other)
	}
	same := func(tag, coding string) bool {
		t.Helper()
		resp := p.ask(t, a.Path, nil, "If-None-Match", tag, "Accept-Encoding", coding)
		if resp.StatusCode == http.StatusNotModified {
			if body := text(t, resp); body != "" || resp.Header.Get("ETag") != tag && !strings.Contains(tag, resp.Header.Get("ETag")) || resp.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("304 with %v and %q", resp.Header, body)
			}
			return true
		}
		return false
	}
	for range 20 { // whatever would be drawn
		if !same(tag, "gzip") {
			t.Fatal("the page that the reader has is sent again")
		}
	}
	for _, list := range []string{`"x", ` + tag, "W/" + tag} {
		if !same(list, "gzip") {
			t.Errorf("%s is not recognised", list)
		}
	}
	for _, nonsense := range []string{"*", `"`, `""`, `"-"`, tag + "x", strings.Replace(tag, "-", "--", 1), strings.ReplaceAll(tag, "-g", ""), `"` + strings.Repeat("f", 4000) + `"`} {
		if same(nonsense, "gzip") {
			t.Errorf("%.40s counts as the page", nonsense)
		}
	}
	if same(tag, "") {
		t.Error("the same tag for other bytes, without gzip")
	}
	plain := p.ask(t, a.Path, nil).Header.Get("ETag")
	if !same(plain, "") || same(plain, "gzip") {
		t.Error("the tag of the page without gzip")
	}
	p.now = p.now.AddDate(0, 0, 2) // the first flight is over
	p.story(t, "Other", 9, four, func(a *news.Article) { a.Section, a.Sections = p.sport.ID, []news.SectionID{p.sport.ID} })
	if same(tag, "gzip") {
		t.Error("a creative whose flight is over is still shown")
	}
}

func TestATagIsThePagesAndEqualInEveryProcess(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	tag := p.ask(t, a.Path, nil).Header.Get("ETag")
	p.restart(t, setup{})
	if again := p.ask(t, a.Path, nil).Header.Get("ETag"); again != tag {
		t.Errorf("%s before a restart, %s after", tag, again)
	}
	a.Headline = "Another headline"
	must(t, p.Save(t.Context(), "Anna", a))
	if changed := p.ask(t, a.Path, nil).Header.Get("ETag"); changed == tag {
		t.Error("the page has changed, its tag has not")
	}
}

func TestHeadTellsWhatGetWouldSend(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	for _, coding := range []string{"", "gzip"} {
		get := p.ask(t, a.Path, nil, "Accept-Encoding", coding)
		r := httptest.NewRequest(http.MethodHead, "https://paper.example"+a.Path, nil)
		r.Header.Set("Accept-Encoding", coding)
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		head := w.Result()
		body, err := io.ReadAll(get.Body)
		must(t, err)
		if head.StatusCode != 200 || w.Body.Len() != 0 || head.Header.Get("Content-Length") != strconv.Itoa(len(body)) {
			t.Errorf("%d, %d bytes, %v", head.StatusCode, w.Body.Len(), head.Header)
		}
		for _, name := range []string{"ETag", "Content-Type", "Content-Encoding", "Cache-Control", "Vary"} {
			if head.Header.Get(name) != get.Header.Get(name) {
				t.Errorf("%s: %q, of GET %q", name, head.Header.Get(name), get.Header.Get(name))
			}
		}
	}
}

func TestTheDateChangesAtMidnightAndNothingElseIsMadeAnew(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "A story", 8, four, nil)
	before := p.page(t, a.Path)
	holds(t, before, "Monday, July 6, 2026") // 22:30 in UTC, past midnight in Berlin
	n := p.Kept().Pieces
	p.now = p.now.AddDate(0, 0, 1)
	holds(t, p.page(t, a.Path), "Tuesday, July 7, 2026")
	if now := p.Kept().Pieces; now != n+1 {
		t.Errorf("%d pieces more: want the header alone", now-n)
	}
	p.now = p.now.AddDate(0, 0, -1)
	if again := p.page(t, a.Path); again != before {
		t.Error("the day before looks otherwise than on the day before")
	}
}

func TestReadersThatTakeNoGzipGetTheSamePage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPaper(t, s, setup{})
		a := p.story(t, "A story", 8, four, nil)
		if plain, packed := text(t, p.ask(t, a.Path, nil)), inflate(t, p.ask(t, a.Path, nil, "Accept-Encoding", "br, gzip")); plain != packed {
			t.Errorf("%d bytes, and with gzip %d", len(plain), len(packed))
		}
	})
}

func inflate(t testing.TB, resp *http.Response) string {
	t.Helper()
	if resp.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("no gzip: %v", resp.Header)
	}
	z, err := gzip.NewReader(resp.Body)
	must(t, err)
	b, err := io.ReadAll(z)
	must(t, err)
	return string(b)
}

func TestACDNMayKeepAPageForAsLongAsItsDateHolds(t *testing.T) {
	p := sqlite(t, setup{cdn: 20 * time.Hour})
	a := p.story(t, "A story", 8, four, nil)
	resp := p.ask(t, a.Path, nil)
	keys := strings.Fields(resp.Header.Get("Surrogate-Key"))
	for _, want := range []string{"paper", string(news.ArticleRef(a.ID)), "settings", "address" + a.Path} {
		if !slices.Contains(keys, want) && !slices.Contains(keys, strings.Replace(want, "address", "address/", 1)) {
			t.Errorf("%s is not among the keys %v", want, keys)
		}
	}
	if got := resp.Header.Get("CDN-Cache-Control"); got != "max-age=72000" || resp.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("a CDN may keep it for %q", got)
	}
	p.now = p.now.Add(23 * time.Hour) // half past eleven in Berlin
	if got := p.ask(t, a.Path, nil).Header.Get("CDN-Cache-Control"); got != "max-age=1800" {
		t.Errorf("before midnight a CDN may keep it for %q", got)
	}
	for _, path := range []string{"/nowhere/", a.Path + "?reply=1", "/search/?q=story"} {
		if h := p.ask(t, path, nil).Header; h.Get("CDN-Cache-Control") != "" || h.Get("Surrogate-Key") != "" {
			t.Errorf("%s may be kept: %v", path, h)
		}
	}
	if h := sqlite(t, setup{}).ask(t, "/", nil).Header; h.Get("Surrogate-Key") != "" || h.Get("CDN-Cache-Control") != "" {
		t.Errorf("without a CDN: %v", h)
	}
}

// What a kept page allocates are values of its header: the entity tag and the
// length, each a text and the list that holds it. All else is used again.
func TestAPageThatIsKeptAllocatesNothingButValuesOfItsHeader(t *testing.T) {
	if testing.Short() {
		t.Skip("with the race detector, what is to be used again is thrown away at random")
	}
	p := sqlite(t, setup{ads: twoAds()})
	a := p.story(t, "A story", 8, four, nil)
	for _, path := range []string{a.Path, "/", "/feed/"} {
		p.page(t, path)
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r := httptest.NewRequest(method, "https://paper.example"+path, nil)
			r.Header.Set("Accept-Encoding", "gzip")
			w := &discard{http.Header{}}
			const values = 4
			if n := testing.AllocsPerRun(1000, func() {
				clear(w.header)
				if !p.ServeKept(w, r) {
					t.Fatal("it is not kept")
				}
			}); n > values {
				t.Errorf("%s %s: %v allocations, of which %d are values of the header", method, path, n, values)
			}
			if len(w.header["Etag"]) != 1 || len(w.header["Content-Length"]) != 1 {
				t.Errorf("the header is %v", w.header)
			}
		}
	}
}

// FuzzTags proves that no If-None-Match hurts, and that none but the page's own
// tag is answered with 304.
func FuzzTags(f *testing.F) {
	p := sqlite(f, setup{ads: twoAds()})
	a := p.story(f, "A story", 8, four, nil)
	f.Add(`"1-2-g", W/"3"`, "gzip")
	f.Add(p.ask(f, a.Path, nil).Header.Get("ETag"), "")
	f.Fuzz(func(t *testing.T, tags, coding string) {
		r := httptest.NewRequest(http.MethodGet, "https://paper.example"+a.Path, nil)
		r.Header["If-None-Match"], r.Header["Accept-Encoding"] = []string{tags}, []string{coding}
		w := httptest.NewRecorder()
		p.ServeHTTP(w, r)
		if w.Code == http.StatusNotModified && !strings.Contains(tags, w.Header().Get("ETag")) || w.Code != http.StatusNotModified && w.Code != http.StatusOK {
			t.Errorf("%q: %d, %v", tags, w.Code, w.Header())
		}
	})
}
