package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
	screens "broadsheet/internal/newsroom"
	"broadsheet/internal/store"
)

// lists measures every list of the newsroom on a large archive, as an editor's
// browser asks for it: each as it opens, under each of its tabs, with each of its
// filters, and further on. They are found by themselves: a list is an address that
// ends in a slash. It is told for who may see everything, and for the editor of one
// section, who may not.
func (b *bench) lists(ctx context.Context) error {
	data, err := b.paper(ctx, b.articles)
	if err != nil {
		return err
	}
	people, err := busy(ctx, data)
	if err != nil {
		return err
	}
	s, err := b.serve(ctx, data)
	if err != nil {
		return err
	}
	fmt.Printf("lists of the newsroom with %d articles, half as many comments that wait, as many lines in the log; milliseconds\n", b.articles)
	for _, p := range people {
		if err := s.measureLists(ctx, p, b.times); err != nil {
			return errors.Join(err, s.cmd.Process.Kill())
		}
	}
	_, err = s.stop()
	return err
}

// visitor is somebody who is signed in.
type visitor struct{ name, cookie string }

// busy makes a newsroom of an archive: people, articles in every state, comments
// that wait, and a long log. What is no business of the desk's at such a rate goes
// into the store directly.
func busy(ctx context.Context, data string) (people []visitor, err error) {
	c := config.Default()
	c.Data = data
	a, err := app.Open(ctx, &c, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	for name, grants := range map[string][]news.Grant{"everything": {{Role: news.Administrator}}, "one section": {{Role: news.Editor, Section: 1}}} {
		s := &news.Staff{Name: name, Email: fmt.Sprintf("%s%d@paper.example", strings.Fields(name)[0], time.Now().UnixNano()), Grants: grants}
		if _, err := a.Desk.AddStaff(ctx, "bench", s); err != nil {
			return nil, err
		}
		token, err := a.Desk.SignIn(ctx, s.ID, "password", "bench", "127.0.0.1")
		if err != nil {
			return nil, err
		}
		people = append(people, visitor{name, token})
	}
	slices.SortFunc(people, func(a, b visitor) int { return strings.Compare(a.name, b.name) })
	made := filepath.Join(data, "busy")
	if _, err := os.Stat(made); err == nil {
		return people, nil
	}
	for i := range 40 {
		s := &news.Staff{Name: fmt.Sprintf("Colleague %d", i), Email: fmt.Sprintf("colleague%d@paper.example", i), Grants: []news.Grant{{Role: news.Reporter}}}
		if _, err := a.Desk.AddStaff(ctx, "bench", s); err != nil {
			return nil, err
		}
	}
	for _, change := range []string{
		"update article set state = 'draft' where id % 23 = 0", "update article set state = 'draft', stage = 1 where id % 47 = 0", "update article set state = 'trashed' where id % 97 = 0",
		"update comment set state = 'held' where id % 2 = 0",
		"update article set created_by = 3, changed_by = 'Colleague 0 <colleague0@paper.example>' where id % 31 = 0",
	} {
		if _, err := a.DB.SQL().ExecContext(ctx, change); err != nil {
			return nil, fmt.Errorf("%s: %w", change, err)
		}
	}
	n, err := a.Store.ArticleCount(ctx)
	if err != nil {
		return nil, err
	}
	_, err = a.Store.Update(ctx, time.Now(), func(tx *store.Tx) error {
		for i := range n {
			if err := tx.Audit(ctx, epoch.Add(time.Duration(i)*time.Minute), "Colleague 1 <colleague1@paper.example>", "save", news.Target{Noun: news.ArticleNoun, ID: int64(i%1000 + 1)}, "version 2"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return people, os.WriteFile(made, nil, 0o600)
}

// measureLists prints what each list costs somebody who asks for each so many times.
func (s *server) measureLists(ctx context.Context, p visitor, times int) error {
	type row struct {
		path     string
		took     []time.Duration
		size     int
		slowness time.Duration
	}
	var rows []row
	seen, deep := map[string]bool{}, map[string]int{}
	var queue []string
	for _, pattern := range screens.Addresses() {
		if path, ok := strings.CutPrefix(pattern, "GET "); ok && strings.HasSuffix(path, "{$}") && strings.Count(path, "{") == 1 {
			queue = append(queue, strings.TrimSuffix(path, "{$}"))
		}
	}
	first := len(queue)
	for n := 0; n < len(queue); n++ {
		path := queue[n]
		if seen[path] {
			continue
		}
		seen[path] = true
		r := row{path: path}
		for i := range times + 1 {
			began := time.Now()
			status, body, err := s.see(ctx, p, path)
			if err != nil {
				return err
			}
			if status == http.StatusForbidden || status == http.StatusNotFound {
				break
			}
			if status != http.StatusOK {
				return fmt.Errorf("%s is answered %d", path, status)
			}
			if i == 0 { // the first has the store read what others find read
				if r.size = len(body); n < first {
					queue = append(queue, ways(path, body)...)
				} else if next := linkOf(body, "next"); next != "" && deep[path] < 3 {
					queue, deep[next] = append(queue, next), deep[path]+1
				}
				continue
			}
			r.took = append(r.took, time.Since(began))
		}
		if len(r.took) > 0 {
			slices.Sort(r.took)
			r.slowness = share(r.took, .99)
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return int(b.slowness - a.slowness) })
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\nwho may see %s\tp50\tp99\tlongest\tkB\t\n", p.name)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t\n", r.path, millis(share(r.took, .5)), millis(r.slowness), millis(share(r.took, 1)), r.size/1000)
	}
	if err := w.Flush(); err != nil || len(rows) == 0 {
		return err
	}
	fmt.Printf("slowest of %d addresses for who may see %s: %s, p99 %s ms of the 100 that were promised\n", len(rows), p.name, rows[0].path, millis(rows[0].slowness))
	return nil
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }

// see asks for a screen as somebody who is signed in.
func (s *server) see(ctx context.Context, p visitor, path string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+path, nil)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Accept", "text/html")
	req.AddCookie(&http.Cookie{Name: "newsroom", Value: p.cookie})
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body), err
}

// ways are the addresses of a list under each of its tabs, with each of its
// filters, and further on.
func ways(path, body string) (all []string) {
	page, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil
	}
	value := func(n *html.Node, name string) string {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
		return ""
	}
	asked := func(name, v string) {
		if name != "" && v != "" {
			all = append(all, path+"?"+url.Values{name: {v}}.Encode())
		}
	}
	for n := range page.Descendants() {
		switch n.DataAtom {
		case atom.A:
			if to := value(n, "href"); strings.HasPrefix(to, path+"?") {
				all = append(all, to)
			}
		case atom.Select:
			most := 3
			for o := range n.Descendants() {
				if o.DataAtom == atom.Option && value(o, "value") != "" && most > 0 && value(n, "form") == "" {
					asked(value(n, "name"), value(o, "value"))
					most--
				}
			}
		case atom.Input:
			switch value(n, "type") {
			case "search":
				for _, words := range []string{"harbour", "a", "nothing at all"} {
					asked(value(n, "name"), words)
				}
			case "checkbox":
				if value(n, "name") != "id" {
					asked(value(n, "name"), value(n, "value"))
				}
			}
		}
	}
	return all
}

// linkOf is where the link of that kind leads; "" for none.
func linkOf(body, rel string) string {
	_, rest, ok := strings.Cut(body, `rel="`+rel+`" href="`)
	if !ok {
		return ""
	}
	to, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(to)
}

// editor has the browser tests measure typing in a long article, in a real Chromium.
func (b *bench) editor(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "test", "-tags", "e2e", "-run", "^$", "-bench", "TypingInALongArticle", "-benchtime", "5x", "./e2e")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
