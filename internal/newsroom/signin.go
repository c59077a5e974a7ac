package newsroom

import (
	"net/http"
	"net/url"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
	"broadsheet/internal/web"
)

// cookieName is that of the session's cookie.
const cookieName = "newsroom"

// SignIn is the form for signing in.
type SignIn struct {
	Frame
	Carry
	Email    string
	Expired  bool // somebody was signed in, or sent a form without being
	Done     string
	Passkeys bool // they can be used at this address
}

func signIn(v *visit) error {
	to := inside(v.r.URL.Query().Get("to"))
	if v.staff != nil {
		return v.see(to, "")
	}
	view := SignIn{Carry: Carry{To: to}}
	if done := v.r.URL.Query().Get("done"); done == "password" || done == "signed_out" {
		view.Done = v.l.Word("done_" + done)
	}
	return v.showSignIn(http.StatusOK, view)
}

func (v *visit) showSignIn(status int, view SignIn) error {
	view.Frame = v.frame(v.l.Word("sign_in_title"))
	view.Notice = view.Done
	view.Passkeys = v.relyingParty() != nil
	return v.show(status, "sign-in", view)
}

// maxSignIn is how large a form of signing in may be: it may carry another one.
const maxSignIn = maxForm + 64<<10

// signInPassword takes an address and a password. Whether there is such an account
// shows neither in the answer nor in the time that it takes.
func signInPassword(v *visit) error {
	values, err := v.carryingForm()
	if err != nil {
		return err
	}
	view := SignIn{Carry: carried(values), Email: values.Get("email")}
	if wait, ok := v.mayTry("", news.FoldEmail(view.Email)); !ok {
		v.tooMany(wait)
		return v.showSignIn(http.StatusTooManyRequests, view)
	}
	staff, ok, err := v.checkPassword(view.Email, values.Get("password"))
	if err != nil {
		return err
	}
	if !ok {
		v.wrong = map[string]string{"password": v.l.Word("sign_in_wrong")}
		return v.showSignIn(http.StatusUnprocessableEntity, view)
	}
	secrets, err := v.Store.Secrets(v.ctx(), staff.ID)
	if err != nil {
		return err
	}
	if secrets.TOTP != "" {
		step, err := v.Desk.Begin(v.ctx(), codeStep, staff.ID, "", codeLife)
		if err != nil {
			return err
		}
		return v.showCode(http.StatusOK, SignInCode{Carry: view.Carry, Step: step})
	}
	return v.signedIn(&staff, "password", view.Carry)
}

// carryingForm reads a form of signing in.
func (v *visit) carryingForm() (url.Values, error) { return web.Form(v.w, v.r, maxSignIn) }

// checkPassword finds the account of an address with that password.
func (v *visit) checkPassword(email, password string) (staff news.Staff, ok bool, err error) {
	staff, err = v.Store.StaffByEmail(v.ctx(), news.FoldEmail(email))
	var secrets store.Secrets
	switch {
	case err == nil:
		secrets, err = v.Store.Secrets(v.ctx(), staff.ID)
	case fault.Is(err, fault.NotFound):
		err = nil
	}
	if err != nil {
		return staff, false, err
	}
	if len(password) > 4*news.MaxPassword { // no account has that long a one
		password = ""
	}
	ok, stale, err := v.Passwords.Check(v.ctx(), secrets.Password, password)
	if err != nil || !ok || !staff.Disabled.IsZero() {
		return staff, false, err
	}
	if stale {
		hash, err := v.Passwords.Hash(v.ctx(), password)
		if err != nil {
			return staff, false, err
		}
		if err := v.Desk.RenewHash(v.ctx(), staff.ID, secrets.Password, hash); err != nil {
			return staff, false, err
		}
	}
	return staff, true, nil
}

// signedIn begins a session and leads on.
func (v *visit) signedIn(staff *news.Staff, how string, c Carry) error {
	from := ""
	if a := v.Proxies.Client(v.r); a.IsValid() {
		from = a.String()
	}
	token, err := v.Desk.SignIn(v.ctx(), staff.ID, how, v.r.UserAgent(), from)
	if err != nil {
		return err
	}
	v.forgive("", staff.Email)
	v.setCookie(token, int(news.SessionLife.Seconds()))
	if err := v.knowDevice(staff.ID); err != nil {
		return err
	}
	v.staff = staff
	v.l = v.words.For(v.preferred(staff.Language))
	return v.goOn(c)
}

// setCookie gives the browser its session's secret; an age below 0 takes it away.
func (v *visit) setCookie(token string, age int) {
	http.SetCookie(v.w, v.cookie(cookieName, token, age))
}

func (v *visit) cookie(name, value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: Path, MaxAge: age, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: v.r.TLS != nil || v.origin() == "https://"+v.r.Host,
	}
}

func signOut(v *visit) error {
	if v.staff != nil {
		if err := v.Desk.EndSession(v.ctx(), v.who(), v.staff.ID, v.session.ID); err != nil {
			return err
		}
	}
	v.setCookie("", -1)
	return v.see(Path+"sign-in", "signed_out")
}

// What stands between a password and a code.
const (
	codeStep = "code"
	codeLife = 10 * time.Minute
)

// SignInCode is the form for the code of an app, or a recovery code.
type SignInCode struct {
	Frame
	Carry
	Step string // names the signing in that has begun
}

func (v *visit) showCode(status int, view SignInCode) error {
	view.Frame = v.frame(v.l.Word("code_title"))
	return v.show(status, "sign-in-code", view)
}

func signInCode(v *visit) error {
	values, err := v.carryingForm()
	if err != nil {
		return err
	}
	view := SignInCode{Carry: carried(values), Step: values.Get("step")}
	begun, err := v.Store.Pending(v.ctx(), secret.Hash(view.Step), codeStep)
	if fault.Is(err, fault.NotFound) || err == nil && !v.Now().Before(begun.Expires) {
		return v.showSignIn(http.StatusUnprocessableEntity, SignIn{Carry: view.Carry, Expired: true})
	}
	if err != nil {
		return err
	}
	staff, err := v.Store.Staff(v.ctx(), begun.Staff)
	if err != nil {
		return err
	}
	if wait, ok := v.mayTry("code of ", staff.Email); !ok {
		v.tooMany(wait)
		return v.showCode(http.StatusTooManyRequests, view)
	}
	how, ok, err := v.checkCode(&staff, values.Get("code"))
	if err != nil {
		return err
	}
	if !ok {
		v.bad("code", news.Wrong, 0)
		return v.showCode(http.StatusUnprocessableEntity, view)
	}
	if _, err := v.Desk.Finish(v.ctx(), codeStep, view.Step); err != nil {
		return err
	}
	v.forgive("code of ", staff.Email)
	return v.signedIn(&staff, "password and "+how, view.Carry)
}

// checkCode takes a code of the app or a recovery code, each once.
func (v *visit) checkCode(staff *news.Staff, typed string) (how string, ok bool, err error) {
	secrets, err := v.Store.Secrets(v.ctx(), staff.ID)
	if err != nil {
		return "", false, err
	}
	if step, ok := secret.CheckTOTP(secrets.TOTP, typed, v.Now()); ok && secrets.TOTP != "" {
		ok, err := v.Desk.TakeCode(v.ctx(), staff.ID, step)
		return "code", ok, err
	}
	ok, err = v.Desk.UseRecoveryCode(v.ctx(), staff, typed)
	return "recovery code", ok, err
}
