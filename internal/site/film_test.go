package site_test

import (
	"encoding/binary"
	"html"
	"net/http"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// film adds one to the library, of boxes alone.
func (p *paper) film(t *testing.T) *news.Picture {
	t.Helper()
	box := func(kind, body string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + kind + body
	}
	pic, err := p.disk.Take(t.Context(), "ebb.mp4", strings.NewReader(box("ftyp", "isom\x00\x00\x00\x00isommp42")+box("moov", box("udta", "PLACE"))+box("mdat", strings.Repeat("seen", 1000))), 1<<20)
	must(t, err)
	pic.Caption, pic.Credit = "The ebb", "Vera Lind"
	must(t, p.AddPicture(t.Context(), "Anna", &pic))
	return &pic
}

// TestAFilmIsPlayedByTheBrowser: in its article, in the feed with whole addresses,
// and in the ranges that players ask for.
func TestAFilmIsPlayedByTheBrowser(t *testing.T) {
	p := sqlite(t, setup{theme: small})
	film, still := p.film(t), p.photo(t)
	a := p.story(t, "A story", 8, four, func(a *news.Article) {
		doc, _ := richtext.FromHTML("<p>Words.</p>")
		doc.Blocks = append(doc.Blocks, &richtext.Node{Type: richtext.Media, Attrs: &richtext.Attrs{Media: "video", Picture: int64(film.ID), Poster: int64(still.ID)}})
		a.Body = doc.Encode()
	})
	want := `<figure class="video"><video controls preload="metadata" src="` + film.Path + `" poster="` + p.size(t, still, "body", 480) + `"><a href="` + film.Path + `">ebb.mp4</a></video><figcaption dir="auto">The ebb <bdi class="credit">Vera Lind</bdi></figcaption></figure>`
	holds(t, p.page(t, a.Path), want)
	holds(t, html.UnescapeString(text(t, p.ask(t, "/feed/", nil))), `video controls preload="metadata" src="https://paper.example`+film.Path, `poster="https://paper.example`+still.Path)

	resp := p.ask(t, film.Path, nil, "Range", "bytes=8-11")
	if resp.StatusCode != http.StatusPartialContent || resp.Header.Get("Content-Type") != "video/mp4" || text(t, resp) != "isom" {
		t.Errorf("a part of it: %d, %v", resp.StatusCode, resp.Header)
	}
	if strings.Contains(text(t, p.ask(t, film.Path, nil)), "PLACE") {
		t.Error("readers get where it was taken")
	}

	// Another film in its place, and none, are seen at once.
	must(t, p.SetRightsEnd(t.Context(), "Anna", film.ID, p.now))
	lacks(t, p.page(t, a.Path), "<video")
	must(t, p.SetRightsEnd(t.Context(), "Anna", still.ID, p.now))
	must(t, p.SetRightsEnd(t.Context(), "Anna", film.ID, p.now.AddDate(1, 0, 0)))
	page := p.page(t, a.Path)
	holds(t, page, "<video")
	lacks(t, page, "poster=")
}
