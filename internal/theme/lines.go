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
		key := strings.Join(parts, ".")
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
