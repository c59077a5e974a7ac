package config

import (
	"strings"
	"testing"
)

func TestAMailServerIsChecked(t *testing.T) {
	for _, c := range []struct {
		file string
		want []string // parts of the message; none where it may stand so
	}{
		{"", nil},
		{"[smtp]\nhost = 'mail.paper.example'\nfrom = 'The Paper <newsroom@paper.example>'\nuser = 'paper'\npassword = 's3cret'\n", nil},
		{"[smtp]\nhost = 'localhost'\nfrom = 'newsroom@paper.example'\ntls = 'none'\nuser = 'paper'\npassword = 's3cret'\n", nil},
		{"[smtp]\nhost = '2001:db8::1'\nfrom = 'newsroom@paper.example'\nport = 2525\n", nil},
		{"[smtp]\nhost = 'mail.paper.example'\n", []string{"smtp.from: letters need a sender"}},
		{"[smtp]\nhost = 'mail.paper.example:25'\nfrom = 'x'\n", []string{`paper.toml:2: smtp.host: "mail.paper.example:25" is no name`, `paper.toml:3: smtp.from: "x" is no e-mail address`}},
		{"[smtp]\nhost = 'm.example'\nfrom = 'a@b.example'\ntls = 'maybe'\nport = 70000\n", []string{`paper.toml:4: smtp.tls: "maybe" is unknown`, "paper.toml:5: smtp.port: 70000 is no port"}},
		{"[smtp]\nhost = 'm.example'\nfrom = 'a@b.example'\nuser = 'x'\n", []string{"paper.toml:4: smtp.user: its password is missing"}},
		{"[smtp]\nhost = 'm.example'\nfrom = 'a@b.example'\npassword = 's3cret'\n", []string{"paper.toml:4: smtp.password: whose is it?"}},
		{"[smtp]\nhost = 'm.example'\nfrom = 'a@b.example'\nuser = 'x'\npassword = 's3cret'\ntls = 'none'\n", []string{"paper.toml:6: smtp.tls: the password would go over the network"}},
		{"[smtp]\nfrom = 'a@b.example'\npassword = 's3cret'\n", []string{"paper.toml:2: smtp.from: there is no mail server", "paper.toml:3: smtp.password: there is no mail server"}},
		{"[smtp]\nport = 'x'\n", []string{"paper.toml:2: smtp.port: a whole number is needed"}},
	} {
		got, err := load(t, c.file, nil)
		if (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%s:\nsays  %v\nlacks %s", c.file, err, want)
			}
		}
		if err == nil && strings.Contains(got.String(), "s3cret") {
			t.Errorf("it prints %s", got)
		}
	}
	for mode, want := range map[string]int{"starttls": 587, "tls": 465, "none": 25} {
		if s := (SMTP{TLS: mode}); s.DialPort() != want {
			t.Errorf("%s: port %d", mode, s.DialPort())
		}
	}
	if a := (&SMTP{From: "The Paper <newsroom@paper.example>"}).Sender(); a.Name != "The Paper" || a.Address != "newsroom@paper.example" {
		t.Errorf("%v", a)
	}
}
