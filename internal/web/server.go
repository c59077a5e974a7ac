package web

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Server answers on one address.
type Server struct {
	http *http.Server
	fast *fastPath // nil for none
}

// NewServer makes a server whose time limits keep a slow or silent client from
// holding a connection for ever: five seconds for a request's header, thirty for
// all of it, a minute for the answer, two between requests. A handler that sends
// much may move its own write deadline with http.ResponseController.
func NewServer(h http.Handler, log *slog.Logger) *Server {
	return &Server{http: &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    64 << 10,
		// What net/http itself has to say is about broken clients.
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}
}

// Shortcut has the plainest requests (GET or HEAD, with neither body nor query) of
// HTTP/1.1 without TLS answered by answer, on a way that costs half of net/http's,
// and noted in journal; s's handler gets all others, and those for which answer is
// false, which must not have sent anything then. The request has only what chooses
// between the forms of a page: method, path, Accept-Encoding and If-None-Match; it
// is the next one's after answer has returned. The answer is sent with [Send].
// Shortcut is called before [Server.Serve].
func (s *Server) Shortcut(answer func(http.ResponseWriter, *http.Request) bool, journal *Journal) {
	s.fast = &fastPath{answer: answer, journal: journal, idle: s.http.IdleTimeout, header: s.http.ReadHeaderTimeout, write: s.http.WriteTimeout}
	s.http.ConnState = s.fast.state
}

// Secure has the server answer over TLS with c, by the protocols that it names. It
// is called before [Server.Serve], and not together with [Server.Shortcut].
func (s *Server) Secure(c *tls.Config) { s.http.TLSConfig = c }

// Serve answers on ln until ctx ends, then takes no new requests and gives those
// under way up to grace to finish. It closes ln. It returns nil after a stop in
// which every request was finished, context.DeadlineExceeded where some were
// broken off, and whatever ended it otherwise.
func (s *Server) Serve(ctx context.Context, ln net.Listener, grace time.Duration) error {
	if s.fast != nil {
		ln = s.fast.listener(ln)
	}
	ended := make(chan error, 1)
	go func() {
		if s.http.TLSConfig != nil {
			ended <- s.http.ServeTLS(ln, "", "")
		} else {
			ended <- s.http.Serve(ln)
		}
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := s.http.Shutdown(stop)
	if err == nil && s.fast != nil {
		err = s.fast.wait(stop)
	}
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	<-ended
	return err
}
