package locale_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestNamesAreInTheOrderOfTheLanguagesDictionary(t *testing.T) {
	s := paper(t)
	for language, want := range map[string]string{
		"en": "3 Bridges|Äpfel|apple|Apt|Zoë Reed|Zola|Ольга",
		"de": "Ärzte|Arzu|Ofen|Öffner|Straße|Strasser|Zoll",
		"sv": "Anna|Zara|Åsa|Ärla|Örjan",
		"ru": "2026|Егор|Ёлкин|Ермак|Жуков|«Спартак»|Яшин|Anna|Zoe",
		"uk": "Ганна|Ґедзь|Дана|Євген|Іван|Їжак|Йосип|Anna",
		"ar": "أحمد|بدر|تامر|زيد|Anna",
		"fa": "آرش|احمد|بهرام|پروین|تهران|چای|ژاله|کاوه|گیتی|لاله|یزد|Anna",
		"fr": "cote|coté|côte|côté|Zut", // without words of its own, in its own order
		"zh": "2026|北京|上海|Anna",
	} {
		names := strings.Split(want, "|")
		l := s.For(language)
		slices.Reverse(names)
		slices.SortFunc(names, l.Compare)
		if got := strings.Join(names, "|"); got != want {
			t.Errorf("%s: %s, want %s", language, got, want)
		}
	}
}

func TestOnlyTheSameNameComparesEqual(t *testing.T) {
	l := paper(t).For("fa")
	for _, pair := range [][2]string{{"می‌رود", "میرود"}, {"é", "e\u0301"}, {"", "-"}} {
		if l.Compare(pair[0], pair[1]) == 0 || l.Compare(pair[0], pair[1])+l.Compare(pair[1], pair[0]) != 0 {
			t.Errorf("%q and %q have no order", pair[0], pair[1])
		}
		if l.Compare(pair[0], pair[0]) != 0 {
			t.Errorf("%q is not itself", pair[0])
		}
	}
}

func TestSeveralPagesMaySortAtOnce(t *testing.T) {
	l := paper(t).For("ru")
	var pages sync.WaitGroup
	for range 8 {
		pages.Go(func() {
			names := strings.Split("Яшин Жуков Ёлкин Ермак Егор", " ")
			slices.SortFunc(names, l.Compare)
			if got := strings.Join(names, " "); got != "Егор Ёлкин Ермак Жуков Яшин" {
				t.Errorf("the order is %s", got)
			}
		})
	}
	pages.Wait()
}

func BenchmarkSort(b *testing.B) {
	s := paper(b)
	for b.Loop() {
		s.For("ru").Compare("Яшин", "Жуков")
	}
}
