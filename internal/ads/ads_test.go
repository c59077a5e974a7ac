package ads

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"math"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestFlightsAreCheckedAtTheDraw(t *testing.T) {
	set := NewSet([]Creative{
		{Name: "june", Placement: "leaderboard", Weight: 1, Start: day("2026-06-01"), End: day("2026-07-01")},
		{Name: "until march", Placement: "leaderboard", Weight: 1, End: day("2026-03-01")},
		{Name: "from august", Placement: "leaderboard", Weight: 1, Start: day("2026-08-01")},
		{Name: "elsewhere", Placement: "in-article", Weight: 1},
		{Name: "off", Placement: "leaderboard", Weight: 0},
	})
	for _, test := range []struct {
		now  time.Time
		want string // "" for nothing to show
	}{
		{time.Time{}, "until march"},
		{day("2026-02-28").Add(24*time.Hour - 1), "until march"},
		{day("2026-03-01"), ""},
		{day("2026-06-01").Add(-1), ""},
		{day("2026-06-01"), "june"},
		{day("2026-07-01").Add(-1), "june"},
		{day("2026-07-01"), ""},
		{day("2026-08-01"), "from august"},
		{day("2126-08-01"), "from august"},
	} {
		for _, random := range []uint64{0, math.MaxUint64} {
			if c := set.Draw("leaderboard", test.now, random); c == nil && test.want != "" || c != nil && c.Name != test.want {
				t.Errorf("at %s: %v; want %q", test.now, c, test.want)
			}
		}
	}
	if set.Draw("sidebar", day("2026-06-02"), 0) != nil {
		t.Error("a placement without creatives shows one")
	}
	if got := set.Placements(); !slices.Equal(got, []string{"in-article", "leaderboard"}) {
		t.Errorf("placements %v", got)
	}
}

// TestEachIsDrawnByItsWeight walks the whole range of random numbers in even
// steps: each creative must come up in exactly its share, give or take one step
// at each of its ends, and none that is not in flight.
func TestEachIsDrawnByItsWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := day("2026-06-15")
		n := rapid.IntRange(1, 40).Draw(t, "creatives")
		all := make([]Creative, n)
		total := 0
		for i := range all {
			all[i] = Creative{
				Name: fmt.Sprint(i), Placement: "leaderboard", Weight: rapid.IntRange(0, 1000).Draw(t, "weight"),
				Start: now.AddDate(0, 0, rapid.IntRange(-2, 2).Draw(t, "start")),
				End:   now.AddDate(0, 0, rapid.IntRange(-2, 2).Draw(t, "end")),
			}
			if all[i].InFlight(now) {
				total += all[i].Weight
			}
		}
		set := NewSet(all)
		const steps = 1 << 12
		drawn := map[string]int{}
		for i := range uint64(steps) {
			if c := set.Draw("leaderboard", now, i<<52); c != nil {
				drawn[c.Name]++
			}
		}
		for _, c := range all {
			want := 0.0
			if c.InFlight(now) && total > 0 {
				want = float64(c.Weight) / float64(total) * steps
			}
			if got := float64(drawn[c.Name]); math.Abs(got-want) > 1 || want == 0 && got != 0 {
				t.Fatalf("creative %s of weight %d in %d: drawn %v times of %d, want %v", c.Name, c.Weight, total, got, steps, want)
			}
		}
	})
}

func TestDrawAllocatesNothing(t *testing.T) {
	var all []Creative
	for i := range 1000 {
		all = append(all, Creative{Name: fmt.Sprint(i), Placement: "leaderboard", Weight: i + 1})
	}
	set, now := NewSet(all), day("2026-06-01")
	if n := testing.AllocsPerRun(100, func() { set.Draw("leaderboard", now, rand.Uint64()) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{10, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			all := make([]Creative, n)
			for i := range all {
				all[i] = Creative{Name: fmt.Sprint(i), Placement: "leaderboard", Weight: i + 1}
			}
			set, now := NewSet(all), day("2026-06-01")
			b.ReportAllocs()
			for b.Loop() {
				set.Draw("leaderboard", now, rand.Uint64())
			}
		})
	}
}

