package certificate

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/caddyserver/certmagic"

	"broadsheet/internal/fault"
)

// Order is what a [Keeper] is to have, and how.
type Order struct {
	// Domains are in ASCII and small letters, at least one. Who connects without
	// naming one gets the first one's certificate.
	Domains []string
	// Email is whom the authority may write to; "" for nobody.
	Email string
	// CA is the directory of the authority, and CARoot a PEM file with what its own
	// HTTPS is checked against; "" for what the machine trusts.
	CA, CARoot string
	// Folder is for certificates, keys and the account. Several processes may share
	// it: one of them has a certificate, and each answers the authority.
	Folder string
	// HTTPS is where the server listens with the keeper's certificates, and HTTP
	// where it asks [Keeper.Answer]; nil for nowhere.
	HTTPS, HTTP net.Addr
	Log         *slog.Logger
}

// Keeper has a certificate for each of some domains, and renews it in time. It
// proves to the authority that they are ours at either address.
type Keeper struct {
	order  Order
	cache  *certmagic.Cache
	config *certmagic.Config
	issuer *certmagic.ACMEIssuer
	ready  map[string]*atomic.Bool // by domain
}

// Open reads what is in the folder, and asks nobody else for anything; that begins
// with [Keeper.Run], which must be called, since it also closes the keeper. A
// folder that can't be used is an Unavailable fault, a CARoot without a certificate
// an Invalid one.
func Open(ctx context.Context, o Order) (*Keeper, error) {
	roots, err := rootsIn(o.CARoot)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "the folder for certificates can't be made")
	}
	k := &Keeper{order: o, ready: map[string]*atomic.Bool{}}
	log := zapFor(o.Log)
	k.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return k.config, nil },
		Logger:           log,
	})
	k.config = certmagic.New(k.cache, certmagic.Config{
		Storage:           &certmagic.FileStorage{Path: o.Folder},
		DefaultServerName: o.Domains[0],
		OnEvent:           k.heard,
		Logger:            log,
		// A revoked certificate is replaced because the authority asks for that
		// (RFC 9773); who sees readers' handshakes is nobody's business.
		OCSP: certmagic.OCSPConfig{DisableStapling: true},
	})
	k.issuer = certmagic.NewACMEIssuer(k.config, k.acme(roots))
	k.issuer.Logger = log
	k.config.Issuers = []certmagic.Issuer{k.issuer}
	for _, d := range o.Domains {
		k.ready[d] = &atomic.Bool{}
		if err := k.take(ctx, d); err != nil && !errors.Is(err, fs.ErrNotExist) {
			k.cache.Stop()
			return nil, fault.Wrap(fault.Unavailable, err, "the certificate for %s in %s can't be read", d, o.Folder)
		}
	}
	return k, nil
}

// acme is how certificates are asked for. certmagic opens an address of its own for
// the authority where it finds none open, so it is told of ours.
func (k *Keeper) acme(roots *x509.CertPool) certmagic.ACMEIssuer {
	a := certmagic.ACMEIssuer{CA: k.order.CA, Email: k.order.Email, Agreed: true, TrustedRoots: roots}
	if at, ok := k.order.HTTPS.(*net.TCPAddr); ok {
		a.AltTLSALPNPort, a.ListenHost = at.Port, host(at)
	}
	if at, ok := k.order.HTTP.(*net.TCPAddr); ok {
		a.AltHTTPPort = at.Port
	} else {
		a.DisableHTTPChallenge = true
	}
	return a
}

// host is "" for every address of the machine.
func host(at *net.TCPAddr) string {
	if at.IP.IsUnspecified() {
		return ""
	}
	return at.IP.String()
}

// rootsIn are the certificates in a PEM file; nil for no file.
func rootsIn(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file tls.ca_root can't be read")
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, fault.New(fault.Invalid, "the file tls.ca_root (%s) has no certificate in PEM", file)
	}
	return roots, nil
}

// TLS is for the server at HTTPS.
func (k *Keeper) TLS() *tls.Config {
	c := settings()
	authority := k.config.TLSConfig()
	c.GetCertificate = authority.GetCertificate
	c.NextProtos = append(c.NextProtos, authority.NextProtos...) // in which it asks (RFC 8737)
	return c
}

// Ours reports whether host is one of the domains.
func (k *Keeper) Ours(host string) bool { return k.ready[host] != nil }

// Ready reports whether there is a certificate for host, if only an old one.
func (k *Keeper) Ready(host string) bool {
	ready := k.ready[host]
	return ready != nil && ready.Load()
}

// Answer answers the authority, where it asks for the proof that it has told us of,
// and reports whether it did; nothing was written otherwise.
func (k *Keeper) Answer(w http.ResponseWriter, r *http.Request) bool {
	return k.issuer.HandleHTTPChallenge(w, r)
}

// Run has and renews certificates until ctx is done. An authority that does not
// answer, or refuses, is asked again, after a minute at first and six hours at
// last, and the log tells.
func (k *Keeper) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, d := range k.order.Domains {
		all.Go(func() { k.keep(ctx, d) })
	}
	<-ctx.Done()
	all.Wait()
	k.cache.Stop()
}

// keep sees to one domain until it has a certificate that will do for a while; the
// cache looks after it from then on.
func (k *Keeper) keep(ctx context.Context, domain string) {
	for {
		err := k.have(ctx, domain)
		if err == nil || ctx.Err() != nil {
			return
		}
		k.order.Log.Error("there is no new certificate; it is asked for again in an hour", "domain", domain, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Hour):
		}
	}
}

// have has a certificate, or a newer one where the one there is runs out. Despite
// their names, the functions of certmagic that it calls return when that is done;
// they try again by themselves, but not for ever.
func (k *Keeper) have(ctx context.Context, domain string) error {
	if err := k.config.ObtainCertAsync(ctx, domain); err != nil { // nothing if there is one
		return err
	}
	if !k.Ready(domain) {
		return k.take(ctx, domain)
	}
	return k.renew(ctx, domain)
}

// renew is for what ran out, or nearly, while no server ran.
func (k *Keeper) renew(ctx context.Context, domain string) error {
	had, err := k.config.CacheManagedCertificate(ctx, domain)
	if err != nil || !had.NeedsRenewal(k.config) {
		return err
	}
	if err := k.config.RenewCertAsync(ctx, domain, false); err != nil {
		return err
	}
	return k.take(ctx, domain)
}

// take has connections use what is in the folder.
func (k *Keeper) take(ctx context.Context, domain string) error {
	if _, err := k.config.CacheManagedCertificate(ctx, domain); err != nil {
		return err
	}
	k.ready[domain].Store(true)
	return nil
}

// heard is told what certmagic does.
func (k *Keeper) heard(_ context.Context, event string, about map[string]any) error {
	if event == "cert_obtained" {
		k.order.Log.Info("a certificate was issued", "domain", about["identifier"], "renewed", about["renewal"])
	}
	return nil
}
