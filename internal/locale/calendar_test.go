package locale_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 12, 0, 0, 0, time.UTC)
}

func TestPersianDatesAreThoseOfTheSolarHijriCalendar(t *testing.T) {
	l := paper(t).For("fa")
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{day(2024, time.March, 20), "۱ فروردین ۱۴۰۳"},
		{day(2025, time.March, 20), "۳۰ اسفند ۱۴۰۳"}, // a leap year's last day
		{day(2025, time.March, 21), "۱ فروردین ۱۴۰۴"},
		{day(2026, time.March, 20), "۲۹ اسفند ۱۴۰۴"},
		{day(2026, time.March, 21), "۱ فروردین ۱۴۰۵"},
		{day(1979, time.February, 11), "۲۲ بهمن ۱۳۵۷"}, // the revolution
		{day(1951, time.March, 20), "۲۹ اسفند ۱۳۲۹"},   // oil becomes the nation's
		{day(1953, time.August, 19), "۲۸ مرداد ۱۳۳۲"},  // the coup
		{day(1963, time.June, 5), "۱۵ خرداد ۱۳۴۲"},
		{day(1925, time.March, 31), "۱۱ فروردین ۱۳۰۴"}, // the calendar becomes law
		{day(2000, time.January, 1), "۱۱ دی ۱۳۷۸"},
		{day(2024, time.September, 21), "۳۱ شهریور ۱۴۰۳"},
		{day(2024, time.September, 22), "۱ مهر ۱۴۰۳"},
		{day(1800, time.January, 1), "۱۱ دی ۱۱۷۸"}, // before the span that is sure
	} {
		if got := l.Date(c.at); got != c.want {
			t.Errorf("%s is %q, want %q", c.at.Format(time.DateOnly), got, c.want)
		}
	}
}

// The years are those in which the equinox falls behind noon in Tehran 366 days
// after the year's first day: 1309, 1342, 1375 and 1408 end five years, not four.
func TestPersianLeapYearsAreTheObservedOnes(t *testing.T) {
	l := paper(t).For("fa")
	var got []int
	for year := 1300; year <= 1440; year++ {
		for _, d := range []int{20, 21} {
			if strings.HasPrefix(l.Date(day(year+622, time.March, d)), "۳۰ اسفند") {
				got = append(got, year)
			}
		}
	}
	want := []int{1300, 1304, 1309, 1313, 1317, 1321, 1325, 1329, 1333, 1337, 1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383,
		1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428, 1432, 1436}
	if !slices.Equal(got, want) {
		t.Errorf("leap years %v, want %v", got, want)
	}
}

func TestEachPersianDayFollowsOnTheOneBefore(t *testing.T) {
	l := paper(t).For("fa")
	months := []string{"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"}
	number := strings.NewReplacer("۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9")
	read := func(at time.Time) (y, m, d int) {
		var name string
		if _, err := fmt.Sscan(number.Replace(l.Date(at)), &d, &name, &y); err != nil {
			t.Fatal(err)
		}
		return y, slices.Index(months, name) + 1, d
	}
	year, month, d := read(day(1920, time.January, 1))
	leap := 0
	for at := day(1920, time.January, 2); at.Year() < 2122; at = at.AddDate(0, 0, 1) {
		y, m, n := read(at)
		last := 30
		if month <= 6 {
			last = 31
		} else if month == 12 && d == 29 && n == 1 {
			last = 29
		}
		switch {
		case n == d+1 && m == month && y == year && n <= last:
			if m == 12 && n == 30 {
				leap++
			}
		case n == 1 && d == last && (m == month+1 && y == year || m == 1 && month == 12 && y == year+1):
		default:
			t.Fatalf("%d-%d-%d follows on %d-%d-%d", y, m, n, year, month, d)
		}
		year, month, d = y, m, n
	}
	if leap != 49 {
		t.Errorf("%d leap years in 202, want 49", leap)
	}
}

func TestNoTimeIsOutsideOfACalendar(t *testing.T) {
	l := paper(t).For("fa")
	for _, at := range []time.Time{{}, day(-5000, 1, 1), day(40_000, 7, 5), time.Unix(1<<40, 0), time.Unix(-1<<40, 0)} {
		if got := l.LongDate(at); len(words(got)) != 4 {
			t.Errorf("%v is %q", at, got)
		}
	}
}

func TestADayIsThatOfTheZone(t *testing.T) {
	tehran, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2025, time.March, 20, 20, 29, 0, 0, time.UTC).In(tehran)
	l := paper(t).For("fa")
	if before, after := l.Date(at), l.Date(at.Add(time.Minute)); before != "۳۰ اسفند ۱۴۰۳" || after != "۱ فروردین ۱۴۰۴" {
		t.Errorf("the year turns from %q to %q", before, after)
	}
	if got := l.ISO(at); got != "2025-03-20T23:59:00+03:30" {
		t.Errorf("for machines it is %s", got)
	}
}

func TestACalendarHasItsOwnMonths(t *testing.T) {
	at := day(2026, time.July, 5)
	gregorian := over(t, map[string]string{"fa.toml": "[dates]\ncalendar = \"gregorian\"\n"})
	if got := gregorian.For("fa").Date(at); got != "2026-07-05" {
		t.Errorf("without names for its months the date is %q", got)
	}
	if got := gregorian.For("fa").Year(at); got != "۲۰۲۶" {
		t.Errorf("the year is %q", got)
	}
	if got := gregorian.Missing()["fa"]; !slices.Equal(got, []string{"dates.months"}) {
		t.Errorf("it lacks %v", got)
	}
	kabul := over(t, map[string]string{"fa-AF.toml": `[dates]
months = ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"]
`})
	if got := kabul.For("fa-AF").Date(at); got != "۱۴ سرطان ۱۴۰۵" {
		t.Errorf("in Afghanistan the date is %q", got)
	}
	persian := over(t, map[string]string{"en.toml": "[dates]\ncalendar = \"persian\"\nmonths = [\"Farvardin\", \"Ordibehesht\", \"Khordad\", \"Tir\", \"Mordad\", \"Shahrivar\", \"Mehr\", \"Aban\", \"Azar\", \"Dey\", \"Bahman\", \"Esfand\"]\n"})
	if got := persian.For("en").Date(at); got != "Tir 14, 1405" {
		t.Errorf("in English the date is %q", got)
	}
}
