package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"broadsheet/internal/ads"
)

// read takes over what a file says and notes the line of each key.
func (c *Config) read(file string, text []byte) Problems {
	name := filepath.Base(file)
	if wrong := c.lines(name, text); wrong != nil {
		return wrong
	}
	d := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields()
	err := d.Decode(c)
	if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		var wrong Problems
		for i := range unknown.Errors {
			e := &unknown.Errors[i]
			line, _ := e.Position()
			wrong = append(wrong, fmt.Sprintf("%s:%d: there is no key %q%s", name, line, strings.Join(e.Key(), "."), suggestion(e.Key())))
		}
		return wrong
	}
	if e, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := e.Position()
		words := strings.TrimPrefix(e.Error(), "toml: ")
		if key := strings.Join(e.Key(), "."); key != "" {
			words = key + ": " + words
		}
		return Problems{fmt.Sprintf("%s:%d: %s", name, line, words)}
	}
	if err != nil {
		return Problems{fmt.Sprintf("%s: %s", name, err)}
	}
	return nil
}

// lines notes where each key stands, and finds values of the wrong kind, which
// the decoder names in a programmer's words. What is no TOML at all it leaves to
// the decoder.
func (c *Config) lines(name string, text []byte) Problems {
	var wrong Problems
	var p unstable.Parser
	p.Reset(text)
	table, plain := "", "" // the table we are in, with and without a number
	ad := -1
	for p.NextExpression() {
		e := p.Expression()
		key, line := keyOf(&p, e)
		if line == 0 {
			continue // a comment
		}
		from := fmt.Sprintf("%s:%d", name, line)
		switch e.Kind {
		case unstable.ArrayTable:
			ad++
			table, plain = fmt.Sprintf("%s[%d]", key, ad), key
			c.origin[table] = from
		case unstable.Table:
			table, plain = key, key
		default:
			c.origin[strings.TrimPrefix(table+"."+key, ".")] = from
			wrong = append(wrong, c.value(strings.TrimPrefix(plain+"."+key, "."), from, e.Value())...)
		}
	}
	return wrong
}

// keyOf is the key of a line, in small letters as the decoder finds it.
func keyOf(p *unstable.Parser, e *unstable.Node) (key string, line int) {
	if e.Kind == unstable.Comment {
		return "", 0
	}
	var parts []string
	for k := e.Key(); k.Next(); {
		if line == 0 {
			line = p.Shape(k.Node().Raw).Start.Line
		}
		parts = append(parts, strings.ToLower(string(k.Node().Data)))
	}
	return strings.Join(parts, "."), line
}

// value checks the kind of a value, or of each in an inline table.
func (c *Config) value(key, from string, v *unstable.Node) Problems {
	if v.Kind == unstable.InlineTable {
		var wrong Problems
		for all := v.Children(); all.Next(); {
			var parts []string
			for k := all.Node().Key(); k.Next(); {
				parts = append(parts, strings.ToLower(string(k.Node().Data)))
			}
			inner := key + "." + strings.Join(parts, ".")
			c.origin[inner] = from
			wrong = append(wrong, c.value(inner, from, all.Node().Value())...)
		}
		return wrong
	}
	s, ok := settingFor(key)
	var words string
	switch {
	case ok:
		words = wants(s.field(c), v.Kind)
	case key == "ads.weight":
		words = wants(new(int), v.Kind)
	case slices.Contains(adKeys(), key):
		words = wants(new(string), v.Kind)
	}
	if words == "" {
		return nil
	}
	return Problems{fmt.Sprintf("%s: %s: %s", from, key, words)}
}

// adKeys are the keys of an advertisement.
func adKeys() []string {
	var keys []string
	for f := range reflect.TypeFor[ads.Booking]().Fields() {
		keys = append(keys, "ads."+f.Tag.Get("toml"))
	}
	return keys
}

// suggestion names the key that an unknown one was most likely meant to be.
func suggestion(unknown toml.Key) string {
	meant := strings.ToLower(strings.Join(unknown, "."))
	known := adKeys()
	for _, s := range settings {
		known = append(known, s.key)
	}
	best := slices.MinFunc(known, func(a, b string) int { return cmp.Compare(distance(meant, a), distance(meant, b)) })
	if last := unknown[len(unknown)-1]; distance(meant, best) > 1+len(meant)/3 {
		// Right key, wrong table, or none.
		i := slices.IndexFunc(known, func(k string) bool { return strings.HasSuffix("."+k, "."+strings.ToLower(last)) })
		if i < 0 {
			return ""
		}
		best = known[i]
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance is how many letters must be added, dropped or changed between two
// words (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
