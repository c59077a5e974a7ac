package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// hang stores pictures.
func hang(t testing.TB, s *store.Store, list ...*news.Picture) {
	t.Helper()
	_, err := s.Update(t.Context(), noon, func(tx *store.Tx) error {
		for _, p := range list {
			if err := tx.InsertPicture(t.Context(), p); err != nil {
				return err
			}
			if err := tx.SetRights(t.Context(), p.ID, p.RightsEnd, p.Ended); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheLibraryShowsWhatItIsAskedFor(t *testing.T) {
	storetest.EachDB(t, func(t *testing.T, d *db.DB) {
		s := store.New(d)
		day := 24 * time.Hour
		photo := func(name string, change func(*news.Picture)) *news.Picture {
			p := &news.Picture{Name: name, Blob: name, Served: name, Type: "image/jpeg", Width: 30, Height: 20, Alt: "Something", Credit: "Anna Berg", Creator: 7, Added: noon}
			change(p)
			return p
		}
		list := []*news.Picture{
			photo("old.jpg", func(p *news.Picture) { p.Added, p.Creator, p.Title = noon.Add(-30*day), 8, "Das Café am Hafen" }),
			photo("bare.jpg", func(p *news.Picture) { p.Alt, p.Credit, p.Added = "", "", noon.Add(-day) }),
			photo("ending.jpg", func(p *news.Picture) { p.RightsEnd, p.Caption = noon.Add(5*day), "بندر كبير" }),
			photo("ended.jpg", func(p *news.Picture) { p.RightsEnd, p.Ended, p.Keywords = noon.Add(-day), true, "storm, quay" }),
			photo("talk.mp3", func(p *news.Picture) { p.Type, p.Width, p.Height, p.Alt = "audio/mpeg", 0, 0, "" }),
			photo("lost.jpg", func(p *news.Picture) { p.Served = "" }),
			photo("used.jpg", func(p *news.Picture) { p.Source = "Berg archive" }),
		}
		hang(t, s, list...)
		a := story("With a picture", noon)
		a.LeadPicture = list[6].ID
		add(t, s, a)
		for name, c := range map[string]struct {
			filter news.PictureFilter
			want   []string
		}{
			"all":                {news.PictureFilter{}, []string{"used.jpg", "lost.jpg", "talk.mp3", "ended.jpg", "ending.jpg", "bare.jpg", "old.jpg"}},
			"sound":              {news.PictureFilter{Kind: news.SoundFile}, []string{"talk.mp3"}},
			"own":                {news.PictureFilter{Creator: 8}, []string{"old.jpg"}},
			"since":              {news.PictureFilter{Since: noon.Add(-day), Until: noon}, []string{"bare.jpg"}},
			"without text":       {news.PictureFilter{NoAlt: true}, []string{"talk.mp3", "bare.jpg"}},
			"without credit":     {news.PictureFilter{NoCredit: true}, []string{"bare.jpg"}},
			"usable":             {news.PictureFilter{Usable: true, Kind: news.PictureFile}, []string{"used.jpg", "ending.jpg", "bare.jpg", "old.jpg"}},
			"rights end":         {news.PictureFilter{EndsBy: noon.Add(30 * day)}, []string{"ending.jpg"}},
			"rights have ended":  {news.PictureFilter{Ended: true}, []string{"ended.jpg"}},
			"used nowhere":       {news.PictureFilter{Unused: true, Usable: true}, []string{"talk.mp3", "ending.jpg", "bare.jpg", "old.jpg"}},
			"a title's word":     {news.PictureFilter{Words: "CAFE haf"}, []string{"old.jpg"}},
			"a name":             {news.PictureFilter{Words: "bare.jpg"}, []string{"bare.jpg"}},
			"a keyword":          {news.PictureFilter{Words: "quay"}, []string{"ended.jpg"}},
			"a source":           {news.PictureFilter{Words: "archive ber"}, []string{"used.jpg"}},
			"another alphabet":   {news.PictureFilter{Words: "کبیر"}, []string{"ending.jpg"}},
			"the middle of one":  {news.PictureFilter{Words: "nding"}, nil},
			"signs of patterns":  {news.PictureFilter{Words: "%_"}, []string{"used.jpg", "lost.jpg", "talk.mp3", "ended.jpg", "ending.jpg", "bare.jpg", "old.jpg"}},
			"everything at once": {news.PictureFilter{Words: "bar", Kind: news.PictureFile, Creator: 7, Since: noon.Add(-day), Until: noon, NoAlt: true, NoCredit: true, Usable: true, Unused: true}, []string{"bare.jpg"}},
		} {
			t.Run(name, func(t *testing.T) {
				var got []string
				for after := news.PictureID(0); ; { // one at a time, so that paging is proved, too
					some, err := s.LibraryPictures(t.Context(), c.filter, after, 1)
					if err != nil {
						t.Fatal(err)
					}
					if len(some) == 0 {
						break
					}
					got, after = append(got, some[0].Name), some[0].ID
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("it shows %q, want %q", got, c.want)
				}
			})
		}
		// What is told otherwise is found otherwise.
		p, err := s.Picture(t.Context(), list[1].ID)
		if err != nil {
			t.Fatal(err)
		}
		p.Title, p.Alt = "Zeppelin", "An airship"
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DescribePicture(ctx, &p, "anna") })
		if some, err := s.LibraryPictures(t.Context(), news.PictureFilter{Words: "zepp airs"}, 0, 5); err != nil || len(some) != 1 || some[0].Version != p.Version {
			t.Errorf("it finds %+v, %v", some, err)
		}
		// And no more by what was told before, nor when it is gone.
		words := func() int {
			t.Helper()
			n, err := db.Value[int](t.Context(), d.Reads(), "select count(*) from picture_word where picture_id = $1", p.ID)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := words(); n != 5 { // bare, jpg, zeppelin, an, airship
			t.Errorf("it is found by %d words", n)
		}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeletePicture(ctx, &p, noon) })
		if n := words(); n != 0 {
			t.Errorf("deleted it is found by %d words", n)
		}
	})
}

func TestWherePicturesStandIsKnownAsItIsWritten(t *testing.T) {
	storetest.EachDB(t, func(t *testing.T, d *db.DB) {
		s, ctx := store.New(d), t.Context()
		list := make([]*news.Picture, 6)
		for i := range list {
			list[i] = &news.Picture{Name: fmt.Sprint(i, ".jpg"), Blob: fmt.Sprint(i), Served: fmt.Sprint(i), Type: "image/jpeg", Width: 3, Height: 2}
		}
		hang(t, s, list...)
		shown := func(ids ...news.PictureID) []byte {
			text := `{"type":"doc","content":[{"type":"gallery","content":[`
			for i, id := range ids {
				if i > 0 {
					text += ","
				}
				text += fmt.Sprintf(`{"type":"picture","attrs":{"picture":%d}}`, id)
			}
			return []byte(text + `]}]}`)
		}
		stands := func(i int) string {
			t.Helper()
			uses, err := s.UsesOfPicture(ctx, list[i].ID, 10)
			if err != nil {
				t.Fatal(err)
			}
			words := ""
			for _, u := range uses {
				words += fmt.Sprintf("%s %d %s %d; ", u.Of.Noun, u.Of.ID, u.Place, u.Staff)
			}
			return words
		}
		is := func(what string, want ...string) {
			t.Helper()
			for i, w := range want {
				if got := stands(i); got != w {
					t.Errorf("%s: picture %d stands in %q, want %q", what, i, got, w)
				}
			}
		}
		a, page := story("A", noon), story("B", noon)
		a.LeadPicture, a.Body = list[0].ID, shown(list[1].ID, list[2].ID, list[1].ID, 999)
		page.Kind, page.State, page.Published, page.Body = news.StandingPage, news.Draft, time.Time{}, shown(list[1].ID)
		add(t, s, a, page)
		anna := &news.Person{Name: "Anna", Slug: "anna", Picture: list[3].ID}
		settings := news.DefaultSettings()
		settings.Logo = list[4].ID
		typed := &news.WorkingCopy{Staff: 7, Article: a.ID, BasedOn: 1, Counter: 1, Fields: *a, Saved: noon}
		typed.Fields.LeadPicture, typed.Fields.Body = list[5].ID, nil
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.InsertPerson(ctx, anna); err != nil {
				return err
			}
			if err := tx.PutSettings(ctx, &settings, "Anna", "change settings", noon); err != nil {
				return err
			}
			return tx.PutWorkingCopy(ctx, typed)
		})
		first := []string{"article 1 lead 0; ", "article 2 body 0; article 1 body 0; ", "article 1 body 0; ", "person 1 portrait 0; ", "settings 0 logo 0; ", "article 1 lead 7; "}
		is("as they were stored", first...)
		times, err := s.UsedTimes(ctx, []news.PictureID{list[0].ID, list[1].ID, 999})
		if err != nil || len(times) != 2 || times[list[1].ID] != 2 {
			t.Errorf("they are used %v times, %v", times, err)
		}

		// What was stored before uses were kept is read through once, from where that
		// was broken off.
		for _, q := range []string{"delete from picture_use", "delete from picture_word", "update picture set found_by = ''",
			"insert into setting (name, value) values ('pictures unread', '2'), ('bodies unread', '0')"} {
			if _, err := d.SQL().ExecContext(ctx, q); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := store.Migrate(ctx, d); err != nil {
			t.Fatal(err)
		}
		is("read anew", first...)
		if found, err := s.LibraryPictures(ctx, news.PictureFilter{Words: "jpg"}, 0, 10); err != nil || len(found) != 4 {
			t.Errorf("of the pictures from the third on %d are found, %v", len(found), err)
		}

		before := *a
		a.LeadPicture, a.Body = 0, shown(list[2].ID)
		anna.Picture, settings.Logo = 0, 0
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.Sections(ctx)
			if err != nil {
				return err
			}
			if err := tx.UpdateArticle(ctx, &before, a, all, "test", "save"); err != nil {
				return err
			}
			if err := tx.UpdatePerson(ctx, anna); err != nil {
				return err
			}
			if err := tx.PutSettings(ctx, &settings, "Anna", "change settings", noon); err != nil {
				return err
			}
			return tx.DropWorkingCopy(ctx, 7, a.ID, 2, noon)
		})
		is("after they were taken out", "", "article 2 body 0; ", "article 1 body 0; ", "", "", "")

		// An import completes what it had not found.
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			b, err := tx.Body(ctx, page.ID)
			if err != nil {
				return err
			}
			b.Doc = shown(list[3].ID)
			if err := tx.CompleteBody(ctx, b); err != nil {
				return err
			}
			return tx.CompleteLead(ctx, page.ID, list[4].ID)
		})
		is("after an import was completed", "", "", "article 1 body 0; ", "article 2 body 0; ", "article 2 lead 0; ", "")
	})
}

