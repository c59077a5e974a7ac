package wordpress

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// leaf reads the text of an element up to its end tag. Tags within are part of
// the text: somebody has written them unescaped.
func (x *reader) leaf(t token) (string, error) {
	if t.empty {
		return "", nil
	}
	x.scan.open = t.name
	var v leafText
	for depth := 0; ; {
		in, err := x.scan.next()
		if err == io.EOF {
			return "", errCutOff
		}
		if err != nil {
			return "", err
		}
		switch in.kind {
		case text:
			v.text(x.entities(in.text))
		case cdata:
			v.section(in.text)
		case endTag:
			if in.name == t.name {
				if depth == 0 {
					return x.clean(v.String()), nil
				}
				depth--
			}
			v.text([]byte("</" + in.name + ">"))
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
			v.text([]byte("<" + in.name + in.attrs + slash + ">"))
		}
	}
}

// leafText gathers the parts of an element's text. Nearly all have one part only,
// which is copied once.
type leafText struct {
	first    []byte
	more     strings.Builder
	parts    int
	space    []byte // white space that is layout if a section follows
	sections bool
}

func (v *leafText) add(b []byte) {
	switch v.parts {
	case 0:
		v.first = append(v.first, b...)
	case 1:
		v.more.Write(v.first)
		fallthrough
	default:
		v.more.Write(b)
	}
	v.parts++
}

func (v *leafText) text(b []byte) {
	if len(bytes.TrimSpace(b)) == 0 {
		v.space = append([]byte(nil), b...)
		return
	}
	if v.space != nil && !v.sections {
		v.add(v.space)
	}
	v.space = nil
	v.add(b)
}

func (v *leafText) section(b []byte) {
	v.sections, v.space = true, nil
	v.add(b)
}

func (v *leafText) String() string {
	if v.parts <= 1 {
		return string(v.first)
	}
	return v.more.String()
}

// clean removes what XML does not allow and mends what is no UTF-8.
func (x *reader) clean(s string) string {
	if !utf8.ValidString(s) {
		x.repair("wrong encoding", "bytes that are no UTF-8 were replaced by \uFFFD")
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if !suspicious(s) {
		return s
	}
	cleaned := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
	if cleaned != s {
		x.repair("control characters", "control characters were removed")
	}
	return cleaned
}

// suspicious reports, byte by byte since every text passes here, whether s may
// hold what XML does not allow.
func suspicious(s string) bool {
	for i := range len(s) {
		const lead = 0xef // of U+FFFE and U+FFFF, among others
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f || c == lead {
			return true
		}
	}
	return false
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
		if in.kind == startTag && !in.empty {
			x.scan.open = in.name // a text in there ends with that one's end
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
