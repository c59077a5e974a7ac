package newsroom

import (
	"bytes"
	"encoding/base32"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/secret"
)

// hidden is the value of a hidden field of a page.
func hidden(t *testing.T, w *httptest.ResponseRecorder, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]*)"`).FindStringSubmatch(w.Body.String())
	if m == nil {
		t.Fatalf("there is no field %s: %s", name, w.Body)
	}
	return html.UnescapeString(m[1])
}

func TestSigningInAndOut(t *testing.T) {
	r := open(t)
	r.hire("Ida Holm", news.Grant{Role: news.Administrator})
	p := r.stranger()
	says(t, p.get("/newsroom/audit/?before=9"), http.StatusSeeOther, "Location: /newsroom/sign-in?to=%2Fnewsroom%2Faudit%2F%3Fbefore%3D9")
	says(t, p.get("/newsroom/sign-in?to=%2Fnewsroom%2Faudit%2F"), http.StatusOK, `name="carry-to" value="/newsroom/audit/"`)
	w := p.post("/newsroom/sign-in", "email", " IDA@paper.example ", "password", password, "carry-to", "/newsroom/audit/")
	says(t, w, http.StatusSeeOther, "Location: /newsroom/audit/")
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/newsroom/" || c.Secure || c.MaxAge != int(news.SessionLife.Seconds()) || len(c.Value) != 43 {
		t.Errorf("the cookie is %v", c)
	}
	says(t, p.get("/newsroom/"), http.StatusOK, "Hello, Ida Holm", "Accounts", "Log")
	says(t, p.get("/newsroom/sign-in"), http.StatusSeeOther, "Location: /newsroom/")
	token := p.cookie
	says(t, p.post("/newsroom/sign-out"), http.StatusSeeOther, "Location: /newsroom/sign-in?done=signed_out")
	p.cookie = token
	says(t, p.get("/newsroom/"), http.StatusSeeOther, "sign-in")
	says(t, p.get("/newsroom/sign-in?done=signed_out"), http.StatusOK, "You are signed out.")
}

func TestTheCookieIsSecureOverHTTPS(t *testing.T) {
	r := open(t)
	r.hire("Ida Holm")
	p := r.stranger()
	p.header = http.Header{"X-Forwarded-Proto": {"https"}}
	if c := p.post("/newsroom/sign-in", "email", "ida@paper.example", "password", password).Result().Cookies()[0]; c.Secure {
		t.Error("the paper's address is plain, and the cookie secure")
	}
	form := url.Values{"email": {"ida@paper.example"}, "password": {password}}
	req := httptest.NewRequestWithContext(t.Context(), "POST", "https://paper.example/newsroom/sign-in", strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, req)
	if c := w.Result().Cookies()[0]; !c.Secure {
		t.Error("it came over TLS, and the cookie is not secure, as the settings still have the plain address")
	}
	if err := r.desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error { s.Address = "https://paper.example"; return nil }); err != nil {
		t.Fatal(err)
	}
	if c := r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password).Result().Cookies()[0]; !c.Secure {
		t.Error("the paper's address is over HTTPS, and the cookie not secure")
	}
}

