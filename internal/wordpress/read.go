package wordpress

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"broadsheet/internal/fault"
)

// Read reads one export from r, plain or gzipped, and calls yield with each item
// in the order of the file; an error of yield ends it and is returned. What was
// repaired or left out comes as items, too. One item is in memory at a time.
//
// What is no export, or ends too early, is a fault of kind Invalid with words
// that say where; all items before were yielded then, and no half one.
func Read(r io.Reader, yield func(Item) error) error {
	in, err := Unpack(r)
	if err != nil {
		return err
	}
	text, err := decoded(in)
	if err != nil {
		return err
	}
	x := &reader{}
	x.yield = func(it Item) error {
		if x.stopped == nil {
			x.stopped = yield(it)
		}
		return x.stopped
	}
	x.scan = scanner{r: text, repair: x.repair}
	return x.file()
}

// reader turns tokens into items.
type reader struct {
	scan     scanner
	yield    func(Item) error  // after an error: that error, and nothing is told any more
	stopped  error             // of the caller's yield
	prefixes map[string]string // as written -> as WordPress writes them
	site     Site
	told     bool // the site was yielded
	items    int
	item     int64     // id of the item that is read
	problems []Problem // of the element that is read
}

func (x *reader) repair(kind, text string) {
	for _, p := range x.problems {
		if p.Kind == kind {
			return // once for each item is enough
		}
	}
	x.problems = append(x.problems, Problem{Offset: x.scan.offset(), ItemID: x.item, Kind: kind, Text: text})
}

// flush yields the problems gathered so far.
func (x *reader) flush() error {
	for i := range x.problems {
		p := x.problems[i]
		if p.ItemID == 0 {
			p.ItemID = x.item
		}
		if err := x.yield(Item{Problem: &p}); err != nil {
			return err
		}
	}
	x.problems = x.problems[:0]
	return nil
}

var errNoExport = fault.New(fault.Invalid, "this is no WordPress export (WXR): it does not begin with an <rss> that holds WordPress's own elements")

func (x *reader) file() error {
	err := x.head()
	if err == nil {
		err = x.channel()
	}
	if e := x.flush(); err == nil {
		err = e
	}
	broken := x.scan.err
	switch {
	case err == nil || x.stopped != nil:
		return x.stopped
	case broken != nil && !errors.Is(broken, io.ErrUnexpectedEOF):
		return fault.Wrap(fault.Invalid, broken, "the file can't be read beyond byte %d; the %d items before are whole", x.scan.offset(), x.items)
	case broken != nil || errors.Is(err, errCutOff):
		return fault.New(fault.Invalid, "the file is cut off at byte %d, in item %d; the %d items before are whole", x.scan.offset(), x.items+1, x.items)
	}
	return err
}

// head finds the <rss> element, which must name WordPress's namespace.
func (x *reader) head() error {
	for range 64 {
		t, err := x.scan.next()
		if err == io.EOF {
			return errCutOff
		}
		if err != nil {
			return err
		}
		switch {
		case t.kind == startTag && local(t.name) == "rss":
			x.prefixes = namespaces(t.attrs)
			for _, known := range x.prefixes {
				if known == "wp" {
					return nil
				}
			}
			return errNoExport
		case t.kind == text && len(bytes.TrimSpace(bytes.TrimPrefix(t.text, []byte("\ufeff")))) == 0:
		default:
			return errNoExport
		}
	}
	return errNoExport
}

// channel reads what stands in <channel>.
func (x *reader) channel() error {
	for {
		t, err := x.scan.next()
		if err == io.EOF {
			return errCutOff
		}
		if err != nil {
			return err
		}
		if t.kind == endTag && local(t.name) == "channel" {
			return x.tellSite()
		}
		if t.kind != startTag || t.empty {
			continue
		}
		if err := x.element(t); err != nil {
			return err
		}
	}
}

// element reads one child of the channel.
func (x *reader) element(t token) error {
	begin := x.scan.offset() - int64(len(t.name)+len(t.attrs)+2)
	switch name := x.name(t.name); name {
	case "channel":
		return nil
	case "item":
		if err := x.tellSite(); err != nil {
			return err
		}
		return x.readItem(t, begin)
	case "wp:author", "wp:category", "wp:tag", "wp:term":
		if err := x.tellSite(); err != nil {
			return err
		}
		return x.readTerm(t, name)
	case "title", "link", "description", "language", "wp:wxr_version", "wp:base_site_url", "wp:base_blog_url":
		v, err := x.leaf(t)
		if err != nil {
			return err
		}
		x.siteField(name, v)
		return nil
	}
	return x.skip(t)
}

func (x *reader) siteField(name, v string) {
	to := map[string]*string{"title": &x.site.Title, "link": &x.site.Link, "description": &x.site.Description, "language": &x.site.Language,
		"wp:wxr_version": &x.site.Version, "wp:base_site_url": &x.site.BaseSiteURL, "wp:base_blog_url": &x.site.BaseBlogURL}[name]
	if *to == "" {
		*to = strings.TrimSpace(v)
	}
}

func (x *reader) tellSite() error {
	if x.told {
		return nil
	}
	x.told = true
	site := x.site
	return x.yield(Item{Site: &site})
}

// children reads the children of t and hands each to f, which must consume it.
func (x *reader) children(t token, f func(in token, name string) error) error {
	if t.empty {
		return nil
	}
	for {
		in, err := x.scan.next()
		if err == io.EOF {
			return errCutOff
		}
		if err != nil {
			return err
		}
		switch {
		case in.kind == endTag && in.name == t.name:
			return nil
		case in.kind == endTag && local(in.name) == "channel":
			return errCutOff
		case in.kind == startTag && in.name == "item" && t.name == "item":
			return fmt.Errorf("%w: an item begins inside another", errCutOff)
		case in.kind == startTag:
			if err := f(in, x.name(in.name)); err != nil {
				return err
			}
		}
	}
}

// name is an element's name with the prefix that WordPress uses.
func (x *reader) name(written string) string {
	prefix, name, ok := strings.Cut(written, ":")
	if !ok {
		return written
	}
	if known := x.prefixes[prefix]; known != "" {
		return known + ":" + name
	}
	return written
}

func local(name string) string {
	if _, after, ok := strings.Cut(name, ":"); ok {
		return after
	}
	return name
}
