package secret

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// What all apps for codes take: RFC 6238 with SHA-1, six digits, 30 seconds.
const (
	totpDigits = 6
	totpStep   = 30 * time.Second
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewTOTP is a new secret for an app that makes codes, of 160 bits, in Base32.
func NewTOTP() string {
	b := make([]byte, 20)
	rand.Read(b) // never fails
	return base32Plain.EncodeToString(b)
}

// TOTPLink is the address that an app reads a secret from, as a QR code or at a
// tap. The issuer is the paper's name.
func TOTPLink(secret, issuer, account string) string {
	q := url.Values{"secret": {secret}, "issuer": {issuer}}
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + strings.ReplaceAll(issuer, ":", " ") + ":" + account, RawQuery: strings.ReplaceAll(q.Encode(), "+", "%20")}
	return u.String()
}

// CheckTOTP finds the time step whose code was typed: this one, or one beside it,
// since clocks differ. The caller refuses a step that is not above the last one
// taken, so that a code counts once (RFC 6238, 5.2).
func CheckTOTP(secret, typed string, now time.Time) (step int64, ok bool) {
	key, err := base32Plain.DecodeString(secret)
	if err != nil {
		return 0, false
	}
	typed = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return latinDigit(r)
	}, typed)
	at := now.Unix() / int64(totpStep/time.Second)
	for _, s := range []int64{at, at - 1, at + 1} {
		if subtle.ConstantTimeCompare([]byte(code(key, s)), []byte(typed)) == 1 {
			return s, true
		}
	}
	return 0, false
}

// latinDigit is 3 for ۳ and ٣, which an Arabic or Persian keyboard types.
func latinDigit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}

// code is the code of a time step (RFC 4226, 5.3).
func code(key []byte, step int64) string {
	mac := hmac.New(sha1.New, key)
	binary.Write(mac, binary.BigEndian, step) // a hash takes everything
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, n%1_000_000)
}
