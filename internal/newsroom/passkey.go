package newsroom

import (
	"encoding/base64"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
)

// What is kept between a passkey's question and its answer.
const (
	passkeyAddStep    = "passkey add"
	passkeySignInStep = "passkey sign in"
	passkeyLife       = 5 * time.Minute
)

// relyingParty checks passkeys for the address at which this request came. That
// must be the paper's own, since a key belongs to a host for good, or this very
// machine; elsewhere, and where the host is a number, it is nil: there are no
// passkeys.
func (v *visit) relyingParty() *webauthn.WebAuthn {
	u, err := url.Parse(v.origin())
	if err != nil {
		return nil
	}
	host := u.Hostname()
	known := host == "localhost"
	for _, address := range []string{v.settings.Address, v.Address} {
		own, err := url.Parse(address)
		known = known || err == nil && address != "" && strings.EqualFold(own.Host, u.Host)
	}
	if !known || net.ParseIP(host) != nil || u.Scheme != "https" && host != "localhost" {
		return nil
	}
	rp, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: v.frame("").Paper, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
		AttestationPreference: protocol.PreferNoAttestation,
	})
	if err != nil {
		return nil
	}
	return rp
}

// keyHolder is an account as the verifier of passkeys sees it.
type keyHolder struct {
	staff *news.Staff
	keys  []news.Passkey
}

// WebAuthnID is what a key keeps of its account. It tells nobody who that is.
func (k keyHolder) WebAuthnID() []byte { return []byte(strconv.FormatInt(int64(k.staff.ID), 10)) }

// WebAuthnName is what a device shows of the account.
func (k keyHolder) WebAuthnName() string { return k.staff.Email }

// WebAuthnDisplayName likewise.
func (k keyHolder) WebAuthnDisplayName() string { return k.staff.Name }

// WebAuthnCredentials are the keys that the account has.
func (k keyHolder) WebAuthnCredentials() []webauthn.Credential {
	var all []webauthn.Credential
	for _, key := range k.keys {
		var c webauthn.Credential
		if json.Unmarshal(key.Record, &c) == nil {
			all = append(all, c)
		}
	}
	return all
}

func (v *visit) holder(id news.StaffID) (keyHolder, error) {
	staff, err := v.Store.Staff(v.ctx(), id)
	if err != nil {
		return keyHolder{}, err
	}
	keys, err := v.Store.Passkeys(v.ctx(), id)
	return keyHolder{&staff, keys}, err
}

// question is what the page's script asks a device.
type question struct {
	Options any    `json:"options"`
	Step    string `json:"step"`
}

// ask keeps what the answer is checked against, and sends the question.
func (v *visit) ask(step string, staff news.StaffID, options any, session *webauthn.SessionData) error {
	data, err := json.Marshal(session)
	if err != nil {
		return err
	}
	token, err := v.Desk.Begin(v.ctx(), step, staff, string(data), passkeyLife)
	if err != nil {
		return err
	}
	b, err := json.Marshal(question{options, token})
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	_, _ = v.w.Write(b)
	return nil
}

// asked returns what an answer is checked against, once, and whose it is. For an
// answer to no question nothing is written: anybody can send one.
func (v *visit) asked(step, token string) (*webauthn.SessionData, news.StaffID, error) {
	if _, err := v.Store.Pending(v.ctx(), secret.Hash(token), step); err != nil {
		return nil, 0, err
	}
	p, err := v.Desk.Finish(v.ctx(), step, token)
	if err != nil {
		return nil, 0, err
	}
	session := &webauthn.SessionData{}
	return session, p.Staff, json.Unmarshal([]byte(p.Data), session)
}

