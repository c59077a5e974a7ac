package mail

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Security is how the connection to a mail server is encrypted.
type Security string

// The ways there are. There is none that encrypts where it can and else does not:
// whoever stands between could choose.
const (
	StartTLS Security = "starttls" // begins plain and changes over, or fails (RFC 3207)
	TLS      Security = "tls"      // from the first byte on (RFC 8314)
	Plain    Security = "none"     // for a server on this machine
)

// Server is a mail server that takes letters from us.
type Server struct {
	Host     string
	Port     int
	User     string // "" where the server asks for none
	Password string
	Security Security
	From     netmail.Address
	Trust    *tls.Config // what the server is checked against; nil for what this machine trusts
}

// Letter is a message to one person. Text and HTML say the same.
type Letter struct {
	To       netmail.Address
	Subject  string
	Language string // BCP 47
	Text     string
	HTML     string
}

// Refused is an error for which it is in vain to try again: the server does not
// want this letter, or knows nobody of that address.
type Refused struct{ Err error }

// Error is what the server said.
func (r *Refused) Error() string { return r.Err.Error() }

// Unwrap is what the server said, as an error of its own.
func (r *Refused) Unwrap() error { return r.Err }

// longest is how long handing over one letter may take, whatever the server does.
const longest = time.Minute

// Send hands a letter over. Without an error the server has taken it. The error is a
// [Refused] where it never will.
func (s *Server) Send(ctx context.Context, l Letter) error {
	m, err := s.message(l)
	if err != nil {
		return &Refused{err}
	}
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop() // also closes the connection, which the library leaves open where it fails early
	options := []gomail.Option{
		gomail.WithPort(s.Port), gomail.WithTimeout(longest / 2), gomail.WithHELO(domain(s.From.Address)),
		gomail.WithTLSPolicy(gomail.NoTLS), gomail.WithDialContextFunc(func(_ context.Context, network, address string) (net.Conn, error) {
			return s.dial(ctx, network, address)
		}),
	}
	if s.Security == StartTLS {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithTLSConfig(s.trust()))
	}
	if s.User != "" {
		options = append(options, gomail.WithUsername(s.User), gomail.WithPassword(s.Password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin, gomail.SMTPAuthCramMD5))
	}
	c, err := gomail.NewClient(s.Host, options...)
	if err != nil {
		return err
	}
	err = c.DialAndSendWithContext(ctx, m)
	if err == nil || m.IsDelivered() { // what goes wrong in taking leave is none of the letter's
		return nil
	}
	e, ok := errors.AsType[*gomail.SendError](err)
	if ok { // what the library adds about the letter is known here, and no matter of logs
		words, _, _ := strings.Cut(err.Error(), ", affected")
		err = errors.New(words)
	}
	if ok && !e.IsTemp() && (e.Reason == gomail.ErrSMTPRcptTo || e.Reason == gomail.ErrSMTPDataClose) && e.ErrorCode() >= 500 {
		return &Refused{err}
	}
	return err
}

// message is a letter as it goes over the wire. Each part of a header is encoded:
// a line break in a name begins no header of its own.
func (s *Server) message(l Letter) (*gomail.Msg, error) {
	if a, err := netmail.ParseAddress(l.To.Address); err != nil || a.Address != l.To.Address || strings.ContainsAny(l.To.Address, " ,<>\r\n") {
		return nil, fmt.Errorf("mail: %q is no address", l.To.Address)
	}
	m := gomail.NewMsg(gomail.WithEncoding(gomail.EncodingQP))
	m.FromMailAddress(&netmail.Address{Name: oneLine(s.From.Name), Address: s.From.Address})
	m.ToMailAddress(&netmail.Address{Name: oneLine(l.To.Name), Address: l.To.Address})
	m.Subject(oneLine(l.Subject))
	m.SetDate()
	m.SetMessageIDWithValue(rand.Text() + "@" + domain(s.From.Address))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no answer from a robot
	if l.Language != "" {
		m.SetGenHeader("Content-Language", oneLine(l.Language))
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	return m, nil
}

// dial opens a connection that ends with ctx.
func (s *Server) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: longest / 2}
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	if s.Security != TLS {
		return conn, nil
	}
	safe := tls.Client(conn, s.trust())
	if err := safe.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return safe, nil
}

func (s *Server) trust() *tls.Config {
	c := &tls.Config{}
	if s.Trust != nil {
		c = s.Trust.Clone()
	}
	c.ServerName, c.MinVersion = s.Host, tls.VersionTLS12
	return c
}

// Address is where the server is asked, as "host:port".
func (s *Server) Address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

// domain is the part of an address behind its "@".
func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// oneLine is a text in one line, without signs that control anything.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029'
	}), " ")
}
