// Package mailtest is a mail server for tests: a real one, on a port of this
// machine, that keeps what it is handed. It can be told to refuse, to be silent and
// to be away. Start reading at [Start].
package mailtest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server takes letters over SMTP.
type Server struct {
	Port int
	// Roots is what its certificate is checked against.
	Roots *x509.CertPool

	implicit bool // TLS from the first byte on
	tls      *tls.Config
	ln       net.Listener

	mu      sync.Mutex
	open    map[net.Conn]bool
	letters []Letter
	answers map[string]string // by command: in place of the usual answer
	silent  bool
}

// Letter is what was handed over.
type Letter struct {
	From, To string // of the envelope
	User     string // who signed in; "" for nobody
	TLS      bool
	Data     string
}

// Start starts a server that ends with the test. With implicit, it speaks TLS from
// the first byte on; else it offers STARTTLS.
func Start(t testing.TB, implicit bool) *Server {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Port: ln.Addr().(*net.TCPAddr).Port, implicit: implicit, ln: ln, open: map[net.Conn]bool{}, answers: map[string]string{}}
	s.certify(t)
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.open[conn] = true
			s.mu.Unlock()
			serving.Go(func() {
				s.serve(conn)
				conn.Close()
				s.mu.Lock()
				delete(s.open, conn)
				s.mu.Unlock()
			})
		}
	})
	t.Cleanup(func() {
		ln.Close()
		s.mu.Lock()
		for conn := range s.open {
			conn.Close()
		}
		s.mu.Unlock()
		serving.Wait()
	})
	return s
}

func (s *Server) certify(t testing.TB) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	if cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	s.Roots = x509.NewCertPool()
	s.Roots.AddCert(cert)
	s.tls = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// Answer has a command (MAIL, RCPT, DATA, "." for the end of the text, QUIT)
// answered otherwise than usual; "" for as usual.
func (s *Server) Answer(command, with string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[command] = with
}

// BeSilent has the server take connections and say nothing.
func (s *Server) BeSilent(silent bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silent = silent
}

// Letters are all that were taken, in their order.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter(nil), s.letters...)
}

func (s *Server) answer(command, usual string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.answers[command]; a != "" {
		return a
	}
	return usual
}

// serve speaks with one client until it leaves.
func (s *Server) serve(conn net.Conn) {
	s.mu.Lock()
	silent := s.silent
	s.mu.Unlock()
	if silent {
		_, _ = conn.Read(make([]byte, 1)) // until the client gives up
		return
	}
	c := &client{s: s, l: Letter{TLS: s.implicit}}
	if s.implicit {
		conn = tls.Server(conn, s.tls)
	}
	c.use(conn)
	c.say("220 mailtest")
	for c.step() {
	}
}

// client is one connection.
type client struct {
	s    *Server
	conn net.Conn
	r    *bufio.Reader
	l    Letter
}

func (c *client) use(conn net.Conn) { c.conn, c.r = conn, bufio.NewReader(conn) }

func (c *client) say(line string) { fmt.Fprintf(c.conn, "%s\r\n", line) }

// step answers one command, and reports whether another may follow.
func (c *client) step() bool {
	line, err := c.r.ReadString('\n')
	if err != nil {
		return false
	}
	command, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
	switch command = strings.ToUpper(command); command {
	case "EHLO":
		c.say("250-mailtest")
		if !c.l.TLS {
			c.say("250-STARTTLS")
		}
		c.say("250-SMTPUTF8\r\n250-8BITMIME\r\n250 AUTH PLAIN")
	case "STARTTLS":
		c.say("220 go on")
		c.use(tls.Server(c.conn, c.s.tls))
		c.l.TLS = true
	case "AUTH":
		b, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
		c.l.User = strings.ReplaceAll(strings.TrimPrefix(string(b), "\x00"), "\x00", ":")
		c.say(c.s.answer(command, "235 welcome"))
	case "MAIL":
		c.l.From = rest
		c.say(c.s.answer(command, "250 ok"))
	case "RCPT":
		c.l.To = strings.TrimSuffix(strings.TrimPrefix(rest, "TO:<"), ">")
		c.say(c.s.answer(command, "250 ok"))
	case "DATA":
		return c.data()
	case "QUIT":
		c.say(c.s.answer(command, "221 bye"))
		return false
	default:
		c.say(c.s.answer(command, "250 ok"))
	}
	return true
}

// data takes a text up to the line with a dot alone.
func (c *client) data() bool {
	first := c.s.answer("DATA", "354 go on")
	c.say(first)
	if !strings.HasPrefix(first, "3") {
		return true
	}
	var b strings.Builder
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	answer := c.s.answer(".", "250 taken")
	if strings.HasPrefix(answer, "2") {
		c.l.Data = b.String()
		c.s.mu.Lock()
		c.s.letters = append(c.s.letters, c.l)
		c.s.mu.Unlock()
	}
	c.say(answer)
	return true
}
