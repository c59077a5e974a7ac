package migrate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/wordpress"
)

// Options say how an import is to be done.
type Options struct {
	Uploads  string         // folder with a copy of wp-content/uploads; "" for none
	SiteURL  string         // of the old site; "" to take the export's word
	MaxFile  int64          // largest file that is taken from Uploads, in bytes
	ReadMore []string       // words that begin a paragraph which only leads to another article
	Progress func(Progress) // nil for none; called often
}

// Progress is how far a file was read.
type Progress struct {
	File     string
	Size     int64 // of the file, in bytes
	Read     int64
	Articles int // of all files so far
}

// WordPress brings in exports of one WordPress site. It is for one call of Run.
type WordPress struct {
	desk   *desk.Desk
	store  *store.Store
	disk   *media.Disk
	report *Report
	o      Options

	file     string
	site     site
	source   store.SourceID
	articles int
	zone     zoneGuess
	terms    terms
	menus    menus
	seen     map[int64]bool // old ids of the articles in these exports
	attached map[int64]attachment
	moves    []news.Address

	batch     []desk.ImportItem
	posts     []*wordpress.Post // of the batch
	batchSize int
}

// NewWordPress makes an import into a paper. Pictures go to disk; what happens
// goes to report.
func NewWordPress(d *desk.Desk, s *store.Store, disk *media.Disk, report *Report, o Options) *WordPress {
	w := &WordPress{desk: d, store: s, disk: disk, report: report, o: o, seen: map[int64]bool{}, attached: map[int64]attachment{}, batchSize: 50}
	w.terms.w, w.menus.w = w, w
	return w
}

// Run reads the files in order and then resolves what they name. Everything that
// was whole is stored also when it returns an error; a file that can't be read
// to its end is a fault of kind Invalid, and the files after it are still taken.
func (w *WordPress) Run(ctx context.Context, files []string) error {
	var failed []error
	for _, name := range files {
		err := w.readFile(ctx, name)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err != nil {
			w.report.Add(Entry{What: "file not read to its end", Why: err.Error(), File: name})
			failed = append(failed, fault.Wrap(fault.Invalid, err, "%s", name))
		}
	}
	if w.source == 0 {
		return errors.Join(failed...)
	}
	if err := w.finish(ctx); err != nil {
		return err
	}
	return errors.Join(failed...)
}

func (w *WordPress) readFile(ctx context.Context, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the file can't be opened")
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	w.file = name
	in := &counter{r: f}
	tell := func() {
		if w.o.Progress != nil {
			w.o.Progress(Progress{File: name, Size: info.Size(), Read: in.n.Load(), Articles: w.articles})
		}
	}
	err = w.pipe(ctx, in, func(m mapped) error {
		tell()
		return w.take(ctx, m)
	})
	if e := w.flush(ctx); err == nil || fault.Is(err, fault.Invalid) && e != nil {
		err = e
	}
	return err
}

// counter counts what is read through it.
type counter struct {
	r io.Reader
	n atomic.Int64
}

// Read reads on.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// take handles one item of the file, in its order.
func (w *WordPress) take(ctx context.Context, m mapped) error {
	it := m.item
	switch {
	case it.Problem != nil:
		e := Entry{What: it.Problem.Kind, Why: it.Problem.Text, File: w.file, Offset: it.Problem.Offset}
		if it.Problem.ItemID != 0 {
			e.Item = fmt.Sprintf("item %d", it.Problem.ItemID)
		}
		w.report.Add(e)
		return nil
	case it.Site != nil:
		return w.begin(ctx, it.Site)
	case it.Author != nil:
		return w.terms.author(ctx, it.Author)
	case it.Category != nil:
		w.terms.declare(it.Category)
		return nil
	case it.Tag != nil:
		w.terms.declare(it.Tag)
		return nil
	case it.Term != nil:
		w.menus.term(it.Term)
		w.terms.declare(it.Term)
		return nil
	}
	return w.post(ctx, m)
}

// site is what is known of the old site.
type site struct {
	address string // as "https://old.example/blog", without a slash at the end
	host    string // without "www."
}

// begin takes the head of a file: what the old site was called goes into the
// settings of a paper that has no name yet.
func (w *WordPress) begin(ctx context.Context, s *wordpress.Site) error {
	address := w.o.SiteURL
	for _, a := range []string{s.BaseBlogURL, s.Link, s.BaseSiteURL} {
		if address == "" {
			address = a
		}
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return fault.New(fault.Invalid, "the export does not say where its site was; name it with -site-url")
	}
	w.site = site{strings.TrimRight(u.Scheme+"://"+u.Host+u.Path, "/"), bareHost(u.Host)}
	if w.source, err = w.desk.ImportSource(ctx, "wordpress", w.site.address); err != nil {
		return err
	}
	settings, err := w.store.Settings(ctx)
	if err != nil || settings.Title != "" {
		return err
	}
	return w.desk.ChangeSettings(ctx, desk.Importer, func(p *news.Settings) error {
		p.Title, p.Tagline, p.Address = s.Title, s.Description, u.Scheme+"://"+u.Host
		if p.Title == "" {
			p.Title = u.Host
		}
		if s.Language != "" {
			p.Language = strings.ReplaceAll(s.Language, "_", "-")
		}
		return nil
	})
}

