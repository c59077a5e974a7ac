package app

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"golang.org/x/net/dns/dnsmessage"

	"broadsheet/internal/config"
)

// authority is a certificate authority that checks what it is told: pebble, Let's
// Encrypt's own for tests, with a DNS server for which each name is this machine.
type authority struct {
	directory string
	rootFile  string // of its own HTTPS
	issued    *x509.CertPool
	asked     atomic.Int64
}

// newAuthority makes one that looks for proof at those ports; 0 for a port that
// nobody listens at.
func newAuthority(t *testing.T, httpPort, tlsPort int) *authority {
	t.Helper()
	t.Setenv("PEBBLE_VA_ALWAYS_VALID", "") // it is to look
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	t.Setenv("PEBBLE_WFE_NONCEREJECT", "0")
	quiet := log.New(io.Discard, "", 0)
	store := db.NewMemoryStore()
	issuer := ca.New(quiet, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {}})
	checks := va.New(quiet, portOr(t, httpPort), portOr(t, tlsPort), true, localDNS(t), store)
	front := wfe.New(quiet, store, checks, issuer, []string{"pebble.example"}, true, false, 1, 1)
	face := front.Handler()
	a := &authority{issued: x509.NewCertPool(), rootFile: filepath.Join(t.TempDir(), "root.pem")}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.asked.Add(1)
		face.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	a.directory = server.URL + wfe.DirectoryPath
	a.issued.AddCert(issuer.GetRootCert(0).Cert)
	root := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(a.rootFile, root, 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

func portOr(t *testing.T, port int) int {
	if port == 0 {
		return portOf(t, freeAddr(t))
	}
	return port
}

func portOf(t *testing.T, addr string) int {
	t.Helper()
	_, text, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// localDNS answers over TCP that every name is 127.0.0.1.
func localDNS(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				answerDNS(c)
			}()
		}
	}()
	return ln.Addr().String()
}

func answerDNS(c net.Conn) {
	size := make([]byte, 2)
	if _, err := io.ReadFull(c, size); err != nil {
		return
	}
	b := make([]byte, int(size[0])<<8|int(size[1]))
	if _, err := io.ReadFull(c, b); err != nil {
		return
	}
	var m dnsmessage.Message
	if err := m.Unpack(b); err != nil || len(m.Questions) != 1 {
		return
	}
	m.Response = true
	if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
		m.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 1},
			Body:   &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
		}}
	}
	m.Additionals = nil
	b, err := m.Pack()
	if err == nil {
		c.Write(append([]byte{byte(len(b) >> 8), byte(len(b))}, b...))
	}
}

// notes is a log to look into.
type notes struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.String()
}

// secured is a paper at paper.example, as readers anywhere would find it.
type secured struct {
	*App
	plain string // its address without TLS
	log   *notes
	stop  func() // and wait until it has
}

