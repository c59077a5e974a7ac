//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

const staffPassword = "correct horse battery"

// invitation makes an account and returns its link, at the address where passkeys
// work on this machine.
func (s *site) invitation(t *testing.T, email, name, role string) string {
	t.Helper()
	said := run(t, "staff", "add", email, "-name", name, "-role", role, "-data", s.data)
	path := regexp.MustCompile(`/newsroom/welcome\?\S+`).FindString(said)
	if path == "" {
		t.Fatalf("no link: %s", said)
	}
	return s.newsroom() + path
}

// newsroom is the site by the name of this machine: keys belong to names only.
func (s *site) newsroom() string { return strings.Replace(s.url, "127.0.0.1", "localhost", 1) }

// accept chooses a password by a link, and signs in.
func (b *browser) accept(link, email string) {
	b.t.Helper()
	b.open(link)
	b.write("#password", staffPassword)
	b.write("#again", staffPassword)
	b.follow("main button")
	b.signIn(email)
}

func (b *browser) signIn(email string) {
	b.t.Helper()
	b.write("#email", email)
	b.write("#password", staffPassword)
	b.follow("main form button")
}

// judge looks at the screen that is open on a phone and on a desk, light and
// dark: axe finds nothing, nothing is wider than the window, and a picture is kept
// where one is asked for.
func (b *browser) judge(name string) {
	b.t.Helper()
	for _, width := range []int64{390, 1440} {
		for _, dark := range []bool{false, true} {
			b.look(width, dark)
			for _, v := range b.axe() {
				b.t.Errorf("%s at %d px, dark %v: %s", name, width, dark, v)
			}
			if outside := evaluate[string](b, outsideScript); outside != "" {
				b.t.Errorf("%s at %d px, dark %v: outside of the window: %s", name, width, dark, outside)
			}
			b.shootWindow(fmt.Sprintf("newsroom-%s-%d-%s", name, width, map[bool]string{false: "light", true: "dark"}[dark]), width)
		}
	}
	if html := documentHTML(b); strings.Contains(html, "style=") {
		b.t.Errorf("%s has styles in its HTML", name)
	}
}

// shootWindow is shoot in a window as tall as the page: a picture beyond the window
// is shifted by Chromium where a page runs from right to left.
func (b *browser) shootWindow(name string, width int64) {
	b.t.Helper()
	dir := os.Getenv("E2E_SHOTS")
	if dir == "" {
		return
	}
	b.do(chromedp.EmulateViewport(width, evaluate[int64](b, "Math.max(900, document.documentElement.scrollHeight)")))
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// outsideScript names the first element that is outside of the window at either
// side and that nothing inside of it scrolls. A page that runs from right to left
// is no wider for what stands out at its right.
const outsideScript = `(() => {
	for (const e of document.querySelectorAll("body *")) {
		const r = e.getBoundingClientRect();
		if (r.width > 0 && (r.left < -1 || r.right > innerWidth + 1) && !e.closest(".places, .tabs, .stage, .editor")) return e.tagName + "." + e.className + " " + [r.left, r.right, innerWidth, scrollX, document.documentElement.scrollWidth].join(" ");
	}
	return "";
})()`

func TestNewsroomScreens(t *testing.T) {
	s := start(t, t.TempDir(), "serve")
	run(t, "settings", "set", "title", "The Kelmouth Lantern", "-data", s.data)
	b := newBrowser(t)
	link := s.invitation(t, "ida@paper.example", "Ida Holm", "administrator")
	for _, other := range [][3]string{{"otto@paper.example", "Otto Brandt", "editor"}, {"lena@paper.example", "Lena Öström", "reporter"}, {"maryam@paper.example", "مریم کاظمی", "chief"}} {
		s.invitation(t, other[0], other[1], other[2])
	}
	b.open(s.newsroom() + "/newsroom/")
	b.judge("sign-in")
	b.write("#email", "ida@paper.example")
	b.write("#password", "wrong")
	b.follow("main form button")
	b.judge("sign-in-wrong")
	b.open(s.newsroom() + "/newsroom/forgotten")
	b.judge("forgotten")
	b.open(link)
	b.judge("welcome")
	b.accept(link, "ida@paper.example")
	if at := b.path(); at != "/newsroom/" {
		t.Fatalf("after signing in the browser is at %s: %s", at, b.text("main"))
	}
	b.open(link)
	b.judge("link-gone")

	for _, language := range []string{"en", "ar"} {
		b.open(s.newsroom() + "/newsroom/account/")
		b.do(chromedp.SetValue(chromedp.CSS("#language"), language))
		b.follow("section button")
		if got := evaluate[string](b, "document.documentElement.lang"); got != language {
			t.Errorf("the language is %s", got)
		}
		b.judge(language + "-account")
		for name, path := range map[string]string{"home": "", "staff": "staff/", "staff-new": "staff/new", "staff-edit": "staff/2", "audit": "audit/", "app": "account/app", "nothing": "nowhere"} {
			b.open(s.newsroom() + "/newsroom/" + path)
			b.judge(language + "-" + name)
		}
		b.open(s.newsroom() + "/newsroom/staff/2")
		b.follow("section form button")
		b.judge(language + "-link")
	}
	for _, p := range b.problems {
		if !strings.Contains(p, "status of 422") && !strings.Contains(p, "status of 404") { // which were meant
			t.Errorf("the browser complains: %s", p)
		}
	}
}

func TestAPasskeySignsIn(t *testing.T) {
	s := start(t, t.TempDir(), "serve")
	b := newBrowser(t)
	b.do(chromedp.Navigate("about:blank"))
	if _, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	device := webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}
	if _, err := chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &device}); err != nil {
		t.Fatal(err)
	}
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "administrator"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/account/")
	b.write("#passkey-name", "My <b>telephone</b>")
	b.write("#passkey-current", staffPassword)
	b.follow("form[data-passkey] button")
	if said := b.text("main"); !strings.Contains(said, "The passkey was added.") || !strings.Contains(said, "My <b>telephone</b>") {
		t.Fatalf("the screen says %s", said)
	}
	b.follow(".me button")
	b.open(s.newsroom() + "/newsroom/account/")
	b.follow("form[data-passkey] button")
	if at, said := b.path(), b.text("main"); at != "/newsroom/account/" || strings.Contains(said, "last used: never") {
		t.Errorf("with a passkey the browser is at %s and reads %s", at, said)
	}
	b.judge("passkey")
	b.follow(".rows form button")
	if said := b.text("main"); !strings.Contains(said, "The passkey was removed.") {
		t.Errorf("the screen says %s", said)
	}
	b.follow(".me button")
	b.follow("form[data-passkey] button")
	if said := b.text("main"); !strings.Contains(said, "This passkey is not known here.") {
		t.Errorf("with a key that was removed the screen says %s", said)
	}
}
