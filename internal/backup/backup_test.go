package backup_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/backup"
	"broadsheet/internal/demo"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

var now = time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)

// paper is a store with its pictures.
type paper struct {
	*store.Store
	disk     *media.Disk
	pictures string // the disk's folder
	desk     *desk.Desk
}

func newPaper(t *testing.T, s *store.Store) *paper {
	t.Helper()
	dir := t.TempDir()
	disk, err := media.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &paper{s, disk, dir, desk.New(s, func() time.Time { return now }, func(news.Change) {})}
}

func empty(t *testing.T) *paper { return newPaper(t, store.New(storetest.SQLite(t))) }

// picture is a PNG of that size, in points.
func picture(width, height int) *bytes.Buffer {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		panic(err) // into memory: can't fail
	}
	return &b
}

// filled puts a small newspaper into an empty store: articles with everything
// that belongs to them, comments, and pictures.
func filled(t *testing.T, p *paper) *paper {
	t.Helper()
	if err := demo.FillArchive(t.Context(), p.desk, demo.Filling{Articles: 30, Comments: 5, End: now, Address: "https://paper.example"}, func(int) {}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"harbour.png", "tide.png"} {
		pic, err := p.disk.Keep(t.Context(), name, picture(20+len(name), 30), 1<<20)
		if err == nil {
			err = p.desk.AddPicture(t.Context(), "Anna", &pic)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func (p *paper) backup(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := backup.Write(t.Context(), p.Store, p.disk, "test", now, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (p *paper) restore(t *testing.T, b []byte) error {
	t.Helper()
	in, err := backup.Open(t.Context(), bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	return in.Restore(t.Context(), p.Store, p.disk, now)
}

// rows is everything in the store, by table.
func (p *paper) rows(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, table := range store.Tables {
		var b strings.Builder
		if _, err := p.Dump(t.Context(), table, &b); err != nil {
			t.Fatal(err)
		}
		all[table.Name] = b.String()
	}
	return all
}

// blobs is how many pictures are on the disk.
func (p *paper) blobs(t *testing.T) (n int) {
	t.Helper()
	if err := p.disk.Walk(t.Context(), func(string, int64) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestARestoredPaperIsTheSame(t *testing.T) {
	engines := map[string]func(t *testing.T) *store.Store{
		"SQLite":     func(t *testing.T) *store.Store { return store.New(storetest.SQLite(t)) },
		"PostgreSQL": func(t *testing.T) *store.Store { return store.New(storetest.Postgres(t)) },
	}
	for from, open := range engines {
		for to, reopen := range engines {
			t.Run(from+" to "+to, func(t *testing.T) {
				before := filled(t, newPaper(t, open(t)))
				after := newPaper(t, reopen(t))
				if err := after.restore(t, before.backup(t)); err != nil {
					t.Fatal(err)
				}
				want, got := before.rows(t), after.rows(t)
				for table := range want {
					if got[table] != want[table] {
						t.Errorf("the table %s has changed", table)
					}
				}
				pictures := 0
				err := before.disk.Walk(t.Context(), func(key string, _ int64) error {
					pictures++
					return after.disk.Verify(t.Context(), key)
				})
				if err != nil || pictures == 0 {
					t.Errorf("of %d pictures: %v", pictures, err)
				}
				if n, _ := after.SearchQueueSize(t.Context()); n == 0 {
					t.Error("nothing waits for the search index")
				}
				if err := after.desk.CreateTopic(t.Context(), "Anna", &news.Topic{Name: "After the move"}); err != nil {
					t.Errorf("the restored paper can't be written: %v", err)
				}
			})
		}
	}
}

// write writes stories with a picture each, until stop is closed.
func (p *paper) write(ctx context.Context, stop <-chan bool) error {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return nil
		default:
		}
		pic, err := p.disk.Keep(ctx, "sea.png", picture(1+i, 1), 1<<20)
		if err != nil {
			return err
		}
		if err := p.desk.AddPicture(ctx, "Anna", &pic); err != nil {
			return err
		}
		a := &news.Article{Kind: news.Story, Headline: fmt.Sprint("Story ", i), Language: "en", Body: []byte(`{"type":"doc"}`),
			LeadPicture: pic.ID, Comments: news.CommentsModerated}
		if err := p.desk.Create(ctx, "Anna", a); err != nil {
			return err
		}
		if err := p.desk.Publish(ctx, "Anna", a.ID, a.Version); err != nil {
			return err
		}
	}
}

func TestABackupIsOfOneMomentWhileThePaperIsWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPaper(t, s)
		stop, ended := make(chan bool), make(chan error, 1)
		go func() { ended <- p.write(t.Context(), stop) }()
		for seen := 0; seen < 5; {
			copied := empty(t)
			// That all a row names is there, the database itself insists on.
			if err := copied.restore(t, p.backup(t)); err != nil {
				t.Fatal(err)
			}
			rows := copied.rows(t)
			if rows["article"] != "" {
				seen++
			}
			copied.checkWhole(t, rows)
		}
		close(stop)
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
	})
}

// checkWhole checks what each writing leaves behind, all of it or nothing: an
// article with a revision for each of its versions, and a picture with its bytes.
func (p *paper) checkWhole(t *testing.T, rows map[string]string) {
	t.Helper()
	revisions := strings.Count(rows["revision"], "\n")
	for id := range strings.Count(rows["article"], "\n") {
		a, err := p.Article(t.Context(), news.ArticleID(id+1))
		if err != nil {
			t.Fatal(err)
		}
		if a.State == news.Published && a.Path == "" {
			t.Errorf("article %d is published at no address", a.ID)
		}
		revisions -= a.Version
		pic, err := p.Picture(t.Context(), a.LeadPicture)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.disk.Verify(t.Context(), pic.Blob); err != nil {
			t.Errorf("the picture of article %d: %v", a.ID, err)
		}
	}
	if revisions != 0 {
		t.Errorf("there are %d revisions more than versions", revisions)
	}
}

func TestADamagedPictureIsNamedAndCostsNothingElse(t *testing.T) {
	p := filled(t, empty(t))
	var keys []string
	if err := p.disk.Walk(t.Context(), func(key string, _ int64) error { keys = append(keys, key); return nil }); err != nil {
		t.Fatal(err)
	}
	bad := keys[0]
	if err := os.WriteFile(filepath.Join(p.pictures, bad[:2], bad[2:4], bad), []byte("rot"), 0o600); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	m, err := backup.Write(t.Context(), p.Store, p.disk, "test", now, &b)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.Damaged, keys[:1]) || m.Pictures != len(keys)-1 {
		t.Errorf("%d pictures came, and %v are damaged", m.Pictures, m.Damaged)
	}
	after := empty(t)
	if err := after.restore(t, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := after.disk.Verify(t.Context(), keys[1]); err != nil {
		t.Error(err)
	}
}

func TestABackupIsRestoredIntoAnEmptyStoreOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		good := filled(t, empty(t)).backup(t)
		p := newPaper(t, s)
		if err := p.desk.CreateTopic(t.Context(), "Anna", &news.Topic{Name: "Tides"}); err != nil {
			t.Fatal(err)
		}
		before := p.rows(t)
		if err := p.restore(t, good); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("got %v", err)
		}
		if after := p.rows(t); !maps.Equal(after, before) {
			t.Error("the rows have changed")
		}
		if n := p.blobs(t); n != 0 {
			t.Errorf("%d pictures came", n)
		}
	})
}