// serveSecured runs a paper in a folder.
func serveSecured(t *testing.T, data string, change func(*config.Config)) *secured {
	t.Helper()
	s := &secured{log: &notes{}}
	c := config.Default()
	c.Data, c.TLS.Addr, c.TLS.HTTPAddr = data, "127.0.0.1:0", freeAddr(t)
	c.TLS.Domains = []config.Domain{{Name: "paper.example"}}
	change(&c)
	var err error
	if s.App, err = Open(t.Context(), &c, slog.New(slog.NewTextHandler(s.log, nil))); err != nil {
		t.Fatal(err)
	}
	ln, err := s.Listen()
	if err != nil {
		t.Fatal(err)
	}
	c.TLS.Addr, s.plain = ln.Addr().String(), c.TLS.HTTPAddr
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	s.stop = sync.OnceFunc(func() {
		began := time.Now()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("the end takes %v", took)
		}
		if t.Failed() {
			t.Log(s.log)
		}
	})
	t.Cleanup(s.stop)
	eventually(t, "it listens", func() bool {
		if s.plain == "" {
			return true
		}
		c, err := net.Dial("tcp", s.plain)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	return s
}

// reader is a browser that trusts roots and for which every name is this paper.
func (s *secured) reader(t *testing.T, roots *x509.CertPool) *http.Client {
	transport := &http.Transport{
		ForceAttemptHTTP2: true,
		TLSClientConfig:   &tls.Config{RootCAs: roots},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			_, port, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, err
			}
			if port == "80" {
				return (&net.Dialer{}).DialContext(ctx, network, s.plain)
			}
			return (&net.Dialer{}).DialContext(ctx, network, s.Config.TLS.Addr)
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// read gets an address, with its body closed.
func read(t *testing.T, c *http.Client, url string) (*http.Response, error) {
	t.Helper()
	resp, err := c.Get(url)
	if err == nil {
		defer resp.Body.Close()
		_, err = io.Copy(io.Discard, resp.Body)
	}
	return resp, err
}

// hasHTTPS waits until the paper answers over HTTPS.
func (s *secured) hasHTTPS(t *testing.T, roots *x509.CertPool) *http.Response {
	t.Helper()
	client := s.reader(t, roots)
	var resp *http.Response
	eventually(t, "it answers over HTTPS", func() (ok bool) {
		var err error
		resp, err = read(t, client, "https://paper.example/")
		return err == nil
	})
	return resp
}

func TestADomainIsAllThatHTTPSNeeds(t *testing.T) {
	data, plain := t.TempDir(), freeAddr(t)
	authority := newAuthority(t, portOf(t, plain), 0) // which proves that it asks without TLS
	use := func(c *config.Config) {
		c.TLS.CA, c.TLS.CARoot, c.TLS.HTTPAddr = authority.directory, authority.rootFile, plain
	}
	paper := serveSecured(t, data, use)
	resp := paper.hasHTTPS(t, authority.issued)
	if resp.StatusCode != http.StatusOK || resp.ProtoMajor != 2 || resp.Header.Get("Strict-Transport-Security") != "max-age=31536000" {
		t.Errorf("the front page is %s over %s with %v", resp.Status, resp.Proto, resp.Header)
	}
	client := paper.reader(t, authority.issued)
	for url, want := range map[string]string{
		"http://paper.example/world/?page=2":                           "308 https://paper.example/world/?page=2",
		"http://other.example/":                                        "421 ",
		"http://paper.example/.well-known/acme-challenge/none-of-ours": "308 https://paper.example/.well-known/acme-challenge/none-of-ours",
	} {
		resp, err := read(t, client, url)
		if err != nil {
			t.Fatal(err)
		}
		if got := strconv.Itoa(resp.StatusCode) + " " + resp.Header.Get("Location"); got != want || resp.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s is answered with %s, want %s", url, got, want)
		}
	}
	if _, err := read(t, client, "https://other.example/"); err == nil {
		t.Error("another name is answered over HTTPS")
	}
	if !strings.Contains(paper.log.String(), `msg="a certificate was issued" domain=paper.example`) {
		t.Error("the log does not tell of the certificate")
	}
	paper.stop()

	asked := authority.asked.Load()
	again := serveSecured(t, data, use)
	if _, err := read(t, again.reader(t, authority.issued), "https://paper.example/"); err != nil {
		t.Errorf("after a restart: %v", err)
	}
	again.stop()
	if more := authority.asked.Load() - asked; more != 0 {
		t.Errorf("after a restart the authority is asked %d times", more)
	}
	files, err := os.Stat(filepath.Join(data, "certificates"))
	if err != nil || files.Mode().Perm() != 0o700 {
		t.Errorf("the keys' folder: %v, %v", files.Mode(), err)
	}
}

func TestWithoutAPlainAddressTheAuthorityAsksOverTLS(t *testing.T) {
	addr := freeAddr(t)
	authority := newAuthority(t, 0, portOf(t, addr))
	paper := serveSecured(t, t.TempDir(), func(c *config.Config) {
		c.TLS.CA, c.TLS.CARoot, c.TLS.Addr, c.TLS.HTTPAddr = authority.directory, authority.rootFile, addr, ""
	})
	if resp := paper.hasHTTPS(t, authority.issued); resp.ProtoMajor != 2 {
		t.Errorf("the front page is %s over %s", resp.Status, resp.Proto)
	}
}

func TestWhatRanOutWhileNoServerRanIsRenewed(t *testing.T) {
	plain := freeAddr(t)
	authority := newAuthority(t, portOf(t, plain), 0)
	data := t.TempDir()
	key := (&certmagic.ACMEIssuer{CA: authority.directory}).IssuerKey()
	in := &certmagic.FileStorage{Path: filepath.Join(data, "certificates")}
	cert, secret := selfSigned(t, time.Now().Add(-time.Hour), "paper.example")
	for name, text := range map[string][]byte{
		certmagic.StorageKeys.SiteCert(key, "paper.example"):       cert,
		certmagic.StorageKeys.SitePrivateKey(key, "paper.example"): secret,
		certmagic.StorageKeys.SiteMeta(key, "paper.example"):       []byte(`{"sans":["paper.example"]}`),
	} {
		if err := in.Store(t.Context(), name, text); err != nil {
			t.Fatal(err)
		}
	}
	paper := serveSecured(t, data, func(c *config.Config) {
		c.TLS.CA, c.TLS.CARoot, c.TLS.HTTPAddr = authority.directory, authority.rootFile, plain
	})
	if resp, err := read(t, paper.reader(t, nil), "http://paper.example/"); err != nil || resp.StatusCode != http.StatusPermanentRedirect {
		t.Errorf("with an old certificate, who comes without TLS: %v, %v", resp, err)
	}
	paper.hasHTTPS(t, authority.issued)
	if !strings.Contains(paper.log.String(), "domain=paper.example renewed=true") {
		t.Error("the log does not tell of it")
	}
}

// selfSigned makes a certificate and its key, in PEM.
func selfSigned(t *testing.T, until time.Time, names ...string) (cert, key []byte) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: names, NotBefore: until.Add(-24 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true}
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

func TestACertificateCanBeBrought(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	cert, key := selfSigned(t, time.Now().Add(time.Hour), "paper.example", "*.paper.example")
	for name, text := range map[string][]byte{certFile: cert, keyFile: key} {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	paper := serveSecured(t, dir, func(c *config.Config) {
		c.TLS.Domains, c.TLS.CertFile, c.TLS.KeyFile = nil, certFile, keyFile
	})
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(cert)
	client := paper.reader(t, roots)
	resp, err := read(t, client, "https://www.paper.example/")
	if err != nil || resp.StatusCode != http.StatusOK || resp.ProtoMajor != 2 || resp.Header.Get("Strict-Transport-Security") != "" {
		t.Errorf("the front page: %v, %v", resp, err)
	}
	for url, want := range map[string]int{"http://www.paper.example/": http.StatusPermanentRedirect, "http://other.example/": http.StatusMisdirectedRequest} {
		if resp, err := read(t, client, url); err != nil || resp.StatusCode != want {
			t.Errorf("%s: %v, %v", url, resp, err)
		}
	}
	old := &tls.Config{RootCAs: roots, ServerName: "paper.example", MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	if c, err := tls.Dial("tcp", paper.Config.TLS.Addr, old); err == nil {
		c.Close()
		t.Error("TLS 1.1 is spoken")
	}
}

func TestWithoutAnAuthorityThePaperIsReadWithoutTLS(t *testing.T) {
	paper := serveSecured(t, t.TempDir(), func(c *config.Config) { c.TLS.CA = "https://" + freeAddr(t) + "/dir" })
	client := paper.reader(t, nil)
	eventually(t, "the log tells", func() bool {
		log := paper.log.String()
		return strings.Contains(log, "level=ERROR") && strings.Contains(log, "paper.example") && strings.Contains(log, "connection refused")
	})
	resp, err := read(t, client, "http://paper.example/")
	if err != nil || resp.StatusCode != http.StatusOK || resp.Header.Get("Strict-Transport-Security") != "" {
		t.Errorf("the front page without TLS: %v, %v", resp, err)
	}
	if resp, err := read(t, client, "http://other.example/"); err != nil || resp.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("another name: %v, %v", resp, err)
	}
	if _, err := read(t, client, "https://paper.example/"); err == nil {
		t.Error("there is HTTPS without a certificate")
	}
}

func TestAnAuthorityThatIsSilentHoldsNothingUp(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	paper := serveSecured(t, t.TempDir(), func(c *config.Config) { c.TLS.CA = "https://" + silent.Addr().String() + "/dir" })
	c, err := silent.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if resp, err := read(t, paper.reader(t, nil), "http://paper.example/"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the front page without TLS: %v, %v", resp, err)
	}
	paper.stop() // which it does at once
	all := make([]byte, 1<<20)
	all = all[:runtime.Stack(all, true)]
	for _, part := range []string{"certificate.(*Keeper)", "certmagic.(*Cache)", "certmagic.(*Config)"} {
		if strings.Contains(string(all), part) {
			t.Errorf("after the end, %s still runs", part)
		}
	}
}

// at is a listener by its address only.
type at struct {
	net.Listener
	addr string
}

func (l at) Addr() net.Addr {
	a, err := net.ResolveTCPAddr("tcp", l.addr)
	if err != nil {
		panic("the test names no address") // a number each
	}
	return a
}

func TestTheAddressOfThePaperIsItsFirstDomain(t *testing.T) {
	domains := []config.Domain{{Name: "paper.example"}, {Name: "www.paper.example"}}
	for _, test := range []struct {
		tls  config.TLS
		addr string
		want string
	}{
		{config.TLS{}, "[::]:8080", "http://localhost:8080/"},
		{config.TLS{Domains: domains}, "[::]:443", "https://paper.example/"},
		{config.TLS{Domains: domains}, "127.0.0.1:8443", "https://paper.example:8443/"},
		{config.TLS{CertFile: "x"}, "[::]:443", "https://localhost/"},
		{config.TLS{CertFile: "x"}, "192.0.2.7:8443", "https://192.0.2.7:8443/"},
	} {
		a := &App{Config: &config.Config{TLS: test.tls}}
		if got := a.URL(at{addr: test.addr}); got != test.want {
			t.Errorf("at %s with %v it is %s, want %s", test.addr, test.tls, got, test.want)
		}
	}
}
