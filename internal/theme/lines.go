package theme

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// lines are where the keys of a TOML file stand, as "fonts.paper.head" and, in
// lists of tables, "layouts[0].label".
type lines map[string]int

// linesOf reads the places of a file that was decoded already.
func linesOf(text []byte) lines {
	at, count := lines{}, map[string]int{}
	var p unstable.Parser
	p.Reset(text)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind == unstable.Comment {
			continue
		}
		var parts []string
		line := 0
		for k := e.Key(); k.Next(); {
			if line == 0 {
				line = p.Shape(k.Node().Raw).Start.Line
			}
			parts = append(parts, string(k.Node().Data))
		}
		key := below(parts, count)
		switch e.Kind {
		case unstable.Table:
			table = key
			at[table] = line
		case unstable.ArrayTable:
			table = fmt.Sprintf("%s[%d]", key, count[key])
			count[key]++
			at[table] = line
		default:
			at[strings.TrimPrefix(table+"."+key, ".")] = line
		}
	}
	return at
}

// below joins the parts of a key; what stands in a list of tables belongs to the
// last of them so far.
func below(parts []string, count map[string]int) string {
	key := ""
	for i, part := range parts {
		key = strings.TrimPrefix(key+"."+part, ".")
		if n := count[key]; n > 0 && i < len(parts)-1 {
			key = fmt.Sprintf("%s[%d]", key, n-1)
		}
	}
	return key
}

// of is the line of a key, or else of what it is part of; 0 where that is not
// known.
func (l lines) of(key string) int {
	for key != "" {
		if line := l[key]; line > 0 {
			return line
		}
		key = key[:max(strings.LastIndexByte(key, '.'), 0)]
	}
	return 0
}
