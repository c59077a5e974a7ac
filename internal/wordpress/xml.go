package wordpress

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// namespaces maps the prefixes that attributes declare to those that WordPress
// uses for the same namespace.
func namespaces(attrs string) map[string]string {
	all := map[string]string{}
	for name, value := range attributes(attrs) {
		prefix, ok := strings.CutPrefix(name, "xmlns:")
		if !ok {
			continue
		}
		switch {
		case strings.Contains(value, "wordpress.org/export/") && strings.Contains(value, "/excerpt"):
			all[prefix] = "excerpt"
		case strings.Contains(value, "wordpress.org/export/"):
			all[prefix] = "wp"
		case strings.Contains(value, "purl.org/rss/1.0/modules/content"):
			all[prefix] = "content"
		case strings.Contains(value, "purl.org/dc/elements"):
			all[prefix] = "dc"
		}
	}
	return all
}

// attributes parses a tag's attributes, in either kind of quotes or none.
func attributes(s string) map[string]string {
	all := map[string]string{}
	for {
		s = strings.TrimLeft(s, " \t\r\n/")
		i := strings.IndexAny(s, "= \t\r\n")
		if i <= 0 {
			return all
		}
		name := s[:i]
		rest, ok := strings.CutPrefix(strings.TrimLeft(s[i:], " \t\r\n"), "=")
		if !ok {
			s = s[i:]
			continue
		}
		rest = strings.TrimLeft(rest, " \t\r\n")
		var value string
		if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
			value, s, _ = strings.Cut(rest[1:], rest[:1])
		} else {
			end := strings.IndexAny(rest, " \t\r\n")
			if end < 0 {
				end = len(rest)
			}
			value, s = rest[:end], rest[end:]
		}
		all[name] = html.UnescapeString(value)
	}
}

var entityNames = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

// entities resolves XML's five entities and numbers. HTML's others, which some
// plug-ins write, are understood; what is none stays as it is. Each of these is
// told.
func (x *reader) entities(b []byte) []byte {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i >= 0 {
		out = append(out, b[:i]...)
		b = b[i:]
		const longest = 40
		end := bytes.IndexByte(b[:min(len(b), longest)], ';')
		value, ok := "", false
		if end > 1 {
			value, ok = x.entity(string(b[1:end]))
		}
		if ok {
			out = append(out, value...)
			b = b[end+1:]
		} else {
			x.repair("bare &", "a & that begins no entity was read as it stands")
			out = append(out, '&')
			b = b[1:]
		}
		i = bytes.IndexByte(b, '&')
	}
	return append(out, b...)
}

func (x *reader) entity(name string) (string, bool) {
	if v, ok := entityNames[name]; ok {
		return v, true
	}
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		base := 10
		if hex := strings.TrimLeft(digits, "xX"); hex != digits {
			digits, base = hex, 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || n > utf8.MaxRune || n == 0 {
			return "", false
		}
		return string(rune(n)), true
	}
	written := "&" + name + ";"
	if v := html.UnescapeString(written); v != written {
		x.repair("HTML entity", "an entity of HTML was understood in XML")
		return v, true
	}
	return "", false
}
