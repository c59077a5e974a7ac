//go:build e2e

package e2e

import (
	"fmt"
	"image"
	_ "image/jpeg"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// place is a point in an element, in parts of its width and height, as the window
// has it.
func (b *browser) place(selector string, x, y float64) (float64, float64) {
	b.t.Helper()
	at := evaluate[[]float64](b, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.left + r.width * %g, r.top + r.height * %g]; })()`, selector, x, y))
	return at[0], at[1]
}

// dragIn presses the mouse in one place of an element and lets it go in another.
func (b *browser) dragIn(selector string, fromX, fromY, toX, toY float64) {
	b.t.Helper()
	x, y := b.place(selector, fromX, fromY)
	toX, toY = b.place(selector, toX, toY)
	b.drag(x, y, toX, toY)
}

// values are those of fields.
func (b *browser) values(names ...string) []float64 {
	b.t.Helper()
	var all []float64
	for _, name := range names {
		all = append(all, evaluate[float64](b, `+document.getElementById("`+name+`").value`))
	}
	return all
}

func near(t *testing.T, what string, got, want []float64, by float64) {
	t.Helper()
	for i := range want {
		if math.Abs(got[i]-want[i]) > by {
			t.Errorf("%s: %v, want about %v", what, got, want)
			return
		}
	}
}

// seenAs is the size of a picture as readers get it.
func (s *site) seenAs(t *testing.T, path string) image.Point {
	t.Helper()
	resp, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	c, _, err := image.DecodeConfig(resp.Body)
	if err != nil {
		t.Fatalf("%s, %d: %v", path, resp.StatusCode, err)
	}
	return image.Pt(c.Width, c.Height)
}

func TestThePictureTools(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "pia@paper.example", "Pia Lund", "pictures"), "pia@paper.example")
	b.open(s.newsroom() + "/newsroom/pictures/")
	files := photographs(t, 2) // 600 × 400
	b.chooseFiles("#files", files[0])
	b.until(`document.querySelectorAll(".queue li a").length === 1`)
	b.follow(".queue li a")
	page := b.path()
	b.look(1440, false)
	b.until(`document.querySelector(".focus-dot") !== null && document.querySelector("#stage img").complete`)
	public := evaluate[string](b, `document.querySelector(".ways a:last-child").getAttribute("href")`)
	b.judge("picture-tools")
	b.look(1440, false)

	// What is being written about the picture outlasts all that is done with the tools.
	b.write("#alt", "A quay, not saved")

	// The focus is set by a click and moved by keys; the cuts follow at once.
	cut := `getComputedStyle(document.querySelector(".cuts li:last-child .cut")).backgroundPosition`
	before := evaluate[string](b, cut)
	b.dragIn("#stage .room", .5, .5, .25, .75)
	near(t, "the focus", b.values("focus-x", "focus-y"), []float64{25, 75}, 1)
	if after := evaluate[string](b, cut); after == before {
		t.Error("the cut does not follow the focus")
	}
	b.keys(kb.ArrowRight + kb.ArrowRight)
	b.keys(kb.ArrowUp, chromedp.ModifierShift)
	near(t, "the focus", b.values("focus-x", "focus-y"), []float64{27, 70}, 1.2)
	b.press(`form[action$="/focus"] button`)
	b.until(`document.querySelector(".said")?.textContent === "The focus is set."`)
	near(t, "the stored focus", b.values("focus-x", "focus-y"), []float64{27, 70}, 1.2)

	// The crop is drawn, given a proportion, and moved by keys.
	b.press(".modes button:nth-of-type(2)")
	b.dragIn("#stage .room", .1, .1, .7, .9)
	near(t, "the crop", b.values("crop-left", "crop-top", "crop-width", "crop-height"), []float64{60, 40, 360, 320}, 4)
	b.judge("picture-cropping")
	b.look(1440, false)
	b.press(".modes [role=group]:last-child button:last-child")
	got := b.values("crop-width", "crop-height")
	if got[0] != got[1] {
		t.Errorf("the square is %v", got)
	}
	left := b.values("crop-left")[0]
	b.do(chromedp.Focus(chromedp.CSS(".crop-box")))
	b.keys(kb.ArrowRight + kb.ArrowRight)
	if now := b.values("crop-left")[0]; now != left+12 {
		t.Errorf("moved by keys from %v to %v", left, now)
	}
	b.keys(kb.ArrowLeft, chromedp.ModifierShift)
	side := b.values("crop-width", "crop-height")
	if side[0] != got[0]-6 || side[1] != side[0] {
		t.Errorf("made smaller by keys: %v", side)
	}
	b.press(`form[action$="/crop"] button`)
	b.until(`document.querySelector(".said")?.textContent === "The picture is cropped."`)
	if seen := s.seenAs(t, public); seen.X != int(side[0]) || seen.Y != int(side[1]) {
		t.Errorf("readers see %v, not %v", seen, side)
	}
	if said := evaluate[string](b, `document.getElementById("alt").value`); said != "A quay, not saved" {
		t.Errorf("what was being written is %q", said)
	}
	b.judge("picture-cropped")
	b.look(1440, false)

	// Numbers that can't be are refused, with what was typed still there.
	b.do(chromedp.SetValue(chromedp.CSS("#crop-left"), "590"))
	evaluate[any](b, `document.querySelector('form[action$="/crop"]').noValidate = true`)
	b.press(`form[action$="/crop"] button`)
	b.until(`document.getElementById("crop-error").textContent !== ""`)
	if left := b.values("crop-left")[0]; left != 590 {
		t.Errorf("what was typed is %v", left)
	}
	b.judge("picture-crop-wrong")
	b.look(1440, false)
	b.press(`form[action$="/crop"] button[name=all]`)
	b.until(`document.querySelector(".said")?.textContent === "The picture is cropped." && !document.querySelector("button[name=all]")`)
	if seen := s.seenAs(t, public); seen != image.Pt(600, 400) {
		t.Errorf("without a crop readers see %v", seen)
	}

	// Another file at the same address, and the old one back.
	b.chooseFiles("#replace-file", files[1])
	b.press(`form[action$="/replace"] button`)
	b.until(`document.querySelector(".said")?.textContent === "The file was replaced."`)
	if facts := b.text(".facts"); !strings.Contains(facts, "quay-2.jpg") {
		t.Errorf("about the file it says %s", facts)
	}
	b.judge("picture-replaced")
	b.look(1440, false)
	b.press(`form[action$="/put-back"] button`)
	b.until(`document.querySelector(".said")?.textContent === "The old file is back." && document.querySelector(".facts").textContent.includes("quay-1.jpg")`)

	// Without scripts, and from right to left.
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	b.open(s.newsroom() + strings.Split(page, "?")[0])
	b.until(`document.querySelector(".focus-dot") !== null`)
	b.look(1440, false)
	b.dragIn("#stage .room", .5, .5, .75, .25)
	near(t, "the focus from right to left", b.values("focus-x", "focus-y"), []float64{75, 25}, 1)
	b.press(".modes button:nth-of-type(2)")
	b.judge("ar-picture-cropping")
	b.withoutScripts()
	b.open(s.newsroom() + strings.Split(page, "?")[0])
	b.do(chromedp.SetValue(chromedp.CSS("#crop-width"), "300"), chromedp.SetValue(chromedp.CSS("#crop-height"), "200"))
	b.follow(`form[action$="/crop"] button`)
	if seen := s.seenAs(t, public); seen != image.Pt(300, 200) {
		t.Errorf("cropped without scripts readers see %v", seen)
	}
	for _, p := range b.problems {
		if !strings.Contains(p, "status of 422") { // the crop that can't be
			t.Errorf("the browser complains: %s", p)
		}
	}
}
