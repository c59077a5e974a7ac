package newsroom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/mail"
	"broadsheet/internal/news"
)

// post sends the letters that are due, as the server's clock does, and returns those
// that were taken; fails is what the mail server says.
func (r *room) post(fails error) []mail.Letter {
	r.t.Helper()
	var took []mail.Letter
	err := r.desk.SendLetters(r.t.Context(), func(ctx context.Context, p desk.Post) error {
		l, err := r.handler.Letter(ctx, p)
		if err == nil && fails == nil {
			took = append(took, l)
		}
		return errors.Join(err, fails)
	}, func(desk.LetterResult) {})
	if err != nil {
		r.t.Fatal(err)
	}
	return took
}

func TestAnInvitationIsShownAndSentAndTheScreenSaysSo(t *testing.T) {
	r := open(t)
	ada := r.hire("Ada Admin", news.Grant{Role: news.Administrator})
	r.desk.WriteLetters()
	says(t, ada.post("/newsroom/staff/new", "name", "Ida Holm", "email", "ida@paper.example", "role", "reporter"), http.StatusOK,
		"newsroom/welcome?link=", "It is sent there by mail", "A letter to ida@paper.example is on its way", `hx-get="/newsroom/staff/2/letter"`)
	r.post(errors.New("dial tcp: connection <refused>"))
	says(t, ada.get("/newsroom/staff/2/letter"), http.StatusOK, "could not be sent yet", "connection &lt;refused&gt;", "!hx-get", "!<html")
	says(t, ada.get("/newsroom/staff/2"), http.StatusOK, "could not be sent yet")
	r.now = r.now.Add(time.Minute)
	took := r.post(nil)
	says(t, ada.get("/newsroom/staff/2"), http.StatusOK, "A letter was sent to ida@paper.example", "!hx-get")
	if len(took) != 1 || took[0].To.Address != "ida@paper.example" || took[0].Subject != "Your account in the newsroom of Broadsheet" || took[0].Language != "en" {
		t.Fatalf("%+v", took)
	}
	_, link, _ := strings.Cut(took[0].Text, origin)
	link, _, _ = strings.Cut(link, "\n")
	says(t, r.stranger().get(link), http.StatusOK, "Welcome, Ida Holm")
	says(t, r.stranger().post(link, "password", password, "again", password), http.StatusSeeOther)
	says(t, r.stranger().post(link, "password", password, "again", password), http.StatusNotFound)
	says(t, ada.post("/newsroom/staff/2/link"), http.StatusOK, "It is sent there by mail")
	r.post(&mail.Refused{Err: errors.New("550 no such person")})
	says(t, ada.get("/newsroom/staff/2"), http.StatusOK, "could not be sent. Check the address", "550 no such person")
	says(t, ada.get("/newsroom/staff/1/letter"), http.StatusNotFound)
}

func TestALetterIsSafeWhateverSomebodyIsCalled(t *testing.T) {
	r := open(t)
	r.desk.WriteLetters()
	if err := r.desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error {
		s.Title, s.Address = `The <b>Post</b> & "Sons"`, "https://post.example/"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s := &news.Staff{Name: "Ida\r\nBcc: x@y\n\n<script>alert(1)</script>", Email: "ida@paper.example", Language: "ar"}
	if _, err := r.desk.AddStaff(t.Context(), "test", s); err != nil {
		t.Fatal(err)
	}
	l := r.post(nil)[0]
	for _, want := range []string{`<html lang="ar" dir="rtl">`, "&lt;script&gt;alert(1)&lt;/script&gt;", "The &lt;b&gt;Post&lt;/b&gt; &amp; &#34;Sons&#34;", `<a href="https://post.example/newsroom/welcome?link=`} {
		if !strings.Contains(l.HTML, want) {
			t.Errorf("the letter lacks %s: %s", want, l.HTML)
		}
	}
	if strings.Contains(l.HTML, "<script") || strings.ContainsAny(l.Subject+l.To.Name, "\r\n") || !strings.Contains(l.Text, `The <b>Post</b> & "Sons"`) || l.Language != "ar" {
		t.Errorf("%+v", l)
	}
}

func TestWhoHasForgottenGetsTheSameAnswerWhoeverTheyAre(t *testing.T) {
	r := open(t)
	says(t, r.stranger().get("/newsroom/forgotten"), http.StatusOK, "Ask an administrator", "!<form")
	says(t, r.stranger().post("/newsroom/forgotten", "email", "ida@paper.example"), http.StatusNotFound)
	r.hire("Ida Holm")
	r.desk.WriteLetters()
	r.hire("Otto Off")
	if err := r.desk.DisableStaff(t.Context(), "test", 2); err != nil {
		t.Fatal(err)
	}
	r.post(nil)
	says(t, r.stranger().get("/newsroom/forgotten"), http.StatusOK, `<form method="post" action="/newsroom/forgotten">`, "Ask an administrator")
	var first string
	for i, email := range []string{"ida@paper.example", "who@paper.example", "otto@paper.example"} {
		p := r.stranger()
		p.language = "de"
		p.header = http.Header{"X-Forwarded-Host": {"evil.example"}}
		w := p.post("/newsroom/forgotten", "email", email)
		says(t, w, http.StatusOK, "Wenn es ein Konto mit dieser Adresse gibt", "!"+email)
		if i == 0 {
			first = w.Body.String()
		} else if w.Body.String() != first {
			t.Errorf("%s: another answer: %s", email, w.Body)
		}
	}
	took := r.post(nil)
	if len(took) != 1 || took[0].To.Address != "ida@paper.example" || took[0].Subject != "Neues Passwort für die Redaktion von Broadsheet" || !strings.Contains(took[0].Text, origin+"/newsroom/welcome?link=") {
		t.Errorf("%+v", took)
	}
	for _, email := range nonsense() {
		says(t, r.stranger().post("/newsroom/forgotten", "email", email), http.StatusUnprocessableEntity, "!<script>alert")
		r.now = r.now.Add(letterEvery)
	}
}

func TestLettersAreLimitedByAccountAndByNetwork(t *testing.T) {
	r := open(t)
	r.desk.WriteLetters()
	ask := func(email string, network int) int {
		p := r.stranger()
		p.network = fmt.Sprintf("192.0.2.%d:99", network)
		w := p.post("/newsroom/forgotten", "email", email)
		if w.Code == http.StatusTooManyRequests {
			says(t, w, w.Code, "Please try again in", `value="`+email+`"`)
		}
		return w.Code
	}
	for i := range letterBurst {
		if code := ask("ida@paper.example", i+1); code != http.StatusOK {
			t.Errorf("letter %d: %d", i, code)
		}
	}
	if code := ask("ida@paper.example", 99); code != http.StatusTooManyRequests {
		t.Errorf("too many for one account: %d", code)
	}
	for i := range networkBurst {
		if code := ask(fmt.Sprintf("x%d@paper.example", i), 50); code != http.StatusOK {
			t.Errorf("letter %d of a network: %d", i, code)
		}
	}
	if code := ask("new@paper.example", 50); code != http.StatusTooManyRequests {
		t.Errorf("too many of one network: %d", code)
	}
}
