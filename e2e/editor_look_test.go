//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"broadsheet/internal/newsroom/editor"
)

const englishBody = `<p>The council votes tonight on whether the <strong>night ferry</strong> keeps its berth, and nobody aboard has <a href="/world/ferry/">asked why</a> it was late. “We were promised a bridge,” says the harbour master, <em>who has heard it before</em>.</p>
<h2>What the tide allows</h2><p>At ebb there are two metres of water over the bar. A ferry draws three.</p><ul><li>High water at 4:10<li>Low water at 10:32<ul><li>on weekdays only</ul></ul>
<figure class="align-left"><img src="/harbour.jpg" alt="k" data-picture-ref="7"><figcaption>The bar at low water, on Tuesday</figcaption></figure>
<blockquote><p>You can move a ferry. You can’t move a tide.</p><cite>Mara Quist, harbour master</cite></blockquote>
<aside class="factbox"><h3>The berth in figures</h3><ul><li>Built in 1931<li>Used by 900 people a day</ul></aside>
<aside class="pullquote">Nobody aboard had asked why<cite>Ida Holm</cite></aside>
<table><caption>Water over the bar</caption><tr><th>Day<th>High<th>Low<tr><td>Monday<td>5.1 m<td>2.0 m<tr><td>Tuesday<td>5.0 m<td>1.9 m</table>
<p class="related"><a href="/world/ferry/">Why the night ferry was late</a></p><iframe src="https://vimeo.com/7" title="The last crossing"></iframe><hr class="ad-break"><h3>And the bridge?</h3><pre><code class="language-go">span := 840 // metres</code></pre><hr><dl><dt>Bar<dd>A bank of sand</dl><p>It has been drawn four times.</p>`

const arabicBody = `<p>يصوّت المجلس الليلة على بقاء <strong>العبّارة الليلية</strong> في مرساها، ولم يسأل أحد على متنها <a href="/ar/x/">عن سبب تأخرها</a>. وقال مدير الميناء: «وُعدنا بجسر».</p><h2>ما يسمح به المدّ</h2><p>عند الجزر لا يبقى فوق الحاجز سوى مترين من الماء، وغاطس العبّارة ثلاثة أمتار.</p><ul><li>المدّ في الرابعة<li>الجزر في العاشرة</ul>
<figure><img src="/harbour.jpg" alt="الميناء"><figcaption>الحاجز الرملي عند الجزر</figcaption></figure><blockquote><p>يمكنك نقل عبّارة، ولا يمكنك نقل المدّ.</p><cite>مارا كويست</cite></blockquote><aside class="factbox"><h3>المرسى بالأرقام</h3><ol><li>بُني عام ١٩٣١<li>يستخدمه ٩٠٠ شخص يوميًا</ol></aside><aside class="pullquote">لم يسأل أحد عن السبب</aside><table><tr><th>اليوم<th>المدّ<tr><td>الاثنين<td>٥٫١ م</table><p class="related"><a href="/x">لماذا تأخرت العبّارة</a></p><hr class="ad-break"><p>رُسم الجسر أربع مرات.</p>`

// The editor is looked at as pages are: E2E_SHOTS keeps the pictures.
func TestEditorLooks(t *testing.T) {
	t.Parallel()
	for _, page := range []struct {
		name string
		editorPage
	}{{"ltr", editorPage{body: englishBody}}, {"rtl", editorPage{lang: "ar", dir: "rtl", body: arabicBody, quotes: `["«","»","‹","›"]`}}} {
		b, w := page.open(t)
		for _, width := range []int64{390, 1440} {
			for _, dark := range []bool{false, true} {
				b.look(width, dark)
				theme := map[bool]string{false: "light", true: "dark"}[dark]
				b.settle()
				b.shoot("editor-" + page.name + "-" + theme + map[int64]string{390: "-phone", 1440: "-desk"}[width])
				for _, v := range b.axe() {
					t.Errorf("%s, %s, %d px: %s", page.name, theme, width, v)
				}
				b.press(`.editor-toolbar [title="` + editor.Words(page.lang)["insert"] + `"]`)
				b.until(`!!document.querySelector(".editor-menu")`)
				for _, v := range b.axe() {
					t.Errorf("%s, %s, %d px, with a menu: %s", page.name, theme, width, v)
				}
				b.keys(kb.Escape)
				if wide := evaluate[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); wide > 0 {
					t.Errorf("%s, %d px: the page is %d px too wide", page.name, width, wide)
				}
			}
		}
		if _, problems := w.seen(); len(problems) > 0 {
			t.Errorf("the browser complains: %q", problems)
		}
	}
}
