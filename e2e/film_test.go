//go:build e2e

package e2e

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp/kb"
)

// tone makes a WAV file of half a second of a tone, and returns its path.
func tone(t *testing.T) string {
	t.Helper()
	const rate = 8000
	var samples []byte
	for i := range rate / 2 {
		samples = binary.LittleEndian.AppendUint16(samples, uint16(int16(8000*math.Sin(2*math.Pi*440*float64(i)/rate))))
	}
	format := []byte{1, 0, 1, 0} // plain samples, one channel
	format = binary.LittleEndian.AppendUint32(format, rate)
	format = binary.LittleEndian.AppendUint32(format, rate*2)
	format = append(format, 2, 0, 16, 0)
	chunk := func(name string, body []byte) []byte {
		return slices.Concat([]byte(name), binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body)
	}
	file := chunk("RIFF", slices.Concat([]byte("WAVE"), chunk("fmt ", format), chunk("data", samples)))
	path := filepath.Join(t.TempDir(), "foghorn.wav")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// recorded has the browser film a second of moving colour, and returns the file's path.
func (b *browser) recorded() string {
	b.t.Helper()
	evaluate[bool](b, `(() => {
		const c = Object.assign(document.createElement("canvas"), { width: 160, height: 90 }), pen = c.getContext("2d"), parts = [];
		let turn = 0;
		const drawing = setInterval(() => { pen.fillStyle = "hsl(" + (turn += 20) + " 60% 50%)"; pen.fillRect(0, 0, 160, 90); }, 40);
		const recorder = new MediaRecorder(c.captureStream(25), { mimeType: "video/webm" });
		recorder.ondataavailable = (e) => parts.push(e.data);
		recorder.onstop = () => {
			clearInterval(drawing);
			const reader = new FileReader();
			reader.onload = () => { window.recorded = reader.result.split(",")[1]; };
			reader.readAsDataURL(new Blob(parts, { type: "video/webm" }));
		};
		recorder.start();
		setTimeout(() => recorder.stop(), 1000);
		return true;
	})()`)
	b.until(`!!window.recorded`)
	film, err := base64.StdEncoding.DecodeString(evaluate[string](b, `window.recorded`))
	if err != nil {
		b.t.Fatal(err)
	}
	path := filepath.Join(b.t.TempDir(), "ferry.webm")
	if err := os.WriteFile(path, film, 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// plays has the browser's own player play what is at the selector, and fails where it
// does not get on.
func (b *browser) plays(selector string) {
	b.t.Helper()
	byHand := func(p *runtime.EvaluateParams) { p.UserGesture = new(true) } // what nobody asked for does not play
	evaluate[bool](b, `(() => { const m = document.querySelector(`+"`"+selector+"`"+`); m.muted = true; m.loop = true; m.play().catch((e) => { m.dataset.failed = e.message; }); return true })()`, byHand)
	b.until(`(() => { const m = document.querySelector(` + "`" + selector + "`" + `); return !!m && (m.currentTime > 0 || !!m.dataset.failed) })()`)
	if failed := evaluate[string](b, `document.querySelector(`+"`"+selector+"`"+`).dataset.failed || ""`); failed != "" {
		b.t.Errorf("%s does not play: %s", selector, failed)
	}
}

// A sound and a film are brought into an article, one where the text asks for it and
// one through the library, and readers play them with their browser's own player.
func TestSoundAndFilmComeIntoAnArticle(t *testing.T) {
	s := start(t, paperOf(t, nil), "serve")
	b := newBrowser(t)
	b.accept(s.invitation(t, "cleo@paper.example", "Cleo March", "chief"), "cleo@paper.example")
	b.look(1280, false)

	b.open(s.newsroom() + "/newsroom/pictures/")
	film := b.recorded()
	b.chooseFiles("#files", film)
	b.until(`document.querySelectorAll(".queue li a").length === 1`)
	b.follow(".queue li a")
	b.plays("main video")
	b.judge("film")
	b.write("#credit", "Cleo March")
	b.follow(".told button")
	b.said("Saved.")

	b.open(s.newsroom() + "/newsroom/articles/new")
	b.write("#headline", "The last ferry")
	b.pick("#section", "World")
	b.follow("main form button:not([value])")
	b.ready()
	article := b.path()
	b.fill("<p>One.</p><p>Two.</p>")
	b.choose("Insert", "Sound or film")
	b.until(`!!document.querySelector("dialog[open] input[type=file]")`)
	b.chooseFiles("dialog[open] input[type=file]", tone(t))
	b.until(`!document.querySelector("dialog") && !!document.querySelector(".editor-body audio")`)
	b.plays(".editor-body audio")
	b.choose("Insert", "Sound or film")
	b.until(`document.querySelectorAll("dialog[open] [role=option]").length === 2`)
	b.keys("ferry")
	b.until(`document.querySelectorAll("dialog[open] [role=option]").length === 1`)
	b.judge("media-choosing")
	b.keys(kb.ArrowDown + kb.Enter)
	b.until(`!document.querySelector("dialog") && !!document.querySelector(".editor-body video")`)
	b.plays(".editor-body video")
	b.judge("article-media")
	b.kept()
	b.follow(`button[value="publish"]`)
	b.said("It is published.")

	b.open(s.newsroom() + article)
	b.until(`!!document.querySelector(".editor-body video[src]") && !!document.querySelector(".editor-body audio[src]")`)
	live := evaluate[string](b, `document.querySelector('a[href*="last-ferry"]').getAttribute("href")`)
	b.open(s.newsroom() + live)
	for _, selector := range []string{"article audio", "article video"} {
		b.plays(selector)
		if !evaluate[bool](b, `document.querySelector("`+selector+`").controls`) {
			t.Errorf("%s has no controls", selector)
		}
	}
	if said := b.text("article"); !strings.Contains(said, "Cleo March") {
		t.Errorf("the film's credit is not below it: %s", said)
	}
	b.shootWindow("live-media", 1280)
	for _, p := range b.problems {
		t.Errorf("the browser complains: %s", p)
	}
}
