package wordpress

import (
	"bytes"
	"errors"
	"io"
)

// chunk is how much is read at once at least, maxItem how large a text may be.
const (
	chunk   = 16 << 10
	maxItem = 16 << 20
)

// token is a tag or a run of text.
type token struct {
	kind  tokenKind
	name  string // of a tag, with its prefix
	attrs string // raw, of a start tag
	text  []byte // of text: entities resolved; of CDATA: as it stands
	empty bool   // a start tag that ends itself
}

type tokenKind byte

const (
	startTag tokenKind = iota + 1
	endTag
	text
	cdata
)

// scanner cuts a stream into tags and text, tolerantly: whatever stands between
// a "<" that begins no tag and the next one is text.
type scanner struct {
	r      io.Reader
	buf    []byte
	pos    int   // of the next byte in buf
	base   int64 // offset of buf[0] in the stream
	eof    bool
	err    error  // of r, other than io.EOF
	open   string // name of the element whose text is read, as written
	repair func(kind, text string)
}

var errCutOff = errors.New("the file ends in the middle of an item")

func (s *scanner) offset() int64 { return s.base + int64(s.pos) }

// fill reads on; false at the end of the stream. What lies before keep is
// dropped.
func (s *scanner) fill(keep int) bool {
	if s.eof {
		return false
	}
	if keep > 0 {
		n := copy(s.buf, s.buf[keep:])
		s.buf = s.buf[:n]
		s.base += int64(keep)
		s.pos -= keep
	}
	if len(s.buf)-s.pos > maxItem {
		s.err = errors.New("a text of more than 16 MB")
		s.eof = true
		return false
	}
	start := len(s.buf)
	if cap(s.buf)-start < chunk {
		grown := make([]byte, start, 2*cap(s.buf)+2*chunk)
		copy(grown, s.buf)
		s.buf = grown
	}
	n, err := s.r.Read(s.buf[start:cap(s.buf)])
	s.buf = s.buf[:start+n]
	if err != nil {
		s.eof = true
		if err != io.EOF {
			s.err = err
		}
	}
	return n > 0 || !s.eof
}

// find returns the index in buf of the first sep at or behind from, reading on
// as far as needed; -1 at the end of the stream.
func (s *scanner) find(sep []byte, from int) int {
	for {
		if i := bytes.Index(s.buf[from:], sep); i >= 0 {
			return from + i
		}
		next := max(from, len(s.buf)-len(sep)+1)
		shift := s.pos
		if !s.fill(s.pos) {
			return -1
		}
		from = next - shift
	}
}

func (s *scanner) has(n int) bool {
	for len(s.buf)-s.pos < n {
		if !s.fill(s.pos) {
			return false
		}
	}
	return true
}

var (
	lt         = []byte("<")
	gt         = []byte(">")
	cdataOpen  = []byte("<![CDATA[")
	cdataClose = []byte("]]>")
	comment    = []byte("<!--")
	commentEnd = []byte("-->")
)

// next returns the next token; its text is valid until the call after. io.EOF is
// the end of the stream, errCutOff an end within a tag.
func (s *scanner) next() (token, error) {
	for {
		if !s.has(1) {
			if s.err != nil {
				return token{}, s.err
			}
			return token{}, io.EOF
		}
		if s.buf[s.pos] != '<' {
			return s.scanText()
		}
		switch {
		case s.prefix(cdataOpen):
			return s.scanCDATA()
		case s.prefix(comment):
			if !s.skipTo(commentEnd) {
				return token{}, errCutOff
			}
		case s.prefix([]byte("<?")):
			if !s.skipTo([]byte("?>")) {
				return token{}, errCutOff
			}
		case s.prefix([]byte("<!")):
			if !s.skipDeclaration() {
				return token{}, errCutOff
			}
		case !s.has(2):
			s.pos = len(s.buf)
			return token{}, errCutOff
		case nameByte(s.buf[s.pos+1]), s.buf[s.pos+1] == '/':
			return s.scanTag()
		default:
			s.repair("stray <", "a < that begins no tag was read as text")
			s.pos++
			return token{kind: text, text: lt}, nil
		}
	}
}

