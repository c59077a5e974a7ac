package locale_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/themes"
)

// wordsFile is a whole words file of a language with two plural forms, whose
// word for home is given.
func wordsFile(home string) string {
	return `name = "Tongue"
read_more_marks = ["READ MORE"]
quotes = ["“", "”", "‘", "’"]
[dates]
weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
weekdays_short = ["1", "2", "3", "4", "5", "6", "7"]
first_weekday = "sunday"
months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
halves = ["am", "pm"]
long = "{weekday} {day} {month} {year}"
date = "{day} {month} {year}"
time = "{hour12}:{minute} {half}"
date_time = "{date}, {time}"
month_year = "{month} {year}"
[words]
home = "` + home + `"
reply_to = "Reply to {name}"
credit = ""
[plural.comments]
` + forms(home) + `other = "{n} comments"
`
}

// forms are the plural forms of the language that has this word for home.
func forms(home string) string {
	switch home {
	case "首頁": // Chinese has but one
		return ""
	case "الرئيسية":
		return "zero = \"none\"\none = \"one only\"\ntwo = \"a pair\"\nfew = \"{n} few\"\nmany = \"{n} many\"\n"
	}
	return "one = \"{n} comment\"\n"
}

// withWords is a folder of words files, from language to the word for home.
func withWords(home map[string]string) fs.FS {
	files := fstest.MapFS{}
	for language, word := range home {
		files[language+".toml"] = &fstest.MapFile{Data: []byte(wordsFile(word))}
	}
	return files
}

func load(t *testing.T, fsys fs.FS) *locale.Set {
	t.Helper()
	s, err := locale.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAWordsFileThatDoesNotFitIsNamed(t *testing.T) {
	for _, c := range []struct {
		name, language, old, new string // what is changed in the file
		want                     string // what the error says
	}{
		{"a word too many", "de", "home =", "hut = \"x\"\nhome =", `the words file de.toml, line 16: the word "hut" is not known`},
		{"an empty word", "de", `"Reply to {name}"`, `""`, `de.toml, line 17: the word "reply_to" is empty`},
		{"no placeholder", "de", "Reply to {name}", "Reply", `the word "reply_to" has the placeholders []`},
		{"another placeholder", "de", "Reply to {name}", "Reply to {nome}", "[{nome}], and English [{name}]"},
		{"one placeholder more", "de", "Reply to {name}", "Reply to {name} {n}", "[{name} {n}], and English [{name}]"},
		{"a placeholder in an empty word", "de", `credit = ""`, `credit = "{name}"`, `the word "credit" has the placeholders [{name}]`},
		{"an empty mark", "de", `["READ MORE"]`, `["READ MORE", ""]`, "read_more_marks"},
		{"a plural too few", "de", "[plural.comments]", "[plural.remarks]", `the plural "remarks" is not known`},
		{"a form that the language has not", "de", "one =", "few = \"{n}\"\none =", `the language has no form "few"`},
		{"a form that is no form", "de", "one =", "three = \"{n}\"\none =", `the language has no form "three"`},
		{"an empty form", "de", "one = \"{n} comment\"", "one = \"\"", `de.toml, line 20: the plural "comments": the form "one" is empty`},
		{"forms in one line", "de", "[plural.comments]\none = \"{n} comment\"\nother = \"{n} comments\"\n", "[plural]\ncomments = { few = \"{n}\" }\n", `de.toml, line 20: the plural "comments": the language has no form "few"`},
		{"three quotation marks", "de", ", \"’\"]", "]", `de.toml, line 3: quotes must be 4 marks`},
		{"a mark left empty", "de", "\"’\"]", "\"\"]", `de.toml, line 3: quotes must be 4 marks`},
		{"several numbers in one form, which does not say which", "fa", "one = \"{n} comment\"", "one = \"one comment\"", `the form "one" has the placeholders []`},
		{"a number named otherwise", "de", "{n} comments", "{count} comments", `the form "other" has the placeholders [{count}]`},
		{"eight short weekdays", "de", `"1", `, `"0", "1", `, "dates.weekdays_short must be 7 names"},
		{"a week that begins nowhere", "de", `"sunday"`, `"Sunday"`, `dates.first_weekday is "Sunday", and should be one of sunday, monday`},
		{"six weekdays", "de", `"Sun", `, "", "de.toml, line 5: dates.weekdays must be 7 names"},
		{"thirteen months", "de", `"Jan", `, `"Jan", "Jan", `, "dates.months must be 12 names"},
		{"an empty month", "de", `"Jan"`, `""`, "dates.months must be 12 names"},
		{"one month in dates", "de", "halves =", "months_in_dates = [\"Jan\"]\nhalves =", "dates.months_in_dates must be 12 names"},
		{"a date without its year", "de", `date = "{day} {month} {year}"`, `date = "{day} {month}"`, "de.toml, line 11: dates.date is"},
		{"a long date without its weekday", "de", "{weekday} ", "", "dates.long is"},
		{"a time without minutes", "de", ":{minute}", "", "dates.time is"},
		{"a moment without its time", "de", "{date}, {time}", "{date}", "dates.date_time is"},
		{"a month with its day", "de", `month_year = "`, `month_year = "{day} `, "dates.month_year is"},
		{"a key that nobody reads", "de", "[dates]", "[dates]\ncalender = 1", `de.toml, line 5: the key "dates.calender" is not known`},
		{"a calendar that is none", "de", "[dates]", "[dates]\ncalendar = \"julian\"", `de.toml, line 5: the calendar "julian" is not known; there are gregorian, persian`},
		{"no TOML", "de", "[dates]", "[dates", "de.toml, line 4: it can't be read"},
		{"a number for a word", "de", "home = \"Start\"", "home = 7", "de.toml, line 16: it can't be read"},
		{"digits that are no numbering system", "de", "[dates]", "digits = \"x\"\n[dates]", `the digits "x"`},
		{"a name that is no language", "hello world", "", "", `"hello world" is no language tag`},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole := wordsFile("Start")
			if !strings.Contains(whole, c.old) {
				t.Fatalf("the file does not hold %q", c.old)
			}
			text := strings.Replace(whole, c.old, c.new, 1)
			_, err := locale.Load(fstest.MapFS{
				"en.toml":            {Data: []byte(wordsFile("Home"))},
				c.language + ".toml": {Data: []byte(text)},
			})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one that says %s", err, c.want)
			}
		})
	}
}

