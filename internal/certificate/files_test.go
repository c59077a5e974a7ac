package certificate

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"broadsheet/internal/fault"
)

// pair makes a certificate for a name and its key, in PEM.
func pair(t *testing.T, name string) (cert, key []byte) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotAfter: time.Now().Add(time.Hour)}
	b, err := x509.CreateCertificate(rand.Reader, c, c, secret.Public(), secret)
	if err != nil {
		t.Fatal(err)
	}
	k, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: b}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: k})
}

func write(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestABroughtCertificateIsReadAgainWhenItHasChanged(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	oldCert, oldKey := pair(t, "old.example")
	newCert, newKey := pair(t, "a-much-newer.example") // so that sizes differ where the clock is coarse
	write(t, certFile, oldCert)
	write(t, keyFile, oldKey)
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		f, err := Read(certFile, keyFile, slog.New(slog.NewTextHandler(&log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		shows := func(name string) {
			t.Helper()
			if !f.Ours(name) {
				t.Errorf("it shows a certificate for %v, want %s", f.current().Leaf.DNSNames, name)
			}
		}
		shows("old.example")
		write(t, certFile, newCert) // half of it
		time.Sleep(lookEvery)
		shows("old.example")
		if n := strings.Count(log.String(), "the last good one stays"); n != 1 {
			t.Errorf("the log tells of it %d times:\n%s", n, &log)
		}
		write(t, keyFile, newKey)
		later := time.Now().Add(time.Hour) // a key is as long as another
		if err := os.Chtimes(keyFile, later, later); err != nil {
			t.Fatal(err)
		}
		shows("old.example") // it was looked at just now
		time.Sleep(lookEvery)
		shows("a-much-newer.example")
		if err := os.Remove(keyFile); err != nil {
			t.Fatal(err)
		}
		time.Sleep(lookEvery)
		shows("a-much-newer.example")
	})
}

func TestWhatIsNoCertificateIsRefused(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x.pem")
	write(t, name, []byte("no PEM"))
	log := slog.New(slog.DiscardHandler)
	_, err := Read(name, name, log)
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != fault.Invalid {
		t.Errorf("files: %v", err)
	}
	_, err = Open(t.Context(), Order{Domains: []string{"paper.example"}, CARoot: name, Folder: dir, Log: log})
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != fault.Invalid {
		t.Errorf("the authority's root: %v", err)
	}
	_, err = Open(t.Context(), Order{Domains: []string{"paper.example"}, Folder: filepath.Join(name, "below"), Log: log})
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Kind != fault.Unavailable {
		t.Errorf("the folder: %v", err)
	}
}

func TestTheLogTellsWhatFailsAndNoStrangersAddress(t *testing.T) {
	var out bytes.Buffer
	log := zapFor(slog.New(slog.NewTextHandler(&out, nil)))
	log.Error("a handshake", zap.String("remote_addr", "192.0.2.7"))
	log.Named("obtain").Info("an inner matter")
	log.Named("renew").With(zap.String("remote", "192.0.2.7")).Error("will retry", zap.Error(errors.New("no answer")), zap.Duration("retrying_in", time.Minute))
	log.Named("obtain").Error("at the end", zap.Error(fmt.Errorf("asking: %w", context.Canceled)))
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `level=ERROR msg="certificates: will retry" error="no answer" retrying_in=1m0s`) || strings.Contains(got, "192.0.2.7") {
		t.Errorf("the log is\n%s", got)
	}
}
