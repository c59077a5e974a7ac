package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"broadsheet/internal/news"
)

// BenchmarkPage is one page without the network: made from nothing, which is the
// reads, the templates and the compression; and kept, which is the draw and the
// joining.
func BenchmarkPage(b *testing.B) {
	p := sqlite(b, setup{ads: twoAds()})
	var paths []string
	for i := range 60 {
		body := ""
		for k := range 10 {
			body += fmt.Sprintf("<p>Paragraph %d of %d: the council of the harbour votes on the budget of the river, the school and the market, and nobody is surprised that it takes until midnight.</p>", k, i)
		}
		a := p.story(b, fmt.Sprintf("Story %d of the harbour", i), i%24, body, func(a *news.Article) {
			a.Topics = []news.TopicID{p.tides.ID}
			if i%2 == 0 {
				a.Section, a.Sections = p.europe.ID, []news.SectionID{p.europe.ID}
			}
		})
		for k := range 5 {
			p.comment(b, a, "Reader", fmt.Sprintf("Comment %d on %d.", k, i), 0)
		}
		paths = append(paths, a.Path)
	}
	for name, paths := range map[string][]string{"article": paths, "front": {"/"}, "section": {"/world/"}} {
		b.Run(name+"/made", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				p.changes.AnnounceAll()
				if resp := p.ask(b, paths[i%len(paths)], nil); resp.StatusCode != 200 {
					b.Fatal(resp.Status)
				}
			}
		})
		b.Run(name+"/kept", func(b *testing.B) {
			p.ask(b, paths[0], nil, "Accept-Encoding", "gzip")
			r := httptest.NewRequest(http.MethodGet, "https://paper.example"+paths[0], nil)
			r.Header.Set("Accept-Encoding", "gzip")
			w := &discard{http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				p.ServeHTTP(w, r)
			}
		})
	}
}

// discard is an answer that goes nowhere.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}
