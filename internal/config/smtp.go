package config

import (
	"cmp"
	"net"
	"net/mail"
	"slices"
	"strings"
)

// SMTP is the mail server that takes letters to the paper's own people. Without a
// Host there is none, and links are handed on by hand.
type SMTP struct {
	Host string `toml:"host"`
	// Port is 0 for the one that goes with TLS; see [SMTP.DialPort].
	Port int `toml:"port"`
	// User and Password are "" where the server asks for none.
	User     string `toml:"user"`
	Password Secret `toml:"password"`
	// From is who letters come from, as "The Paper <newsroom@paper.example>".
	From string `toml:"from"`
	// TLS is "starttls", "tls" or "none".
	TLS string `toml:"tls"`
}

// On reports whether letters are sent.
func (s *SMTP) On() bool { return s.Host != "" }

// DialPort is Port, or the usual one: 587 for STARTTLS, 465 for TLS (RFC 8314), 25
// for none.
func (s *SMTP) DialPort() int {
	return cmp.Or(s.Port, map[string]int{"starttls": 587, "tls": 465, "none": 25}[s.TLS])
}

// Sender is From, taken apart.
func (s *SMTP) Sender() mail.Address {
	a, err := mail.ParseAddress(s.From)
	if err != nil {
		return mail.Address{} // can't be, once it was checked
	}
	return *a
}

// problems are what is wrong with the mail server. No password is repeated.
func (s *SMTP) problems(c *Config) Problems {
	var wrong Problems
	add := func(key, format string, args ...any) { wrong = append(wrong, c.problem(key, format, args...)) }
	if modes := []string{"starttls", "tls", "none"}; !slices.Contains(modes, s.TLS) {
		add("smtp.tls", "%q is unknown; %q are known", s.TLS, modes)
	}
	if s.Port < 0 || s.Port > 65535 {
		add("smtp.port", "%d is no port; leave it out for the usual one", s.Port)
	}
	if !s.On() {
		for _, f := range []struct{ key, value string }{{"smtp.from", s.From}, {"smtp.user", s.User}, {"smtp.password", string(s.Password)}} {
			if f.value != "" {
				add(f.key, "there is no mail server; name it with smtp.host")
			}
		}
		return wrong
	}
	if strings.ContainsAny(s.Host, " /:@") && net.ParseIP(s.Host) == nil {
		add("smtp.host", "%q is no name of a mail server; write one such as \"mail.paper.example\", and its port in smtp.port", s.Host)
	}
	if s.From == "" {
		add("smtp.from", "letters need a sender, such as \"The Paper <newsroom@paper.example>\"")
	} else if a, err := mail.ParseAddress(s.From); err != nil || !strings.Contains(a.Address, ".") {
		add("smtp.from", "%q is no e-mail address; write one such as \"The Paper <newsroom@paper.example>\"", s.From)
	}
	switch {
	case s.User != "" && s.Password == "":
		add("smtp.user", "its password is missing; give it in smtp.password")
	case s.User == "" && s.Password != "":
		add("smtp.password", "whose is it? name the user with smtp.user")
	case s.User != "" && s.TLS == "none" && !thisMachine(s.Host):
		add("smtp.tls", "the password would go over the network for everybody to read; take \"starttls\" or \"tls\"")
	}
	return wrong
}

// thisMachine holds for the names under which a password may go without TLS.
func thisMachine(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}
