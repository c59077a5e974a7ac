package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
)

// Welcome is the form in which somebody with a link chooses a password.
type Welcome struct {
	Frame
	Email string
	Link  string
	New   bool // the account is
}

// welcomeFor finds the account of the link in the address.
func (v *visit) welcomeFor() (Welcome, error) {
	link := v.r.URL.Query().Get("link")
	l, err := v.Store.StaffLink(v.ctx(), secret.Hash(link))
	if err != nil {
		return Welcome{}, err
	}
	staff, err := v.Store.Staff(v.ctx(), l.Staff)
	if err != nil {
		return Welcome{}, err
	}
	if !v.Now().Before(l.Expires) || !staff.Disabled.IsZero() {
		return Welcome{}, fault.New(fault.NotFound, "")
	}
	title := v.l.Say("welcome_title", "name", staff.Name)
	if l.Kind == news.Reset {
		title = v.l.Word("reset_title")
	}
	return Welcome{Frame: v.frame(title), Email: staff.Email, Link: link, New: l.Kind == news.Invitation}, nil
}

// linkGone says that a link can't be used, in more helpful words than those of an
// unknown address.
func (v *visit) linkGone() error {
	return v.show(http.StatusNotFound, "problem", Problem{Frame: v.frame(v.l.Word("link_gone_title")), Text: v.l.Word("link_gone_text")})
}

func welcome(v *visit) error {
	view, err := v.welcomeFor()
	if fault.Is(err, fault.NotFound) {
		return v.linkGone()
	}
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "welcome", view)
}

func welcomePassword(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	view, err := v.welcomeFor()
	if fault.Is(err, fault.NotFound) {
		return v.linkGone()
	}
	if err != nil {
		return err
	}
	// Hashing costs: nobody has this do it without end.
	if wait, ok := v.mayTry("link of ", view.Email); !ok {
		v.tooMany(wait)
		view.Wrong = v.wrong
		return v.show(http.StatusTooManyRequests, "welcome", view)
	}
	hash, ok, err := v.newPassword(values)
	if err != nil {
		return err
	}
	if !ok {
		view.Wrong = v.wrong
		return v.show(http.StatusUnprocessableEntity, "welcome", view)
	}
	_, err = v.Desk.AcceptLink(v.ctx(), view.Link, hash)
	if fault.Is(err, fault.NotFound) {
		return v.linkGone()
	}
	if err != nil {
		return err
	}
	return v.see(Path+"sign-in", "password")
}

// newPassword checks the password that somebody chose, typed twice, and hashes it.
func (v *visit) newPassword(values url.Values) (hash string, ok bool, err error) {
	password := values.Get("password")
	problem := news.CheckPassword(password)
	limit := news.MinPassword
	if problem == news.TooLong {
		limit = news.MaxPassword
	}
	v.bad("password", problem, limit)
	if problem == "" && values.Get("again") != password {
		v.bad("again", news.Wrong, 0)
	}
	if v.wrong != nil {
		return "", false, nil
	}
	hash, err = v.Passwords.Hash(v.ctx(), password)
	return hash, err == nil, err
}
