package migrate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

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
	language string           // of the paper
	comments news.CommentMode // of an article that takes them
	ids      identities
	ahead    *ahead
	attached []attachment
	moves    []news.Address

	batch     []desk.ImportItem
	batchHeld int                        // bytes of text in the batch
	posts     map[string]*wordpress.Post // of the batch, by key
	batchSize int
}

// NewWordPress makes an import into a paper. Pictures go to disk; what happens
// goes to report.
func NewWordPress(d *desk.Desk, s *store.Store, disk *media.Disk, report *Report, o Options) *WordPress {
	w := &WordPress{desk: d, store: s, disk: disk, report: report, o: o, posts: map[string]*wordpress.Post{}, batchSize: 50}
	w.terms.w, w.menus.w = w, w
	return w
}

// Run reads the files in order and then resolves what they name. Everything that
// was whole is stored also when it returns an error; a file that can't be read
// to its end is a fault of kind Invalid, and the files after it are still taken.
func (w *WordPress) Run(ctx context.Context, files []string) error {
	var err error
	if w.ahead, err = lookAhead(ctx, files); err != nil {
		return err
	}
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
	w.ids.file()
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

// finish does what can only be done when all files were read. Each step can be
// done again.
func (w *WordPress) finish(ctx context.Context) error {
	for _, step := range []func(context.Context) error{w.menus.store, w.attachmentPages, w.storeMoves, w.resolve, w.listMissing, w.setZone} {
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
			if !w.ids.had(m.OldID) {
				w.report.Add(Entry{What: "not in this export", Why: "an earlier import brought it; it stays as it is", Item: "item " + m.OldID})
			}
		}
		if len(list) < step {
			return nil
		}
	}
}
