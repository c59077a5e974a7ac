package newsroom

import (
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/web"
)

// How often signing in may be tried: at once, then one more each time that has
// passed. The first two are for one network, the third for all that try one account;
// it is wide, since it also keeps its owner out where no device of theirs is known.
const (
	networkBurst, networkEvery = 30, 10 * time.Second
	accountBurst, accountEvery = 10, time.Minute
	widestBurst, widestEvery   = 100, time.Minute

	// Letters that who is not signed in may ask for, for one address.
	letterBurst, letterEvery = 3, 10 * time.Minute
)

// attempts counts attempts to prove who one is, in the memory of this process.
type attempts struct {
	networks *web.Limiter            // by network
	accounts *web.Limits[oneAttempt] // by account and network, or by account and known device
	widest   *web.Limits[string]     // by account, of devices that are not known
	letters  *web.Limits[string]     // letters with a link, by account
}

// oneAttempt is whose attempts are counted together.
type oneAttempt struct {
	account string
	network netip.Prefix
	device  news.StaffID // whose device it is known to be; 0 for an unknown one
}

func newAttempts(now func() time.Time) attempts {
	return attempts{
		networks: web.NewLimiter(networkEvery, networkBurst, now),
		accounts: web.NewLimits[oneAttempt](accountEvery, accountBurst, now),
		widest:   web.NewLimits[string](widestEvery, widestBurst, now),
		letters:  web.NewLimits[string](letterEvery, letterBurst, now),
	}
}

// mayTry counts an attempt at an account, whether there is one or not. What strangers
// use up, on whatever network, does not count against a device from which somebody
// has signed in to that account before.
func (v *visit) mayTry(what, email string) (time.Duration, bool) {
	account := accountKey(what + email)
	one, err := v.attempt(account, email)
	if err != nil {
		v.Log.Error("whether a device is known could not be read", "err", err)
	}
	if one.device != 0 {
		return v.accounts.Allow(one)
	}
	if wait, ok := v.networks.Allow(v.Proxies.Client(v.r)); !ok {
		return wait, false
	}
	if wait, ok := v.accounts.Allow(one); !ok {
		return wait, false
	}
	return v.widest.Allow(account)
}

// forgive gives back what somebody has used up who has shown who they are.
func (v *visit) forgive(what, email string) {
	if one, err := v.attempt(accountKey(what+email), email); err == nil {
		v.accounts.Forgive(one)
	}
}

// attempt is whose attempt this is.
func (v *visit) attempt(account, email string) (oneAttempt, error) {
	strange := oneAttempt{account: account, network: web.NetworkOf(v.Proxies.Client(v.r))}
	c, err := v.r.Cookie(deviceCookie)
	if err != nil || c.Value == "" {
		return strange, nil
	}
	staff, err := v.Store.KnownDevice(v.ctx(), secret.Hash(c.Value), news.FoldEmail(email))
	if fault.Is(err, fault.NotFound) {
		return strange, nil
	}
	if err != nil {
		return strange, err
	}
	return oneAttempt{account: account, device: staff}, nil
}

// deviceCookie is the name of the cookie by which a device is known again. It lets
// nobody in: it only has the attempts from there counted apart.
const deviceCookie = "newsroom-device"

// knowDevice notes that somebody has signed in from this device.
func (v *visit) knowDevice(staff news.StaffID) error {
	token := ""
	if c, err := v.r.Cookie(deviceCookie); err == nil {
		token = c.Value
	}
	token, err := v.Desk.KnowDevice(v.ctx(), staff, token)
	if err != nil {
		return err
	}
	http.SetCookie(v.w, v.cookie(deviceCookie, token, int(news.DeviceLife.Seconds())))
	return nil
}

// accountKey is what attempts on an account are counted under. It is kept for
// long: so it is short, whatever was sent, and holds no other part of the form.
func accountKey(account string) string {
	const longest = 4*news.MaxStaffEmail + len("code of ") // bytes; no account has more
	return strings.Clone(account[:min(len(account), longest)])
}

// tooMany says when another attempt can be made.
func (v *visit) tooMany(wait time.Duration) {
	seconds := int(wait.Seconds()) + 1
	v.w.Header().Set("Retry-After", strconv.Itoa(seconds))
	v.wrong = map[string]string{"password": v.l.Plural("wait_seconds", seconds), "code": v.l.Plural("wait_seconds", seconds)}
}
