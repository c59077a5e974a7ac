package richtext

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const linked = `<p><a href="/a">a</a> b <a href="/c"><i>c</i></a></p><a href="/d"><img src="/p.jpg" data-picture-ref="7"></a><ul><li><a href="/e">e</a></ul>` +
	`<p class="related"><a href="/f">F</a></p><audio src="/g.mp3"></audio><figure><img src="/q.jpg"><figcaption><a href="/h">h</a></figcaption></figure>`

func TestEveryLinkOfABodyIsFoundInOrder(t *testing.T) {
	var found []string
	changed := parse(linked).Links(func(l *Link) {
		found = append(found, strings.TrimSpace(fmt.Sprintln(l.Kind, l.Href+l.Src, l.Ref+l.Text)))
	})
	want := []string{"link /a", "link /c", "picture /p.jpg 7", "picture link /d", "link /e", "related /f F", "media /g.mp3", "picture /q.jpg", "link /h"}
	if !slices.Equal(found, want) || changed {
		t.Errorf("changed %t, found\n%q, want\n%q", changed, found, want)
	}
}

func TestALinkThatIsChangedIsStored(t *testing.T) {
	d := parse(linked)
	changed := d.Links(func(l *Link) {
		switch l.Kind {
		case InText, InRelated, PictureLink:
			l.Article, l.Href, l.Text = int64(l.Href[1]), "", ""
		case InPicture, InMedia:
			l.Picture, l.Src, l.Ref = int64(len(l.Src)), "", ""
		}
	})
	if !changed {
		t.Error("nothing was changed")
	}
	if got, want := d.Articles(), []int64{'a', 'c', 'd', 'e', 'f', 'h'}; !slices.Equal(got, want) {
		t.Errorf("articles %v, want %v", got, want)
	}
	if got, want := d.Pictures(), []int64{6}; !slices.Equal(got, want) { // all three addresses are as long
		t.Errorf("pictures %v, want %v: each once", got, want)
	}
	if stored := string(d.Encode()); strings.Contains(stored, "href") || strings.Contains(stored, "src") {
		t.Errorf("an address is left in %s", stored)
	}
}
