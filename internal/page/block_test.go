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

func TestJoinedBlocksAreOneGzipBody(t *testing.T) {
	long := strings.Repeat("The council votes tonight. ", 40_000)
	for _, parts := range [][]string{nil, {""}, {"<p>"}, {"a", "", "b"}, {"مرحبا", "\x00\xff"}, {long, "x", long, "", "y"}} {
		var blocks []*page.Block
		for _, p := range parts {
			blocks = append(blocks, page.NewBlock([]byte(p)))
		}
		want := strings.Join(parts, "")
		if got := unpack(t, page.AppendGzip([]byte("before"), blocks)[len("before"):]); string(got) != want {
			t.Errorf("%.20q: %d bytes, want %d", parts, len(got), len(want))
		}
		if got := page.AppendHTML([]byte("before"), blocks); string(got) != "before"+want {
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
		blocks := []*page.Block{page.NewBlock(html[:a]), page.NewBlock(html[a:b]), page.NewBlock(html[b:])}
		if got := unpack(t, page.AppendGzip(nil, blocks)); !bytes.Equal(got, html) {
			t.Errorf("%q cut at %d and %d has become %q", html, a, b, got)
		}
	})
}

func BenchmarkJoin(b *testing.B) {
	var blocks []*page.Block
	for range 7 {
		blocks = append(blocks, page.NewBlock(bytes.Repeat([]byte("The council votes tonight on the budget. "), 30)))
	}
	dst := make([]byte, 0, 64<<10)
	for b.Loop() {
		dst = page.AppendGzip(dst[:0], blocks)
	}
}
