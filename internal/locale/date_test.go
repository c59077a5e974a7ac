package locale_test

import (
	"testing"
	"time"
)

// The forms are CLDR 48's, save for what stands beside a case.
func TestDatesAreWrittenAsTheLanguageWritesThem(t *testing.T) {
	afternoon := time.Date(2026, time.July, 5, 15, 4, 0, 0, time.UTC)
	morning := time.Date(2026, time.May, 15, 9, 4, 0, 0, time.UTC)
	s := paper(t)
	for _, c := range []struct {
		language                               string
		at                                     time.Time
		long, date, clock, dateTime, monthYear string
	}{
		{"en", afternoon, "Sunday, July 5, 2026", "July 5, 2026", "3:04 PM", "July 5, 2026 at 3:04 PM", "July 2026"},
		{"en", morning, "Friday, May 15, 2026", "May 15, 2026", "9:04 AM", "May 15, 2026 at 9:04 AM", "May 2026"},
		// "Uhr", as every German newspaper has it.
		{"de", afternoon, "Sonntag, 5. Juli 2026", "5. Juli 2026", "15:04", "5. Juli 2026 um 15:04 Uhr", "Juli 2026"},
		{"de", morning, "Freitag, 15. Mai 2026", "15. Mai 2026", "09:04", "15. Mai 2026 um 09:04 Uhr", "Mai 2026"},
		// The weekday begins the head of a page, and so has a capital letter.
		{"ru", afternoon, "Воскресенье, 5 июля 2026\u00a0г.", "5 июля 2026\u00a0г.", "15:04", "5 июля 2026\u00a0г. в 15:04", "июль 2026\u00a0г."},
		{"ru", morning, "Пятница, 15 мая 2026\u00a0г.", "15 мая 2026\u00a0г.", "09:04", "15 мая 2026\u00a0г. в 09:04", "май 2026\u00a0г."},
		{"uk", afternoon, "Неділя, 5 липня 2026\u00a0р.", "5 липня 2026\u00a0р.", "15:04", "5 липня 2026\u00a0р. о 15:04", "липень 2026\u00a0р."},
		{"uk", morning, "Пʼятниця, 15 травня 2026\u00a0р.", "15 травня 2026\u00a0р.", "09:04", "15 травня 2026\u00a0р. о 09:04", "травень 2026\u00a0р."},
		{"ar", afternoon, "الأحد، 5 يوليو 2026", "5 يوليو 2026", "3:04 م", "5 يوليو 2026 في 3:04 م", "يوليو 2026"},
		{"ar", morning, "الجمعة، 15 مايو 2026", "15 مايو 2026", "9:04 ص", "15 مايو 2026 في 9:04 ص", "مايو 2026"},
		{"fa", afternoon, "یکشنبه ۱۴ تیر ۱۴۰۵", "۱۴ تیر ۱۴۰۵", "۱۵:۰۴", "۱۴ تیر ۱۴۰۵ ساعت ۱۵:۰۴", "تیر ۱۴۰۵"},
		{"fa", morning, "جمعه ۲۵ اردیبهشت ۱۴۰۵", "۲۵ اردیبهشت ۱۴۰۵", "۹:۰۴", "۲۵ اردیبهشت ۱۴۰۵ ساعت ۹:۰۴", "اردیبهشت ۱۴۰۵"},
		// A language without words of its own: nobody can take 05-07 for July 5.
		{"fr", afternoon, "2026-07-05", "2026-07-05", "15:04", "2026-07-05 15:04", "2026-07"},
		{"he", morning, "2026-05-15", "2026-05-15", "09:04", "2026-05-15 09:04", "2026-05"},
	} {
		l := s.For(c.language)
		for _, got := range []struct{ what, got, want string }{
			{"long date", l.LongDate(c.at), c.long}, {"date", l.Date(c.at), c.date}, {"time", l.Time(c.at), c.clock},
			{"date and time", l.DateTime(c.at), c.dateTime}, {"month", l.MonthYear(c.at), c.monthYear},
		} {
			if got.got != got.want {
				t.Errorf("%s, %s: %q, want %q", c.language, got.what, got.got, got.want)
			}
		}
	}
}

func TestEachMonthHasTheCaseThatItsPlaceWants(t *testing.T) {
	s := paper(t)
	for _, c := range []struct {
		language, alone, inDate string
		month                   time.Month
	}{
		{"ru", "январь", "января", time.January}, {"ru", "март", "марта", time.March}, {"ru", "май", "мая", time.May},
		{"ru", "август", "августа", time.August}, {"ru", "декабрь", "декабря", time.December},
		{"uk", "січень", "січня", time.January}, {"uk", "лютий", "лютого", time.February}, {"uk", "листопад", "листопада", time.November},
		{"fa", "بهمن", "بهمن", time.February},
		{"en", "March", "March", time.March}, {"de", "März", "März", time.March}, {"ar", "مارس", "مارس", time.March},
	} {
		l := s.For(c.language)
		at := time.Date(2026, c.month, 9, 0, 0, 0, 0, time.UTC)
		if got := words(l.MonthYear(at))[0]; got != c.alone {
			t.Errorf("%s: the month alone is %q, want %q", c.language, got, c.alone)
		}
		if got := words(l.Date(at)); got[0] != c.inDate && got[1] != c.inDate {
			t.Errorf("%s: the date has the month as %q, want %q", c.language, got, c.inDate)
		}
	}
}

func TestMidnightAndNoonAreTwelve(t *testing.T) {
	s := paper(t)
	for _, c := range []struct {
		language string
		hour     int
		want     string
	}{
		{"en", 0, "12:30 AM"}, {"en", 11, "11:30 AM"}, {"en", 12, "12:30 PM"}, {"en", 13, "1:30 PM"}, {"en", 23, "11:30 PM"},
		{"ar", 0, "12:30 ص"}, {"ar", 12, "12:30 م"}, {"de", 0, "00:30"}, {"de", 12, "12:30"}, {"fa", 0, "۰:۳۰"},
	} {
		if got := s.For(c.language).Time(time.Date(2026, 1, 1, c.hour, 30, 0, 0, time.UTC)); got != c.want {
			t.Errorf("%s: half past %d is %q, want %q", c.language, c.hour, got, c.want)
		}
	}
}

func TestATimeIsWrittenInTheZoneThatItComesWith(t *testing.T) {
	kyiv := time.FixedZone("", 3*60*60)
	at := time.Date(2026, time.July, 5, 22, 30, 0, 0, time.UTC).In(kyiv)
	l := paper(t).For("en")
	if got, want := l.DateTime(at), "July 6, 2026 at 1:30 AM"; got != want {
		t.Errorf("for people %q, want %q", got, want)
	}
	if got, want := l.ISO(at), "2026-07-06T01:30:00+03:00"; got != want {
		t.Errorf("for machines %q, want %q", got, want)
	}
}