func TestEveryScreenProtectsItself(t *testing.T) {
	p := open(t).hire("Ida Holm", news.Grant{Role: news.Administrator})
	for _, path := range []string{"/newsroom/", "/newsroom/sign-in", "/newsroom/nowhere"} {
		h := p.get(path).Header()
		for name, want := range map[string]string{"Content-Security-Policy": policy, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Error("the policy lets in what it must not")
	}
}

func TestAWrongPasswordAndAnUnknownAccountLookTheSame(t *testing.T) {
	r := open(t)
	r.hire("Ida Holm")
	r.hire("Otto Off")
	if err := r.desk.DisableStaff(t.Context(), "test", 2); err != nil {
		t.Fatal(err)
	}
	var first string
	for i, email := range []string{"ida@paper.example", "who@paper.example", "otto@paper.example", "<script>@x"} {
		w := r.stranger().post("/newsroom/sign-in", "email", email, "password", "wrong")
		says(t, w, http.StatusUnprocessableEntity, "Address or password is not right.", "!<script>@x")
		said := strings.ReplaceAll(w.Body.String(), `value="`+html.EscapeString(email)+`"`, `value="x"`)
		if i == 0 {
			first = said
		} else if said != first {
			t.Errorf("%s: another answer: %s", email, said)
		}
	}
	says(t, r.stranger().post("/newsroom/sign-in", "email", "otto@paper.example", "password", password), http.StatusUnprocessableEntity, "Address or password")
	says(t, r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", strings.Repeat("x", 100_000)), http.StatusUnprocessableEntity)
	says(t, r.stranger().post("/newsroom/sign-in"), http.StatusUnprocessableEntity, "Address or password")
}

func TestAttemptsAreLimitedByAccountAndByNetwork(t *testing.T) {
	r := open(t)
	r.hire("Ida Holm")
	at := func(network string) *person {
		p := r.stranger()
		p.network = network + ":99"
		return p
	}
	for range accountBurst {
		says(t, at("192.0.2.1").post("/newsroom/sign-in", "email", "Ida@paper.example", "password", "wrong"), http.StatusUnprocessableEntity)
	}
	w := at("192.0.2.1").post("/newsroom/sign-in", "email", "ida@paper.example", "password", password)
	says(t, w, http.StatusTooManyRequests, "Please try again in 61 seconds")
	if w.Header().Get("Retry-After") != "61" {
		t.Errorf("Retry-After is %s", w.Header().Get("Retry-After"))
	}
	says(t, at("192.0.2.2").post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), http.StatusSeeOther)
	r.now = r.now.Add(time.Minute)
	says(t, at("192.0.2.1").post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), http.StatusSeeOther)
	for i := range networkBurst {
		says(t, at("198.51.100.1").post("/newsroom/sign-in", "email", fmt.Sprintf("%d@paper.example", i), "password", "wrong"), http.StatusUnprocessableEntity)
	}
	says(t, at("198.51.100.1").post("/newsroom/sign-in", "email", "x@paper.example", "password", "wrong"), http.StatusTooManyRequests)
}

// Strangers on many networks use up the attempts at an account: that slows down all
// whom nobody knows, and not the device that its owner has signed in from.
func TestStrangersDoNotLockAnOwnerOut(t *testing.T) {
	r := open(t)
	ida, otto := r.hire("Ida Holm"), r.hire("Otto Brandt")
	signIn := func(p *person, email, typed string) int {
		return p.post("/newsroom/sign-in", "email", email, "password", typed).Code
	}
	known := r.stranger()
	known.network = "203.0.113.1:1"
	if code := signIn(known, ida.staff.Email, password); code != http.StatusSeeOther || known.device == "" {
		t.Fatalf("%d, device %q", code, known.device)
	}
	attack := func() int {
		for i := range 1000 {
			p := r.stranger()
			p.network = fmt.Sprintf("192.0.%d.%d:99", i/200, i%200)
			if code := signIn(p, ida.staff.Email, "wrong"); code == http.StatusTooManyRequests {
				return i
			}
		}
		return -1
	}
	if n := attack(); n != widestBurst-1 { // Ida's own was one
		t.Errorf("strangers have %d attempts", n)
	}
	// The network of the owner is used up too.
	for range networkBurst {
		p := r.stranger()
		p.network = known.network
		signIn(p, otto.staff.Email, "wrong")
	}
	fresh := r.stranger()
	fresh.network = "203.0.113.9:1"
	if code := signIn(fresh, ida.staff.Email, password); code != http.StatusTooManyRequests {
		t.Errorf("a device that nobody knows: %d", code)
	}
	known.cookie = ""
	if code := signIn(known, ida.staff.Email, password); code != http.StatusSeeOther {
		t.Errorf("the known device: %d", code)
	}
	// It is no licence: its own attempts are limited, and at other accounts it is not known.
	for range accountBurst {
		signIn(known, ida.staff.Email, "wrong")
	}
	if code := signIn(known, ida.staff.Email, password); code != http.StatusTooManyRequests {
		t.Errorf("the known device after many attempts: %d", code)
	}
	if code := signIn(known, otto.staff.Email, password); code != http.StatusTooManyRequests {
		t.Errorf("the known device at another account, from a network that is used up: %d", code)
	}
	if err := r.desk.ForgetDevices(t.Context(), "test", ida.staff.ID); err != nil {
		t.Fatal(err)
	}
	r.now = r.now.Add(time.Second)
	if code := signIn(known, ida.staff.Email, password); code != http.StatusTooManyRequests {
		t.Errorf("a device that was forgotten: %d", code)
	}
}

