package locale_test

import "testing"

func TestPluralsFollowTheLanguagesRules(t *testing.T) {
	s := paper(t)
	for _, c := range []struct {
		language string
		n        int
		want     string
	}{
		{"en", 0, "0 comments"}, {"en", 1, "1 comment"}, {"en", 2, "2 comments"}, {"en", 1200, "1,200 comments"},
		{"de", 0, "0 Kommentare"}, {"de", 1, "1 Kommentar"}, {"de", 21, "21 Kommentare"},
		{"ru", 0, "0 комментариев"}, {"ru", 1, "1 комментарий"}, {"ru", 3, "3 комментария"}, {"ru", 5, "5 комментариев"},
		{"ru", 11, "11 комментариев"}, {"ru", 21, "21 комментарий"}, {"ru", 112, "112 комментариев"}, {"ru", 1002, "1\u00a0002 комментария"},
		{"uk", 1, "1 коментар"}, {"uk", 4, "4 коментарі"}, {"uk", 12, "12 коментарів"}, {"uk", 22, "22 коментарі"}, {"uk", 31, "31 коментар"},
		{"ar", 0, "لا تعليقات"}, {"ar", 1, "تعليق واحد"}, {"ar", 2, "تعليقان"}, {"ar", 3, "3 تعليقات"}, {"ar", 10, "10 تعليقات"},
		{"ar", 11, "11 تعليقًا"}, {"ar", 99, "99 تعليقًا"}, {"ar", 100, "100 تعليق"}, {"ar", 103, "103 تعليقات"},
		{"fa", 0, "۰ دیدگاه"}, {"fa", 1, "۱ دیدگاه"}, {"fa", 25, "۲۵ دیدگاه"},
		{"fr", 0, "0 comments"}, {"fr", 1, "1 comment"}, // English words, so by English rules: French has 0 in the singular
	} {
		if got := s.For(c.language).Plural("comments", c.n); got != c.want {
			t.Errorf("%s: %d is %q, want %q", c.language, c.n, got, c.want)
		}
	}
}

func TestReadingTimeIsSaidInTheRightForm(t *testing.T) {
	s := paper(t)
	for language, want := range map[string]map[int]string{
		"en": {1: "1 min read", 12: "12 min read"},
		"de": {1: "1 Min. Lesezeit", 12: "12 Min. Lesezeit"},
		"ru": {1: "1 минута чтения", 2: "2 минуты чтения", 5: "5 минут чтения", 11: "11 минут чтения", 21: "21 минута чтения", 24: "24 минуты чтения"},
		"uk": {1: "1 хвилина читання", 3: "3 хвилини читання", 12: "12 хвилин читання", 31: "31 хвилина читання", 40: "40 хвилин читання"},
		"ar": {0: "أقل من دقيقة للقراءة", 1: "دقيقة واحدة للقراءة", 2: "دقيقتان للقراءة", 7: "7 دقائق للقراءة", 11: "11 دقيقة للقراءة", 100: "100 دقيقة للقراءة", 103: "103 دقائق للقراءة"},
		"fa": {1: "۱ دقیقه مطالعه", 12: "۱۲ دقیقه مطالعه"},
	} {
		for n, text := range want {
			if got := s.For(language).Plural("reading_time", n); got != text {
				t.Errorf("%s: %d minutes are %q, want %q", language, n, got, text)
			}
		}
	}
}
