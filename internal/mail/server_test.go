package mail

import (
	"context"
	"crypto/tls"
	"errors"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/mail/mailtest"
)

func serverOf(s *mailtest.Server, security Security) *Server {
	return &Server{Host: "localhost", Port: s.Port, Security: security, From: netmail.Address{Name: "The Harbour Post", Address: "newsroom@paper.example"}, Trust: &tls.Config{RootCAs: s.Roots}}
}

func letter() Letter {
	return Letter{To: netmail.Address{Name: "Ida Holm", Address: "ida@paper.example"}, Subject: "Your account", Language: "de", Text: "Grüße\n.\nhttps://paper.example/x?link=1\n", HTML: "<p>Grüße</p>"}
}

func TestALetterIsHandedOverInEachWay(t *testing.T) {
	for security, implicit := range map[Security]bool{StartTLS: false, TLS: true, Plain: false} {
		t.Run(string(security), func(t *testing.T) {
			box := mailtest.Start(t, implicit)
			s := serverOf(box, security)
			s.User, s.Password = "paper", "s3cret"
			if err := s.Send(t.Context(), letter()); err != nil {
				t.Fatal(err)
			}
			got := box.Letters()
			if len(got) != 1 || got[0].To != "ida@paper.example" || !strings.Contains(got[0].From, "<newsroom@paper.example>") || got[0].TLS != (security != Plain) || got[0].User != "paper:s3cret" {
				t.Fatalf("%+v", got)
			}
			p := got[0].Read(t)
			if p.Text != letter().Text || p.HTML != letter().HTML || p.Subject != "Your account" || p.Header.Get("Auto-Submitted") != "auto-generated" || p.Header.Get("Content-Language") != "de" {
				t.Errorf("%+v", p)
			}
			if p.Header.Get("To") != `"Ida Holm" <ida@paper.example>` || !strings.HasSuffix(p.Header.Get("Message-ID"), "@paper.example>") {
				t.Errorf("%v", p.Header)
			}
		})
	}
}

func TestNothingInANameBeginsAHeader(t *testing.T) {
	box := mailtest.Start(t, false)
	s := serverOf(box, StartTLS)
	evil := "Ida\r\nBcc: all@paper.example\r\n\r\n<script>alert(1)</script> \"quoted\" <x@y>"
	l := letter()
	l.To.Name, l.Subject, l.Language = evil, evil, "de\r\nBcc: x@y"
	s.From.Name = evil
	if err := s.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	p := box.Letters()[0].Read(t)
	if p.Header.Get("Bcc") != "" || p.Text != l.Text || !strings.Contains(p.Subject, "<script>alert(1)</script>") {
		t.Errorf("%v\n%s", p.Header, box.Letters()[0].Data)
	}
	to, err := p.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != "ida@paper.example" || !strings.HasSuffix(to[0].Name, `"quoted" <x@y>`) {
		t.Errorf("%v, %v", to, err)
	}
	for _, address := range []string{"", "x", "a@b\r\nRCPT TO:<c@d>", "a@b, c@d", "<a@b>"} {
		l.To.Address = address
		if err := s.Send(t.Context(), l); !isRefused(err) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if n := len(box.Letters()); n != 1 {
		t.Errorf("%d letters", n)
	}
}

func isRefused(err error) bool {
	_, ok := errors.AsType[*Refused](err)
	return ok
}

func TestAnErrorTellsWhetherItIsInVain(t *testing.T) {
	for _, c := range []struct {
		command, answer string
		refused, sent   bool
	}{
		{"RCPT", "550 no such person", true, false},
		{"RCPT", "451 try later", false, false},
		{"MAIL", "550 who are you", false, false}, // the operator can mend it
		{"AUTH", "535 wrong password", false, false},
		{"DATA", "421 closing", false, false},
		{".", "554 spam", true, false},
		{".", "452 full", false, false},
		{"RSET", "421 closing", false, true},
		{"QUIT", "500 what", false, true},
	} {
		box := mailtest.Start(t, false)
		s := serverOf(box, StartTLS)
		s.User, s.Password = "paper", "s3cret"
		box.Answer(c.command, c.answer)
		err := s.Send(t.Context(), letter())
		if isRefused(err) != c.refused || (err == nil) != c.sent || len(box.Letters()) == 1 != c.sent {
			t.Errorf("%s %s: %v, %d letters", c.command, c.answer, err, len(box.Letters()))
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestNothingIsSentOverAConnectionThatIsNotSafe(t *testing.T) {
	box := mailtest.Start(t, false)
	s := serverOf(box, StartTLS)
	s.Trust = nil // a certificate that nobody here knows
	if err := s.Send(t.Context(), letter()); err == nil || isRefused(err) {
		t.Errorf("%v", err)
	}
	s = serverOf(mailtest.Start(t, true), TLS)
	s.Trust = nil
	if err := s.Send(t.Context(), letter()); err == nil || isRefused(err) {
		t.Errorf("%v", err)
	}
	if n := len(box.Letters()); n != 0 {
		t.Errorf("%d letters", n)
	}
}

func TestASilentServerEndsWithTheContext(t *testing.T) {
	box := mailtest.Start(t, false)
	box.BeSilent(true)
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	start := time.Now()
	if err := serverOf(box, StartTLS).Send(ctx, letter()); err == nil || isRefused(err) || time.Since(start) > 10*time.Second {
		t.Errorf("after %v: %v", time.Since(start), err)
	}
	if err := serverOf(&mailtest.Server{Port: 1}, Plain).Send(t.Context(), letter()); err == nil || isRefused(err) {
		t.Errorf("nobody there: %v", err)
	}
}
