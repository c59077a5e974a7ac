package desk

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/mail"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
)

// How letters are sent: while one is under way nobody else takes it, and after a
// lease somebody does, since whoever took it must have died.
const (
	letterLease    = 5 * time.Minute
	lettersAtATime = 10
	maxProblem     = 300 // characters of what a mail server says
)

// WriteLetters has a letter written down for every link that is made, from now on:
// before the desk is used.
func (d *Desk) WriteLetters() { d.letters = true }

// WritesLetters reports whether links are sent by mail too.
func (d *Desk) WritesLetters() bool { return d.letters }

func (d *Desk) queueLetter(ctx context.Context, tx *store.Tx, l *news.Letter) error {
	if !d.letters {
		return nil
	}
	if l.Language == "" {
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		l.Language = settings.Language
	}
	return tx.InsertLetter(ctx, l)
}

// AskForLetter has a letter with a link sent to whoever has an account with that
// address. It looks nothing up: whether there is one shows neither in the answer nor
// in the time. What is no address is a fault of kind Invalid, as [Desk.AddStaff] has
// it. The letter is in the account's language, else in that one.
func (d *Desk) AskForLetter(ctx context.Context, email, language string) error {
	s := news.Staff{Name: "-", Email: news.FoldEmail(email)}
	if wrong := s.Check(); wrong != nil {
		return wrongFields("no letter can be sent there", wrong)
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		return d.queueLetter(ctx, tx, &news.Letter{Email: s.Email, Language: language, Made: now, Due: now})
	})
}

// Post is a letter on its way: to whom, and the secret of its link.
type Post struct {
	To       news.Staff
	Kind     news.LinkKind
	Link     string
	Language string
}

// LetterResult is what became of a letter at one attempt.
type LetterResult struct {
	To     news.StaffID
	Kind   news.LinkKind
	Failed error     // nil where it was sent
	Next   time.Time // when it is tried again; zero for never
}

// SendLetters has send hand over the letters that are due, each once, and tells what
// became of them. What fails is tried again later, ever more rarely, for as long as
// its link would live; what send says is [mail.Refused] is not.
func (d *Desk) SendLetters(ctx context.Context, send func(context.Context, Post) error, tell func(LetterResult)) error {
	due, err := d.store.DueLetters(ctx, d.now(), lettersAtATime)
	if err != nil {
		return err
	}
	for i := range due {
		l := &due[i]
		p, err := d.takeLetter(ctx, l)
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		failed := send(ctx, *p)
		// What became of it is written down although the process is to end.
		if err := d.putLetter(context.WithoutCancel(ctx), l, p, failed); err != nil {
			return err
		}
		tell(LetterResult{p.To.ID, p.Kind, failed, l.Due})
		if failed != nil && l.Waits() {
			return nil // the server is likely to be away for the others too
		}
	}
	return nil
}

// takeLetter claims a letter and makes its link. It is nil where there is nothing to
// be sent: somebody else has claimed it, nobody has that address, or the link that it
// goes with was used or replaced.
func (d *Desk) takeLetter(ctx context.Context, l *news.Letter) (p *Post, err error) {
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		p = nil
		s, err := addressee(ctx, tx, l)
		if err != nil {
			return err
		}
		if s == nil {
			return tx.DeleteLetter(ctx, l.ID)
		}
		kind, err := linkKind(ctx, tx, s.ID)
		if err != nil {
			return err
		}
		expires := now.Add(kind.Life())
		if l.Link != "" {
			shown, err := tx.StaffLink(ctx, l.Link)
			if fault.Is(err, fault.NotFound) || err == nil && !now.Before(shown.Expires) {
				return d.giveUp(ctx, tx, l)
			}
			if err != nil {
				return err
			}
			expires = shown.Expires
		} else if !now.Before(l.Made.Add(kind.Life())) {
			return d.giveUp(ctx, tx, l)
		}
		first := l.Attempts == 0
		l.Staff = s.ID
		if ok, err := tx.ClaimLetter(ctx, l, now.Add(letterLease)); err != nil || !ok {
			return err
		}
		p = &Post{To: *s, Kind: kind, Link: secret.Token(), Language: cmp.Or(s.Language, l.Language)}
		if err := tx.PutStaffLink(ctx, store.StaffLink{Staff: s.ID, Kind: kind, Expires: expires, Mailed: true}, secret.Hash(p.Link)); err != nil {
			return err
		}
		if l.Link != "" || !first {
			return nil
		}
		return tx.Audit(ctx, now, string(Clock), "invite", staffTarget(s.ID), string(kind)+" of "+By(s).String()+", asked for where one signs in")
	})
	return p, err
}

// addressee is whom a letter is for; nil for nobody.
func addressee(ctx context.Context, tx *store.Tx, l *news.Letter) (*news.Staff, error) {
	var s news.Staff
	var err error
	if l.Staff != 0 {
		s, err = tx.Staff(ctx, l.Staff)
	} else {
		s, err = tx.StaffByEmail(ctx, l.Email)
	}
	if fault.Is(err, fault.NotFound) || err == nil && !s.Disabled.IsZero() {
		return nil, nil
	}
	return &s, err
}

// giveUp ends a letter that is not to be sent any more. One that never was tried
// leaves nothing behind.
func (d *Desk) giveUp(ctx context.Context, tx *store.Tx, l *news.Letter) error {
	l.Due = time.Time{}
	if l.Attempts == 0 {
		return tx.DeleteLetter(ctx, l.ID)
	}
	return tx.PutLetter(ctx, l)
}

// putLetter writes down what became of a letter.
func (d *Desk) putLetter(ctx context.Context, l *news.Letter, p *Post, failed error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		_, refused := errors.AsType[*mail.Refused](failed)
		l.Due, l.Problem = time.Time{}, ""
		verb := "send letter"
		switch {
		case failed == nil:
			l.Sent = now
		case refused:
			l.Problem, verb = problemWords(failed), "give up letter"
		default:
			l.Due, l.Problem, verb = now.Add(news.LetterRetry(l.Attempts)), problemWords(failed), ""
		}
		if err := tx.PutLetter(ctx, l); err != nil || verb == "" {
			return err
		}
		return tx.Audit(ctx, now, string(Clock), verb, staffTarget(p.To.ID), string(p.Kind)+" of "+By(&p.To).String())
	})
}

// problemWords is what a mail server said, in one line.
func problemWords(err error) string {
	all := []rune(oneLine(strings.ToValidUTF8(err.Error(), "\uFFFD")))
	return string(all[:min(len(all), maxProblem)])
}
