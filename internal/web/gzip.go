package web

import (
	"bufio"
	"compress/gzip"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// minGzip is the size from which compressing saves a packet.
const minGzip = 1024

// gzipLevel 5 costs half of level 6 on pages and comes out 1 % larger.
const gzipLevel = 5

// Gzip compresses answers of text types for clients that take gzip. It leaves
// alone what is encoded already, small, partial or without a body. What it
// compresses loses its length, and its strong ETag becomes a weak one, since
// the bytes are no longer those that the tag named (RFC 9110, 8.8.1). An answer
// may be flushed while it is written.
func Gzip(next http.Handler) http.Handler {
	pool := &sync.Pool{New: func() any {
		z, _ := gzip.NewWriterLevel(nil, gzipLevel) // fails for an unknown level only
		return z
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		z := &gzipWriter{ResponseWriter: w, pool: pool, accepted: accepts(r.Header.Values("Accept-Encoding"), "gzip"), head: r.Method == http.MethodHead}
		next.ServeHTTP(z, r)
		z.finish() // not deferred: an answer broken off by a panic must not look whole
	})
}

// gzipWriter holds an answer's beginning back until it is clear whether it is
// to be compressed.
type gzipWriter struct {
	http.ResponseWriter
	pool     *sync.Pool
	accepted bool // by the client
	head     bool // the answer to a HEAD request: no bytes, but the header of its GET

	status  int    // given by the handler; 0 until then
	held    []byte // what was written before the decision
	decided bool
	z       *gzip.Writer // nil where the answer goes out as it is
}

func (g *gzipWriter) WriteHeader(status int) {
	if status < 200 {
		g.ResponseWriter.WriteHeader(status)
		return
	}
	if g.status != 0 {
		return
	}
	g.status = status
	if !g.may() {
		g.decide(false)
	} else if n, err := strconv.Atoi(g.Header().Get("Content-Length")); err == nil {
		g.decide(n >= minGzip)
	}
}

func (g *gzipWriter) Write(b []byte) (int, error) {
	if g.status == 0 {
		g.typed(b)
		g.WriteHeader(http.StatusOK)
	}
	switch {
	case g.z != nil:
		return g.z.Write(b)
	case g.decided:
		return g.ResponseWriter.Write(b)
	}
	g.held = append(g.held, b...)
	if len(g.held) >= minGzip {
		g.decide(true)
		return len(b), g.release()
	}
	return len(b), nil
}

// ReadFrom hands files on uncopied where they aren't compressed.
func (g *gzipWriter) ReadFrom(src io.Reader) (int64, error) {
	if g.decided && g.z == nil {
		return io.Copy(g.ResponseWriter, src)
	}
	return io.Copy(struct{ io.Writer }{g}, src)
}

// FlushError sends what was written so far.
func (g *gzipWriter) FlushError() error {
	if g.status == 0 {
		g.WriteHeader(http.StatusOK)
	}
	if !g.decided {
		g.decide(true) // more is to come
	}
	if err := g.release(); err != nil {
		return err
	}
	if g.z != nil {
		if err := g.z.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(g.ResponseWriter).Flush()
}

// Flush is FlushError for those who ask for an http.Flusher.
func (g *gzipWriter) Flush() { _ = g.FlushError() }

// Hijack gives the connection away, uncompressed.
func (g *gzipWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(g.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController reach the connection's deadlines.
func (g *gzipWriter) Unwrap() http.ResponseWriter { return g.ResponseWriter }

// typed sets the type of an answer whose handler did not, as net/http would; it
// can't do so once the bytes are compressed.
func (g *gzipWriter) typed(b []byte) {
	if h := g.Header(); h.Get("Content-Type") == "" && h.Get("Content-Encoding") == "" {
		h.Set("Content-Type", http.DetectContentType(b))
	}
}

// may reports whether the answer can be compressed if it is large enough, and
// says that it depends on what the client takes.
func (g *gzipWriter) may() bool {
	h := g.Header()
	// A 304 has lost its type; that it may be said of a picture too does no harm.
	untold := g.status == http.StatusNotModified && h.Get("Content-Type") == ""
	if h.Get("Content-Encoding") != "" || !untold && !compressible(h.Get("Content-Type")) {
		return false
	}
	addVary(h, "Accept-Encoding")
	switch g.status {
	case http.StatusNoContent, http.StatusNotModified, http.StatusPartialContent:
		return false
	}
	return g.accepted && h.Get("Content-Range") == ""
}

// decide settles whether the answer is compressed and sends its header.
func (g *gzipWriter) decide(compress bool) {
	g.decided = true
	if compress {
		h := g.Header()
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		h.Del("Accept-Ranges")
		if tag := h.Get("ETag"); tag != "" && !strings.HasPrefix(tag, "W/") {
			h.Set("ETag", "W/"+tag)
		}
		if !g.head {
			g.z = g.pool.Get().(*gzip.Writer)
			g.z.Reset(g.ResponseWriter)
		}
	}
	g.ResponseWriter.WriteHeader(g.status)
}

// release writes what was held back.
func (g *gzipWriter) release() error {
	held := g.held
	g.held = nil
	if len(held) == 0 {
		return nil
	}
	var err error
	if g.z != nil {
		_, err = g.z.Write(held)
	} else {
		_, err = g.ResponseWriter.Write(held)
	}
	return err
}

// finish ends the answer. Errors here mean that the client has left.
func (g *gzipWriter) finish() {
	if g.status == 0 {
		return // nothing written: net/http answers as it always does
	}
	if !g.decided {
		g.decide(false)
	}
	_ = g.release()
	if g.z != nil {
		_ = g.z.Close()
		g.z.Reset(nil)
		g.pool.Put(g.z)
		g.z = nil
	}
}

// compressible holds for types that are text. Pictures, sound, fonts and
// archives are packed already.
func compressible(contentType string) bool {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	switch t {
	case "application/json", "application/ld+json", "application/feed+json", "application/manifest+json",
		"application/xml", "application/javascript", "image/svg+xml":
		return true
	}
	return strings.HasPrefix(t, "text/") && t != "text/event-stream" || strings.HasSuffix(t, "+xml") && strings.HasPrefix(t, "application/")
}

// addVary adds a name to the Vary header once.
func addVary(h http.Header, name string) {
	for _, line := range h.Values("Vary") {
		for v := range strings.SplitSeq(line, ",") {
			if v = strings.TrimSpace(v); v == "*" || strings.EqualFold(v, name) {
				return
			}
		}
	}
	h.Add("Vary", name)
}

// Accepts reports whether a request takes an answer in a coding, such as "gzip".
func Accepts(r *http.Request, coding string) bool {
	return accepts(r.Header["Accept-Encoding"], coding)
}

// accepts reports whether an Accept-Encoding header takes a coding (RFC 9110,
// 12.5.3): its own entry counts before "*", a weight of 0 refuses.
func accepts(lines []string, coding string) bool {
	any := false
	for part := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.TrimSpace(name)
		switch {
		case strings.EqualFold(name, coding):
			return weight(params) > 0
		case name == "*":
			any = weight(params) > 0
		}
	}
	return any
}

// weight reads "q=0.5"; it is 1 where there is none and 0 where it is nonsense.
func weight(params string) float64 {
	q, ok := strings.CutPrefix(strings.ToLower(strings.ReplaceAll(params, " ", "")), "q=")
	if !ok {
		return 1
	}
	w, err := strconv.ParseFloat(q, 64)
	if err != nil || w < 0 {
		return 0
	}
	return w
}
