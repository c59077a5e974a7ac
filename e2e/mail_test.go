//go:build e2e

package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"broadsheet/internal/mail/mailtest"
)

// An invitation by mail, and a letter that somebody asks for who has forgotten their
// password: by the real program and a real mail server, which first takes nothing.
func TestLettersOfTheNewsroom(t *testing.T) {
	box := mailtest.Start(t, false)
	box.Answer("RCPT", "451 greylisted, come back later")
	s := start(t, t.TempDir(), "serve", "-smtp-host", "127.0.0.1", "-smtp-port", fmt.Sprint(box.Port), "-smtp-tls", "none", "-smtp-from", "The Lantern <newsroom@paper.example>")
	run(t, "settings", "set", "title", "The Kelmouth Lantern", "-data", s.data)
	run(t, "settings", "set", "address", s.newsroom(), "-data", s.data)
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "administrator"), "ida@paper.example")

	b.open(s.newsroom() + "/newsroom/staff/new")
	b.write("#name", "Otto Brandt")
	b.write("#email", "otto@paper.example")
	b.press("#role-editor")
	b.follow("main form button")
	if said := b.text("main"); !strings.Contains(said, "Choose the sections, or the whole paper.") {
		t.Errorf("an editor of nothing: %s", said)
	}
	b.judge("staff-no-section")
	b.press("#scope-paper")
	b.follow("main form button")
	b.until(`document.querySelector(".letter").textContent.includes("could not be sent yet")`)
	b.judge("letter-failed")
	b.open(s.newsroom() + "/newsroom/staff/2")
	b.judge("staff-letter")
	box.Answer("RCPT", "")
	b.follow(`form[action$="/link"] button`)
	b.until(`document.querySelector(".letter").textContent.includes("A letter was sent")`)
	b.judge("letter-sent")
	link := regexp.MustCompile(`http\S+`).FindString(box.Letters()[0].Read(t).Text)
	b.follow(".me form button")
	b.accept(link, "otto@paper.example")
	if at := b.path(); at != "/newsroom/" {
		t.Fatalf("after signing in the browser is at %s: %s", at, b.text("main"))
	}
	b.open(s.newsroom() + "/newsroom/account/app")
	b.judge("app-password")

	for _, language := range []string{"", "ar"} {
		if language != "" {
			b.open(s.newsroom() + "/newsroom/account/")
			b.do(chromedp.SetValue(chromedp.CSS("#language"), language))
			b.follow(`form[action="/newsroom/account/"] button`)
			b.judge("account-" + language)
		}
	}
	b.follow(".me form button")
	b.open(s.newsroom() + "/newsroom/forgotten")
	b.judge("forgotten-mail")
	b.write("#email", "otto@paper.example")
	b.follow("main form button")
	b.judge("forgotten-asked")
	asked := time.Now()
	for len(box.Letters()) < 2 { // the server's clock sends it
		if time.Since(asked) > patience {
			t.Fatal("no letter came")
		}
		time.Sleep(20 * time.Millisecond)
	}
	p := box.Letters()[1].Read(t)
	if !strings.Contains(p.HTML, `dir="rtl"`) || !strings.Contains(p.Text, "The Kelmouth Lantern") {
		t.Errorf("%+v", p)
	}
	b.open(regexp.MustCompile(`http\S+`).FindString(p.Text))
	b.judge("reset")
}

// What a browser keeps of a text that the newsroom never got outlives signing out,
// and is offered to its writer alone.
func TestWhatTheBrowserKeepsIsItsWritersAlone(t *testing.T) {
	s := start(t, t.TempDir(), "serve")
	b := newBrowser(t)
	for _, name := range []string{"ida", "otto"} {
		b.accept(s.invitation(t, name+"@paper.example", name, "chief"), name+"@paper.example")
		if name == "ida" {
			b.follow(".me form button")
		}
	}
	b.open(s.newsroom() + "/newsroom/articles/new")
	b.write("#headline", "Harbour vote")
	b.follow("main form button")
	b.until(`!!document.querySelector("[data-editor]").editor`)
	path := b.path()
	signOut := func() {
		b.open(s.newsroom() + "/newsroom/")
		b.follow(".me form button")
		b.open(s.newsroom() + "/newsroom/sign-in")
	}
	// Signed out in another window, the newsroom gets nothing more.
	evaluate[bool](b, `void fetch("/newsroom/sign-out", { method: "POST" }).then(() => { document.title = "out"; }) === undefined`)
	b.until(`document.title === "out"`)
	b.write("#kicker", "Only here")
	b.until(`Object.values(localStorage).join().includes("Only here")`)
	b.until(`document.getElementById("keeping").classList.contains("trouble")`)
	b.open(s.newsroom() + "/newsroom/sign-in")
	b.signIn("ida@paper.example")
	b.open(s.newsroom() + path)
	b.until(`!!document.querySelector("[data-editor]").editor`)
	if !evaluate[bool](b, `document.getElementById("net").hidden`) || strings.Contains(documentHTML(b), "Only here") {
		t.Error("somebody is offered what another has typed")
	}
	b.rewrite("#kicker", "Mine")
	b.kept()
	signOut()
	b.signIn("otto@paper.example")
	b.open(s.newsroom() + path)
	b.until(`!document.getElementById("net").hidden`)
	b.press("#net-take")
	if got := evaluate[string](b, `document.getElementById("kicker").value`); got != "Only here" {
		t.Errorf("the kicker is %q", got)
	}
}

// What stands beside the text for readers elsewhere, and how comments are taken.
func TestWhatIsSharedAndHowCommentsAreTaken(t *testing.T) {
	s := start(t, t.TempDir(), "serve")
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida", "chief"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/articles/new")
	b.write("#headline", "Harbour vote")
	b.follow("main form button")
	b.until(`!!document.querySelector("[data-editor]").editor`)
	b.do(chromedp.SetValue(chromedp.CSS("#comments"), "open"))
	b.press(`details:has(#social_title) > summary`)
	b.write("#social_title", "Tonight: the vote")
	b.write("#social_description", "All that hangs on it.")
	b.judge("article-shared")
	b.follow(`button[value="save"]`)
	b.until(`!!document.querySelector("[data-editor]").editor`)
	if got := evaluate[string](b, `["social_title", "social_description", "comments"].map((id) => document.getElementById(id).value).join("|")`); got != "Tonight: the vote|All that hangs on it.|open" {
		t.Errorf("the form has %q", got)
	}
}
