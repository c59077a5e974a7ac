package compare_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"broadsheet/internal/compare"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

// body is a body of paragraphs, parted by "|" ; "" is one without blocks.
func body(text string) []byte {
	doc := &richtext.Doc{}
	for line := range strings.SplitSeq(text, "|") {
		if line != "" {
			doc.Blocks = append(doc.Blocks, &richtext.Node{Type: richtext.Paragraph, Content: []*richtext.Node{{Type: richtext.Text, Text: line}}})
		}
	}
	return doc.Encode()
}

// lines is a body as body takes it.
func lines(t interface{ Fatal(...any) }, b []byte) string {
	doc, err := richtext.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(doc.Text(), "\n", "|")
}

func TestBlocksThatOneSideHasChangedAreTaken(t *testing.T) {
	for _, c := range []struct {
		name, base, mine, theirs, want string
		conflicts                      []string // base ~ mine ~ theirs
	}{
		{"nothing", "a|b|c", "a|b|c", "a|b|c", "a|b|c", nil},
		{"different paragraphs", "a|b|c|d", "A|b|c|d", "a|b|c|D", "A|b|c|D", nil},
		{"neighbours", "a|b|c", "A|b|c", "a|B|c", "A|B|c", nil},
		{"one adds, one changes", "a|b|c", "a|b|c|d", "A|b|c", "A|b|c|d", nil},
		{"one takes away, one changes elsewhere", "a|b|c", "b|c", "a|b|C", "b|C", nil},
		{"alike", "a|b", "a|x|b", "a|x|b", "a|x|b", nil},
		{"the same paragraph", "a|b|c", "a|B1|c", "a|B2|c", "a|B1|c", []string{"b ~ B1 ~ B2"}},
		{"taken away and changed", "a|b|c", "a|c", "a|B|c", "a|c", []string{"b ~  ~ B"}},
		{"two additions at one place", "a|b", "a|x|b", "a|y|b", "a|x|b", []string{" ~ x ~ y"}},
		{"an addition where another changes", "a|b|c", "a|x|b|c", "a|B|c", "a|x|b|c", []string{"b ~ x b ~ B"}},
		{"one changes over two of the other", "a|b|c|d|e", "a|X|e", "a|B|c|D|e", "a|X|e", []string{"b c d ~ X ~ B c D"}},
		{"one rewrites what another touches", "a|b|c", "A|B1|c", "a|B2|c", "A|B1|c", []string{"b ~ B1 ~ B2"}},
		{"one parts a paragraph", "a|the council votes|c", "a|the council votes|tonight|c", "a|the council voted|c", "a|the council votes|tonight|c",
			[]string{"the council votes ~ the council votes tonight ~ the council voted"}},
		{"two conflicts", "a|b|c", "A1|b|C1", "A2|b|C2", "A1|b|C1", []string{"a ~ A1 ~ A2", "c ~ C1 ~ C2"}},
		{"from nothing", "", "x", "y", "x", []string{" ~ x ~ y"}},
		{"all taken away", "a|b", "", "a|B", "", []string{"a b ~  ~ a B"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := compare.Merge(&news.Article{Body: body(c.base)}, &news.Article{Body: body(c.mine)}, &news.Article{Body: body(c.theirs)})
			if err != nil {
				t.Fatal(err)
			}
			if got := lines(t, m.Article.Body); got != c.want {
				t.Errorf("it is %q, want %q", got, c.want)
			}
			var conflicts []string
			for i, x := range m.Conflicts {
				conflicts = append(conflicts, strings.ReplaceAll(x.Base+" ~ "+x.Mine+" ~ "+x.Theirs, "\n", " "))
				if x.Name != fmt.Sprint("body-", i+1) || !x.Body() {
					t.Errorf("it is called %q", x.Name)
				}
			}
			if !slices.Equal(conflicts, c.conflicts) {
				t.Errorf("conflicts %q, want %q", conflicts, c.conflicts)
			}
		})
	}
}

func TestFieldsAreMergedOneByOne(t *testing.T) {
	base := news.Article{ID: 3, Version: 4, Headline: "Vote", Kicker: "Harbour", Topics: []news.TopicID{1}, Sections: []news.SectionID{2}, Section: 2, Language: "en"}
	mine, theirs := base, base
	mine.Headline, mine.Topics, mine.Standfirst, mine.SearchTitle = "Vote tonight", []news.TopicID{1, 5}, "Mine.", "alike"
	theirs.Kicker, theirs.Standfirst, theirs.SearchTitle, theirs.Version, theirs.State, theirs.Path = "Port", "Theirs.", "alike", 6, news.Published, "/vote/"
	theirs.Sections, theirs.Byline = []news.SectionID{2, 7}, []news.Credit{{Person: 9, Role: "photographs"}}
	m, err := compare.Merge(&base, &mine, &theirs)
	if err != nil {
		t.Fatal(err)
	}
	a := m.Article
	if a.Headline != "Vote tonight" || a.Kicker != "Port" || !slices.Equal(a.Topics, []news.TopicID{1, 5}) || len(a.Sections) != 2 || a.SearchTitle != "alike" ||
		a.Version != 6 || a.State != news.Published || a.Path != "/vote/" || len(a.Byline) != 1 {
		t.Errorf("%+v", a)
	}
	if !slices.Equal(m.Taken, []string{"kicker", "sections", "byline"}) {
		t.Errorf("taken: %v", m.Taken)
	}
	want := []compare.Conflict{{Name: "standfirst", Base: "", Mine: "Mine.", Theirs: "Theirs."}}
	if !reflect.DeepEqual(m.Conflicts, want) {
		t.Errorf("%+v", m.Conflicts)
	}
	if got := m.Resolve(func(string) compare.Side { return compare.Theirs }); got.Standfirst != "Theirs." || got.Headline != "Vote tonight" {
		t.Errorf("decided for theirs: %+v", got)
	}
	if got := m.Resolve(func(string) compare.Side { return compare.Mine }); !reflect.DeepEqual(got, m.Article) {
		t.Errorf("decided for mine: %+v", got)
	}
}

