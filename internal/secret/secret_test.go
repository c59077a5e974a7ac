package secret

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// cheap is a cost for tests.
var cheap = Cost{Memory: 64, Passes: 1, Threads: 1}

func TestAPasswordIsKnownByItsHash(t *testing.T) {
	p := NewPasswords(cheap, 2)
	hash, err := p.Hash(t.Context(), "Zürich, 3 o'clock")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("%s, %v", hash, err)
	}
	for typed, want := range map[string]bool{"Zürich, 3 o'clock": true, "Zu\u0308rich, 3 o'clock": true, "zürich, 3 o'clock": false, "": false} {
		if ok, stale, err := p.Check(t.Context(), hash, typed); ok != want || stale || err != nil {
			t.Errorf("%q: %v, %v, %v", typed, ok, stale, err)
		}
	}
	if again, _ := p.Hash(t.Context(), "Zürich, 3 o'clock"); again == hash {
		t.Error("two hashes have one salt")
	}
	if ok, stale, err := NewPasswords(Cost{128, 1, 1}, 1).Check(t.Context(), hash, "Zürich, 3 o'clock"); !ok || !stale || err != nil {
		t.Errorf("at another cost: %v, %v, %v", ok, stale, err)
	}
}

func TestNobodysPasswordIsWrongAndTakesAsLong(t *testing.T) {
	p := NewPasswords(DefaultCost(), 1)
	start := time.Now()
	if _, err := p.Hash(t.Context(), "some password"); err != nil {
		t.Fatal(err)
	}
	one := time.Since(start)
	start = time.Now()
	if ok, stale, err := p.Check(t.Context(), "", ""); ok || stale || err != nil {
		t.Errorf("%v, %v, %v", ok, stale, err)
	}
	if took := time.Since(start); took < one/4 {
		t.Errorf("somebody's takes %v, nobody's %v", one, took)
	}
}

func TestHashesThatCannotBeReadAreErrors(t *testing.T) {
	p := NewPasswords(cheap, 1)
	for _, hash := range []string{"x", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=16$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=0,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=99999999,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=1,p=1$!$AAAA"} {
		if _, _, err := p.Check(t.Context(), hash, "x"); !errors.Is(err, errHash) {
			t.Errorf("%s: %v", hash, err)
		}
	}
}

func TestWhoWaitsForATurnCanGiveUp(t *testing.T) {
	p := NewPasswords(cheap, 1)
	if err := p.turns.Acquire(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := p.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestTokensDifferAndFitIntoCookies(t *testing.T) {
	a, b := Token(), Token()
	if a == b || !regexp.MustCompile(`^[\w-]{43}$`).MatchString(a) || Hash(a) == Hash(b) || len(Hash(a)) != 64 {
		t.Errorf("%s, %s", a, b)
	}
}

func TestARecoveryCodeIsReadHoweverItIsTyped(t *testing.T) {
	codes := RecoveryCodes(10)
	seen := map[string]bool{}
	for _, c := range codes {
		if seen[c] || !regexp.MustCompile(`^([0-9a-z]{4}-){2}[0-9a-z]{4}$`).MatchString(c) {
			t.Errorf("code %q", c)
		}
		seen[c] = true
		for _, typed := range []string{c, strings.ToUpper(c), strings.ReplaceAll(c, "-", ""), " " + strings.ReplaceAll(c, "-", " - ") + "\n", strings.NewReplacer("0", "O", "1", "l").Replace(c)} {
			if got := PlainCode(typed); got != c {
				t.Errorf("%q is read as %q", typed, got)
			}
		}
	}
	if got := PlainCode(strings.Repeat("a", 1<<20)); got != "aaaa-aaaa-aaaa" {
		t.Errorf("far too much is read as %q", got)
	}
}

// The test vectors of RFC 6238, appendix B, whose last six digits these are.
func TestCodesAreThoseOfTheRFC(t *testing.T) {
	secret := base32Plain.EncodeToString([]byte("12345678901234567890"))
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := code([]byte("12345678901234567890"), at/30); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
		now := time.Unix(at, 0)
		for _, d := range []time.Duration{0, -30 * time.Second, 30 * time.Second} {
			if step, ok := CheckTOTP(secret, want[:3]+" "+want[3:], now.Add(d)); !ok || step != at/30 {
				t.Errorf("at %d and %v: %d, %v", at, d, step, ok)
			}
		}
		if _, ok := CheckTOTP(secret, want, now.Add(2*time.Minute)); ok {
			t.Errorf("a code of %d counts two minutes later", at)
		}
	}
	if _, ok := CheckTOTP(secret, "۲۸۷۰۸۲", time.Unix(59, 0)); !ok {
		t.Error("Persian digits are not read")
	}
	for _, typed := range []string{"", "287083", "28708", "2870822", "<b>"} {
		if _, ok := CheckTOTP(secret, typed, time.Unix(59, 0)); ok {
			t.Errorf("%q is a code", typed)
		}
	}
	if _, ok := CheckTOTP("1!", "287082", time.Unix(59, 0)); ok {
		t.Error("a broken secret has codes")
	}
}

func TestAnAppReadsTheLink(t *testing.T) {
	secret := NewTOTP()
	u, err := url.Parse(TOTPLink(secret, "The Daily: News & more", "ida@paper.example"))
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/The Daily  News & more:ida@paper.example" || u.Query().Get("secret") != secret || u.Query().Get("issuer") != "The Daily: News & more" {
		t.Errorf("%v, %v", u, err)
	}
}

func FuzzCodesAreRead(f *testing.F) {
	f.Add("k3m8-x2qa-9fht")
	f.Add("۲۸۷۰۸۲")
	f.Fuzz(func(t *testing.T, typed string) {
		if c := PlainCode(typed); PlainCode(c) != c || len(c) > 14 {
			t.Errorf("%q is read as %q", typed, c)
		}
		CheckTOTP("GEZDGNBVGY3TQOJQ", typed, time.Unix(0, 0))
		decode(typed)
	})
}
