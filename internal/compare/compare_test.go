package compare_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"broadsheet/internal/compare"
	"broadsheet/internal/diff"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

func show(runs []diff.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(map[diff.Op]string{diff.Equal: r.Text, diff.Delete: "[-" + r.Text + "-]", diff.Insert: "[+" + r.Text + "+]"}[r.Op])
	}
	return b.String()
}

func TestTwoStatesAreComparedFieldByFieldAndBlockByBlock(t *testing.T) {
	old := news.Article{Headline: "Harbour vote", Topics: []news.TopicID{1}, Body: body("The council votes tonight.|It rained all day.|The end.")}
	now := news.Article{Headline: "Harbour vote delayed", Topics: []news.TopicID{1, 2}, Body: body("The council votes tomorrow.|A new paragraph with other words.|The end.")}
	c, err := compare.Articles(&old, &now)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Fields) != 2 || c.Fields[0].Name != "headline" || show(c.Fields[0].Words) != "Harbour vote[+ delayed+]" ||
		c.Fields[1].Name != "topics" || c.Fields[1].New != "1, 2" || c.Fields[1].Words != nil {
		t.Errorf("%+v", c.Fields)
	}
	var got []string
	for _, b := range c.Blocks {
		got = append(got, fmt.Sprintf("%s: %s", b.Op, show(b.Words)))
	}
	want := []string{"changed: The council votes [-tonight-][+tomorrow+].", "removed: [-It rained all day.-]", "added: [+A new paragraph with other words.+]", "unchanged: The end."}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("it is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c.Same() {
		t.Error("it says that nothing differs")
	}
	if c, err := compare.Articles(&old, &old); err != nil || !c.Same() || len(c.Blocks) != 3 {
		t.Errorf("with itself: %+v, %v", c, err)
	}
}

func TestWhatIsNoWordIsSeenToo(t *testing.T) {
	old := news.Article{Body: []byte(`{"type":"doc","content":[{"type":"picture","attrs":{"picture":3,"alt":"A boat"}},{"type":"paragraph","content":[{"type":"text","text":"Bold"}]}]}`)}
	now := news.Article{Body: []byte(`{"type":"doc","content":[{"type":"picture","attrs":{"picture":4,"alt":"A red boat"}},{"type":"paragraph","content":[{"type":"text","text":"Bold","marks":[{"type":"strong"}]}]}]}`)}
	c, err := compare.Articles(&old, &now)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Blocks) != 2 || c.Blocks[0].Op != compare.Changed || show(c.Blocks[0].Words) != "[[-3-][+4+]]\nA [+red +]boat" || c.Blocks[1].Op != compare.Restyled {
		t.Errorf("%+v", c.Blocks)
	}
}

func TestAComparisonHoldsBothBodies(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		old, now := draft(rt, "old"), draft(rt, "new")
		c, err := compare.Articles(&old, &now)
		if err != nil {
			rt.Fatal(err)
		}
		var a, b richtext.Doc
		for _, block := range c.Blocks {
			if block.Old != nil {
				a.Blocks = append(a.Blocks, block.Old)
			}
			if block.New != nil {
				b.Blocks = append(b.Blocks, block.New)
			}
		}
		if string(a.Encode()) != string(old.Body) || string(b.Encode()) != string(now.Body) {
			rt.Fatalf("it holds %s and %s", a.Encode(), b.Encode())
		}
	})
}

// long is a body of n words in paragraphs of 60, of which changed are others.
func long(n, changed int) []byte {
	r, other := rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(2, 2))
	var b strings.Builder
	for i := range n {
		w := fmt.Sprint("word", r.IntN(2000))
		if changed > 0 && other.IntN(n) < changed {
			w = "other"
		}
		b.WriteString(w)
		b.WriteByte(" |"[min(1, max(0, i%60-58))])
	}
	return body(b.String())
}

func BenchmarkTenThousandWords(b *testing.B) {
	for name, changed := range map[string]int{"a few changed": 20, "one in each paragraph": 170, "one in three": 4000} {
		b.Run(name, func(b *testing.B) {
			old, now := news.Article{Body: long(10_000, 0)}, news.Article{Body: long(10_000, changed)}
			for b.Loop() {
				if _, err := compare.Articles(&old, &now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