func TestAConflictInTheTextIsDecidedByThePersonWhoSeesIt(t *testing.T) {
	m, err := compare.Merge(&news.Article{Body: body("a|b|c")}, &news.Article{Body: body("a|B1|c")}, &news.Article{Body: body("A|B2|c")})
	if err != nil {
		t.Fatal(err)
	}
	for side, want := range map[compare.Side]string{compare.Mine: "A|B1|c", compare.Theirs: "A|B2|c", compare.Both: "A|B1|B2|c"} {
		got := m.Resolve(func(name string) compare.Side {
			if name != "body-1" {
				t.Errorf("it asks for %s", name)
			}
			return side
		})
		if lines(t, got.Body) != want {
			t.Errorf("%v is %q, want %q", side, lines(t, got.Body), want)
		}
	}
	// Neighbours are taken from one side each, and both in one stretch is for people.
}

// draft draws an article with few words, so that sides meet.
func draft(rt *rapid.T, name string) news.Article {
	blocks := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}), 0, 8).Draw(rt, name+" body")
	word := rapid.SampledFrom([]string{"", "x", "y", "z"})
	a := news.Article{Body: body(strings.Join(blocks, "|")), Headline: word.Draw(rt, name+" headline"), Standfirst: word.Draw(rt, name+" standfirst")}
	a.Topics = rapid.SliceOfN(rapid.Map(rapid.IntRange(1, 2), func(i int) news.TopicID { return news.TopicID(i) }), 0, 2).Draw(rt, name+" topics")
	return a
}

func same(a, b news.Article) bool {
	return string(a.Body) == string(b.Body) && a.Headline == b.Headline && a.Standfirst == b.Standfirst && slices.Equal(a.Topics, b.Topics)
}

func TestMergesKeepTheirLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		base, mine, theirs := draft(rt, "base"), draft(rt, "mine"), draft(rt, "theirs")
		merge := func(a, b, c news.Article) *compare.Merged {
			m, err := compare.Merge(&a, &b, &c)
			if err != nil {
				rt.Fatal(err)
			}
			return m
		}
		if m := merge(base, mine, mine); !same(m.Article, mine) || len(m.Conflicts) > 0 {
			rt.Fatalf("equal sides make %+v", m)
		}
		if m := merge(base, base, theirs); !same(m.Article, theirs) || len(m.Conflicts) > 0 {
			rt.Fatalf("no change of mine makes %+v", m)
		}
		if m := merge(base, mine, base); !same(m.Article, mine) || len(m.Conflicts) > 0 {
			rt.Fatalf("no change of theirs makes %+v", m)
		}
		one, two := merge(base, mine, theirs), merge(base, theirs, mine)
		if len(one.Conflicts) != len(two.Conflicts) {
			rt.Fatalf("%+v\nand the other way round\n%+v", one.Conflicts, two.Conflicts)
		}
		for i, c := range one.Conflicts {
			if d := two.Conflicts[i]; c.Name != d.Name || c.Base != d.Base || c.Mine != d.Theirs || c.Theirs != d.Mine || c.Mine == c.Theirs {
				rt.Fatalf("%+v\nand the other way round\n%+v", c, d)
			}
		}
		theirWay := func(string) compare.Side { return compare.Theirs }
		if !same(one.Resolve(theirWay), two.Article) {
			rt.Fatalf("decided for theirs, it is not what they would see")
		}
		nothingIsLost(rt, one, base, mine, theirs)
	})
}

// nothingIsLost checks that whatever a side has written is in the result or in a
// conflict.
func nothingIsLost(rt *rapid.T, m *compare.Merged, base, mine, theirs news.Article) {
	result := strings.Split(lines(rt, m.Article.Body), "|")
	for _, c := range m.Conflicts {
		result = append(result, strings.Split(c.Mine, "\n")...)
		result = append(result, strings.Split(c.Theirs, "\n")...)
	}
	was := strings.Split(lines(rt, base.Body), "|")
	for _, side := range []news.Article{mine, theirs} {
		for _, block := range strings.Split(lines(rt, side.Body), "|") {
			if !slices.Contains(was, block) && !slices.Contains(result, block) {
				rt.Fatalf("%q is lost: %v", block, result)
			}
		}
		if side.Headline != base.Headline && m.Article.Headline != side.Headline && !slices.ContainsFunc(m.Conflicts, func(c compare.Conflict) bool {
			return c.Name == "headline" && (c.Mine == side.Headline || c.Theirs == side.Headline)
		}) {
			rt.Fatalf("the headline %q is lost", side.Headline)
		}
	}
}
