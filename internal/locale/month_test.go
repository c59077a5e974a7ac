package locale_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/locale"
)

// drawn is a month as a reader sees it: the title, the short weekdays, the weeks.
func drawn(m locale.Month) string {
	var b strings.Builder
	b.WriteString(m.Title + "\n")
	for i, w := range m.Weekdays {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Short)
	}
	for i := range m.Lead + len(m.Days) {
		switch {
		case i%7 == 0:
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		if i < m.Lead {
			b.WriteByte('-')
		} else {
			b.WriteString(m.Days[i-m.Lead].Number)
		}
	}
	return b.String()
}

func TestAMonthIsDrawnAsItsReadersKnowIt(t *testing.T) {
	s := paper(t)
	for _, c := range []struct {
		language string
		at       time.Time
		want     string
	}{
		{"en", day(2026, time.July, 31), `July 2026
Sun Mon Tue Wed Thu Fri Sat
- - - 1 2 3 4
5 6 7 8 9 10 11
12 13 14 15 16 17 18
19 20 21 22 23 24 25
26 27 28 29 30 31`},
		{"en-GB", day(2026, time.February, 1), `February 2026
Mon Tue Wed Thu Fri Sat Sun
- - - - - - 1
2 3 4 5 6 7 8
9 10 11 12 13 14 15
16 17 18 19 20 21 22
23 24 25 26 27 28`},
		{"de", day(2024, time.February, 29), `Februar 2024
Mo Di Mi Do Fr Sa So
- - - 1 2 3 4
5 6 7 8 9 10 11
12 13 14 15 16 17 18
19 20 21 22 23 24 25
26 27 28 29`},
		{"ar", day(2026, time.August, 1), `أغسطس 2026
سبت أحد اثنين ثلاثاء أربعاء خميس جمعة
1 2 3 4 5 6 7
8 9 10 11 12 13 14
15 16 17 18 19 20 21
22 23 24 25 26 27 28
29 30 31`},
		// Nowruz 1404 was a Friday, the last day of the week.
		{"fa", day(2025, time.March, 21), `فروردین ۱۴۰۴
ش ی د س چ پ ج
- - - - - - ۱
۲ ۳ ۴ ۵ ۶ ۷ ۸
۹ ۱۰ ۱۱ ۱۲ ۱۳ ۱۴ ۱۵
۱۶ ۱۷ ۱۸ ۱۹ ۲۰ ۲۱ ۲۲
۲۳ ۲۴ ۲۵ ۲۶ ۲۷ ۲۸ ۲۹
۳۰ ۳۱`},
		{"fa", day(2025, time.March, 20), `اسفند ۱۴۰۳
ش ی د س چ پ ج
- - - - ۱ ۲ ۳
۴ ۵ ۶ ۷ ۸ ۹ ۱۰
۱۱ ۱۲ ۱۳ ۱۴ ۱۵ ۱۶ ۱۷
۱۸ ۱۹ ۲۰ ۲۱ ۲۲ ۲۳ ۲۴
۲۵ ۲۶ ۲۷ ۲۸ ۲۹ ۳۰`},
		{"fr", day(2026, time.June, 5), `2026-06
Mon Tue Wed Thu Fri Sat Sun
1 2 3 4 5 6 7
8 9 10 11 12 13 14
15 16 17 18 19 20 21
22 23 24 25 26 27 28
29 30`},
	} {
		if got := drawn(s.For(c.language).Month(c.at)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.language, got, c.want)
		}
	}
}

func TestMonthsFollowOnEachOther(t *testing.T) {
	s, plain := paper(t), strings.NewReplacer(",", "", ".", "")
	// Clocks in Tehran and in Cairo were put forward at midnight: days there that
	// begin at one. Apia had no 30 December 2011.
	for _, c := range []struct{ language, zone string }{
		{"en", "UTC"}, {"de", "Europe/Berlin"}, {"fa", "Asia/Tehran"}, {"ar", "Africa/Cairo"}, {"fa", "America/Sao_Paulo"}, {"en", "Pacific/Apia"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		l := s.For(c.language)
		m := l.Month(time.Date(2005, time.January, 15, 23, 30, 0, 0, zone))
		for m.Start.Year() < 2026 {
			next, back := l.Month(m.Next), l.Month(m.Prev)
			if !next.Start.Equal(m.End) || !back.End.Equal(m.Start) || next.Title == m.Title || back.Title == m.Title {
				t.Fatalf("%s, %s: %s ends at %v, and %s begins at %v; %s ends at %v", c.language, c.zone, m.Title, m.End, next.Title, next.Start, back.Title, back.End)
			}
			if n := len(m.Days); n < 28 || n > 31 || !m.Days[0].Date.Equal(m.Start) || len(m.Weekdays) != 7 || m.Lead > 6 {
				t.Fatalf("%s, %s: %s has %d days from %v", c.language, c.zone, m.Title, n, m.Days[0].Date)
			}
			for _, d := range m.Days {
				skipped := c.zone == "Pacific/Apia" && strings.HasPrefix(m.Title, "December 2011") && d.Number == "30"
				if !skipped && (!slices.Contains(words(plain.Replace(l.Date(d.Date))), d.Number) || d.Date.Hour() > 1) {
					t.Fatalf("%s, %s: day %s of %s begins at %v", c.language, c.zone, d.Number, m.Title, d.Date)
				}
			}
			m = next
		}
	}
}

func TestShortWeekdaysHaveWholeOnesForThoseWhoListen(t *testing.T) {
	m := paper(t).For("uk").Month(day(2026, time.July, 5))
	if got, want := m.Weekdays[4], (locale.Weekday{Short: "пт", Name: "Пʼятниця"}); got != want {
		t.Errorf("Friday is %v, want %v", got, want)
	}
	s := over(t, map[string]string{"fr.toml": "[dates]\nweekdays = [\"dimanche\", \"lundi\", \"mardi\", \"mercredi\", \"jeudi\", \"vendredi\", \"samedi\"]\n"})
	if got, want := s.For("fr").Month(day(2026, time.July, 5)).Weekdays[0], (locale.Weekday{Short: "lundi", Name: "lundi"}); got != want {
		t.Errorf("Monday without a short name is %v, want %v", got, want)
	}
}

func TestAWeekBeginsAsItsReadersKnowIt(t *testing.T) {
	s := paper(t)
	for _, c := range []struct {
		language string
		at       time.Time
		want     string
		first    time.Time
	}{
		{"en", day(2026, time.July, 5), "5 6 7 8 9 10 11", day(2026, time.July, 5)},
		{"de", day(2026, time.July, 5), "29 30 1 2 3 4 5", day(2026, time.June, 29)},
		{"ar", day(2026, time.July, 5), "4 5 6 7 8 9 10", day(2026, time.July, 4)},
		{"fa", day(2026, time.March, 21), "۱ ۲ ۳ ۴ ۵ ۶ ۷", day(2026, time.March, 21)},
	} {
		week := s.For(c.language).Week(c.at)
		var numbers []string
		for _, d := range week {
			numbers = append(numbers, d.Number)
		}
		if got := strings.Join(numbers, " "); got != c.want || week[0].Date.Format(time.DateOnly) != c.first.Format(time.DateOnly) || len(week) != 7 {
			t.Errorf("%s: %s from %s, want %s", c.language, got, week[0].Date, c.want)
		}
	}
}