func TestBookingsAreChecked(t *testing.T) {
	good := func() Booking {
		return Booking{Placement: "leaderboard", Text: "Breakfast", Link: "https://cafe.example/"}
	}
	for _, test := range []struct {
		name   string
		change func(*Booking)
		field  string // "" for a good one
	}{
		{"a text", func(*Booking) {}, ""},
		{"a picture", func(b *Booking) { b.Text, b.Picture = "", "a.png" }, ""},
		{"a path of this site", func(b *Booking) { b.Link = "/subscribe/" }, ""},
		{"a language", func(b *Booking) { b.Language = "ru" }, ""},
		{"one day", func(b *Booking) { b.Start, b.End = Day{2026, 6, 1}, Day{2026, 6, 1} }, ""},
		{"no placement", func(b *Booking) { b.Placement = "" }, "placement"},
		{"a bad placement", func(b *Booking) { b.Placement = "Leader board" }, "placement"},
		{"nothing", func(b *Booking) { b.Text = " " }, "text"},
		{"both", func(b *Booking) { b.Picture = "a.png" }, "picture"},
		{"no link", func(b *Booking) { b.Link = "" }, "link"},
		{"a script", func(b *Booking) { b.Link = "javascript:alert(1)" }, "link"},
		{"another host in disguise", func(b *Booking) { b.Link = "//evil.example" }, "link"},
		{"and in another", func(b *Booking) { b.Link = `/\evil.example` }, "link"},
		{"no language", func(b *Booking) { b.Language = "klingonish!" }, "language"},
		{"a weight below nothing", func(b *Booking) { b.Weight = -1 }, "weight"},
		{"days turned round", func(b *Booking) { b.Start, b.End = Day{2026, 6, 2}, Day{2026, 6, 1} }, "end"},
	} {
		b := good()
		test.change(&b)
		wrong := b.Check()
		if test.field == "" && wrong != nil || test.field != "" && (len(wrong) != 1 || wrong[test.field] == "") {
			t.Errorf("%s: %v, want a word about %q", test.name, wrong, test.field)
		}
	}
}

func writePicture(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 72, 9))); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestBookingsAreLoaded(t *testing.T) {
	dir := t.TempDir()
	disk, err := media.OpenDisk(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(dir, "cafe.png")
	writePicture(t, picture)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	set, err := Load(context.Background(), disk, []Booking{
		{Placement: "leaderboard", Picture: picture, Alt: "A cup", Link: "/cafe/", Start: Day{2026, 3, 28}, End: Day{2026, 3, 29}},
		{Placement: "in-article", Text: " Чай ", Language: "ru", Link: "https://tea.example/"},
	}, berlin)
	if err != nil {
		t.Fatal(err)
	}

	text := set.Draw("in-article", day("2026-03-29"), 0)
	if text == nil || text.Text != "Чай" || text.Language != "ru" || text.Weight != 1 || text.Name != "in-article 2" {
		t.Errorf("text: %+v", text)
	}

	// The last day is one on which clocks change: it has 23 hours.
	end := time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC)
	if set.Draw("leaderboard", end, 0) != nil {
		t.Error("shown after its last day")
	}
	shown := set.Draw("leaderboard", end.Add(-1), 0)
	if shown == nil || shown.Picture.Width != 72 || shown.Picture.Height != 9 || shown.Picture.Alt != "A cup" || !strings.HasPrefix(shown.Picture.URL, PicturePath) {
		t.Fatalf("picture: %+v", shown)
	}

	answer := httptest.NewRecorder()
	if err := set.Serve(answer, httptest.NewRequest("GET", shown.Picture.URL, nil)); err != nil {
		t.Fatal(err)
	}
	if got := answer.Header().Get("Cache-Control"); answer.Header().Get("Content-Type") != "image/png" || !strings.Contains(got, "immutable") {
		t.Errorf("header %v", answer.Header())
	}
	if _, err := png.Decode(answer.Body); err != nil {
		t.Error(err)
	}
	if err := set.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", PicturePath+"x", nil)); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown address: %v", err)
	}
}

func TestWhatCannotBeLoadedIsNamed(t *testing.T) {
	dir := t.TempDir()
	disk, err := media.OpenDisk(filepath.Join(dir, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(dir, "page.png")
	if err := os.WriteFile(page, []byte("<html><body>"), 0o600); err != nil {
		t.Fatal(err)
	}
	ad := Booking{Name: "cafe", Placement: "leaderboard", Text: "x", Link: "/x"}
	for _, test := range []struct {
		bookings []Booking
		want     string
	}{
		{[]Booking{ad, ad}, `Two advertisements are called "cafe"`},
		{[]Booking{{Name: "cafe", Placement: "leaderboard", Picture: dir + "/missing.png", Link: "/x"}}, `"cafe" can't be used`},
		{[]Booking{{Name: "cafe", Placement: "leaderboard", Picture: page, Link: "/x"}}, "but it is a web page"},
	} {
		_, err := Load(context.Background(), disk, test.bookings, time.UTC)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v lacks %q", err, test.want)
		}
	}
}
