package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Fields are header fields that many answers share. They are never changed.
type Fields struct {
	header http.Header
	lines  []byte // as they go out, by name
}

// NewFields makes fields of a header, which is the fields' from then on. A value
// with a line break in it is left out: it would be the end of the header.
func NewFields(h http.Header) *Fields {
	f := &Fields{header: h}
	for name, values := range h {
		h[name] = slices.DeleteFunc(values, broken)
	}
	f.lines = appendFields(nil, h, nil)
	return f
}

// broken reports whether a field's value would end the line that it stands in.
func broken(value string) bool {
	return strings.IndexByte(value, '\n') >= 0 || strings.IndexByte(value, '\r') >= 0
}

// appendFields appends the lines of a header, in the order of their names. names
// is memory for them.
func appendFields(dst []byte, h http.Header, names []string) []byte {
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range h[name] {
			dst = append(append(dst, name...), ": "...)
			dst = append(append(dst, value...), "\r\n"...)
		}
	}
	return dst
}

// Send answers with a whole body, given in parts: with fields, an entity tag, nil
// for none, and Content-Length, of which w's header has none. A body belongs to every answer but a
// 304, whose fields have no Content-Type; HEAD is answered without it. The error tells that the client is gone.
func Send(w http.ResponseWriter, r *http.Request, status int, fields *Fields, tag []byte, body [][]byte) error {
	size := 0
	for _, part := range body {
		size += len(part)
	}
	if r.Method == http.MethodHead {
		body = nil
	}
	if x, ok := w.(*exchange); ok {
		return x.send(status, fields, tag, size, body)
	}
	h := w.Header()
	maps.Copy(h, fields.header)
	if tag != nil {
		h["Etag"] = []string{string(tag)}
	}
	if status != http.StatusNotModified {
		h["Content-Length"] = []string{strconv.Itoa(size)}
	}
	w.WriteHeader(status)
	if len(body) == 0 {
		return nil
	}
	whole := bodies.Get().(*[]byte)
	defer bodies.Put(whole)
	*whole = (*whole)[:0]
	for _, part := range body {
		*whole = append(*whole, part...)
	}
	_, err := w.Write(*whole)
	return err
}

// bodies are memory for bodies that go out in one write.
var bodies = sync.Pool{New: func() any { return new([]byte) }}
