//go:build e2e

package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"pgregory.net/rapid"

	"broadsheet/internal/richtext"
)

// Whatever is pressed in whatever order: the text stays one that can be stored,
// and nothing breaks.
func TestEditorSurvivesAnyKeys(t *testing.T) {
	t.Parallel()
	b, w := editorPage{}.open(t)
	alt, ctrl, shift := chromedp.ModifierAlt, chromedp.ModifierCtrl, chromedp.ModifierShift
	type press struct {
		name, keys string
		with       []chromedp.Modifier
	}
	presses := []press{
		{"x", "x", nil}, {"words", "a 'b' -- ", nil}, {"#", "# ", nil}, {"-", "- ", nil}, {"1.", "1. ", nil}, {">", "> ", nil}, {"```", "``` ", nil}, {"---", "---", nil}, {"**", "**a**", nil},
		{"Enter", kb.Enter, nil}, {"Enter", kb.Enter, nil}, {"Backspace", kb.Backspace, nil}, {"Backspace", kb.Backspace, nil}, {"Delete", kb.Delete, nil},
		{"Tab", kb.Tab, nil}, {"Shift+Tab", kb.Tab, []chromedp.Modifier{shift}}, {"Shift+Enter", kb.Enter, []chromedp.Modifier{shift}}, {"Ctrl+Enter", kb.Enter, []chromedp.Modifier{ctrl}},
		{"up", kb.ArrowUp, nil}, {"up 5", kb.ArrowUp + kb.ArrowUp + kb.ArrowUp + kb.ArrowUp + kb.ArrowUp, nil}, {"down", kb.ArrowDown, nil}, {"left", kb.ArrowLeft, nil}, {"right", kb.ArrowRight, nil},
		{"select up", kb.ArrowUp + kb.ArrowUp, []chromedp.Modifier{shift}}, {"select down", kb.ArrowDown + kb.ArrowDown, []chromedp.Modifier{shift}}, {"all", "a", []chromedp.Modifier{ctrl}}, {"Escape", kb.Escape, nil},
		{"move up", kb.ArrowUp, []chromedp.Modifier{alt, shift}}, {"move down", kb.ArrowDown, []chromedp.Modifier{alt, shift}}, {"delete block", kb.Delete, []chromedp.Modifier{alt, shift}},
		{"undo", "z", []chromedp.Modifier{ctrl}}, {"undo", "z", []chromedp.Modifier{ctrl}}, {"redo", "y", []chromedp.Modifier{ctrl}}, {"bold", "b", []chromedp.Modifier{ctrl}},
		{"heading", "2", []chromedp.Modifier{ctrl, alt}}, {"paragraph", "0", []chromedp.Modifier{ctrl, alt}}, {"numbers", "7", []chromedp.Modifier{ctrl, shift}}, {"bullets", "8", []chromedp.Modifier{ctrl, shift}}, {"quote", "9", []chromedp.Modifier{ctrl, shift}},
		{"fact box", " /fact" + kb.Enter, nil}, {"table", " /table" + kb.Enter, nil}, {"ad break", " /ad" + kb.Enter, nil}, {"pull quote", " /pull" + kb.Enter, nil}, {"code", " /code" + kb.Enter, nil},
	}
	names := map[string]press{}
	var order []string
	for _, p := range presses {
		names[p.name] = p
		order = append(order, p.name)
	}
	// Tab may lead to the form's button, and Enter send it from there, but not from
	// within the editor.
	evaluate[bool](b, `(() => {
		document.forms[0].addEventListener("submit", (e) => { window.sent ||= !!document.activeElement.closest(".editor"); e.preventDefault(); });
		return true;
	})()`)
	doc, _ := richtext.FromHTML(everyNode)
	stored := string(doc.Encode())
	rapid.Check(t, func(rt *rapid.T) {
		throughEditor(b, stored)
		evaluate[bool](b, `(() => {
			const { view } = document.querySelector("[data-editor]").editor, lines = [...view.dom.querySelectorAll("p, h2, td, th, figcaption, pre code")];
			view.focus();
			getSelection().collapse(lines[`+rapid.SampledFrom([]string{"0", "1", "3", "5", "7", "9", "11", "12", "14", "15"}).Draw(rt, "line")+` % lines.length], 0);
			document.dispatchEvent(new Event("selectionchange"));
			return true;
		})()`)
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(order), 5, 25).Draw(rt, "keys") {
			b.keys(names[name].keys, names[name].with...)
		}
		said := evaluate[string](b, `(() => { const e = document.querySelector("[data-editor]").editor; try { e.view.state.doc.check(); return e.json(); } catch (problem) { return problem.message; } })()`)
		if _, err := richtext.Decode([]byte(said)); err != nil {
			rt.Fatalf("%v: %s", err, said)
		}
		if evaluate[bool](b, "!!window.sent") {
			rt.Fatalf("the form was sent from within the editor")
		}
		same(rt, said, throughEditor(b, said)[0])
		_, problems := w.seen()
		// Chromium itself writes styles into what it joins, which the policy keeps
		// out and the editor would drop.
		problems = slices.DeleteFunc(problems, func(p string) bool { return strings.HasPrefix(p, "Applying inline style") })
		if len(problems) > 0 {
			rt.Fatalf("the browser complains: %q", problems)
		}
	})
}
