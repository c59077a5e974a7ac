package news_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/news"
)

func TestASlugIsReadable(t *testing.T) {
	for headline, want := range map[string]string{
		"The mayor's “quiet” vote: 3 to 2!": "the-mayors-quiet-vote-3-to-2",
		"The mayor’s vote":                  "the-mayors-vote",
		"  --Storm--  ":                     "storm",
		"Größe & Maß in Köln":               "größe-maß-in-köln",
		"İstanbul'da seçim":                 "istanbulda-seçim",
		"❤️ Love wins 👩‍👩‍👧":                "love-wins",
		"1️⃣ reason":                        "1-reason",
		"Smith\u00adson":                    "smithson",
		"":                                  "",
		"!?…—":                              "",
		"Выборы в Киеве: «всё только начато»": "выборы-в-киеве-всё-только-начато",
		"За́мок и замо́к":                     "замок-и-замок",
		"Йод, ёлка и Їжак":                    "йод-ёлка-и-їжак",
		"Пʼятниця, п’ятниця, п'ятниця":        "пятниця-пятниця-пятниця",
		"Ќерка и ѓон":                         "ќерка-и-ѓон",
		"к\u0301ерка":                         "к\u0301ерка", // a letter of its own, in parts
		"الانتخاباتُ المُبكِّرة":              "الانتخابات-المبكرة",
		"العـــراق: مــــاذا بعد؟":            "العراق-ماذا-بعد",
		"آخر الأخبار عن القرآن":               "آخر-الأخبار-عن-القرآن",
		"عام ٢٠٢٦ (١٢٪)":                      "عام-٢٠٢٦-١٢",
		"هٰذا":                                "هذا",
		"خانه‌های تهران گران می‌شود":          "خانه-های-تهران-گران-می-شود",
		"بودجهٔ سال ۱۴۰۵، چه می‌شود؟":         "بودجهٔ-سال-۱۴۰۵-چه-می-شود",
		"\u200fصفحه\u200e \u202bاول\u202c":    "صفحه-اول",
		"צה״ל: הבחירות ב-2026":                "צהל-הבחירות-ב-2026",
		"首相「増税しない」と発言":                        "首相-増税しない-と発言",
		"二〇二六年七月、東京タワー":                       "二〇二六年七月-東京タワー",
		"葛\U000E0100飾区":                       "葛飾区",
		"한국 대통령, 내일 회담":                       "한국-대통령-내일-회담",
		"हिन्दी में समाचार":                   "हिन्दी-में-समाचार",
		"ශ්\u200dරී ලංකා":                     "ශ්රී-ලංකා",
		"iPhone在中国：销量下降20%":                   "iphone在中国-销量下降20",
		"EU و ایران: Deal یا No Deal?":        "eu-و-ایران-deal-یا-no-deal",
	} {
		if got := news.Slug(headline); got != want {
			t.Errorf("%q becomes %q, want %q", headline, got, want)
		}
	}
}

func TestALongHeadlineIsCutWhereAReaderWould(t *testing.T) {
	eighty := strings.Repeat("word-", 15) + "words"
	for _, c := range []struct{ name, headline, want string }{
		{"as long as may be", strings.ReplaceAll(eighty, "-", " "), eighty},
		{"a word more", strings.ReplaceAll(eighty, "-", " ") + " more", eighty},
		{"a letter more", strings.ReplaceAll(eighty, "-", " ") + "s", strings.Repeat("word-", 14) + "word"},
		{"Chinese", strings.Repeat("港口表决", 20), strings.Repeat("港口表决", 10)},
		{"Japanese with a stop late", strings.Repeat("港", 30) + "、" + strings.Repeat("口", 30), strings.Repeat("港", 30)},
		{"Japanese with a stop early", "港、" + strings.Repeat("口", 60), "港-" + strings.Repeat("口", 38)},
		{"Korean", strings.Repeat("대통령 회담 ", 20), strings.Repeat("대통령-회담-", 6) + "대통령"},
		{"Korean in parts", strings.Repeat("\u1112\u1161\u11ab", 30), strings.Repeat("\u1112\u1161\u11ab", 20)},
		{"Thai", strings.Repeat("ข่าว", 30), strings.Repeat("ข่าว", 26) + "ข่า"},
		{"marks", strings.Repeat("q\u0323\u0307", 90), strings.Repeat("q\u0323\u0307", 80)},
		{"one long word", strings.Repeat("ы", 200), strings.Repeat("ы", 80)},
		{"a short word and a long one", "а " + strings.Repeat("ы", 200), "а-" + strings.Repeat("ы", 78)},
	} {
		if got := news.Slug(c.headline); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Harbour vote", "می‌شود", "港口", "\u0301", "a\u200d\u0301b", "\xff", "ʼ", strings.Repeat("x ", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := news.Slug(s)
		if !utf8.ValidString(got) || strings.HasPrefix(got, "-") || strings.HasSuffix(got, "-") || strings.Contains(got, "--") {
			t.Errorf("%q becomes %q", s, got)
		}
		for i, r := range got {
			if !unicode.In(r, unicode.L, unicode.Nd, unicode.Nl, unicode.M) && r != '-' || i == 0 && unicode.Is(unicode.M, r) {
				t.Errorf("%q becomes %q, with %q", s, got, r)
			}
		}
		if again := news.Slug(got); again != got {
			t.Errorf("%q becomes %q, and that %q", s, got, again)
		}
	})
}