// A device's secret is the one that was made here: nobody can plant one and know it.
func TestADeviceKeepsNoSecretOfAStranger(t *testing.T) {
	r := open(t)
	ida := r.hire("Ida Holm")
	r.hire("Otto Brandt")
	p := r.stranger()
	p.device = "planted"
	p.post("/newsroom/sign-in", "email", ida.staff.Email, "password", password)
	first := p.device
	if first == "planted" || len(first) != 43 {
		t.Errorf("it keeps %q", first)
	}
	p.cookie = ""
	w := p.post("/newsroom/sign-in", "email", "otto@paper.example", "password", password)
	if p.device != first {
		t.Error("two people at one device have two secrets")
	}
	for _, c := range w.Result().Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != Path {
			t.Errorf("%v", c)
		}
	}
}

// Who is counted is kept: a form of a megabyte must not be.
func TestWhatAttemptsAreCountedUnderIsShort(t *testing.T) {
	if key := accountKey(strings.Repeat("ä", 1<<20)); len(key) > 1100 {
		t.Errorf("%d bytes are kept", len(key))
	}
	longest := "code of " + strings.Repeat("ä", news.MaxStaffEmail)
	if accountKey(longest) != longest {
		t.Error("an address that an account may have is cut")
	}
}

func TestAPasswordHashedAtAnotherCostIsHashedAnew(t *testing.T) {
	r := open(t)
	r.hire("Ida Holm")
	r.handler.Passwords = secret.NewPasswords(secret.Cost{Memory: 128, Passes: 1, Threads: 1}, 2)
	says(t, r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), http.StatusSeeOther)
	if s, err := r.store.Secrets(t.Context(), 1); err != nil || !strings.Contains(s.Password, "m=128") {
		t.Errorf("%v, %v", s, err)
	}
	says(t, r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), http.StatusSeeOther)
}

func TestSessionsEndByThemselvesAndWithTheAccount(t *testing.T) {
	r := open(t)
	p := r.hire("Ida Holm")
	for range 6 { // used each ten days, until it is too old
		r.now = r.now.Add(10 * 24 * time.Hour)
		says(t, p.get("/newsroom/"), http.StatusOK)
	}
	r.now = r.now.Add(news.SessionIdle)
	says(t, p.get("/newsroom/"), http.StatusSeeOther, "sign-in")
	p.signIn()
	for range 8 {
		r.now = r.now.Add(10 * 24 * time.Hour)
		says(t, p.get("/newsroom/"), http.StatusOK)
	}
	r.now = r.now.Add(10 * 24 * time.Hour)
	says(t, p.get("/newsroom/"), http.StatusSeeOther, "sign-in")
	p.signIn()
	says(t, p.get("/newsroom/"), http.StatusOK)
	if err := r.desk.DisableStaff(t.Context(), "test", p.staff.ID); err != nil {
		t.Fatal(err)
	}
	says(t, p.get("/newsroom/"), http.StatusSeeOther, "sign-in")
}

// typed is what must not be lost: lines, quotes, signs of HTML, letters beyond ASCII.
const typed = "  First line\r\nsecond \"line\" <b>'&amp; ü\u200fعربي"

