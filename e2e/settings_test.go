//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Everything that the command "settings" can set has its screen, and so have menus,
// standing pages, sections, topics and people.
func TestTheScreensOfThePaper(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "administrator"), "ida@paper.example")
	screens := map[string]string{
		"settings-paper": "settings/", "settings-language": "settings/language", "settings-look": "settings/look", "settings-addresses": "settings/addresses",
		"settings-policies": "settings/policies", "settings-comments": "settings/comments", "settings-social": "settings/social", "settings-rights": "settings/rights",
		"settings-maintenance": "settings/maintenance", "settings-history": "settings/history",
		"menu-main": "menus/main", "menu-footer": "menus/footer", "menu-history": "menus/main/history",
		"standing-pages": "pages/", "standing-page-new": "pages/new",
		"sections": "sections/", "section": "sections/2", "section-new": "sections/new", "section-merge": "sections/2/merge",
		"topics": "topics/", "topic": "topics/2", "topic-merge": "topics/2/merge?q=a", "people": "people/", "person": "people/2",
	}
	for name, path := range screens {
		b.open(s.newsroom() + "/newsroom/" + path)
		b.glance(name)
	}
	for _, name := range []string{"menu-main", "person"} {
		b.open(s.newsroom() + "/newsroom/" + screens[name])
		b.judge(name)
	}
	run(t, "settings", "set", "title", "فانوس كلموث", "-data", s.data)
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	for _, name := range []string{"settings-look", "settings-addresses", "settings-history", "menu-main", "standing-pages", "section", "person"} {
		b.open(s.newsroom() + "/newsroom/" + screens[name])
		b.glance("ar-" + name)
	}
	for _, p := range b.problems {
		t.Errorf("the browser complains: %s", p)
	}
}

// glance is judge on a phone, in the light.
func (b *browser) glance(name string) {
	b.t.Helper()
	b.look(390, false)
	for _, v := range b.axe() {
		b.t.Errorf("%s: %s", name, v)
	}
	if outside := evaluate[string](b, outsideScript); outside != "" {
		b.t.Errorf("%s: outside of the window: %s", name, outside)
	}
	b.shootWindow("newsroom-"+name+"-390-light", 390)
}

func TestSettingsAreLookedAtThenSavedThenTakenBack(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "administrator"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/settings/look")
	b.rewrite("#accent", "#f0e0e0")
	b.follow(`button[value="save"]:not([hidden])`)
	if said := b.text("#accent-error"); !strings.Contains(said, "4.5 to 1") {
		t.Errorf("a colour that nobody can read: %q", said)
	}
	b.judge("settings-look-wrong")
	b.rewrite("#accent", "#1d4f91")
	b.follow(`button[value="preview"]`)
	inside := `document.querySelector(".stage iframe").contentDocument`
	b.until(inside + `?.querySelector(".preview-note") !== null`)
	b.look(1440, false)
	if got := evaluate[string](b, `getComputedStyle(`+inside+`.documentElement).getPropertyValue("--accent").trim()`); got != "#1d4f91" {
		t.Errorf("in the preview the accent is %q", got)
	}
	b.judge("settings-look-preview")
	if strings.Contains(s.get(t, "/").body, "/assets/look.") {
		t.Error("readers see what is not saved")
	}
	b.follow(`button[value="save"]:not([hidden])`)
	if !strings.Contains(s.get(t, "/").body, "/assets/look.") {
		t.Error("readers do not see what is saved")
	}
	b.open(s.newsroom() + "/newsroom/settings/history")
	b.judge("settings-history-changed")
	b.follow(".versions-list li:nth-child(2) button")
	if strings.Contains(s.get(t, "/").body, "/assets/look.") {
		t.Error("readers see what was taken back")
	}
}

func TestAMenuIsArrangedByKeyboardAndSeenOnTheSite(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "administrator"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/menus/main")
	names := `[...document.querySelectorAll("[data-menu] li")].map(r => r.dataset.name + r.className).join()`
	before := evaluate[string](b, names)
	// The last two at the top change places, then the one that was first stands below
	// the other.
	first := evaluate[string](b, `[...document.querySelectorAll("[data-menu] .depth-0")].at(-2).dataset.name`)
	second := evaluate[string](b, `[...document.querySelectorAll("[data-menu] .depth-0")].at(-1).dataset.name`)
	b.do(chromedp.Focus(chromedp.CSS("[data-menu] li:last-child [name=item_label]")))
	b.keys(kb.ArrowUp, chromedp.ModifierAlt, chromedp.ModifierShift)
	if got := evaluate[string](b, names); got == before || !strings.HasSuffix(got, second+"depth-0,"+first+"depth-0") {
		t.Fatalf("the order is %s, was %s", got, before)
	}
	if got := evaluate[string](b, `document.activeElement.closest("li").dataset.name`); got != second {
		t.Errorf("the focus is in %s", got)
	}
	b.do(chromedp.Focus(chromedp.CSS("[data-menu] li:last-child [name=item_label]")))
	b.keys(kb.ArrowRight, chromedp.ModifierAlt, chromedp.ModifierShift)
	b.judge("menu-arranged")
	b.follow(`button[value="save"]:not([hidden])`)
	html := s.get(t, "/").body
	menu := html[strings.Index(html, `<nav class="menu"`):]
	menu = menu[:strings.Index(menu, "</nav>")]
	if !strings.Contains(menu, second) || strings.Contains(menu, ">"+first+"<") {
		t.Errorf("the site's menu is %s", menu)
	}
	panel := html[strings.Index(html, `id="menu"`):]
	if at := strings.Index(panel, ">"+second+"<"); at < 0 || !strings.Contains(panel[at:], "<ul><li") || !strings.Contains(panel[at:], ">"+first+"<") {
		t.Errorf("the panel does not have %s below %s", first, second)
	}

	b.open(s.newsroom() + "/newsroom/menus/footer")
	b.write("#q", "about")
	b.follow(`button[value="find"]`)
	b.judge("menu-found")
	// The same without a script: what is found is added, moved, and saved.
	b.withoutScripts()
	b.open(s.newsroom() + "/newsroom/menus/footer")
	b.write("#q", "about")
	b.follow(`button[value="find"]`)
	b.follow("#add ~ .rows button")
	b.follow(".menu-rows li:last-child .move")
	b.follow(`.buttons button[value="save"]`)
	if said := b.text("main"); !strings.Contains(said, "Saved.") {
		t.Errorf("the screen says %s", said)
	}
}
