package desk_test

import (
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

func old(id, hash, path string) desk.ImportItem {
	at := time.Date(2020, 5, 1, 8, 0, 0, 0, time.UTC)
	return desk.ImportItem{OldID: id, Hash: hash, CommentsHash: "c0", Article: news.Article{Kind: news.Story, State: news.Published, Language: "en",
		Headline: "Old " + id, Slug: "old-" + id, Path: path, Body: []byte(words), Comments: news.CommentsModerated, Created: at, Published: at}}
}

func (d *fixture) bring(t *testing.T, items ...desk.ImportItem) []desk.ImportResult {
	t.Helper()
	source, err := d.ImportSource(t.Context(), "wordpress", "https://old.example")
	if err != nil {
		t.Fatal(err)
	}
	results, err := d.ImportArticles(t.Context(), source, items)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func TestAnImportRunTwiceChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		d.bring(t, old("1", "a", "/2020/05/one/"), old("2", "a", "/2020/05/two/"))
		d.announced = nil
		for _, r := range d.bring(t, old("1", "a", "/2020/05/one/"), old("2", "a", "/2020/05/two/")) {
			if r.Outcome != desk.Unchanged {
				t.Errorf("%+v", r)
			}
		}
		if len(d.announced) != 0 {
			t.Errorf("announced %v", d.announced)
		}
		if n, _ := d.ArticleCount(t.Context()); n != 2 {
			t.Errorf("%d articles", n)
		}
	})
}

func TestANewerExportUpdatesButNeverOverwritesAnEdit(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		first := d.bring(t, old("1", "a", "/2020/05/one/"), old("2", "a", "/2020/05/two/"))
		edited, _ := d.Article(t.Context(), first[0].ID)
		edited.Headline = "Edited here"
		if err := d.Save(t.Context(), "Anna", &edited); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time it is listed again
			one, two := old("1", "b", "/2020/05/one/"), old("2", "b", "/2020/05/two/")
			one.Article.Headline, two.Article.Headline = "Newer 1", "Newer 2"
			results := d.bring(t, one, two)
			if results[0].Outcome != desk.Kept {
				t.Errorf("the edited one: %+v", results[0])
			}
		}
		a, _ := d.Article(t.Context(), first[0].ID)
		b, _ := d.Article(t.Context(), first[1].ID)
		if a.Headline != "Edited here" || b.Headline != "Newer 2" || b.Path != "/2020/05/two/" {
			t.Errorf("now %q and %q at %s", a.Headline, b.Headline, b.Path)
		}
	})
}

func comment(id, parent int64, text string) desk.ImportComment {
	return desk.ImportComment{OldID: id, OldParent: parent, Comment: news.Comment{Kind: news.ReaderComment, State: news.Approved, Name: "N", Text: text,
		Posted: time.Date(2020, 5, 2, 8, 0, int(id), 0, time.UTC)}}
}

func TestCommentsKeepTheirThreadsAndNewOnesCome(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		it := old("1", "a", "/one/")
		it.Comments = []desk.ImportComment{comment(3, 2, "reply"), comment(2, 0, "first"), comment(4, 99, "orphan"), comment(5, 6, "circle"), comment(6, 5, "circle")}
		id := d.bring(t, it)[0].ID
		texts := func() map[string]string {
			outline, err := d.CommentOutlines(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, o := range outline {
				c, _ := d.Comment(t.Context(), o.ID)
				above := ""
				if o.Parent != 0 {
					p, _ := d.Comment(t.Context(), o.Parent)
					above = p.Text
				}
				got[c.Text] = above
			}
			return got
		}
		got := texts()
		if len(got) != 4 || got["reply"] != "first" || got["orphan"] != "" || got["first"] != "" {
			t.Errorf("threads: %v", got)
		}
		again := old("1", "a", "/one/")
		again.CommentsHash = "c1"
		again.Comments = append(it.Comments, comment(7, 3, "late"))
		if r := d.bring(t, again)[0]; r.NewComments != 1 || r.Outcome != desk.Unchanged {
			t.Errorf("%+v", r)
		}
		if got := texts(); got["late"] != "reply" {
			t.Errorf("threads: %v", got)
		}
	})
}

func TestAnOldPermalinkWinsOverOurOwnAddresses(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		s := d.section(t, "World", 0)
		r := d.bring(t, old("1", "a", "/world/"), old("2", "a", "/search/"), old("3", "a", "/three/"), old("4", "a", "/three/"))
		if c := r[0].Collision; c == nil || !c.Gave || c.Given != "/section/world/" {
			t.Errorf("with our section: %+v", c)
		}
		all, _ := d.Sections(t.Context())
		if all[s.ID].Path != "/section/world/" {
			t.Errorf("the section is at %s", all[s.ID].Path)
		}
		if c := r[1].Collision; c == nil || c.Gave || c.Given == "" {
			t.Errorf("with a path of our own: %+v", c)
		}
		if r[2].Collision != nil {
			t.Errorf("the first at /three/: %+v", r[2].Collision)
		}
		if c := r[3].Collision; c == nil || c.Gave || c.Taken.ID != int64(r[2].ID) {
			t.Errorf("the second at /three/: %+v", c)
		}
	})
}

func TestOldPathsLeadToNewPlacesUnlessTaken(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		s := d.section(t, "World", 0)
		d.bring(t, old("1", "a", "/category/taken/"))
		to := news.Target{Noun: news.SectionNoun, ID: int64(s.ID)}
		taken, err := d.ImportMoves(t.Context(), []news.Address{{Path: "/category/world/", Target: to, State: news.Moved}, {Path: "/category/taken/", Target: to, State: news.Moved}})
		if err != nil || len(taken) != 1 || taken[0].Path != "/category/taken/" {
			t.Errorf("taken: %v, %v", taken, err)
		}
		if a, err := d.Address(t.Context(), "/category/world/"); err != nil || a.State != news.Moved || a.Target != to {
			t.Errorf("%+v, %v", a, err)
		}
	})
}

func TestThingsOfTheOldSystemAreTakenOnce(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		source, err := d.ImportSource(t.Context(), "wordpress", "https://old.example")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			s, topic, p := &news.Section{Name: "World", Slug: "world"}, &news.Topic{Name: "Sea", Slug: "sea"}, &news.Person{Name: "Ann", Slug: "ann"}
			if err := d.ImportSection(t.Context(), source, "world", s); err != nil || s.ID != 1 {
				t.Errorf("section %d, %v", s.ID, err)
			}
			if err := d.ImportTopic(t.Context(), source, "sea", topic); err != nil || topic.ID != 1 {
				t.Errorf("topic %d, %v", topic.ID, err)
			}
			if err := d.ImportPerson(t.Context(), source, "ann", p); err != nil || p.ID != 1 {
				t.Errorf("person %d, %v", p.ID, err)
			}
			pic := &news.Picture{Name: "a.jpg", Path: "/wp-content/uploads/a.jpg", Blob: "x"}
			if o, err := d.ImportPicture(t.Context(), source, "9", "h", pic); err != nil || pic.ID != 1 {
				t.Errorf("picture %d, %s, %v", pic.ID, o, err)
			}
		}
	})
}
