package desk_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// line is a line of the audit log, without its time.
type line struct {
	who, verb, noun, detail string
	target                  int64
}

func auditLog(t *testing.T, d *db.DB) []line {
	t.Helper()
	rows, err := d.SQL().QueryContext(t.Context(), "select who, verb, noun, target, detail from audit order by id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []line
	for rows.Next() {
		var l line
		if err := rows.Scan(&l.who, &l.verb, &l.noun, &l.target, &l.detail); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// worded fails for lines that the screen of the log has no words for. That all
// languages have the same words is proved with those.
func worded(t *testing.T, log []line) {
	t.Helper()
	words, err := os.ReadFile("../newsroom/words/log/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range log {
		verb := strings.TrimRight(strings.TrimRight(l.verb, "0123456789"), " ")
		for _, key := range []string{"verb_" + strings.NewReplacer(", ", "_", " ", "_").Replace(verb), "noun_" + l.noun} {
			if !strings.Contains(string(words), "\n"+key+" = ") {
				t.Errorf("the log has no word %s", key)
			}
		}
	}
}

// What readers, imports and the clock do is written down like what editors do: once
// for a batch, and not at all where nothing has changed.
func TestWhatNobodyInTheNewsroomDoesIsWrittenDownToo(t *testing.T) {
	storetest.EachDB(t, func(t *testing.T, database *db.DB) {
		now := time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)
		d, ctx := desk.New(store.New(database), func() time.Time { return now }, func(news.Change) {}), t.Context()
		seen := 0
		step := func(err error, want ...line) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			log := auditLog(t, database)
			worded(t, log[seen:])
			if got := log[seen:]; !slices.Equal(got, want) {
				t.Errorf("wrote down %+v, want %+v", got, want)
			}
			seen = len(log)
		}
		source, err := d.ImportSource(ctx, "wordpress", "https://old.example")
		step(err)
		section := &news.Section{Name: "World", Slug: "world"}
		step(d.ImportSection(ctx, source, "s7", section), line{"the import", "import", "section", "s7", 1})
		step(d.ImportSection(ctx, source, "s7", section))
		picture := news.Picture{Name: "a.jpg", Path: "/old/a.jpg"}
		_, err = d.ImportPicture(ctx, source, "p1", "hash", &picture)
		step(err, line{"the import", "import", "picture", "imported, p1", 1})
		items := func() []desk.ImportItem {
			item := func(id string) desk.ImportItem {
				return desk.ImportItem{OldID: id, Hash: id, Article: news.Article{Kind: news.Story, State: news.Published, Language: "en", Headline: "Old", Slug: id,
					Path: "/old/" + id + "/", Body: []byte(words), Comments: news.CommentsModerated, Published: now.AddDate(0, 0, -1)}}
			}
			one := item("1")
			one.Open = []store.OpenReference{{Kind: store.OpenLead, OldID: "p1"}}
			one.Comments = []desk.ImportComment{{OldID: 1, Comment: news.Comment{Kind: news.ReaderComment, State: news.Approved, Name: "Ole", Text: "Words.", Posted: now}}}
			return []desk.ImportItem{one, item("2")}
		}
		_, err = d.ImportArticles(ctx, source, items())
		step(err, line{"the import", "import", "article", "2 imported, 0 updated, 0 kept as edited here, 1 comments", 0})
		_, err = d.ImportArticles(ctx, source, items())
		step(err)
		move := []news.Address{{Path: "/older/", State: news.Moved, Target: news.Target{Noun: news.ArticleNoun, ID: 1}}}
		_, err = d.ImportMoves(ctx, move)
		step(err, line{"the import", "import", "address", "1 addresses that lead elsewhere", 0})
		found := func(context.Context, store.Reader, news.Noun, string) (news.Target, bool, error) {
			return news.Target{Noun: news.PictureNoun, ID: 1}, true, nil
		}
		none := func(context.Context, store.Reader, richtext.Link) (to news.Target, ok, own bool, err error) { return }
		_, err = d.CompleteImport(ctx, source, 0, 10, none, found)
		step(err, line{"the import", "complete", "article", "1 references were found", 0})

		comment := func() *news.Comment {
			return &news.Comment{Article: 1, Name: "Ida Holm", Email: "ida@mail.example", Text: "Words.", Address: "192.0.2.7"}
		}
		step(d.PostComment(ctx, comment()), line{"a reader", "post", "comment", "on article 1", 2})
		step(d.PostComment(ctx, comment()))
		_, err = d.ForgetAddresses(ctx)
		step(err)
		now = now.AddDate(0, 0, 31)
		_, err = d.ForgetAddresses(ctx)
		step(err, line{"the clock", "forget addresses", "comment", "of 1 comments", 0})
		for _, l := range auditLog(t, database) {
			if s := l.who + l.detail; strings.Contains(s, "Ida") || strings.Contains(s, "@") || strings.Contains(s, "192.") {
				t.Errorf("the log tells who commented: %+v", l)
			}
		}
	})
}
