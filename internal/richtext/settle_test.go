package richtext

import "testing"

func TestWhatMeansTheSameIsStoredTheSame(t *testing.T) {
	want := `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"ebb","marks":[{"type":"link","attrs":{"href":"/x"}},{"type":"strong"},{"type":"em"}]},{"type":"hard_break"}]}]}`
	for _, stored := range []string{
		want,
		`{"type":"doc","content":[{"type":"paragraph","attrs":{},"content":[{"type":"text","text":"e","marks":[{"type":"em"},{"type":"link","attrs":{"href":"/x"}},{"type":"strong"}]},{"type":"text"},{"type":"text","text":"bb","marks":[{"type":"strong"},{"type":"em"},{"type":"em"},{"type":"span"},{"type":"link","attrs":{"href":"/x"}},{"type":"link","attrs":{"href":"/y"}}]},{"type":"hard_break","marks":[{"type":"em"}]}]}]}`,
	} {
		d, err := Decode([]byte(stored))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(d.Encode()); got != want {
			t.Errorf("%s\nis stored as %s", stored, got)
		}
	}
	for _, html := range []string{"<b><i>ebb</i></b>", "<i><b>ebb</b></i>", "<i><b>eb</b></i><b><i>b</i></b>"} {
		if got := string(parse(html).Encode()); got != `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"ebb","marks":[{"type":"strong"},{"type":"em"}]}]}]}` {
			t.Errorf("%s is stored as %s", html, got)
		}
	}
}