func TestWhatWasTypedIsNotLostWhenASessionIsOver(t *testing.T) {
	r := open(t)
	r.hire("Ida Holm", news.Grant{Role: news.Administrator})
	p := r.stranger()
	w := p.post("/newsroom/staff/new?x=1", "name", typed, "role", "reporter", "role", "chief", "email", "new@paper.example")
	says(t, w, http.StatusUnauthorized, "What you typed is kept", "!<b>'")
	form := func(w *httptest.ResponseRecorder, more ...string) []string {
		all := append([]string{}, more...)
		for _, m := range regexp.MustCompile(`name="(carry[^"]*)" value="([^"]*)"`).FindAllStringSubmatch(w.Body.String(), -1) {
			if !strings.Contains(strings.Join(all, "\x00"), m[1]+"\x00"+html.UnescapeString(m[2])) {
				all = append(all, html.UnescapeString(m[1]), html.UnescapeString(m[2]))
			}
		}
		return all
	}
	w = p.post("/newsroom/sign-in", form(w, "email", "ida@paper.example", "password", "wrong")...)
	says(t, w, http.StatusUnprocessableEntity)
	w = p.post("/newsroom/sign-in", form(w, "email", "ida@paper.example", "password", password)...)
	says(t, w, http.StatusOK, "You are signed in again", `action="/newsroom/staff/new?x=1"`, "!carry", "!"+password)
	if got := hidden(t, w, "name"); got != typed {
		t.Errorf("the name is %q", got)
	}
	var sent []string
	for _, m := range regexp.MustCompile(`type="hidden" name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(w.Body.String(), -1) {
		sent = append(sent, m[1], html.UnescapeString(m[2]))
	}
	if strings.Join(sent, "|") != "email|new@paper.example|name|"+typed+"|role|reporter|role|chief" {
		t.Errorf("what would be sent is %q", sent)
	}
	says(t, p.post("/newsroom/staff/new?x=1", sent...), http.StatusOK, "Invitation for First line second")
}

func TestAScriptOfAScreenIsToldThatTheSessionIsOver(t *testing.T) {
	p := open(t).stranger()
	p.header = http.Header{"Hx-Request": {"true"}, "Hx-Current-Url": {origin + "/newsroom/audit/?before=9"}}
	w := p.get("/newsroom/audit/")
	says(t, w, http.StatusUnauthorized)
	if got := w.Header().Get("HX-Redirect"); got != "/newsroom/sign-in?to=%2Fnewsroom%2Faudit%2F%3Fbefore%3D9" {
		t.Errorf("a part of a screen leads to %q", got)
	}
	w = p.post("/newsroom/account/", "name", "typed")
	says(t, w, http.StatusUnauthorized)
	if got := w.Header().Get("HX-Redirect"); got != "" {
		t.Errorf("the screen, with what was typed on it, is left for %q", got)
	}
}

func TestAFormWithFilesIsCarriedWithoutThem(t *testing.T) {
	r := open(t)
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	_ = m.WriteField("caption", typed)
	f, _ := m.CreateFormFile("file", "x.jpg")
	_, _ = f.Write([]byte("picture"))
	_ = m.Close()
	send := func(body []byte) *httptest.ResponseRecorder {
		req := httptest.NewRequest("POST", origin+"/newsroom/account/", bytes.NewReader(body))
		req.Header.Set("Content-Type", m.FormDataContentType())
		req.Header.Set("Accept", "text/html")
		w := httptest.NewRecorder()
		r.handler.ServeHTTP(w, req)
		return w
	}
	w := send(b.Bytes())
	says(t, w, http.StatusUnauthorized, "!picture")
	if got := hidden(t, w, "carry.caption"); got != typed {
		t.Errorf("the caption is %q", got)
	}
	large := strings.Replace(b.String(), "First line", strings.Repeat("x", maxForm), 1)
	says(t, send([]byte(large)), http.StatusRequestEntityTooLarge, "That is too much at once")
	says(t, send([]byte("nonsense")), http.StatusUnprocessableEntity)
}

func TestFarTooMuchIsNotCarried(t *testing.T) {
	says(t, open(t).stranger().post("/newsroom/account/", "name", strings.Repeat("x", maxForm)), http.StatusRequestEntityTooLarge, "That is too much at once")
}

func TestSigningInLeadsNowhereElse(t *testing.T) {
	r := open(t)
	r.hire("Ida Holm")
	for _, to := range []string{"https://evil.example/newsroom/", "//evil.example/newsroom/", "/\\evil.example", "/newsroom/\\..\\x", "javascript:alert(1)", "/", "/newsroom/sign-out", "/newsroom", "\x00", "/newsroom/\r\nX: y"} {
		says(t, r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password, "carry-to", to), http.StatusSeeOther, "Location: /newsroom/")
		if got := inside(to); got != Path {
			t.Errorf("%q leads to %q", to, got)
		}
		if w := r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password, "carry-to", to, "carry-post", "1"); !strings.Contains(w.Body.String(), `action="/newsroom/"`) {
			t.Errorf("%q: a form is sent elsewhere: %s", to, w.Body)
		}
	}
}

func FuzzInside(f *testing.F) {
	f.Add("/newsroom/staff/1?x=%2F")
	f.Add("//evil.example")
	f.Fuzz(func(t *testing.T, to string) {
		if got := inside(to); !strings.HasPrefix(got, Path) || strings.ContainsAny(got, "\\\r\n") {
			t.Errorf("%q leads to %q", to, got)
		}
	})
}

// totp is the code of an app at a moment.
func totp(t *testing.T, s string, now time.Time) string {
	t.Helper()
	if _, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(s); err != nil {
		t.Fatalf("the secret %q: %v", s, err)
	}
	for n := range 1_000_000 {
		code := fmt.Sprintf("%06d", n)
		if at, ok := secret.CheckTOTP(s, code, now); ok && at == now.Unix()/30 {
			return code
		}
	}
	t.Fatal("no code is right")
	return ""
}

func TestASecondStepByAppOrRecoveryCode(t *testing.T) {
	r := open(t)
	p := r.hire("Ida Holm")
	w := p.get("/newsroom/account/app")
	says(t, w, http.StatusOK, "otpauth://totp/Broadsheet:ida@paper.example?issuer=Broadsheet&amp;secret=")
	step := hidden(t, w, "step")
	s := regexp.MustCompile(`secret=([A-Z2-7]+)`).FindStringSubmatch(w.Body.String())[1]
	says(t, p.post("/newsroom/account/app", "step", step, "code", "<b>", "current", password), http.StatusUnprocessableEntity, "This is not right.", "!<b>\"")
	says(t, p.post("/newsroom/account/app", "step", "nonsense", "code", "1"), http.StatusSeeOther, "too_late")
	code := totp(t, s, r.now)
	says(t, p.post("/newsroom/account/app", "step", step, "code", code), http.StatusUnprocessableEntity, "Password you have now", "This is not right.")
	says(t, p.post("/newsroom/account/app", "step", step, "code", code, "current", "wrong"), http.StatusUnprocessableEntity, "This is not right.")
	w = p.post("/newsroom/account/app", "step", step, "code", code, "current", password)
	says(t, w, http.StatusOK, "Your recovery codes")
	recovery := regexp.MustCompile(`<code>([^<]+)</code>`).FindStringSubmatch(w.Body.String())[1]
	says(t, p.get("/newsroom/account/"), http.StatusOK, "A code is asked for", "10 recovery codes are left.")
	// A screen left open does not put another app in its place.
	says(t, p.get("/newsroom/account/app"), http.StatusSeeOther, "Location: /newsroom/account/")
	step, err := r.desk.Begin(t.Context(), appStep, p.staff.ID, secret.NewTOTP(), codeLife)
	if err != nil {
		t.Fatal(err)
	}
	says(t, p.post("/newsroom/account/app", "step", step, "code", "123456"), http.StatusSeeOther, "Location: /newsroom/account/")
	if kept, err := r.store.Secrets(t.Context(), p.staff.ID); err != nil || kept.TOTP != s {
		t.Errorf("another app counts: %v", err)
	}

	enter := func(typed string) *httptest.ResponseRecorder {
		q := r.stranger()
		w := q.post("/newsroom/sign-in", "email", "ida@paper.example", "password", password, "carry-to", "/newsroom/account/", "carry-post", "1", "carry.name", "kept")
		says(t, w, http.StatusOK, "One more step", `name="carry.name" value="kept"`)
		if q.cookie != "" {
			t.Error("the password alone signs in")
		}
		return q.post("/newsroom/sign-in/code", "step", hidden(t, w, "step"), "code", typed, "carry-to", "/newsroom/account/", "carry-post", "1", "carry.name", "kept")
	}
	says(t, enter(code), http.StatusUnprocessableEntity, "This is not right.") // it was used to set up
	r.now = r.now.Add(30 * time.Second)
	code = totp(t, s, r.now)
	says(t, enter(code), http.StatusOK, "You are signed in again", `value="kept"`)
	says(t, enter(code), http.StatusUnprocessableEntity, "This is not right.")
	says(t, enter(strings.ToUpper(recovery)), http.StatusOK, "You are signed in again")
	says(t, enter(recovery), http.StatusUnprocessableEntity)
	says(t, r.stranger().post("/newsroom/sign-in/code", "step", "nonsense", "code", code), http.StatusUnprocessableEntity, "Sign in to the newsroom")

	says(t, p.post("/newsroom/account/app/remove", "current", "wrong"), http.StatusUnprocessableEntity, "This is not right.")
	says(t, p.post("/newsroom/account/codes", "current", password), http.StatusOK, "Your recovery codes")
	says(t, p.post("/newsroom/account/app/remove", "current", password), http.StatusSeeOther, "app_removed")
	says(t, r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), http.StatusSeeOther)
}

func TestCodesAreLimitedToo(t *testing.T) {
	r := open(t)
	p := r.hire("Ida Holm")
	if err := r.desk.SetTOTP(t.Context(), "test", p.staff.ID, secret.NewTOTP(), 0); err != nil {
		t.Fatal(err)
	}
	step := hidden(t, r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), "step")
	for range accountBurst {
		says(t, r.stranger().post("/newsroom/sign-in/code", "step", step, "code", "1"), http.StatusUnprocessableEntity)
	}
	says(t, r.stranger().post("/newsroom/sign-in/code", "step", step, "code", "1"), http.StatusTooManyRequests, "try again in")
	r.now = r.now.Add(codeLife)
	says(t, r.stranger().post("/newsroom/sign-in/code", "step", step, "code", "1"), http.StatusUnprocessableEntity, "Please sign in")
}

func TestALinkLetsSomebodyChooseAPassword(t *testing.T) {
	r := open(t)
	link, err := r.desk.AddStaff(t.Context(), "test", &news.Staff{Name: "<b>Ida", Email: "ida@paper.example"})
	if err != nil {
		t.Fatal(err)
	}
	p, path := r.stranger(), WelcomePath(link)
	says(t, p.get(path), http.StatusOK, "Welcome, &lt;b&gt;Ida", "!<b>Ida")
	for _, bad := range [][]string{{}, {"password", "short", "again", "short"}, {"password", password}, {"password", password, "again", password + "x"}, {"password", strings.Repeat("x", 1001), "again", strings.Repeat("x", 1001)}} {
		says(t, p.post(path, bad...), http.StatusUnprocessableEntity, `aria-invalid="true"`, "!"+password)
	}
	var wait sync.WaitGroup
	codes := make([]int, 4)
	for i := range codes {
		wait.Go(func() { codes[i] = r.stranger().post(path, "password", password, "again", password).Code })
	}
	wait.Wait()
	if n := strings.Count(fmt.Sprint(codes), "303"); n != 1 || strings.Count(fmt.Sprint(codes), "404") != 3 {
		t.Errorf("four at once are answered %v", codes)
	}
	says(t, p.get(path), http.StatusNotFound, "can’t be used any more")
	says(t, p.get("/newsroom/welcome?link=x"), http.StatusNotFound, "can’t be used any more")
	says(t, p.post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), http.StatusSeeOther)
	says(t, p.get("/newsroom/forgotten"), http.StatusOK, "Ask an administrator")
}

func TestPasskeysAreForThePapersOwnAddress(t *testing.T) {
	r := open(t)
	p := r.hire("Ida Holm")
	says(t, p.get("/newsroom/account/"), http.StatusOK, "Passkeys work at the paper’s own address only")
	says(t, p.post("/newsroom/account/passkeys/begin"), http.StatusNotFound)
	says(t, r.stranger().post("/newsroom/sign-in/passkey/begin"), http.StatusNotFound)
	if err := r.desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error { s.Address = "https://paper.example"; return nil }); err != nil {
		t.Fatal(err)
	}
	says(t, p.post("/newsroom/account/passkeys/begin"), http.StatusOK, `"rp":{`, `"id":"paper.example"`, `"userVerification":"required"`)
	says(t, r.stranger().post("/newsroom/sign-in/passkey/begin"), http.StatusOK, `"rpId":"paper.example"`)
	says(t, p.post("/newsroom/account/passkeys", "current", "wrong"), http.StatusUnprocessableEntity, "This is not right.")
	for _, credential := range []string{"", "nonsense", "{}", `{"id":"x","rawId":"x","type":"public-key","response":{}}`, strings.Repeat("x", 100_000)} {
		says(t, p.post("/newsroom/account/passkeys", "current", password, "step", "x", "credential", credential), http.StatusUnprocessableEntity, "could not be added")
		says(t, r.stranger().post("/newsroom/sign-in/passkey", "step", "x", "credential", credential, "carry-post", "1", "carry.a", "kept"), http.StatusUnprocessableEntity, "not known here", "kept")
	}
	step := regexp.MustCompile(`"step":"([^"]+)"`).FindStringSubmatch(p.post("/newsroom/account/passkeys/begin").Body.String())[1]
	says(t, p.post("/newsroom/account/passkeys", "current", password, "step", step, "credential", "{}"), http.StatusUnprocessableEntity)
}
