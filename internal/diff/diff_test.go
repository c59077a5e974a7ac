package diff_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"broadsheet/internal/diff"
)

// longest is the length of the longest common subsequence, by the textbook.
func longest(a, b []int) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		last := 0
		for j, y := range b {
			keep := row[j+1]
			if x == y {
				row[j+1] = last + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			last = keep
		}
	}
	return row[len(b)]
}

func TestSpansHoldBothSidesAndAreTheShortest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := rapid.SliceOfN(rapid.IntRange(0, rapid.IntRange(0, 6).Draw(rt, "alphabet")), 0, 40)
		a, b := list.Draw(rt, "a"), list.Draw(rt, "b")
		var x, y []int
		equal, i, j := 0, 0, 0
		last := diff.Op(-1)
		for _, s := range diff.Spans(a, b) {
			if s.A0 != i || s.B0 != j || s.A1 < s.A0 || s.B1 < s.B0 || s.Op == last || s.Op == diff.Delete && last == diff.Insert {
				rt.Fatalf("%+v after %v at %d, %d", s, last, i, j)
			}
			switch s.Op {
			case diff.Equal:
				if !slices.Equal(a[s.A0:s.A1], b[s.B0:s.B1]) {
					rt.Fatalf("%+v is not equal", s)
				}
				equal += s.A1 - s.A0
			case diff.Delete:
				if s.B0 != s.B1 {
					rt.Fatalf("%+v", s)
				}
			case diff.Insert:
				if s.A0 != s.A1 {
					rt.Fatalf("%+v", s)
				}
			}
			x, y = append(x, a[s.A0:s.A1]...), append(y, b[s.B0:s.B1]...)
			i, j, last = s.A1, s.B1, s.Op
		}
		if !slices.Equal(x, a) || !slices.Equal(y, b) {
			rt.Fatalf("the spans hold %v and %v", x, y)
		}
		if want := longest(a, b); equal != want {
			rt.Fatalf("%d are equal, %d could be", equal, want)
		}
	})
}

func sides(runs []diff.Run) (a, b string) {
	for _, r := range runs {
		if r.Op != diff.Insert {
			a += r.Text
		}
		if r.Op != diff.Delete {
			b += r.Text
		}
	}
	return a, b
}

func TestWordsGiveBothTextsBack(t *testing.T) {
	word := rapid.OneOf(rapid.SampledFrom([]string{"the", "harbour", " ", "\n", "mayor's", "1,000", "東京", "é", "e\u0301", "👩\u200d👧", "\xff", "ها\u200cی", "،"}), rapid.String())
	text := rapid.Custom(func(rt *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 0, 20).Draw(rt, "words"), "") })
	rapid.Check(t, func(rt *rapid.T) {
		a, b := text.Draw(rt, "a"), text.Draw(rt, "b")
		runs := diff.Words(a, b)
		if x, y := sides(runs); x != a || y != b {
			rt.Fatalf("%q and %q came back as %q and %q", a, b, x, y)
		}
		for i, r := range runs {
			if r.Text == "" || i > 0 && runs[i-1].Op == r.Op {
				rt.Fatalf("%+v", runs)
			}
		}
		if same := diff.Words(a, a); a != "" && (len(same) != 1 || same[0].Op != diff.Equal) {
			rt.Fatalf("%q differs from itself: %+v", a, same)
		}
	})
}

func TestWordsAreWhatReadersTakeForWords(t *testing.T) {
	for text, want := range map[string][]string{
		"The mayor’s 1,000 boats.": {"The", " ", "mayor’s", " ", "1,000", " ", "boats", "."},
		"well-known 3.5% A4":       {"well", "-", "known", " ", "3.5", "%", " ", "A4"},
		"東京都の港":                    {"東", "京", "都", "の", "港"},
		"cafe\u0301  bar":          {"cafe\u0301", "  ", "bar"},
		"Гавань, ночью":            {"Гавань", ",", " ", "ночью"},
		"می‌خواهم":                 {"می‌خواهم"},
		"a 👩\u200d👧!":              {"a", " ", "👩\u200d👧", "!"},
		"end 5.":                   {"end", " ", "5", "."},
		"":                         nil,
	} {
		if got := diff.Split(text); !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestAChangedPhraseIsOneChange(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"The council votes tonight.", "The council voted yesterday.", "The council [-votes tonight-][+voted yesterday+]."},
		{"one two three", "one three", "one [-two -]three"},
		{"", "new", "[+new+]"},
		{"old", "", "[-old-]"},
		{"same", "same", "same"},
		{"first\nsecond", "1st\n2nd", "[-first-][+1st+]\n[-second-][+2nd+]"},
	} {
		got := ""
		for _, r := range diff.Words(c.a, c.b) {
			got += map[diff.Op]string{diff.Equal: r.Text, diff.Delete: "[-" + r.Text + "-]", diff.Insert: "[+" + r.Text + "+]"}[r.Op]
		}
		if got != c.want {
			t.Errorf("%q to %q is %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

// story is n words of a vocabulary, with a few of them changed when seed is not 0.
func story(n, vocabulary int, seed uint64) string {
	r := rand.New(rand.NewPCG(1, 1))
	change := rand.New(rand.NewPCG(2, seed))
	var b strings.Builder
	for range n {
		w := r.IntN(vocabulary)
		if seed != 0 && change.IntN(20) == 0 {
			w = change.IntN(vocabulary)
		}
		fmt.Fprintf(&b, "word%d ", w)
	}
	return b.String()
}

// hostile is n words of two kinds in no order: the worst there is for Myers.
func hostile(n int, seed uint64) string {
	r := rand.New(rand.NewPCG(3, seed))
	var b strings.Builder
	for range n {
		b.WriteString([]string{"a ", "b-"}[r.IntN(2)])
	}
	return b.String()
}

func TestNoTextTakesLong(t *testing.T) {
	for name, c := range map[string]struct{ a, b string }{
		"two kinds of words":    {hostile(20_000, 1), hostile(20_000, 2)},
		"far too long":          {hostile(300_000, 1), hostile(300_000, 2)},
		"the other way round":   {strings.Repeat("a b c d e ", 20_000), strings.Repeat("e d c b a ", 20_000)},
		"one against very many": {"a", strings.Repeat("a ", 500_000)},
	} {
		began := time.Now()
		runs := diff.Words(c.a, c.b)
		took := time.Since(began)
		if x, y := sides(merge(runs)); x != c.a || y != c.b {
			t.Errorf("%s: the texts do not come back", name)
		}
		if took > 10*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		t.Log(name, took)
	}
}

// merge joins the runs of each side, so that a test need not join a million
// strings one by one.
func merge(runs []diff.Run) []diff.Run {
	var a, b strings.Builder
	for _, r := range runs {
		if r.Op != diff.Insert {
			a.WriteString(r.Text)
		}
		if r.Op != diff.Delete {
			b.WriteString(r.Text)
		}
	}
	return []diff.Run{{Op: diff.Delete, Text: a.String()}, {Op: diff.Insert, Text: b.String()}}
}

func BenchmarkTenThousandWords(b *testing.B) {
	for name, c := range map[string][2]string{
		"one in twenty changed": {story(10_000, 3000, 0), story(10_000, 3000, 9)},
		"all different":         {story(10_000, 3000, 0), strings.ReplaceAll(story(10_000, 3000, 0), "word", "other")},
		"shuffled":              {story(10_000, 3000, 0), story(10_000, 2999, 0)},
		"hostile":               {hostile(10_000, 1), hostile(10_000, 2)},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				diff.Words(c[0], c[1])
			}
		})
	}
}
