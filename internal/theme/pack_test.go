package theme

import (
	"slices"
	"testing"
)

func TestAllFilesCanBePackedAhead(t *testing.T) {
	var done []string
	note := func(name string) func() []byte {
		return func() []byte { done = append(done, name); return nil }
	}
	a := &Assets{byPath: map[string]asset{
		"/a.css": {packed: []packed{{"br", note("a.br")}, {"gzip", note("a.gzip")}}},
		"/b.js":  {packed: []packed{{"br", note("b.br")}}},
		"/c.png": {},
	}}
	a.Pack()
	if slices.Sort(done); !slices.Equal(done, []string{"a.br", "a.gzip", "b.br"}) {
		t.Errorf("packed are %q", done)
	}
}
