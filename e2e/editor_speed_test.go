//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// longArticle is an article of 10,000 words with what a long one has between its
// paragraphs.
func longArticle() string {
	var b strings.Builder
	sentence := "The ferry left the <em>harbour</em> at ebb, and nobody aboard had <a href=\"/world/why/\">asked why</a> it was late, though the tide was not and never had been. "
	for i := range 135 {
		if i%10 == 0 {
			fmt.Fprintf(&b, "<h2>Part %d of it</h2>", i/10+1)
		}
		b.WriteString("<p>" + strings.Repeat(sentence, 3) + "</p>")
		switch i % 25 {
		case 5:
			b.WriteString("<ul><li>High water<li>Low water</ul>")
		case 10:
			b.WriteString(`<figure><img src="/p.jpg" alt="k"><figcaption>The bar</figcaption></figure>`)
		case 15:
			b.WriteString("<table><tr><th>Day<th>High<tr><td>Monday<td>5.1</table>")
		case 20:
			b.WriteString(`<p class="related"><a href="/x">Why it was late</a></p>`)
		}
	}
	return b.String()
}

// mostPerKey is how long a key may take at the 95th percentile, in milliseconds:
// one frame of a screen that shows sixty a second.
const mostPerKey = 16

func TestEditorTypesQuicklyInALongArticle(t *testing.T) {
	b, _ := editorPage{body: longArticle()}.open(t)
	words := evaluate[int](b, `document.querySelector("[data-editor]").editor.words()`)
	if words < 10_000 {
		t.Fatalf("the article has %d words", words)
	}
	// The cursor goes into the middle. A key counts from its arrival until all
	// that handles it is done and the lines are laid out anew; "frame" until the
	// picture with it is made, which waits for the screen's next turn.
	evaluate[bool](b, `(() => {
		const { view } = document.querySelector("[data-editor]").editor;
		const p = [...view.dom.querySelectorAll("p")].filter((p) => p.textContent.length > 200)[60];
		view.focus();
		getSelection().collapse(p.lastChild, p.lastChild.data.length);
		p.scrollIntoView({ block: "center" });
		const after = (f) => { const c = new MessageChannel(); c.port1.onmessage = f; c.port2.postMessage(0); };
		window.took = { done: [], frame: [] };
		let begin = 0, came = 0;
		addEventListener("keydown", (e) => { begin = performance.now(); came = e.timeStamp; }, true);
		addEventListener("input", () => {
			const from = begin, at = came;
			queueMicrotask(() => { void view.dom.offsetHeight; took.done.push(performance.now() - from); });
			requestAnimationFrame(() => after(() => took.frame.push(performance.now() - at)));
		}, true);
		return true;
	})()`)
	b.keys("a ")
	best := took{}
	for round := range 3 { // a machine that others use is asked again
		got := b.takesToType("so it went on for hours, he said"+kb.Backspace, 12)
		t.Logf("%d words, %d keys: p50 %.1f ms, p95 %.1f ms, longest %.1f ms; to the frame p50 %.1f ms, p95 %.1f ms", words, len(got.Done),
			at(got.Done, .5), at(got.Done, .95), at(got.Done, 1), at(got.Frame, .5), at(got.Frame, .95))
		if round == 0 || at(got.Done, .95) < at(best.Done, .95) {
			best = got
		}
		if at(best.Done, .95) <= mostPerKey {
			break
		}
	}
	if !strings.Contains(b.json(), "so it went on for hours, he saiso it") {
		t.Error("what was typed is not there")
	}
	if p95 := at(best.Done, .95); p95 > mostPerKey {
		t.Errorf("a key takes %.1f ms at the 95th percentile, more than %d", p95, mostPerKey)
	}
}

// took is what keys took, in milliseconds, sorted.
type took struct{ Done, Frame []float64 }

func at(sorted []float64, share float64) float64 { return sorted[int(share*float64(len(sorted)-1))] }

// takesToType types words several times, each key after the frame of the last.
func (b *browser) takesToType(words string, times int) took {
	b.t.Helper()
	evaluate[bool](b, `(took.done = [], took.frame = [], true)`)
	for range times {
		for _, key := range words {
			b.keys(string(key))
			evaluate[bool](b, `new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))`, chromedp.EvalAwaitPromise)
		}
	}
	b.until("took.frame.length >= took.done.length")
	var got took
	if err := json.Unmarshal([]byte(evaluate[string](b, `JSON.stringify(took)`)), &got); err != nil {
		b.t.Fatal(err)
	}
	slices.Sort(got.Done)
	slices.Sort(got.Frame)
	return got
}
