package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/net/idna"
)

// TLS is HTTPS: with certificates that are had for Domains, or with one that the
// operator brings. With neither there is none, and readers are answered without.
type TLS struct {
	// Domains are the names that readers know the paper by, the first of them the
	// one for links; nil for none. A certificate is had for each.
	Domains []Domain `toml:"domains"`
	// Email is whom the certificate authority may write to; "" for nobody.
	Email string `toml:"email"`
	// CA is the directory of the certificate authority (RFC 8555, 7.1.1).
	CA string `toml:"ca"`
	// CARoot is a PEM file with what the CA's own HTTPS is to be checked against;
	// "" for what this machine trusts.
	CARoot string `toml:"ca_root"`
	// CertFile and KeyFile are a certificate that is brought, with its chain, and
	// its key, in PEM; "" for none. Then there are no Domains.
	CertFile string `toml:"cert_file"`
	KeyFile  string `toml:"key_file"`
	// Addr is where readers are answered over HTTPS.
	Addr string `toml:"addr"`
	// HTTPAddr is where who comes without TLS is sent on; "" for nowhere.
	HTTPAddr string `toml:"http_addr"`
}

// On reports whether readers are answered over HTTPS.
func (t *TLS) On() bool { return len(t.Domains) > 0 || t.CertFile != "" || t.KeyFile != "" }

// ReadersAddr is where readers are answered: over HTTPS where that is on.
func (c *Config) ReadersAddr() string {
	if c.TLS.On() {
		return c.TLS.Addr
	}
	return c.Addr
}

// CertificateDir is the folder for certificates that were had, their keys, and the
// account with the certificate authority.
func (c *Config) CertificateDir() string { return filepath.Join(c.Data, "certificates") }

// Domain is a name in the domain name system, in small letters and ASCII, without
// a dot at its end.
type Domain struct{ Name string }

// String is the name.
func (d Domain) String() string { return d.Name }

// UnmarshalText reads a name, in any alphabet.
func (d *Domain) UnmarshalText(text []byte) error {
	given := strings.TrimSuffix(strings.TrimSpace(string(text)), ".")
	if strings.HasPrefix(given, "*.") {
		return fmt.Errorf("%q is no single name; a certificate for all of a domain's names can only be brought, with tls.cert_file", text)
	}
	name, err := idna.Lookup.ToASCII(given)
	if err != nil || !strings.Contains(name, ".") || len(name) > 253 || net.ParseIP(name) != nil {
		return fmt.Errorf("%q is no domain; write one such as \"paper.example\"", text)
	}
	d.Name = name
	return nil
}

// problems are what is wrong with HTTPS, and with what else it concerns.
func (t *TLS) problems(c *Config) Problems {
	var wrong Problems
	add := func(key, format string, args ...any) { wrong = append(wrong, c.problem(key, format, args...)) }
	if t.Email != "" {
		if a, err := mail.ParseAddress(t.Email); err != nil || a.Address != t.Email {
			add("tls.email", "%q is no e-mail address", t.Email)
		}
	}
	if u, err := url.Parse(t.CA); err != nil || u.Scheme != "https" || u.Host == "" {
		add("tls.ca", "%q is no directory of a certificate authority; write its address, which begins with https://", t.CA)
	}
	for _, f := range []struct{ key, name string }{{"tls.ca_root", t.CARoot}, {"tls.cert_file", t.CertFile}, {"tls.key_file", t.KeyFile}} {
		if info, err := os.Stat(filepath.Clean(f.name)); f.name != "" && (err != nil || info.IsDir()) {
			add(f.key, "there is no file %q", f.name)
		}
	}
	switch {
	case t.CertFile != "" && t.KeyFile == "":
		add("tls.cert_file", "its key is missing; name its file with tls.key_file")
	case t.CertFile == "" && t.KeyFile != "":
		add("tls.key_file", "the certificate is missing; name its file with tls.cert_file")
	case t.CertFile != "" && len(t.Domains) > 0:
		add("tls.cert_file", "a certificate can be brought, or had for tls.domains, but not both; take one of the two out")
	}
	return append(wrong, t.addressProblems(c)...)
}

func (t *TLS) addressProblems(c *Config) Problems {
	var wrong Problems
	add := func(key, format string, args ...any) { wrong = append(wrong, c.problem(key, format, args...)) }
	if !listenAddress(t.Addr) {
		add("tls.addr", "%q is no address to listen on; write one such as \":443\"", t.Addr)
	}
	if t.HTTPAddr != "" && !listenAddress(t.HTTPAddr) {
		add("tls.http_addr", "%q is no address to listen on; write one such as \":80\"", t.HTTPAddr)
	}
	if !t.On() {
		return wrong
	}
	if c.origin["addr"] != "" {
		add("addr", "with HTTPS, readers are answered at tls.addr (%s), and sent there from tls.http_addr (%s); take this out", t.Addr, t.HTTPAddr)
	}
	if same(t.HTTPAddr, t.Addr) {
		add("tls.http_addr", "this is where HTTPS is answered; what comes without needs an address of its own")
	}
	if same(c.MetricsAddr, t.HTTPAddr) {
		add("metrics_addr", "this is tls.http_addr; metrics need an address of their own")
	}
	return wrong
}

// same reports whether two addresses can't both be listened on. A port 0 is a
// different one each time.
func same(a, b string) bool {
	_, port, _ := net.SplitHostPort(a)
	return a != "" && a == b && port != "0"
}
