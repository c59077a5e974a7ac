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

// openLong opens the article and puts the cursor at the end of a paragraph in its
// middle.
func openLong(t testing.TB) *browser {
	t.Helper()
	b, _ := editorPage{body: longArticle()}.open(t)
	if words := evaluate[int](b, `document.querySelector("[data-editor]").editor.words()`); words < 10_000 {
		t.Fatalf("the article has %d words", words)
	}
	evaluate[bool](b, `(() => {
		const { view } = document.querySelector("[data-editor]").editor;
		const p = [...view.dom.querySelectorAll("p")].filter((p) => p.textContent.length > 200)[60];
		view.focus();
		getSelection().collapse(p.lastChild, p.lastChild.data.length);
		p.scrollIntoView({ block: "center" });
		window.typedIn = p;
		return true;
	})()`)
	b.keys("a ")
	return b
}

// How quick typing is, is measured and not asserted, since a machine that others use
// is slow when they are busy: "go run ./bench editor" prints it. A key counts from
// its arrival until all that handles it is done and the lines are laid out anew;
// "frame" until the picture with it is made, which waits for the screen's next turn.
func BenchmarkTypingInALongArticle(t *testing.B) {
	b := openLong(t)
	evaluate[bool](b, `(() => {
		const { view } = document.querySelector("[data-editor]").editor;
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
	b.takesToType("so it went on", 2) // what happens once is behind it
	var got took
	for t.Loop() {
		once := b.takesToType("so it went on for hours, he said"+kb.Backspace, 12)
		got.Done, got.Frame = append(got.Done, once.Done...), append(got.Frame, once.Frame...)
	}
	slices.Sort(got.Done)
	slices.Sort(got.Frame)
	t.ReportMetric(0, "ns/op")
	for name, list := range map[string][]float64{"key": got.Done, "frame": got.Frame} {
		t.ReportMetric(at(list, .5), name+"-p50-ms")
		t.ReportMetric(at(list, .95), name+"-p95-ms")
		t.ReportMetric(at(list, 1), name+"-longest-ms")
	}
}

// What makes typing quick in a long article: while a key is handled, nothing is
// written out that is as long as the article is, nothing changes on the page but the
// paragraph that is typed in, and the field follows later, once.
func TestTypingTouchesOnlyItsParagraph(t *testing.T) {
	b := openLong(t)
	evaluate[bool](b, `(() => {
		const { view } = document.querySelector("[data-editor]").editor, field = document.querySelector("[name=body]");
		const seen = window.seen = { keys: 0, elsewhere: [], changes: 0, written: 0, followed: 0, longest: 0 };
		let handling = false, before = field.value;
		const written = JSON.stringify;
		JSON.stringify = (...all) => {
			const text = written.apply(JSON, all);
			if (handling) { seen.written++; seen.longest = Math.max(seen.longest, text?.length ?? 0); }
			return text;
		};
		new MutationObserver((records) => {
			for (const r of records) {
				seen.changes++;
				if (!typedIn.contains(r.target) && !(r.target === view.dom && r.type === "attributes")) seen.elsewhere.push(r.type + " of " + r.target.nodeName + "." + r.target.className);
			}
		}).observe(view.dom, { subtree: true, childList: true, characterData: true, attributes: true });
		addEventListener("keydown", () => { handling = true; before = field.value; }, true);
		addEventListener("input", () => queueMicrotask(() => {
			seen.keys++;
			if (field.value !== before) seen.followed++;
			handling = false;
		}));
		return true;
	})()`)
	for range 4 {
		b.keys("so it went on")
	}
	var seen struct {
		Keys, Changes, Written, Followed, Longest int
		Elsewhere                                 []string
	}
	if err := json.Unmarshal([]byte(evaluate[string](b, `JSON.stringify(seen)`)), &seen); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d keys: %d changes of the page, %d texts written out", seen.Keys, seen.Changes, seen.Written)
	if seen.Keys != 52 {
		t.Fatalf("%d keys were handled", seen.Keys)
	}
	if len(seen.Elsewhere) > 0 || seen.Changes > 4*seen.Keys {
		t.Errorf("%d changes of the page for %d keys, elsewhere: %q", seen.Changes, seen.Keys, seen.Elsewhere)
	}
	if seen.Followed > 0 || seen.Longest > 1000 {
		t.Errorf("while keys were handled the field was written %d times, and %d characters at once", seen.Followed, seen.Longest)
	}
	b.until(`document.querySelector("[name=body]").value.includes("so it went onso it went onso it went onso it went on")`)
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
