package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/db"
	"broadsheet/internal/news"
	"broadsheet/internal/store/storetest"
)

// writers is how many save at once, each an article of their own.
const writers = 10

// desks is a newsroom whose program is killed while they all save.
type desks struct {
	t      *testing.T
	bin    string
	config config.Config
	cookie string
	staff  news.StaffID
	said   [writers]acknowledged
}

// acknowledged is what one writer was told: which version their article has, and
// up to where the text that was never saved is kept.
type acknowledged struct {
	article         news.ArticleID
	version         int
	counter, kept   int64 // counter is of what was sent last
	saves, keptings int
}

func TestNoAcknowledgedSaveIsLostWhenTheProgramIsKilled(t *testing.T) {
	bin := program(t)
	t.Run(string(db.SQLite), func(t *testing.T) { killDesks(t, bin, "") })
	t.Run(string(db.Postgres), func(t *testing.T) { killDesks(t, bin, storetest.PostgresDSN(t)) })
}

func killDesks(t *testing.T, bin, database string) {
	d := &desks{t: t, bin: bin, config: config.Default()}
	d.config.Data, d.config.Database = filepath.Join(t.TempDir(), "paper"), config.DatabaseURL(database)
	d.open(func(a *app.App) {
		s := &news.Staff{Name: "Ida Holm", Email: "ida@paper.example", Grants: []news.Grant{{Role: news.Chief}}}
		_, err := a.Desk.AddStaff(t.Context(), "test", s)
		d.must(err)
		d.staff = s.ID
		d.cookie, err = a.Desk.SignIn(t.Context(), s.ID, "password", "a browser", "192.0.2.1")
		d.must(err)
		for i := range d.said {
			article := &news.Article{Kind: news.Story, Headline: "Saved 1", Standfirst: "Saved 1", Language: "en", Body: []byte(longBody("Saved 1")), Comments: news.CommentsModerated, Creator: s.ID}
			d.must(a.Desk.Create(t.Context(), "test", article))
			d.said[i] = acknowledged{article: article.ID, version: 1}
		}
	})
	rounds := 5
	if testing.Short() {
		rounds = 2
	}
	for range rounds {
		before := d.total()
		d.killOnce()
		if d.total() == before {
			t.Fatal("nothing was acknowledged before the program was killed")
		}
		d.open(d.whole)
	}
	saves, keptings := 0, 0
	for _, s := range d.said {
		saves, keptings = saves+s.saves, keptings+s.keptings
	}
	t.Logf("killed %d times; %d saves and %d keepings were acknowledged, and are there", rounds, saves, keptings)
}

func (d *desks) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desks) total() (n int) {
	for _, s := range d.said {
		n += s.saves + s.keptings
	}
	return n
}

// open looks into the paper while no program has it open.
func (d *desks) open(look func(*app.App)) {
	d.t.Helper()
	a, err := app.Open(d.t.Context(), &d.config, slog.New(slog.DiscardHandler))
	d.must(err)
	look(a)
	d.must(a.Close())
}

// longBody is a text of some length that says what it belongs to from its first to
// its last paragraph.
func longBody(name string) string {
	var b strings.Builder
	b.WriteString(`{"type":"doc","content":[`)
	for i := range 40 {
		fmt.Fprintf(&b, `{"type":"paragraph","content":[{"type":"text","text":"%s, paragraph %d: the boats are out and the tide is in, and nobody knows when it will turn again."}]},`, name, i)
	}
	fmt.Fprintf(&b, `{"type":"paragraph","content":[{"type":"text","text":"End of %s."}]}]}`, name)
	return b.String()
}

// killOnce runs the program, has everybody write, and kills it at a moment that
// nobody has chosen.
func (d *desks) killOnce() {
	d.t.Helper()
	args := []string{"serve", "-addr", "127.0.0.1:0", "-log-level", "error", "-data", d.config.Data}
	if d.config.Database != "" {
		args = append(args, "-database", string(d.config.Database))
	}
	cmd := exec.Command(d.bin, args...)
	out, err := cmd.StdoutPipe()
	d.must(err)
	cmd.Stderr = d.t.Output()
	d.must(cmd.Start())
	defer func() { _ = cmd.Wait() }() // it says that it was killed
	defer func() { _ = cmd.Process.Kill() }()
	at := ""
	for lines := bufio.NewScanner(out); at == "" && lines.Scan(); {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			at = strings.TrimSuffix(strings.Fields(lines.Text()[i:])[0], "/")
		}
	}
	go io.Copy(io.Discard, out)
	ctx, stop := context.WithTimeout(d.t.Context(), time.Minute)
	defer stop()
	began, once := make(chan bool), sync.Once{}
	var all sync.WaitGroup
	for i := range d.said {
		all.Go(func() {
			for d.write(ctx, at, &d.said[i]) {
				once.Do(func() { close(began) })
			}
		})
	}
	select {
	case <-began:
		time.Sleep(time.Duration(rand.IntN(900)) * time.Millisecond)
	case <-ctx.Done():
	}
	d.must(cmd.Process.Kill())
	all.Wait()
}

