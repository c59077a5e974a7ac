package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// NewServer makes a server whose time limits keep a slow or silent client from
// holding a connection for ever. A handler that sends much may move its own
// write deadline with http.ResponseController.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    64 << 10,
		// What net/http itself has to say is about broken clients.
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// Serve answers on ln until ctx ends, then takes no new requests and gives those
// under way up to grace to finish. It closes ln. It returns nil after a stop in
// which every request was finished, context.DeadlineExceeded where some were
// broken off, and whatever ended it otherwise.
func Serve(ctx context.Context, s *http.Server, ln net.Listener, grace time.Duration) error {
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ln) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := s.Shutdown(stop)
	if err != nil {
		err = errors.Join(err, s.Close())
	}
	<-ended
	return err
}
