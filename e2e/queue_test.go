//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"broadsheet/internal/news"
)

// here is which comment has the keyboard, as the number in its id.
const here = `document.activeElement.closest(".comments > li")?.id ?? "none"`

func TestCommentsAreDecidedAboutByKeyboard(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "mo@paper.example", "Mo Derator", "moderator"), "mo@paper.example")
	b.look(1280, false)
	b.open(s.newsroom() + "/newsroom/comments/")
	b.judge("comments")
	b.look(1280, false)
	rows := func() int { return evaluate[int](b, `document.querySelectorAll(".comments > li").length`) }
	total := rows()
	if total < 5 {
		t.Fatalf("%d comments wait in the demo", total)
	}
	first, second, third := rowID(b, 0), rowID(b, 1), rowID(b, 2)
	b.keys("jj")
	if got := evaluate[string](b, here); got != second {
		t.Fatalf("after two steps the keyboard is at %s, not %s", got, second)
	}
	text := b.text("#" + second + " .text")
	b.keys("a")
	b.until(fmt.Sprintf(`document.querySelectorAll(".comments > li").length === %d`, total-1))
	b.until(`(` + here + `) === ` + quoted(third)) // it goes on at the one that has moved up
	if said := b.text("#queue"); !strings.Contains(said, "1 comment approved") || strings.Contains(said, text) {
		t.Errorf("the screen says %s", said)
	}
	if waits := b.text("#waits"); waits != fmt.Sprint(total-1) {
		t.Errorf("the menu says that %s wait", waits)
	}
	if said := evaluate[string](b, `document.getElementById("said").textContent`); !strings.Contains(said, "1 comment approved") {
		t.Errorf("to those who hear it, it says %q", said)
	}
	b.judge("comments-decided")
	b.look(1280, false)
	evaluate[bool](b, `document.getElementById(`+quoted(third)+`).focus(), true`)
	b.keys("u")
	b.until(fmt.Sprintf(`document.querySelectorAll(".comments > li").length === %d`, total))
	// Two are chosen, and rejected together by a plain button.
	b.keys("j")
	b.press("#" + first + ` [name="id"]`)
	b.press("#" + third + ` [name="id"]`)
	b.press(`.with button[value="rejected"]`)
	b.until(fmt.Sprintf(`document.querySelectorAll(".comments > li").length === %d`, total-2))
	b.follow(`.tabs li:nth-child(3) a`)
	if said := b.text("main"); !strings.Contains(said, "rejected by \u2068Mo Derator") || rows() != 2 {
		t.Errorf("those rejected: %d, %s", rows(), said)
	}
	b.judge("comments-rejected")

	// What can't be done is told, and nothing moves.
	b.look(1280, false)
	b.open(s.newsroom() + "/newsroom/comments/")
	b.offline(true)
	b.keys("ja")
	b.until(`!document.getElementById("trouble").hidden`)
	if said := b.text("#trouble"); !strings.Contains(said, "no connection") || rows() != total-2 {
		t.Errorf("without a connection it says %s", said)
	}
	b.offline(false)
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	b.open(s.newsroom() + "/newsroom/comments/")
	b.judge("ar-comments")
}

func rowID(b *browser, n int) string {
	b.t.Helper()
	return evaluate[string](b, fmt.Sprintf(`document.querySelectorAll(".comments > li")[%d].id`, n))
}

func TestCommentsAreDecidedAboutWithoutScripts(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "mo@paper.example", "Mo Derator", "moderator"), "mo@paper.example")
	b.withoutScripts()
	b.open(s.newsroom() + "/newsroom/comments/")
	b.follow(`.comments > li:nth-child(2) button[value^="` + string(news.Approved) + `"]`)
	if said := b.text("main"); !strings.Contains(said, "1 comment approved") {
		t.Fatalf("the screen says %s", said)
	}
	b.follow("#undo")
	if said := b.text("main"); !strings.Contains(said, "1 comment is waiting again.") {
		t.Errorf("the screen says %s", said)
	}
}
