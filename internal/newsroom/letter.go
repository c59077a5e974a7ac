package newsroom

import (
	"bytes"
	"context"
	"net/http"
	netmail "net/mail"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/mail"
	"broadsheet/internal/news"
)

// LetterState says what became of the letter with a link; the screen that shows it
// asks again while it waits.
type LetterState struct {
	Frame
	ID   news.StaffID
	Text string
	Said string // what the mail server said; "" for nothing
	Wait bool   // it is under way
	Bad  bool   // it could not be sent
}

// letterState is that of the last letter to an account; nil where there is none.
func (v *visit) letterState(id news.StaffID) (*LetterState, error) {
	l, err := v.Store.LetterOf(v.ctx(), id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := &LetterState{Frame: v.frame(""), ID: id, Said: l.Problem}
	switch {
	case !l.Sent.IsZero():
		s.Text = v.l.Say("letter_sent", "email", l.Email, "date", v.moment(l.Sent))
	case l.Waits() && l.Problem == "":
		s.Text, s.Wait = v.l.Say("letter_waits", "email", l.Email), true
	case l.Waits():
		s.Text, s.Bad = v.l.Say("letter_failed", "email", l.Email, "date", v.moment(l.Due)), true
	default:
		s.Text, s.Bad = v.l.Say("letter_given_up", "email", l.Email), true
	}
	return s, nil
}

// staffLetter answers with that part of a screen alone.
func staffLetter(v *visit) error {
	s, err := v.letterState(news.StaffID(v.id("id")))
	if err != nil {
		return err
	}
	if s == nil {
		return fault.New(fault.NotFound, "")
	}
	return v.show(http.StatusOK, "letter-state", *s)
}

// Forgotten is the screen for who can't sign in.
type Forgotten struct {
	Frame
	Mail  bool // a letter can be sent
	Email string
	Asked bool // one was asked for
}

func (v *visit) showForgotten(status int, view Forgotten) error {
	view.Frame, view.Mail = v.frame(v.l.Word("forgotten_title")), v.Desk.WritesLetters()
	return v.show(status, "forgotten", view)
}

func forgotten(v *visit) error { return v.showForgotten(http.StatusOK, Forgotten{}) }

// forgottenAsk has a letter sent to whoever has that account. The answer is the same
// whether there is one or not, and so is what is done for it.
func forgottenAsk(v *visit) error {
	if !v.Desk.WritesLetters() {
		return fault.New(fault.NotFound, "")
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	view := Forgotten{Email: values.Get("email")}
	wait, ok := v.networks.Allow(v.Proxies.Client(v.r))
	if ok {
		wait, ok = v.letters.Allow(accountKey(news.FoldEmail(view.Email)))
	}
	if !ok {
		v.tooMany(wait)
		v.wrong["email"] = v.wrong["password"]
		return v.showForgotten(http.StatusTooManyRequests, view)
	}
	err = v.Desk.AskForLetter(v.ctx(), view.Email, v.l.Tag)
	if v.refused(err) {
		return v.showForgotten(http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	return v.showForgotten(http.StatusOK, Forgotten{Asked: true})
}

// LetterText is what stands in a letter with a link.
type LetterText struct {
	Frame
	Subject string
	Lines   []string // before the link
	Button  string
	Address string
	After   []string
}

// Letter writes a letter, in its receiver's language. Its link leads to the address
// that the settings have, or the program knows: never to one that a request named.
func (h *Handler) Letter(ctx context.Context, p desk.Post) (mail.Letter, error) {
	settings, err := h.Store.Settings(ctx)
	if err != nil {
		return mail.Letter{}, err
	}
	v := &visit{Handler: h, settings: settings, l: h.words.For(p.Language)}
	base := settings.Address
	if base == "" {
		base = h.Address
	}
	paper, key := settings.Title, "letter_"+string(p.Kind)
	if paper == "" {
		paper = "Broadsheet"
	}
	t := LetterText{
		Frame:   Frame{L: v.l, Paper: paper},
		Subject: v.l.Say(key+"_subject", "paper", paper),
		Lines:   []string{v.l.Say("letter_hello", "name", p.To.Name), v.l.Say(key, "paper", paper)},
		Button:  v.l.Word("letter_choose"),
		Address: strings.TrimSuffix(base, "/") + WelcomePath(p.Link),
		After:   []string{v.l.Plural("link_days", int(p.Kind.Life().Hours()/24)), v.l.Word(key + "_not_you")},
	}
	var b bytes.Buffer
	if err := h.templates.ExecuteTemplate(&b, "letter", t); err != nil {
		return mail.Letter{}, err
	}
	text := strings.Join(t.Lines, "\n\n") + "\n\n" + t.Address + "\n\n" + strings.Join(t.After, "\n\n") + "\n"
	return mail.Letter{To: netmail.Address{Name: p.To.Name, Address: p.To.Email}, Subject: t.Subject, Language: v.l.Tag, Text: text, HTML: b.String()}, nil
}