func passkeyBegin(v *visit) error {
	rp := v.relyingParty()
	if rp == nil {
		return fault.New(fault.NotFound, "")
	}
	holder, err := v.holder(v.staff.ID)
	if err != nil {
		return err
	}
	options, session, err := rp.BeginRegistration(holder, webauthn.WithExclusions(webauthn.Credentials(holder.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return err
	}
	return v.ask(passkeyAddStep, v.staff.ID, options.Response, session)
}

// passkeyAdd asks for the password: the key will let its holder in from anywhere.
func passkeyAdd(v *visit) error { return v.withPassword("passkey", v.addPasskey) }

func (v *visit) addPasskey(values url.Values) error {
	p, err := v.readNewPasskey(values)
	if err == nil {
		err = v.Desk.AddPasskey(v.ctx(), v.who(), p)
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		v.wrong = map[string]string{"passkey": v.l.Word("passkey_failed")}
		return v.showAccount(http.StatusUnprocessableEntity, Own{v.staff.Name, v.staff.Email, v.staff.Language})
	}
	if err != nil {
		return err
	}
	return v.see(Path+"account/", "passkey_added")
}

// readNewPasskey checks what a device has answered. An answer that does not fit the
// question is a fault of kind Invalid.
func (v *visit) readNewPasskey(values url.Values) (*news.Passkey, error) {
	rp := v.relyingParty()
	if rp == nil {
		return nil, fault.New(fault.NotFound, "")
	}
	session, staff, err := v.asked(passkeyAddStep, values.Get("step"))
	if err != nil {
		return nil, err
	}
	if staff != v.staff.ID {
		return nil, fault.New(fault.NotFound, "")
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(values.Get("credential")))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "")
	}
	holder, err := v.holder(v.staff.ID)
	if err != nil {
		return nil, err
	}
	credential, err := rp.CreateCredential(holder, *session, answer)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "")
	}
	record, err := json.Marshal(credential)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(values.Get("passkey-name"))
	if name == "" {
		name = v.device(v.r.UserAgent())
	}
	return &news.Passkey{Staff: v.staff.ID, Credential: base64.RawURLEncoding.EncodeToString(credential.ID), Name: name, Record: record}, nil
}

func signInPasskeyBegin(v *visit) error {
	rp := v.relyingParty()
	if rp == nil {
		return fault.New(fault.NotFound, "")
	}
	if _, ok := v.networks.Allow(v.Proxies.Client(v.r)); !ok {
		return fault.New(fault.TooMany, "")
	}
	options, session, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return err
	}
	return v.ask(passkeySignInStep, 0, options.Response, session)
}

// signInPasskey needs no code beside the key: the device has checked who holds it.
func signInPasskey(v *visit) error {
	values, err := v.carryingForm()
	if err != nil {
		return err
	}
	staff, err := v.checkPasskey(values)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		v.wrong = map[string]string{"passkey": v.l.Word("passkey_unknown")}
		return v.showSignIn(http.StatusUnprocessableEntity, SignIn{Carry: carried(values)})
	}
	if err != nil {
		return err
	}
	return v.signedIn(staff, "passkey", carried(values))
}

// checkPasskey finds whose passkey has answered. None, a wrong answer and a
// disabled account are faults of kind Invalid or NotFound.
func (v *visit) checkPasskey(values url.Values) (*news.Staff, error) {
	rp := v.relyingParty()
	if rp == nil {
		return nil, fault.New(fault.NotFound, "")
	}
	session, _, err := v.asked(passkeySignInStep, values.Get("step"))
	if err != nil {
		return nil, err
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(values.Get("credential")))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "")
	}
	key, err := v.Store.Passkey(v.ctx(), base64.RawURLEncoding.EncodeToString(answer.RawID))
	if err != nil {
		return nil, err
	}
	holder, err := v.holder(key.Staff)
	if err != nil {
		return nil, err
	}
	if !holder.staff.Disabled.IsZero() {
		return nil, fault.New(fault.NotFound, "")
	}
	_, credential, err := rp.ValidatePasskeyLogin(func([]byte, []byte) (webauthn.User, error) { return holder, nil }, *session, answer)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "")
	}
	if credential.Authenticator.CloneWarning { // its counter ran backwards: two devices have it
		return nil, fault.New(fault.Invalid, "")
	}
	record, err := json.Marshal(credential)
	if err != nil {
		return nil, err
	}
	return holder.staff, v.Desk.UsePasskey(v.ctx(), key.ID, record)
}
