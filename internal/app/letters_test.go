package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/config"
	"broadsheet/internal/mail/mailtest"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// A letter that somebody has asked for goes through the whole program: by the form,
// the store, the clock and a real mail server, which is away at first.
func TestALetterGetsThroughThoughTheMailServerIsSilentAtFirst(t *testing.T) {
	box := mailtest.Start(t, false)
	a := open(t, func(c *config.Config) {
		c.SMTP = config.SMTP{Host: "127.0.0.1", Port: box.Port, TLS: "none", From: "The Post <newsroom@paper.example>", User: "paper", Password: "s3cret"}
	})
	box.Answer("RCPT", "451 come back later")
	if err := a.Desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error { s.Address = "https://paper.example"; return nil }); err != nil {
		t.Fatal(err)
	}
	s := &news.Staff{Name: "Ida Holm", Email: "ida@paper.example", Language: "ru"}
	link, err := a.Desk.AddStaff(t.Context(), "test", s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Desk.AcceptLink(t.Context(), link, "hash"); err != nil {
		t.Fatal(err)
	}
	at := serve(t, a)
	start := time.Now()
	resp, err := http.PostForm(at+"newsroom/forgotten", url.Values{"email": {"ida@paper.example"}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if took := time.Since(start); resp.StatusCode != http.StatusOK || took > 5*time.Second {
		t.Errorf("the answer is %d after %v", resp.StatusCode, took)
	}
	eventually(t, "it is put off", func() bool {
		l, err := a.Store.LetterOf(t.Context(), s.ID)
		return err == nil && l.Waits() && strings.Contains(l.Problem, `451 "come back later"`) && !strings.Contains(l.Problem, "ida@")
	})
	box.Answer("RCPT", "")
	if _, err := a.Store.Update(t.Context(), time.Now(), func(tx *store.Tx) error { // its hour comes
		l, err := tx.LetterOf(t.Context(), s.ID)
		if err != nil {
			return err
		}
		l.Due = time.Now()
		return tx.PutLetter(t.Context(), &l)
	}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is sent", func() bool {
		l, err := a.Store.LetterOf(t.Context(), s.ID)
		return err == nil && !l.Sent.IsZero()
	})
	got := box.Letters()
	if len(got) != 1 || got[0].To != "ida@paper.example" || got[0].User != "paper:s3cret" {
		t.Fatalf("%+v", got)
	}
	p := got[0].Read(t)
	if p.Subject != "Новый пароль для редакции «Broadsheet»" || !strings.Contains(p.Text, "https://paper.example/newsroom/welcome?link=") || !strings.Contains(p.HTML, `lang="ru"`) {
		t.Errorf("%+v", p)
	}
}
