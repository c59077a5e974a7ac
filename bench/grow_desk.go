package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/demo"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// editor is who writes while it is measured.
const editor desk.Who = "Anna"

// deskProcess is the server that ships, with its desk at a second address: until
// there are screens to publish from, that stands for them. It answers when the
// verb has. It runs as a process of its own, so that the one that measures does
// not share its memory.
func deskProcess(ctx context.Context, args []string) (err error) {
	fs := flag.NewFlagSet("desk", flag.ContinueOnError)
	c := config.Default()
	c.Addr = "127.0.0.1:0"
	database := ""
	fs.StringVar(&c.Data, "data", "", "`FOLDER`")
	fs.StringVar(&database, "database", "", "`URL` of PostgreSQL")
	fs.StringVar(&c.MetricsAddr, "metrics-addr", "", "`HOST:PORT`")
	deskAddress := fs.String("desk-addr", "", "`HOST:PORT`")
	memory := fs.Int64("memory", int64(c.Memory), "in `BYTES`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	c.Database, c.Memory = config.DatabaseURL(database), config.Size(*memory)
	a, err := app.Open(ctx, &c, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	ln, err := a.Listen()
	if err != nil {
		return err
	}
	private, err := net.Listen("tcp", *deskAddress)
	if err != nil {
		return err
	}
	s := &http.Server{Handler: deskVerbs(a), ReadHeaderTimeout: time.Minute}
	go s.Serve(private) //nolint:errcheck // it ends with the process
	defer s.Close()
	fmt.Printf("serving on %s\n", a.URL(ln))
	return a.Serve(ctx, ln)
}

// draft is an article that waits to be published.
type draft struct {
	ID        news.ArticleID
	Version   int
	Headline  string
	Published time.Time // when the verb had returned
}

// deskVerbs answers POST /drafts?n=200, /publish, /withdraw and /settings, with
// JSON; and the profiles of the process.
func deskVerbs(a *app.App) http.Handler {
	mux := http.NewServeMux()
	handle := func(verb string, f func(r *http.Request) (any, error)) {
		mux.HandleFunc("POST /"+verb, func(w http.ResponseWriter, r *http.Request) {
			v, err := f(r)
			if err != nil {
				http.Error(w, err.Error(), http.StatusUnprocessableEntity)
				return
			}
			json.NewEncoder(w).Encode(v) //nolint:errcheck // who asked is gone
		})
	}
	handle("drafts", func(r *http.Request) (any, error) {
		n, err := strconv.Atoi(r.FormValue("n"))
		if err != nil {
			return nil, err
		}
		return writeDrafts(r.Context(), a, n)
	})
	verb := func(name string, f func(ctx context.Context, id news.ArticleID, version int) error) {
		handle(name, func(r *http.Request) (any, error) {
			id, err1 := strconv.ParseInt(r.FormValue("id"), 10, 64)
			version, err2 := strconv.Atoi(r.FormValue("version"))
			if err := errors.Join(err1, err2); err != nil {
				return nil, err
			}
			err := f(r.Context(), news.ArticleID(id), version)
			return draft{ID: news.ArticleID(id), Version: version + 1, Published: time.Now()}, err
		})
	}
	verb("publish", func(ctx context.Context, id news.ArticleID, version int) error {
		return a.Desk.Publish(ctx, editor, id, version)
	})
	verb("withdraw", func(ctx context.Context, id news.ArticleID, version int) error {
		return a.Desk.Withdraw(ctx, editor, id, version)
	})
	handle("settings", func(r *http.Request) (any, error) {
		return nil, a.Desk.ChangeSettings(r.Context(), editor, func(s *news.Settings) error {
			s.Tagline = "Changed at " + time.Now().Format(time.RFC3339Nano)
			return nil
		})
	})
	mux.HandleFunc("GET /profile", pprof.Profile)
	return mux
}

// writeDrafts makes articles like those of the archive, with headlines of their
// own, that wait to be published.
func writeDrafts(ctx context.Context, a *app.App, n int) ([]draft, error) {
	sections, err := a.Store.Sections(ctx)
	if err != nil {
		return nil, err
	}
	bySlug := map[string]news.SectionID{}
	for id, s := range sections {
		bySlug[s.Slug] = id
	}
	now := time.Now()
	archive := demo.NewArchive(now)
	var list []draft
	for i := range n {
		g := archive.Article(i)
		doc, _ := richtext.FromHTML(g.HTML) // of our own: there is nothing to note
		x := &news.Article{Kind: news.Story, Headline: fmt.Sprintf("%s, number %d of %d", g.Headline, i, now.UnixNano()), Language: "en", Body: doc.Encode(),
			Comments: news.CommentsModerated, Section: bySlug[g.Section], Sections: []news.SectionID{bySlug[g.Section]},
			Topics: []news.TopicID{1, 2}, Byline: []news.Credit{{Person: 1}}} // the first ones of every archive
		if err := a.Desk.Create(ctx, editor, x); err != nil {
			return nil, err
		}
		list = append(list, draft{ID: x.ID, Version: x.Version, Headline: x.Headline})
	}
	return list, nil
}

// newsroom is a running deskProcess, seen from outside.
type newsroom struct {
	*server
	readers, desk, metrics *client
}

// newsroom starts one.
func (b *bench) newsroom(ctx context.Context, args ...string) (*newsroom, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	desk, err1 := freeAddress()
	metrics, err2 := freeAddress()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	s, err := launch(exec.CommandContext(ctx, self, append([]string{"desk", "-desk-addr", desk, "-metrics-addr", metrics}, args...)...))
	if err != nil {
		return nil, err
	}
	return &newsroom{s, newClient(s.address), newClient(desk), newClient(metrics)}, nil
}

// freeAddress is one that nobody listens at.
func freeAddress() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return ln.Addr().String(), ln.Close()
}

// call has the desk do a verb; v takes its answer.
func (n *newsroom) call(verb string, v any) (time.Duration, error) {
	a, err := n.desk.ask(http.MethodPost, "/"+verb, time.Now())
	if err != nil {
		return 0, err
	}
	if a.status != http.StatusOK {
		return 0, fmt.Errorf("%s: %s", verb, a.body)
	}
	return a.whole, json.Unmarshal(a.body, v)
}

func (d *draft) query() string { return fmt.Sprintf("?id=%d&version=%d", d.ID, d.Version) }

// kept is how many pieces of pages the server keeps.
func (c *client) kept() (int, error) {
	a, err := c.page("/metrics")
	if err != nil {
		return 0, err
	}
	text, err := a.html()
	if err != nil {
		return 0, err
	}
	_, after, ok := strings.Cut(string(text), "\nbroadsheet_pieces_kept ")
	if !ok {
		return 0, errors.New("the metrics tell nothing of pieces")
	}
	n, err := strconv.ParseFloat(strings.Fields(after)[0], 64)
	return int(n), err
}
