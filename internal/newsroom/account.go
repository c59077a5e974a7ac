package newsroom

import (
	"net/http"
	"slices"
	"strconv"

	"broadsheet/internal/news"
)

// Account is the screen on which somebody looks after their own account.
type Account struct {
	Frame
	Own       Own
	Languages []Choice
	Passkeys  []PasskeyRow
	CanKey    bool // passkeys can be used at this address
	App       bool // a code of an app is asked for
	CodesLeft string
	Sessions  []SessionRow
}

// Own is what somebody may change of their account, as it was typed.
type Own struct{ Name, Email, Language string }

// Choice is one entry of a list to choose from.
type Choice struct {
	Value, Label, Tag string // Tag: the label's language, "" for that of the screen
	Chosen            bool
}

// PasskeyRow is one passkey in the list.
type PasskeyRow struct {
	ID         int64
	Name       string
	Made, Used string
}

// SessionRow is one signed-in device in the list.
type SessionRow struct {
	ID           int64
	Device, From string
	Began, Seen  string
	Here         bool // the one that looks at the list
}

func account(v *visit) error {
	return v.showAccount(http.StatusOK, Own{v.staff.Name, v.staff.Email, v.staff.Language})
}

func (v *visit) showAccount(status int, own Own) error {
	view := Account{Frame: v.frame(v.l.Word("account_title")), Own: own, Languages: v.languageChoices(own.Language), CanKey: v.relyingParty() != nil}
	keys, err := v.Store.Passkeys(v.ctx(), v.staff.ID)
	if err != nil {
		return err
	}
	for _, k := range keys {
		row := PasskeyRow{ID: k.ID, Name: k.Name, Made: v.moment(k.Made), Used: v.l.Word("never")}
		if !k.Used.IsZero() {
			row.Used = v.moment(k.Used)
		}
		view.Passkeys = append(view.Passkeys, row)
	}
	secrets, err := v.Store.Secrets(v.ctx(), v.staff.ID)
	if err != nil {
		return err
	}
	if view.App = secrets.TOTP != ""; view.App {
		left, err := v.Store.RecoveryCodesLeft(v.ctx(), v.staff.ID)
		if err != nil {
			return err
		}
		view.CodesLeft = v.l.Plural("codes_left", left)
	}
	sessions, err := v.Store.Sessions(v.ctx(), v.staff.ID)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if s.Alive(v.Now()) {
			view.Sessions = append(view.Sessions, SessionRow{s.ID, v.device(s.Device), s.From, v.moment(s.Began), v.moment(s.Seen), s.ID == v.session.ID})
		}
	}
	return v.show(status, "account", view)
}

// languageChoices are the languages of the newsroom, each in its own name.
func (v *visit) languageChoices(chosen string) []Choice {
	list := []Choice{{Label: v.l.Word("language_of_browser"), Chosen: chosen == ""}}
	for _, tag := range languages() {
		list = append(list, Choice{tag, v.words.For(tag).Name(), tag, tag == chosen})
	}
	return list
}

func accountChange(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	own := Own{values.Get("name"), v.staff.Email, values.Get("language")}
	if own.Language != "" && !slices.Contains(languages(), own.Language) {
		v.bad("language", news.BadChoice, 0)
		return v.showAccount(http.StatusUnprocessableEntity, own)
	}
	changed := *v.staff
	changed.Name, changed.Language = own.Name, own.Language
	err = v.Desk.ChangeStaff(v.ctx(), v.who(), changed)
	if v.refused(err) {
		return v.showAccount(http.StatusUnprocessableEntity, own)
	}
	if err != nil {
		return err
	}
	return v.see(Path+"account/", "saved")
}

// passwordChange takes a new password; the old one is asked for, so that a screen
// left open is not enough.
func passwordChange(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	again := func(status int) error {
		return v.showAccount(status, Own{v.staff.Name, v.staff.Email, v.staff.Language})
	}
	ok, err := v.proves(values.Get("current"))
	if err != nil {
		return err
	}
	if !ok {
		return again(v.refusal())
	}
	hash, ok, err := v.newPassword(values)
	if err != nil {
		return err
	}
	if !ok {
		return again(http.StatusUnprocessableEntity)
	}
	if err := v.Desk.ChangePassword(v.ctx(), v.who(), v.staff.ID, hash, v.session.ID); err != nil {
		return err
	}
	return v.see(Path+"account/", "new_password")
}

// proves checks the password of whoever is signed in, before something that a
// stranger at their desk must not do. What is wrong is noted at the field
// "current". Who has no password yet (signed in with a passkey) needs none.
func (v *visit) proves(password string) (bool, error) {
	secrets, err := v.Store.Secrets(v.ctx(), v.staff.ID)
	if err != nil || secrets.Password == "" {
		return err == nil, err
	}
	// Counted for this session alone: what strangers try is no matter here.
	own := oneAttempt{account: "session " + strconv.FormatInt(v.session.ID, 10)}
	if wait, ok := v.accounts.Allow(own); !ok {
		v.tooMany(wait)
		v.wrong["current"] = v.wrong["password"]
		return false, nil
	}
	ok, _, err := v.Passwords.Check(v.ctx(), secrets.Password, password)
	if err != nil {
		return false, err
	}
	if !ok {
		v.bad("current", news.Wrong, 0)
		return false, nil
	}
	v.accounts.Forgive(own)
	return true, nil
}

// refusal is the status of a form that is shown again: too many, or wrong.
func (v *visit) refusal() int {
	if v.w.Header().Get("Retry-After") != "" {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

func sessionEnd(v *visit) error {
	id := v.id("id")
	if err := v.Desk.EndSession(v.ctx(), v.who(), v.staff.ID, id); err != nil {
		return err
	}
	if id == v.session.ID {
		v.setCookie("", -1)
		return v.see(Path+"sign-in", "signed_out")
	}
	return v.see(Path+"account/", "session_ended")
}

func sessionsEnd(v *visit) error {
	if err := v.Desk.EndSessions(v.ctx(), v.who(), v.staff.ID, v.session.ID); err != nil {
		return err
	}
	return v.see(Path+"account/", "sessions_ended")
}

func passkeyRemove(v *visit) error {
	if err := v.Desk.RemovePasskey(v.ctx(), v.who(), v.staff.ID, v.id("id")); err != nil {
		return err
	}
	return v.see(Path+"account/", "passkey_removed")
}
