package page_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"broadsheet/internal/page"
)

// unpack is what a browser reads of a gzip body.
func unpack(t testing.TB, body []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r) // checks length and CRC
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// whole is a page of parts, of which those that begin with "slot " are slots, and
// what is drawn for these: the rest of their names; nothing for "slot ".
func whole(t testing.TB, parts []string) (w *page.Whole, drawn []*page.Block, html string) {
	t.Helper()
	piece := &page.Piece{}
	for _, p := range parts {
		if name, ok := strings.CutPrefix(p, "slot "); ok {
			piece.Parts = append(piece.Parts, page.Part{Slot: p})
			var b *page.Block
			if name != "" {
				b = page.NewBlock([]byte(name))
			}
			drawn, html = append(drawn, b), html+name
			continue
		}
		piece.Parts, html = append(piece.Parts, page.Part{Block: page.NewBlock([]byte(p))}), html+p
	}
	w, err := page.NewPress(nil, page.Marks{}, nil, page.NewChanges(1), 0).Join(t.Context(), piece, nil, "2026-07-05")
	if err != nil {
		t.Fatal(err)
	}
	return w, drawn, html
}

func body(w *page.Whole, drawn []*page.Block) []byte {
	var end page.Trailer
	return bytes.Join(w.AppendGzip(nil, drawn, &end), nil)
}

func TestJoinedBlocksAreOneGzipBody(t *testing.T) {
	long := strings.Repeat("The council votes tonight. ", 40_000)
	for _, parts := range [][]string{nil, {""}, {"<p>"}, {"a", "", "b"}, {"مرحبا", "\x00\xff"}, {long, "x", long, "", "y"},
		{"slot "}, {"slot only"}, {"slot a", "slot b"}, {"a", "slot x", "b", "c", "slot ", "slot y", "d"}, {long, "slot " + long, long, long}} {
		w, drawn, want := whole(t, parts)
		if got := unpack(t, body(w, drawn)); string(got) != want {
			t.Errorf("%.20q: %d bytes, want %d", parts, len(got), len(want))
		}
		if got := w.AppendHTML([]byte("before"), drawn); string(got) != "before"+want {
			t.Errorf("%.20q without gzip: %d bytes, want %d", parts, len(got), len(want))
		}
	}
}

func FuzzABodyIsWhatItsBlocksHold(f *testing.F) {
	f.Add([]byte("<p>Words</p>"), uint16(3), uint16(7))
	f.Add([]byte{}, uint16(0), uint16(0))
	f.Fuzz(func(t *testing.T, html []byte, i, k uint16) {
		a := min(int(i), len(html))
		b := min(a+int(k), len(html))
		for _, slot := range []string{"", "slot "} {
			w, drawn, _ := whole(t, []string{string(html[:a]), slot + string(html[a:b]), string(html[b:])})
			if got := unpack(t, body(w, drawn)); !bytes.Equal(got, html) && !bytes.HasPrefix(html[a:b], []byte("slot ")) {
				t.Errorf("%q cut at %d and %d has become %q", html, a, b, got)
			}
		}
	})
}

// What is joined for each view allocates nothing.
func TestToJoinAPageAllocatesNothing(t *testing.T) {
	w, drawn, _ := whole(t, []string{"a", "b", "slot c", "d", "slot e", "f"})
	dst, end := make([][]byte, 0, 16), new(page.Trailer)
	if n := testing.AllocsPerRun(100, func() { dst = w.AppendGzip(dst[:0], drawn, end) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkJoin(b *testing.B) {
	part := strings.Repeat("The council votes tonight on the budget. ", 30)
	w, drawn, _ := whole(b, []string{part, part, part, "slot A breakfast.", part, part, "slot Another.", part})
	dst, end := make([][]byte, 0, 16), new(page.Trailer)
	for b.Loop() {
		dst = w.AppendGzip(dst[:0], drawn, end)
	}
}
