package app

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// TestRenditionsFollowAnUploadWhileThePaperIsServed adds a picture to a running
// server and asks for one of its sizes until that is there for good.
func TestRenditionsFollowAnUploadWhileThePaperIsServed(t *testing.T) {
	a := open(t, nil)
	address := serve(t, a)
	m := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * i >> 8)
	}
	m.Set(1, 1, color.Black)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	p, err := a.Disk.Keep(t.Context(), "a.jpg", &b, 1<<20)
	if err == nil {
		err = a.Desk.AddPicture(t.Context(), "Anna", &p)
	}
	if err != nil {
		t.Fatal(err)
	}
	asked, err := theme.ReadManifest(themeFiles(""))
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		now, err := a.Store.Picture(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		list, ok := media.Renditions(&now, asked.Pictures["card"])
		if !ok {
			t.Fatalf("no renditions of %+v", now)
		}
		resp, err := http.Get(strings.TrimSuffix(address, "/") + list[0].URL)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s answers %s", list[0].URL, resp.Status)
		}
		if strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("still %v", resp.Header)
		}
	}
}

func TestWhatBecameOfAPictureIsSaidInTheLog(t *testing.T) {
	broken := fault.New(fault.Unavailable, "no room on the disk")
	for want, r := range map[string]desk.RenditionResult{
		"is shown as it came":  {Picture: 7, Name: "a.jpg", Refused: "The picture has 99 megapixels."},
		"will be tried again":  {Picture: 7, Name: "a.jpg", Failed: broken},
		"are given up":         {Picture: 7, Name: "a.jpg", Failed: broken, Last: true},
		"renditions of a pict": {Picture: 7, Name: "a.jpg", Made: 3},
	} {
		var b strings.Builder
		a := &App{Log: slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))}
		a.LogRenditions(r)
		if got := b.String(); !strings.Contains(got, want) || !strings.Contains(got, "picture=7") {
			t.Errorf("%+v: %s", r, got)
		}
	}
	var b strings.Builder
	a := &App{Log: slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if a.LogRenditions(desk.RenditionResult{Picture: news.PictureID(7)}); b.Len() > 0 {
		t.Errorf("nothing to tell, and told: %s", b.String())
	}
}

// What is scheduled is out within a second of its hour while a server runs, and at
// once when it starts after that hour.
func TestTheClockIsNotASecondLate(t *testing.T) {
	a := open(t, nil)
	ctx, words := t.Context(), []byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Words."}]}]}`)
	story := func(headline string) *news.Article {
		t.Helper()
		s := &news.Article{Kind: news.Story, Headline: headline, Language: "en", Body: words, Comments: news.CommentsModerated}
		if err := a.Desk.Create(ctx, "Anna", s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	schedule := func() (hour time.Time, draft, live news.ArticleID) {
		t.Helper()
		hour = time.Now().Add(time.Second).Truncate(time.Millisecond)
		one, two := story("One"), story("Two")
		if err := a.Desk.Publish(ctx, "Anna", two.ID, 1); err != nil {
			t.Fatal(err)
		}
		now, err := a.Store.Article(ctx, two.ID)
		if err != nil {
			t.Fatal(err)
		}
		now.Kicker = "Later"
		if err := a.Desk.ScheduleChange(ctx, "Anna", &news.LaterChange{Article: two.ID, BasedOn: 2, Fields: now, Due: hour}); err != nil {
			t.Fatal(err)
		}
		if err := a.Desk.Schedule(ctx, "Anna", one.ID, 1, hour); err != nil {
			t.Fatal(err)
		}
		return hour, one.ID, two.ID
	}
	until := func(from time.Time, draft, live news.ArticleID) {
		t.Helper()
		for {
			one, err := a.Store.Article(ctx, draft)
			if err != nil {
				t.Fatal(err)
			}
			two, err := a.Store.Article(ctx, live)
			if err != nil {
				t.Fatal(err)
			}
			if one.Public() && two.Kicker == "Later" {
				if late := two.Changed.Sub(from); late > time.Second && !testing.Short() { // not under the race detector
					t.Errorf("the change went in %v after its hour", late)
				}
				if late := one.Changed.Sub(from); late > time.Second && !testing.Short() { // not under the race detector
					t.Errorf("the article was published %v after its hour", late)
				}
				return
			}
			if time.Since(from) > 20*time.Second {
				t.Fatalf("still %s and %q", one.State, two.Kicker)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	missed, draft, live := schedule()
	time.Sleep(time.Until(missed) + 500*time.Millisecond) // no server runs at that hour
	started := time.Now()
	serve(t, a)
	until(started, draft, live)
	hour, draft, live := schedule()
	until(hour, draft, live)
}
