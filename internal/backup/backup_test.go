package backup_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
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
	disk *media.Disk
	desk *desk.Desk
}

func newPaper(t *testing.T, s *store.Store) *paper {
	t.Helper()
	disk, err := media.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &paper{s, disk, desk.New(s, func() time.Time { return now }, func(news.Change) {})}
}

func empty(t *testing.T) *paper { return newPaper(t, store.New(storetest.SQLite(t))) }

// filled puts a small newspaper into an empty store: articles with everything
// that belongs to them, comments, and pictures.
func filled(t *testing.T, p *paper) *paper {
	t.Helper()
	if err := demo.FillArchive(t.Context(), p.desk, 30, now, "https://paper.example", func(int) {}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"harbour.png", "tide.png"} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 20+len(name), 30))); err != nil {
			t.Fatal(err)
		}
		pic, err := p.disk.Keep(t.Context(), name, &b, 1<<20)
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
	_, err := backup.Restore(t.Context(), p.Store, p.disk, now, bytes.NewReader(b), int64(len(b)))
	return err
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

func TestABackupIsOfOneMomentWhileThePaperIsWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPaper(t, s)
		stop, ended := make(chan bool), make(chan error, 1)
		go func() {
			var err error
			for i := 0; err == nil; i++ {
				select {
				case <-stop:
					ended <- nil
					return
				default:
				}
				a := &news.Article{Kind: news.Story, Headline: fmt.Sprint("Story ", i), Language: "en", Body: []byte(`{"type":"doc"}`), Comments: news.CommentsModerated}
				if err = p.desk.Create(t.Context(), "Anna", a); err == nil {
					err = p.desk.Publish(t.Context(), "Anna", a.ID, a.Version)
				}
			}
			ended <- err
		}()
		for range 5 {
			copied := empty(t)
			if err := copied.restore(t, p.backup(t)); err != nil {
				t.Fatal(err)
			}
			rows := copied.rows(t)
			// Each article is written with its body and revision, or not at all.
			if articles, bodies := strings.Count(rows["article"], "\n"), strings.Count(rows["body"], "\n"); articles != bodies {
				t.Errorf("%d articles have %d bodies", articles, bodies)
			}
		}
		close(stop)
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
	})
}

// rewrite makes a backup with some of its files changed; nil leaves one out.
func rewrite(t *testing.T, b []byte, change func(name string, content []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if content = change(f.Name, content); content == nil {
			continue
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestADamagedBackupIsRefusedAndTheStoreStaysEmpty(t *testing.T) {
	good := filled(t, empty(t)).backup(t)
	only := func(part string, f func([]byte) []byte) []byte {
		changed := false
		b := rewrite(t, good, func(name string, content []byte) []byte {
			if strings.HasPrefix(name, part) && !changed {
				changed = true
				return f(content)
			}
			return content
		})
		if !changed {
			t.Fatalf("no %s in the backup", part)
		}
		return b
	}
	gone := func([]byte) []byte { return nil }
	flipped := bytes.Clone(good)
	flipped[len(flipped)/3] ^= 1
	manifest := func(change func(*backup.Manifest)) []byte {
		return only("manifest.json", func(b []byte) []byte {
			var m backup.Manifest
			if err := json.Unmarshal(b, &m); err != nil {
				t.Fatal(err)
			}
			change(&m)
			b, _ = json.Marshal(m)
			return b
		})
	}
	for name, b := range map[string][]byte{
		"nothing":                    nil,
		"no archive":                 []byte("<html>not found</html>"),
		"cut off":                    good[:len(good)/2],
		"cut off near its end":       good[:len(good)-10],
		"a bit turned over":          flipped,
		"no manifest":                only("manifest.json", gone),
		"a manifest of something":    only("manifest.json", func([]byte) []byte { return []byte("[]") }),
		"a newer schema":             manifest(func(m *backup.Manifest) { m.Schema += 5 }),
		"another format":             manifest(func(m *backup.Manifest) { m.Format = 0 }),
		"a picture fewer":            only("pictures/", gone),
		"another picture":            only("pictures/", func(b []byte) []byte { b[0] ^= 1; return b }),
		"a table fewer":              only("tables/comment.jsonl", gone),
		"a row fewer":                only("tables/comment.jsonl", func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] }),
		"a row changed":              only("tables/article.jsonl", func(b []byte) []byte { return bytes.Replace(b, []byte("published"), []byte("withdrawn"), 1) }),
		"a row that is no row":       only("tables/topic.jsonl", func([]byte) []byte { return []byte("{}\n") }),
		"a row with too few columns": only("tables/topic.jsonl", func([]byte) []byte { return []byte("[1]\n") }),
		"a table that isn't text":    only("tables/body.jsonl", func([]byte) []byte { return []byte{0, 1, 2} }),
	} {
		t.Run(name, func(t *testing.T) {
			p := empty(t)
			err := p.restore(t, b)
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("got %v, want words for whoever gave it", err)
			}
			if unused, _ := p.Unused(t.Context()); !unused {
				t.Error("something was stored")
			}
		})
	}
}

func TestNamesInABackupLeadNowhere(t *testing.T) {
	good := filled(t, empty(t)).backup(t)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	z, _ := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	for _, f := range z.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	to, _ := w.Create("pictures/../../../outside")
	to.Write([]byte("x"))
	w.Close()
	if err := empty(t).restore(t, out.Bytes()); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestABackupIsRestoredIntoAnEmptyStoreOnly(t *testing.T) {
	p := filled(t, empty(t))
	before := p.rows(t)
	if err := p.restore(t, p.backup(t)); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
	if after := p.rows(t); after["article"] != before["article"] {
		t.Error("the articles have changed")
	}
}