func bareHost(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }

// own reports whether an address is of the old site, and returns its path and
// query then.
func (s *site) own(href string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Opaque != "" {
		return nil, false
	}
	if u.Host == "" {
		return u, strings.HasPrefix(u.Path, "/") || u.RawQuery != "" && u.Path == ""
	}
	return u, (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "") && bareHost(u.Host) == s.host
}

// finish does what can only be done when all files were read. Each step can be
// done again.
func (w *WordPress) finish(ctx context.Context) error {
	for _, step := range []func(context.Context) error{w.attachmentPages, w.storeMoves, w.resolve, w.menus.store, w.listMissing, w.setZone} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// setZone sets the paper's time zone where nobody has.
func (w *WordPress) setZone(ctx context.Context) error {
	settings, err := w.store.Settings(ctx)
	if err != nil || settings.TimeZone != "UTC" {
		return err
	}
	zone := w.zone.zone()
	if zone == "" || zone == "UTC" {
		return nil
	}
	w.report.Add(Entry{What: "time zone", Why: fmt.Sprintf("the times of the items are those of %s; the paper's time zone was set to it", zone)})
	return w.desk.ChangeSettings(ctx, desk.Importer, func(p *news.Settings) error {
		p.TimeZone = zone
		return nil
	})
}

// listMissing lists the articles that an earlier import brought and these
// exports lack.
func (w *WordPress) listMissing(ctx context.Context) error {
	const step = 1000
	for after := ""; ; {
		list, err := w.store.ImportedAfter(ctx, w.source, news.ArticleNoun, after, step)
		if err != nil {
			return err
		}
		for _, m := range list {
			after = m.OldID
			if id := number(m.OldID); !w.seen[id] {
				w.report.Add(Entry{What: "not in this export", Why: "an earlier import brought it; it stays as it is", Item: "item " + m.OldID})
			}
		}
		if len(list) < step {
			return nil
		}
	}
}

// pause lets others write between two batches: see the package's promise that a
// reader's comment never waits long while an import runs.
const (
	longestHold = 60 * time.Millisecond
	pause       = 2 * time.Millisecond
)

// flush stores the batch. Its size follows how long the last one took, so that
// no transaction holds the store for long.
func (w *WordPress) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	began := time.Now()
	results, err := w.desk.ImportArticles(ctx, w.source, w.batch)
	if err != nil {
		return err
	}
	w.tell(results)
	switch took := time.Since(began); {
	case took > longestHold:
		w.batchSize = max(5, w.batchSize*2/3)
	case took < longestHold/2:
		w.batchSize = min(400, w.batchSize*5/4+1)
	}
	w.batch, w.posts = w.batch[:0], w.posts[:0]
	time.Sleep(pause)
	return nil
}

// tell reports what became of the batch.
func (w *WordPress) tell(results []desk.ImportResult) {
	byID := map[string]*wordpress.Post{}
	for _, p := range w.posts {
		byID[fmt.Sprint(p.ID)] = p
	}
	for _, r := range results {
		p := byID[r.OldID]
		noun := "articles"
		if p.Type == "page" {
			noun = "standing pages"
		}
		w.report.Count(noun+" "+string(r.Outcome), 1)
		w.report.Count("comments imported", r.NewComments)
		w.articles++
		if r.Outcome == desk.Kept {
			w.report.Add(w.entry(p, "edited here", "the export has another version; the one edited here was kept"))
		}
		if c := r.Collision; c != nil {
			w.report.Add(w.collision(p, c))
		}
	}
}

func (w *WordPress) collision(p *wordpress.Post, c *desk.Collision) Entry {
	by := "Broadsheet itself"
	if c.Taken.Noun != "" {
		by = c.Taken.String()
	}
	why := fmt.Sprintf("its old path %s belongs to %s here; it stands at %s instead", c.Path, by, c.Given)
	switch {
	case c.Gave:
		why = fmt.Sprintf("its old path %s was taken by %s, which has given way to %s", c.Path, by, c.Given)
	case c.Given == "":
		why = fmt.Sprintf("its old path %s belongs to %s here; it has no address until it is published", c.Path, by)
	}
	e := w.entry(p, "path collides", why)
	e.Path = c.Given
	return e
}

// entry begins a line of the report about a post.
func (w *WordPress) entry(p *wordpress.Post, what, why string) Entry {
	kind := p.Type
	if kind == "" {
		kind = "item"
	}
	return Entry{What: what, Why: why, File: w.file, Offset: p.Offset, Item: fmt.Sprintf("%s %d", kind, p.ID), Title: p.Title}
}
