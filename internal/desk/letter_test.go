package desk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/mail"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
)

// postman takes letters, or does not.
type postman struct {
	o     *office
	fails error
	took  []desk.Post
	told  []desk.LetterResult
}

// send has all letters sent that are due.
func (p *postman) send() {
	p.o.t.Helper()
	err := p.o.SendLetters(p.o.t.Context(), func(_ context.Context, l desk.Post) error {
		if p.fails == nil {
			p.took = append(p.took, l)
		}
		return p.fails
	}, func(r desk.LetterResult) { p.told = append(p.told, r) })
	if err != nil {
		p.o.t.Fatal(err)
	}
}

func eachPost(t *testing.T, f func(o *office, p *postman)) {
	t.Helper()
	eachOffice(t, func(o *office) {
		o.WriteLetters()
		f(o, &postman{o: o})
	})
}

func (o *office) letter(id news.StaffID) news.Letter {
	o.t.Helper()
	l, err := o.store.LetterOf(o.t.Context(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

func (o *office) opens(link string) bool {
	o.t.Helper()
	_, err := o.store.StaffLink(o.t.Context(), secret.Hash(link))
	if err != nil && !fault.Is(err, fault.NotFound) {
		o.t.Fatal(err)
	}
	return err == nil
}

func TestAnInvitationGoesByMailTooAndEitherLinkIsGoodOnce(t *testing.T) {
	eachPost(t, func(o *office, p *postman) {
		s, shown := o.hire("ida@paper.example")
		if l := o.letter(s.ID); !l.Waits() || l.Email != "ida@paper.example" || l.Language != "en" {
			t.Errorf("%+v", l)
		}
		p.send()
		p.send()
		if len(p.took) != 1 || p.took[0].To.ID != s.ID || p.took[0].Kind != news.Invitation || p.took[0].Link == shown || p.took[0].Language != "en" {
			t.Fatalf("%+v", p.took)
		}
		if l := o.letter(s.ID); l.Waits() || !l.Sent.Equal(o.now) || l.Problem != "" {
			t.Errorf("%+v", l)
		}
		if !o.opens(shown) || !o.opens(p.took[0].Link) {
			t.Error("one of the links is no good")
		}
		if _, err := o.AcceptLink(t.Context(), p.took[0].Link, "hash"); err != nil {
			t.Fatal(err)
		}
		if o.opens(shown) || o.opens(p.took[0].Link) {
			t.Error("a link is good once more")
		}
		o.logs("the clock: send letter staff/1 invitation of Ida <ida@paper.example>")
	})
}

func TestNothingIsLostWhileTheMailServerIsAway(t *testing.T) {
	eachPost(t, func(o *office, p *postman) {
		s, shown := o.hire("ida@paper.example")
		p.fails = errors.New("dial tcp:\nconnection refused")
		for attempt, wait := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
			p.send()
			l := o.letter(s.ID)
			if l.Attempts != attempt+1 || !l.Due.Equal(o.now.Add(wait)) || l.Problem != "dial tcp: connection refused" {
				t.Errorf("after attempt %d: %+v", attempt+1, l)
			}
			p.send() // not due yet
			o.now = o.now.Add(wait)
		}
		p.fails = nil
		p.send()
		if len(p.took) != 1 || len(p.told) != 4 || p.told[3].Failed != nil || !o.opens(p.took[0].Link) || !o.opens(shown) {
			t.Errorf("%+v, %+v", p.took, p.told)
		}
	})
}

func TestALetterIsGivenUpWhenItIsInVain(t *testing.T) {
	eachPost(t, func(o *office, p *postman) {
		s, _ := o.hire("ida@paper.example")
		p.fails = &mail.Refused{Err: errors.New("550 no such person " + strings.Repeat("x", 1000))}
		p.send()
		if l := o.letter(s.ID); l.Waits() || !l.Sent.IsZero() || !strings.HasPrefix(l.Problem, "550 no such person") || len(l.Problem) > 300 {
			t.Errorf("%+v", l)
		}
		o.logs("the clock: give up letter staff/1 invitation of Ida <ida@paper.example>")
		// As long as the link lives, and no longer.
		s, _ = o.hire("otto@paper.example")
		p.fails = errors.New("away")
		p.send()
		o.now = o.now.Add(news.Invitation.Life())
		p.fails = nil
		p.send()
		if l := o.letter(s.ID); len(p.took) > 0 || l.Waits() || !l.Sent.IsZero() || l.Problem != "away" {
			t.Errorf("%+v, %+v", p.took, l)
		}
		o.now = o.now.Add(news.LetterKept + time.Hour)
		if err := o.TidySessions(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := o.store.LetterOf(t.Context(), s.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("what became of it is known for ever: %v", err)
		}
	})
}

func TestNoLetterGoesOutWithALinkThatEnded(t *testing.T) {
	eachPost(t, func(o *office, p *postman) {
		_, used := o.hire("used@paper.example")
		if _, err := o.AcceptLink(t.Context(), used, "hash"); err != nil {
			t.Fatal(err)
		}
		replaced, _ := o.hire("replaced@paper.example")
		if _, _, err := o.LinkStaff(t.Context(), "Test", replaced.ID); err != nil {
			t.Fatal(err)
		}
		off, _ := o.hire("off@paper.example")
		if err := o.DisableStaff(t.Context(), "Test", off.ID); err != nil {
			t.Fatal(err)
		}
		p.send()
		if len(p.took) != 1 || p.took[0].To.ID != replaced.ID {
			t.Errorf("%+v", p.took)
		}
	})
}

func TestWhoeverHasForgottenTheirPasswordAsksForALetter(t *testing.T) {
	eachPost(t, func(o *office, p *postman) {
		s, first := o.hire("ida@paper.example")
		if _, err := o.AcceptLink(t.Context(), first, "hash"); err != nil {
			t.Fatal(err)
		}
		p.send()
		shown, _, err := o.LinkStaff(t.Context(), "Admin", s.ID)
		if err != nil {
			t.Fatal(err)
		}
		p.send()
		mailed := p.took[0].Link
		for _, email := range []string{" IDA@paper.example", "nobody@paper.example"} {
			if err := o.AskForLetter(t.Context(), email, "uk"); err != nil {
				t.Fatal(err)
			}
		}
		p.send()
		if len(p.took) != 2 || p.took[1].Kind != news.Reset || p.took[1].Language != "uk" || p.took[1].To.ID != s.ID {
			t.Fatalf("%+v", p.took)
		}
		if !o.opens(shown) || o.opens(mailed) || !o.opens(p.took[1].Link) {
			t.Error("the link of an administrator must stay, and of those by mail the last")
		}
		o.logs("the clock: invite staff/1 reset of Ida <ida@paper.example>, asked for where one signs in")
		if due, err := o.store.DueLetters(t.Context(), o.now.Add(time.Hour), 9); err != nil || len(due) != 0 {
			t.Errorf("a letter to nobody waits: %+v, %v", due, err)
		}
		for _, email := range []string{"", "x", "a b@c.example", "a@b\r\nBcc: c@d", strings.Repeat("x", 300) + "@paper.example"} {
			if err := o.AskForLetter(t.Context(), email, "en"); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v", email, err)
			}
		}
	})
}

func TestALetterIsTakenByOneProcessAndAgainAfterItsDeath(t *testing.T) {
	eachPost(t, func(o *office, p *postman) {
		o.hire("ida@paper.example")
		func() {
			defer func() { _ = recover() }()
			_ = o.SendLetters(t.Context(), func(context.Context, desk.Post) error {
				p.send() // another process, meanwhile
				panic("killed")
			}, nil)
		}()
		o.now = o.now.Add(4 * time.Minute)
		p.send()
		if len(p.took) != 0 {
			t.Errorf("two take one letter: %+v", p.took)
		}
		o.now = o.now.Add(time.Minute)
		p.send()
		if len(p.took) != 1 || !o.opens(p.took[0].Link) {
			t.Errorf("%+v", p.took)
		}
	})
}

func TestWithoutAMailServerNoLetterIsWritten(t *testing.T) {
	eachOffice(t, func(o *office) {
		s, _ := o.hire("ida@paper.example")
		if err := o.AskForLetter(t.Context(), "ida@paper.example", "en"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.store.LetterOf(t.Context(), s.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		if due, err := o.store.DueLetters(t.Context(), o.now, 9); err != nil || len(due) != 0 {
			t.Errorf("%v, %v", due, err)
		}
	})
}