func (s *scanner) prefix(p []byte) bool {
	return s.has(len(p)) && bytes.HasPrefix(s.buf[s.pos:], p)
}

func (s *scanner) skipTo(end []byte) bool {
	i := s.find(end, s.pos)
	if i < 0 {
		s.pos = len(s.buf)
		return false
	}
	s.pos = i + len(end)
	return true
}

// skipDeclaration passes a DOCTYPE with all it declares. Entities are never
// expanded, so a file can't blow itself up.
func (s *scanner) skipDeclaration() bool {
	end := s.find(gt, s.pos)
	if end < 0 {
		s.pos = len(s.buf)
		return false
	}
	if bytes.IndexByte(s.buf[s.pos:end], '[') >= 0 {
		return s.skipTo([]byte("]>")) || s.skipTo(gt)
	}
	s.pos = end + 1
	return true
}

func (s *scanner) scanText() (token, error) {
	end := s.find(lt, s.pos)
	if end < 0 {
		end = len(s.buf)
	}
	t := s.buf[s.pos:end]
	s.pos = end
	return token{kind: text, text: t}, nil
}

// scanCDATA reads a section. WordPress writes "]]>" within one as
// "]]]]><![CDATA[>", which the joining of neighbours undoes. A bare "]]>" that
// neither the end of the open element nor another section follows is part of the
// text.
func (s *scanner) scanCDATA() (token, error) {
	s.pos += len(cdataOpen)
	skipped := 0 // of the text, behind which to look on
	for {
		end := s.find(cdataClose, s.pos+skipped)
		if end < 0 {
			s.pos = len(s.buf)
			return token{}, errCutOff
		}
		skipped = end - s.pos + len(cdataClose)
		if s.closes(skipped) {
			t := s.buf[s.pos : s.pos+skipped-len(cdataClose)]
			s.pos += skipped
			return token{kind: cdata, text: t}, nil
		}
		s.repair("]]> in text", "a ]]> inside a text was read as part of it")
	}
}

// closes reports whether the open element ends, or another section begins, n
// bytes from here, white space aside.
func (s *scanner) closes(n int) bool {
	for s.has(n+1) && isSpace(s.buf[s.pos+n]) {
		n++
	}
	if !s.has(n + 1) {
		return true
	}
	for _, follow := range []string{"</" + s.open, string(cdataOpen)} {
		if s.has(n+len(follow)) && string(s.buf[s.pos+n:s.pos+n+len(follow)]) == follow {
			return true
		}
	}
	return false
}

func (s *scanner) scanTag() (token, error) {
	const longest = 64 << 10 // of a tag: a quote that never closes must not eat the file
	end := s.find(gt, s.pos)
	var quote byte
	for looked := 0; end >= 0 && end-s.pos < longest; {
		if quote = openQuote(quote, s.buf[s.pos+looked:end]); quote == 0 {
			break
		}
		looked = end - s.pos
		end = s.find(gt, s.pos+looked+1)
	}
	if end < 0 {
		s.pos = len(s.buf)
		return token{}, errCutOff
	}
	raw := s.buf[s.pos+1 : end]
	s.pos = end + 1
	t := token{kind: startTag}
	if len(raw) > 0 && raw[0] == '/' {
		t.kind, raw = endTag, raw[1:]
	} else if len(raw) > 0 && raw[len(raw)-1] == '/' {
		t.empty, raw = true, raw[:len(raw)-1]
	}
	n := 0
	for n < len(raw) && !isSpace(raw[n]) && raw[n] != '/' {
		n++
	}
	t.name, t.attrs = string(raw[:n]), string(raw[n:])
	return t, nil
}

// openQuote is the quote that is open behind a part of a tag, before which open
// was; 0 for none.
func openQuote(open byte, part []byte) byte {
	for _, c := range part {
		switch {
		case open == 0 && (c == '"' || c == '\''):
			open = c
		case c == open:
			open = 0
		}
	}
	return open
}

func nameByte(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
