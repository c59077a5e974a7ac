package certificate

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"broadsheet/internal/fault"
)

// Files is a certificate that the operator brings and replaces.
type Files struct {
	cert, key string
	log       *slog.Logger

	mu     sync.Mutex
	shown  *tls.Certificate
	stamp  string    // of the files as they were read last, well or not
	looked time.Time // at their stamp
}

// lookEvery is how often connections have the files looked at.
const lookEvery = 10 * time.Second

// Read reads a certificate with its chain, and its key, both PEM. Files that can't
// be used are an Invalid fault.
func Read(cert, key string, log *slog.Logger) (*Files, error) {
	f := &Files{cert: cert, key: key, log: log, stamp: stampOf(cert, key), looked: time.Now()}
	c, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the certificate in %s and its key can't be used", cert)
	}
	f.shown = &c
	return f, nil
}

// stampOf differs where a file has changed.
func stampOf(files ...string) string {
	var s string
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			s += fmt.Sprintln(info.ModTime().UnixNano(), info.Size())
		} else {
			s += fmt.Sprintln(err)
		}
	}
	return s
}

// current is the certificate as it is in its files. While those are being
// replaced, or can't be used, it is the last good one.
func (f *Files) current() *tls.Certificate {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if now.Sub(f.looked) < lookEvery {
		return f.shown
	}
	f.looked = now
	stamp := stampOf(f.cert, f.key)
	if stamp == f.stamp {
		return f.shown
	}
	f.stamp = stamp
	c, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		f.log.Error("the certificate can't be read; the last good one stays", "file", f.cert, "error", err)
		return f.shown
	}
	f.shown = &c
	f.log.Info("the certificate was read again", "file", f.cert, "until", c.Leaf.NotAfter)
	return f.shown
}

// TLS is for the server at HTTPS.
func (f *Files) TLS() *tls.Config {
	c := settings()
	c.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return f.current(), nil }
	return c
}

// Ours reports whether the certificate is for host.
func (f *Files) Ours(host string) bool { return f.current().Leaf.VerifyHostname(host) == nil }

// Ready reports true: there is a certificate.
func (f *Files) Ready(string) bool { return true }

// Answer reports false: no authority asks anything.
func (f *Files) Answer(http.ResponseWriter, *http.Request) bool { return false }

// Run waits until ctx is done; the files are looked at when somebody connects.
func (f *Files) Run(ctx context.Context) { <-ctx.Done() }
