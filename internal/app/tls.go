package app

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strconv"

	"broadsheet/internal/certificate"
	"broadsheet/internal/web"
)

// certificates are had from an authority or brought by the operator.
type certificates interface {
	TLS() *tls.Config
	// Ours reports whether they are for a host, and Ready whether that one is there.
	Ours(host string) bool
	Ready(host string) bool
	// Answer answers an authority's question, where a request is one.
	Answer(w http.ResponseWriter, r *http.Request) bool
	// Run sees to them until ctx is done.
	Run(ctx context.Context)
}

// certificates opens those that the configuration names, for servers at those
// addresses; plain may be nil.
func (a *App) certificates(ctx context.Context, https, plain net.Listener) (certificates, error) {
	c := &a.Config.TLS
	if c.CertFile != "" {
		return certificate.Read(c.CertFile, c.KeyFile, a.Log)
	}
	o := certificate.Order{
		Email: c.Email, CA: c.CA, CARoot: c.CARoot, Folder: a.Config.CertificateDir(),
		HTTPS: https.Addr(), Log: a.Log,
	}
	if plain != nil {
		o.HTTP = plain.Addr()
	}
	for _, d := range c.Domains {
		o.Domains = append(o.Domains, d.Name)
	}
	return certificate.Open(ctx, o)
}

// secure are the servers for whole over HTTPS, and for who comes without, who sees
// readers' pages alone while there is no certificate yet: no password goes there.
// With them comes what sees to the certificates until its context is done. On an
// error every listener but https is closed.
func (a *App) secure(ctx context.Context, https net.Listener, whole, readers http.Handler, journal *web.Journal) ([]served, func(context.Context), error) {
	plain, err := a.listenPlain()
	if err != nil {
		return nil, nil, err
	}
	certs, err := a.certificates(ctx, https, plain)
	if err != nil {
		if plain != nil {
			plain.Close()
		}
		return nil, nil, err
	}
	shown := whole
	if a.Config.TLS.CertFile == "" { // who brings a certificate may forget to renew it
		shown = web.StrictTransport(whole)
	}
	server := web.NewServer(journal.Answers(shown), a.Log)
	server.Secure(certs.TLS())
	servers := []served{{https, server}}
	if plain != nil {
		onward := &web.ToHTTPS{Ours: certs.Ours, Ready: certs.Ready, Meanwhile: readers, Port: port(https.Addr())}
		first := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !certs.Answer(w, r) {
				onward.ServeHTTP(w, r)
			}
		})
		servers = append(servers, served{plain, web.NewServer(journal.Answers(first), a.Log)})
	}
	return servers, certs.Run, nil
}

// listenPlain opens the address for who comes without TLS; nil where there is none.
func (a *App) listenPlain() (net.Listener, error) {
	if a.Config.TLS.HTTPAddr == "" {
		return nil, nil
	}
	return listen(a.Config.TLS.HTTPAddr, " for HTTP without TLS")
}

func port(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok {
		return strconv.Itoa(tcp.Port)
	}
	return ""
}

// URL is the address of ln, which came from [App.Listen], for a person on this
// machine or, where there is a domain, for everybody.
func (a *App) URL(ln net.Listener) string { return a.origin(ln) + "/" }

// origin is the address of the site as long as its settings name none.
func (a *App) origin(ln net.Listener) string {
	t := &a.Config.TLS
	if !t.On() {
		return "http://" + readable(ln.Addr())
	}
	host := readable(ln.Addr())
	if len(t.Domains) > 0 {
		host = net.JoinHostPort(t.Domains[0].Name, port(ln.Addr()))
	}
	if name, p, err := net.SplitHostPort(host); err == nil && p == "443" {
		host = name
	}
	return "https://" + host
}
