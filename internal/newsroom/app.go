package newsroom

import (
	"html/template"
	"net/http"
	"net/url"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
)

// App is the screen on which somebody sets up an app that makes codes.
type App struct {
	Frame
	Secret string       // in groups of four
	Link   template.URL // that the app is opened with; made here, of parts that are escaped
	Step   string       // names the setting up that has begun
	Proves bool         // the password is asked for
}

// appStep is an app that is being set up.
const appStep = "app"

// hasApp reports whether codes are asked for already. Another app is set up when
// that was ended, which asks for the password: a screen left open is not enough.
func (v *visit) hasApp() (bool, error) {
	secrets, err := v.Store.Secrets(v.ctx(), v.staff.ID)
	return secrets.TOTP != "", err
}

func appNew(v *visit) error {
	has, err := v.hasApp()
	if err != nil {
		return err
	}
	if has {
		return v.see(Path+"account/", "")
	}
	s := secret.NewTOTP()
	step, err := v.Desk.Begin(v.ctx(), appStep, v.staff.ID, s, codeLife)
	if err != nil {
		return err
	}
	return v.showApp(http.StatusOK, step, s)
}

func (v *visit) showApp(status int, step, s string) error {
	secrets, err := v.Store.Secrets(v.ctx(), v.staff.ID)
	if err != nil {
		return err
	}
	f := v.frame(v.l.Word("app_title"))
	return v.show(status, "app", App{f, grouped(s), template.URL(secret.TOTPLink(s, f.Paper, v.staff.Email)), step, secrets.Password != ""})
}

// grouped is a secret in groups that can be typed off.
func grouped(s string) string {
	out := ""
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			out += " "
		}
		out += string(r)
	}
	return out
}

// appAdd has codes asked for from now on, when the app has shown that it makes
// them, and shows the recovery codes. It asks for the password: whoever finds a screen
// left open must not lock its owner out.
func appAdd(v *visit) error {
	has, err := v.hasApp()
	if err != nil {
		return err
	}
	if has {
		return v.see(Path+"account/", "")
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	step := values.Get("step")
	begun, err := v.Store.Pending(v.ctx(), secret.Hash(step), appStep)
	if fault.Is(err, fault.NotFound) || err == nil && (begun.Staff != v.staff.ID || !v.Now().Before(begun.Expires)) {
		return v.see(Path+"account/app", "too_late")
	}
	if err != nil {
		return err
	}
	ok, err := v.proves(values.Get("current"))
	if err != nil {
		return err
	}
	if !ok {
		return v.showApp(v.refusal(), step, begun.Data)
	}
	at, ok := secret.CheckTOTP(begun.Data, values.Get("code"), v.Now())
	if !ok {
		v.bad("code", news.Wrong, 0)
		return v.showApp(http.StatusUnprocessableEntity, step, begun.Data)
	}
	if _, err := v.Desk.Finish(v.ctx(), appStep, step); err != nil {
		return err
	}
	if err := v.Desk.SetTOTP(v.ctx(), v.who(), v.staff.ID, begun.Data, at); err != nil {
		return err
	}
	return v.showCodes()
}

// appRemove asks for the password: it makes signing in easier.
func appRemove(v *visit) error {
	return v.withPassword("app", func(url.Values) error {
		if err := v.Desk.RemoveTOTP(v.ctx(), v.who(), v.staff.ID); err != nil {
			return err
		}
		return v.see(Path+"account/", "app_removed")
	})
}

// Codes is the screen that shows recovery codes, once.
type Codes struct {
	Frame
	Codes []string
}

func codesMake(v *visit) error {
	return v.withPassword("app", func(url.Values) error { return v.showCodes() })
}

func (v *visit) showCodes() error {
	codes, err := v.Desk.MakeRecoveryCodes(v.ctx(), v.who(), v.staff.ID)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "codes", Codes{v.frame(v.l.Word("codes_title")), codes})
}

// withPassword does something with the form when the password that stands in it is
// right. What is wrong with that stands in the part of the account's screen.
func (v *visit) withPassword(part string, do func(url.Values) error) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	ok, err := v.proves(values.Get("current"))
	if err != nil {
		return err
	}
	if !ok {
		v.wrong[part] = v.wrong["current"]
		delete(v.wrong, "current")
		return v.showAccount(v.refusal(), Own{v.staff.Name, v.staff.Email, v.staff.Language})
	}
	return do(values)
}
