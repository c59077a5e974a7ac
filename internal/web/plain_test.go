package web

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestOnlyTheSimplestRequestsArePlain(t *testing.T) {
	const host = "Host: paper.example\r\n"
	for _, tt := range []struct {
		name, request string
		want          verdict
		path          string // of a plain one; "" for odd
	}{
		{"a browser's", "GET /world/ HTTP/1.1\r\n" + host + "Accept-Encoding: gzip, br\r\nUser-Agent: x (y)\r\nSec-Fetch-Mode: navigate\r\nConnection: keep-alive\r\n\r\n", isPlain, "/world/"},
		{"its head", "HEAD / HTTP/1.1\r\n" + host + "\r\n", isPlain, "/"},
		{"an Arabic address", "GET /%D8%B9%D8%A7%D9%84%D9%85/ HTTP/1.1\r\n" + host + "\r\n", isPlain, "/عالم/"},
		{"what is no UTF-8", "GET /%ff/ HTTP/1.1\r\n" + host + "\r\n", isPlain, "/\xff/"},
		{"with bytes behind it", "GET / HTTP/1.1\r\n" + host + "\r\nGET /next", isPlain, "/"},
		{"a letter in hex", "GET /%41 HTTP/1.1\r\n" + host + "\r\n", isPlain, ""},
		{"half a number", "GET /%4 HTTP/1.1\r\n" + host + "\r\n", isPlain, ""},
		{"no number", "GET /%zz HTTP/1.1\r\n" + host + "\r\n", isPlain, ""},
		{"a query", "GET /?s=storm HTTP/1.1\r\n" + host + "\r\n", isPlain, ""},
		{"dots are for others to judge", "GET /a/../b HTTP/1.1\r\n" + host + "\r\n", isPlain, "/a/../b"},

		{"a beginning", "GE", unfinished, ""},
		{"a line", "GET / HTTP/1.1\r\n", unfinished, ""},
		{"all but its end", "GET / HTTP/1.1\r\n" + host + "\r", unfinished, ""},
		{"nothing", "", unfinished, ""},

		{"a post", "POST / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n", foreign, ""},
		{"another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", foreign, ""},
		{"a handshake of TLS", "\x16\x03\x01\x02\x00", foreign, ""},
		{"too little to be anything", "\x16\x03\x01", unfinished, ""},
		{"an old client", "GET / HTTP/1.0\r\n" + host + "\r\n", foreign, ""},
		{"a body", "GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", foreign, ""},
		{"a body in chunks", "GET / HTTP/1.1\r\n" + host + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n", foreign, ""},
		{"who leaves afterwards", "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", foreign, ""},
		{"who wants another protocol", "GET / HTTP/1.1\r\n" + host + "Upgrade: websocket\r\n\r\n", foreign, ""},
		{"who waits to be asked on", "GET / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\n\r\n", foreign, ""},
		{"fields at the end", "GET / HTTP/1.1\r\n" + host + "Trailer: a\r\n\r\n", foreign, ""},
		{"no host", "GET / HTTP/1.1\r\n\r\n", foreign, ""},
		{"two hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", foreign, ""},
		{"an odd host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", foreign, ""},
		{"bare line ends", "GET / HTTP/1.1\n" + strings.TrimSpace(host) + "\n\n", foreign, ""},
		{"a bare return", "GET / HTTP/1.1\r\nX: a\rb\r\n" + host + "\r\n", foreign, ""},
		{"a folded field", "GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n", foreign, ""},
		{"a space before the colon", "GET / HTTP/1.1\r\n" + host + "X : a\r\n\r\n", foreign, ""},
		{"a zero byte", "GET / HTTP/1.1\r\n" + host + "X: a\x00\r\n\r\n", foreign, ""},
		{"a space in the target", "GET /a b HTTP/1.1\r\n" + host + "\r\n", foreign, ""},
		{"a whole address", "GET http://paper.example/ HTTP/1.1\r\n" + host + "\r\n", foreign, ""},
		{"letters beyond ASCII", "GET /ä HTTP/1.1\r\n" + host + "\r\n", foreign, ""},
	} {
		var q plainRequest
		size, got := q.read([]byte(tt.request))
		path := string(q.path)
		if q.odd {
			path = ""
		}
		if got != tt.want || got == isPlain && path != tt.path {
			t.Errorf("%s: verdict %d, path %q; want %d, %q", tt.name, got, path, tt.want, tt.path)
		}
		if got == isPlain && !strings.HasSuffix(tt.request[:size], "\r\n\r\n") {
			t.Errorf("%s ends at %d", tt.name, size)
		}
	}
}

// What is taken for plain, net/http must see in the same way: where it ends, what
// it asks for, and that it has no body.
func FuzzAPlainRequestIsTheSameToNetHTTP(f *testing.F) {
	for _, s := range []string{"GET /a/ HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\naccept-encoding:br \r\nIf-None-Match: \"a\"\r\n\r\n", "HEAD /%D8%B9 HTTP/1.1\r\nHost: [::1]:80\r\nConnection: Keep-Alive\r\n\r\nGET"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var q plainRequest
		size, v := q.read(b)
		if v != isPlain || q.odd {
			return
		}
		from := bufio.NewReader(bytes.NewReader(b))
		r, err := http.ReadRequest(from)
		if err != nil {
			t.Fatalf("net/http refuses %q: %v", b, err)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || len(body) > 0 || r.ContentLength != 0 || r.Close || r.TransferEncoding != nil || r.Trailer != nil {
			t.Errorf("%q has more than a header for net/http: %q %v", b, body, err)
		}
		if rest := from.Buffered(); len(b) < 4096 && rest != len(b)-size {
			t.Errorf("%q: %d bytes are left for net/http, %d here", b, rest, len(b)-size)
		}
		if r.Method != q.method || r.URL.Path != string(q.path) || r.URL.RawQuery != "" || r.URL.ForceQuery {
			t.Errorf("%q asks for %s %q, to net/http for %s %v", b, q.method, q.path, r.Method, r.URL)
		}
		for name, lines := range map[string][][]byte{"Accept-Encoding": q.accept, "If-None-Match": q.noneMatch} {
			if got := texts(nil, lines); !slices.Equal(got, r.Header[name]) && len(got)+len(r.Header[name]) > 0 {
				t.Errorf("%q: %s is %q, to net/http %q", b, name, got, r.Header[name])
			}
		}
	})
}