func TestAFormThatOnlyOneNumberTakesNeedNotSayIt(t *testing.T) {
	s := load(t, withWords(map[string]string{"en": "Home", "ar": "الرئيسية"}))
	if got := s.For("ar").Plural("comments", 2); got != "a pair" {
		t.Errorf("two comments are %q", got)
	}
}

func TestEnglishWordsMustBeThereAndWhole(t *testing.T) {
	if _, err := locale.Load(withWords(map[string]string{"de": "Start"})); err == nil || !strings.Contains(err.Error(), "en.toml") {
		t.Errorf("without them the error is %v", err)
	}
	if _, err := locale.Load(); err == nil {
		t.Error("without any layer there is no error")
	}
	for old, want := range map[string]string{
		"one = \"{n} comment\"\n":               "the words file en.toml: plural.comments.one is missing",
		"date = \"{day} {month} {year}\"\n":     "the words file en.toml: dates.date is missing",
		"halves = [\"am\", \"pm\"]\n":           "the words file en.toml: dates.halves is missing",
		"quotes = [\"“\", \"”\", \"‘\", \"’\"]": "the words file en.toml: quotes is missing",
	} {
		text := strings.Replace(wordsFile("Home"), old, "", 1)
		if text == wordsFile("Home") {
			t.Fatalf("the file does not hold %q", old)
		}
		if _, err := locale.Load(fstest.MapFS{"en.toml": {Data: []byte(text)}}); err == nil || err.Error() != want {
			t.Errorf("the error is %v, want %s", err, want)
		}
	}
}

func TestTwoFilesForOneLanguageAreRefused(t *testing.T) {
	_, err := locale.Load(withWords(map[string]string{"en": "Home", "pt-BR": "Início", "pt_br": "Casa"}))
	if err == nil || !strings.Contains(err.Error(), "two words files for the language pt-br") {
		t.Errorf("the error is %v", err)
	}
}

func TestARegionHasOnlyWhatDiffers(t *testing.T) {
	set, err := locale.Load(themes.Words())
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 7, 5, 14, 30, 0, 0, time.UTC)
	british, english := set.For("en-GB"), set.For("en-US")
	if got := british.DateTime(at); got != "5 July 2026 at 14:30" {
		t.Errorf("in Britain it is %q", got)
	}
	if got := english.DateTime(at); got != "July 5, 2026 at 2:30 PM" {
		t.Errorf("elsewhere it is %q", got)
	}
	if british.Word("leave_a_reply") != english.Word("leave_a_reply") {
		t.Errorf("the words are %q", british.Word("leave_a_reply"))
	}
}