// write keeps a text and saves another, and notes what was acknowledged; false once
// there is no answer any more.
func (d *desks) write(ctx context.Context, at string, s *acknowledged) bool {
	s.counter++
	if !d.post(ctx, at, s, "/keep", fmt.Sprint("Kept ", s.counter), http.StatusOK) {
		return false
	}
	s.kept, s.keptings = s.counter, s.keptings+1
	if !d.post(ctx, at, s, "", fmt.Sprint("Saved ", s.version+1), http.StatusSeeOther) {
		return false
	}
	s.version, s.saves = s.version+1, s.saves+1
	s.kept = 0 // a save takes the place of what was kept
	return true
}

// post sends the form of an article and reports whether it was acknowledged.
func (d *desks) post(ctx context.Context, at string, s *acknowledged, to, name string, want int) bool {
	form := url.Values{"version": {fmt.Sprint(s.version)}, "counter": {fmt.Sprint(s.counter)}, "headline": {name}, "standfirst": {name}, "body": {longBody(name)}, "language": {"en"}, "comments": {"moderated"}, "do": {"save"}}
	req, err := http.NewRequestWithContext(ctx, "POST", fmt.Sprintf("%s/newsroom/articles/%d%s", at, s.article, to), strings.NewReader(form.Encode()))
	if err != nil {
		d.t.Error(err)
		return false
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(&http.Cookie{Name: "newsroom", Value: d.cookie})
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return false // it was killed
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); resp.StatusCode != want {
		d.t.Errorf("article %d%s at version %d is answered %d: %.300s %v", s.article, to, s.version, resp.StatusCode, body, err)
		return false
	}
	return true
}

// whole checks that the paper has all that was acknowledged, and nothing by half.
func (d *desks) whole(a *app.App) {
	d.t.Helper()
	ctx := d.t.Context()
	saved := map[int64]int{}
	lines, err := a.Store.AuditSince(ctx, 0, 1<<20)
	d.must(err)
	for _, l := range lines {
		if l.Target.Noun == news.ArticleNoun && l.Verb == "save" {
			saved[l.Target.ID]++
		}
	}
	for i := range d.said {
		s := &d.said[i]
		now, err := a.Store.Article(ctx, s.article)
		d.must(err)
		if now.Version < s.version {
			d.t.Errorf("article %d is of version %d, acknowledged was %d", s.article, now.Version, s.version)
		}
		for version := s.version; version <= now.Version; version++ { // the one in flight may have come through
			r, err := a.Store.Revision(ctx, s.article, version)
			name := fmt.Sprint("Saved ", version)
			if err != nil || r.Fields.Headline != name || r.Fields.Standfirst != name || string(r.Fields.Body) != longBody(name) {
				d.t.Errorf("revision %d of article %d is %q with a text of %d bytes, %v", version, s.article, r.Fields.Headline, len(r.Fields.Body), err)
			}
		}
		if name := fmt.Sprint("Saved ", now.Version); now.Headline != name || string(now.Body) != longBody(name) {
			d.t.Errorf("article %d of version %d is %q with a text of %d bytes", s.article, now.Version, now.Headline, len(now.Body))
		}
		if saved[int64(s.article)] != now.Version-1 {
			d.t.Errorf("article %d was saved %d times, and the log tells %d", s.article, now.Version-1, saved[int64(s.article)])
		}
		c, err := a.Store.WorkingCopy(ctx, d.staff, s.article)
		switch name := fmt.Sprint("Kept ", c.Counter); {
		case err != nil && (s.kept == 0 || now.Version > s.version): // a save has taken its place
		case err != nil || c.Counter < s.kept || c.Fields.Headline != name || string(c.Fields.Body) != longBody(name):
			d.t.Errorf("the text kept of article %d is %q up to %d, acknowledged was %d, %v", s.article, c.Fields.Headline, c.Counter, s.kept, err)
		}
		s.version = now.Version
	}
}
