package web

import (
	"io"
	"net/http"
	"sync"
)

// recorder notes what an answer was. status is 0 until the header was sent.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// record wraps w, or returns it where it is a recorder already. A new one is the
// caller's, to be released when nobody below uses it any more.
func record(w http.ResponseWriter) (rec *recorder, mine bool) {
	if rec, ok := w.(*recorder); ok {
		return rec, false
	}
	rec = recorders.Get().(*recorder)
	rec.ResponseWriter = w
	return rec, true
}

var recorders = sync.Pool{New: func() any { return new(recorder) }}

func (rec *recorder) release() {
	*rec = recorder{}
	recorders.Put(rec)
}

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 && status >= 200 { // 1xx are hints that come before the answer
		rec.status = status
	}
	rec.ResponseWriter.WriteHeader(status)
}

func (rec *recorder) Write(b []byte) (int, error) {
	rec.began()
	n, err := rec.ResponseWriter.Write(b)
	rec.bytes += int64(n)
	return n, err
}

// ReadFrom keeps the way open on which a file goes to the socket without being
// copied through this process.
func (rec *recorder) ReadFrom(src io.Reader) (int64, error) {
	rec.began()
	n, err := io.Copy(rec.ResponseWriter, src)
	rec.bytes += n
	return n, err
}

// FlushError sends what is buffered.
func (rec *recorder) FlushError() error {
	rec.began()
	return http.NewResponseController(rec.ResponseWriter).Flush()
}

// Flush is FlushError for those who ask for an http.Flusher.
func (rec *recorder) Flush() { _ = rec.FlushError() }

// Unwrap lets http.ResponseController reach the connection.
func (rec *recorder) Unwrap() http.ResponseWriter { return rec.ResponseWriter }

func (rec *recorder) began() {
	if rec.status == 0 {
		rec.status = http.StatusOK
	}
}
