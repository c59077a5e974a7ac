package wordpress

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

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
	x := &reader{yield: yield}
	x.scan = scanner{r: text, repair: x.repair}
	return x.file()
}

// Unpack returns what a file holds, plain or gzipped.
func Unpack(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if magic, _ := in.Peek(2); len(magic) != 2 || magic[0] != 0x1f || magic[1] != 0x8b {
		return in, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file begins like a .gz and can't be unpacked")
	}
	return bufio.NewReaderSize(z, 64<<10), nil
}

// decoded finds out how the text is encoded and returns it as UTF-8.
func decoded(in *bufio.Reader) (io.Reader, error) {
	head, err := in.Peek(1024)
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			return nil, fault.Wrap(fault.Invalid, err, "the file can't be read")
		}
		return nil, fault.New(fault.Invalid, "the file is empty")
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, fault.New(fault.Invalid, "this is a ZIP file; unpack it and give the XML files in it")
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		_, err := in.Discard(3)
		return in, err
	}
	_, declared, ok := strings.Cut(string(head[:min(len(head), 200)]), "encoding=")
	if !ok || len(declared) < 2 || !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) {
		return in, nil
	}
	name, _, _ := strings.Cut(declared[1:], declared[:1])
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file says that it is encoded as %q, which is not known", name)
	}
	if canonical, err := htmlindex.Name(e); err == nil && canonical == "utf-8" {
		return in, nil
	}
	return transform.NewReader(in, e.NewDecoder()), nil
}

// reader turns tokens into items.
type reader struct {
	scan     scanner
	yield    func(Item) error
	prefixes map[string]string // as written -> as WordPress writes them
	site     Site
	told     bool // the site was yielded
	items    int
	seen     map[int64]bool // ids of posts
	item     int64          // id of the item that is read
	problems []Problem      // of the element that is read
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
	x.seen = map[int64]bool{}
	if err := x.head(); err != nil {
		return err
	}
	err := x.channel()
	if e := x.flush(); err == nil {
		err = e
	}
	switch {
	case errors.Is(err, errCutOff), errors.Is(err, io.ErrUnexpectedEOF):
		return fault.New(fault.Invalid, "the file is cut off at byte %d, in item %d; the %d items before are whole", x.scan.offset(), x.items+1, x.items)
	case x.scan.err != nil && errors.Is(err, x.scan.err):
		return fault.Wrap(fault.Invalid, err, "the file can't be read beyond byte %d; the %d items before are whole", x.scan.offset(), x.items)
	}
	return err
}

// head finds the <rss> element, which must name WordPress's namespace.
func (x *reader) head() error {
	for range 64 {
		t, err := x.scan.next()
		if err != nil {
			return errNoExport
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

// leaf reads the text of an element up to its end tag. Tags within are part of
// the text: somebody has written them unescaped.
func (x *reader) leaf(t token) (string, error) {
	if t.empty {
		return "", nil
	}
	x.scan.open = t.name
	var first []byte
	var more strings.Builder
	parts := 0
	add := func(b []byte) {
		if parts == 0 {
			first = append(first[:0], b...)
		} else {
			if parts == 1 {
				more.Write(first)
			}
			more.Write(b)
		}
		parts++
	}
	depth := 0
	pendingSpace := []byte(nil) // white space around sections is layout
	sawCDATA := false
	for {
		in, err := x.scan.next()
		if err == io.EOF {
			return "", errCutOff
		}
		if err != nil {
			return "", err
		}
		switch in.kind {
		case text:
			b := x.entities(in.text)
			if len(bytes.TrimSpace(b)) == 0 {
				pendingSpace = append([]byte(nil), b...)
				continue
			}
			if pendingSpace != nil && !sawCDATA {
				add(pendingSpace)
			}
			pendingSpace = nil
			add(b)
		case cdata:
			sawCDATA = true
			pendingSpace = nil
			add(in.text)
		case endTag:
			if depth == 0 && in.name == t.name {
				v := more.String()
				if parts <= 1 {
					v = string(first)
				}
				return x.clean(v), nil
			}
			if depth > 0 && in.name == t.name {
				depth--
			}
			add([]byte("</" + in.name + ">"))
		case startTag:
			if in.name == "item" { // the end tag is missing
				return "", errCutOff
			}
			if in.name == t.name && !in.empty {
				depth++
			}
			slash := ""
			if in.empty {
				slash = "/"
			}
			x.repair("markup in text", "tags that were not escaped were read as text")
			add([]byte("<" + in.name + in.attrs + slash + ">"))
		}
	}
}

// clean removes what XML does not allow and mends what is no UTF-8.
func (x *reader) clean(s string) string {
	if valid := strings.ToValidUTF8(s, "\uFFFD"); valid != s {
		x.repair("wrong encoding", "bytes that are no UTF-8 were replaced by \uFFFD")
		s = valid
	}
	bad := func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r == 0xfffe || r == 0xffff
	}
	if strings.IndexFunc(s, bad) >= 0 {
		x.repair("control characters", "control characters were removed")
		s = strings.Map(func(r rune) rune {
			if bad(r) {
				return -1
			}
			return r
		}, s)
	}
	return s
}

// skip passes an element with all in it.
func (x *reader) skip(t token) error {
	if t.empty {
		return nil
	}
	x.scan.open = t.name
	for depth := 1; depth > 0; {
		in, err := x.scan.next()
		if err == io.EOF {
			return errCutOff
		}
		if err != nil {
			return err
		}
		switch {
		case in.kind == startTag && in.name == t.name && !in.empty:
			depth++
		case in.kind == endTag && in.name == t.name:
			depth--
		}
	}
	return nil
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