// BenchmarkLibrary measures the library's lists with 100,000 pictures, nine of ten
// in an article. ./check.sh does not run it.
func BenchmarkLibrary(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchLibrary(b, store.New(storetest.SQLite(b))) })
	b.Run("postgres", func(b *testing.B) { benchLibrary(b, store.New(storetest.Postgres(b))) })
}

func benchLibrary(b *testing.B, s *store.Store) {
	b.Helper()
	const n, atOnce = 100_000, 500
	for at := 0; at < n; at += atOnce {
		var pictures []*news.Picture
		for i := at; i < at+atOnce; i++ {
			p := &news.Picture{Name: fmt.Sprintf("DSC_%05d.jpg", i), Blob: fmt.Sprint(i), Served: fmt.Sprint(i), Type: "image/jpeg", Width: 3000, Height: 2000, Creator: news.StaffID(i % 50),
				Title: fmt.Sprintf("Council in session %d", i), Alt: "Men and women sit at a long table and listen to a speaker", Caption: "The council of the harbour town met for its weekly session on Tuesday evening.",
				Credit: "Anna Berg / Agency", Added: noon.Add(time.Duration(i) * time.Minute)}
			if i%1000 == 0 {
				p.Alt, p.Credit, p.RightsEnd = "", "", noon
			}
			pictures = append(pictures, p)
		}
		hang(b, s, pictures...)
		_, err := s.Update(b.Context(), noon, func(tx *store.Tx) error {
			var articles []*news.Article
			for i, p := range pictures {
				if i%10 == 0 {
					continue
				}
				a := story(p.Title, noon)
				a.LeadPicture = p.ID
				articles = append(articles, a)
			}
			return tx.InsertArticles(b.Context(), articles, news.Sections{}, "bench", "create")
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		filter news.PictureFilter
	}{
		{"all", news.PictureFilter{}},
		{"a common word", news.PictureFilter{Words: "council"}},
		{"nowhere", news.PictureFilter{Words: "zeppelin"}},
		{"two words, nowhere", news.PictureFilter{Words: "council zeppelin"}},
		{"one name", news.PictureFilter{Words: "DSC_00007.jpg"}},
		{"own, nothing", news.PictureFilter{Creator: 99}},
		{"without text", news.PictureFilter{NoAlt: true, Kind: news.PictureFile}},
		{"rights end", news.PictureFilter{EndsBy: noon.Add(time.Hour)}},
		{"rights have ended, nothing", news.PictureFilter{Ended: true}},
		{"films, nothing", news.PictureFilter{Kind: news.FilmFile}},
		{"an early day", news.PictureFilter{Since: noon, Until: noon.Add(time.Hour)}},
		{"used nowhere", news.PictureFilter{Unused: true}},
		{"used nowhere, nothing", news.PictureFilter{Unused: true, Words: "zeppelin"}},
		{"used nowhere, all looked at", news.PictureFilter{Unused: true, Creator: 7}},
		{"pick", news.PictureFilter{Usable: true, Kind: news.PictureFile, Words: "anna berg council"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			found := 0
			for b.Loop() {
				list, err := s.LibraryPictures(b.Context(), c.filter, 0, 61)
				if err != nil {
					b.Fatal(err)
				}
				ids := make([]news.PictureID, len(list))
				for i := range list {
					ids[i] = list[i].ID
				}
				if _, err := s.UsedTimes(b.Context(), ids); err != nil {
					b.Fatal(err)
				}
				found = len(list)
			}
			b.ReportMetric(float64(found), "found")
		})
	}
}
