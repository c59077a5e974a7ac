package locale_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/themes"
)

// folder is one of words files, from name to text.
func folder(files map[string]string) fs.FS {
	all := fstest.MapFS{}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

// over is the words of the theme with a newsroom's own.
func over(t *testing.T, files map[string]string) *locale.Set {
	t.Helper()
	s, err := locale.Load(themes.Words(), folder(files))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestANewsroomPutsItsOwnWordsOverTheThemes(t *testing.T) {
	s := over(t, map[string]string{
		"de.toml":    "[words]\nadvertisement = \"Werbung\"\n[dates]\ndate = \"{day}.\u00a0{month} {year}\"\n[plural.comments]\none = \"{n} Leserbrief\"\n",
		"en-GB.toml": "[words]\nhome = \"Front page\"\n",
	})
	german := s.For("de-AT")
	if got := german.Word("advertisement"); got != "Werbung" {
		t.Errorf("an advertisement is labelled %q", got)
	}
	if got := german.Word("search"); got != "Suche" {
		t.Errorf("a word that the newsroom left alone is %q", got)
	}
	if got := german.Date(time.Date(2026, 7, 5, 0, 0, 0, 0, time.UTC)); got != "5.\u00a0Juli 2026" {
		t.Errorf("the date is %q", got)
	}
	if one, two := german.Plural("comments", 1), german.Plural("comments", 2); one != "1 Leserbrief" || two != "2 Kommentare" {
		t.Errorf("comments are %q and %q", one, two)
	}
	if british, english := s.For("en-GB"), s.For("en"); british.Word("home") != "Front page" || english.Word("home") != "Home" || british.Time(time.Time{}) != "00:00" {
		t.Errorf("home is %q in Britain and %q elsewhere; midnight there is %q", british.Word("home"), english.Word("home"), british.Time(time.Time{}))
	}
}

func TestALaterLayerWins(t *testing.T) {
	s, err := locale.Load(themes.Words(), folder(map[string]string{"en.toml": "[words]\nhome = \"One\"\nsearch = \"Find\"\n"}), folder(map[string]string{"en.toml": "[words]\nhome = \"Two\"\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if l := s.For("en"); l.Word("home") != "Two" || l.Word("search") != "Find" || l.Word("menu") != "Menu" {
		t.Errorf("the words are %q, %q, %q", l.Word("home"), l.Word("search"), l.Word("menu"))
	}
}

func TestANewsroomAddsALanguageBitByBit(t *testing.T) {
	s := over(t, map[string]string{
		"fr.toml":    "read_more_marks = [\"À lire aussi\"]\n[words]\nhome = \"Accueil\"\n[plural.comments]\none = \"{n} commentaire\"\nother = \"{n} commentaires\"\n",
		"fr-CH.toml": "[words]\nsearch = \"Chercher\"\n",
	})
	at := time.Date(2026, 7, 5, 15, 4, 0, 0, time.UTC)
	l := s.For("fr-CH")
	for what, got := range map[string][2]string{
		"its own word":                   {l.Word("search"), "Chercher"},
		"its language's word":            {l.Word("home"), "Accueil"},
		"an English word":                {l.Word("menu"), "Menu"},
		"a plural by French rules":       {l.Plural("comments", 0), "0 commentaire"},
		"a date that it has no names of": {l.DateTime(at), "2026-07-05 15:04"},
		"a month":                        {l.MonthYear(at), "2026-07"},
		"its name":                       {s.For("fr").Name(), "français"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s is %q, want %q", what, got[0], got[1])
		}
	}
	if l.Quotes() != s.For("en").Quotes() {
		t.Errorf("the quotation marks are %v", l.Quotes())
	}
	if !slices.Contains(s.ReadMore(), "À lire aussi") || !slices.Contains(s.Languages(), "fr-ch") {
		t.Errorf("its marks or its tag are not there: %v", s.Languages())
	}
}

func TestAMissingFormIsTheOneThatAnyNumberMayHave(t *testing.T) {
	s, err := locale.Load(withWords(map[string]string{"en": "Home"}), folder(map[string]string{
		"ru.toml": "[plural.comments]\none = \"{n} комментарий\"\nother = \"{n} комментария\"\n",
		"uk.toml": "[plural.comments]\none = \"{n} коментар\"\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.For("ru").Plural("comments", 5); got != "5 комментария" {
		t.Errorf("in Russian it is %q", got)
	}
	if one, five := s.For("uk").Plural("comments", 21), s.For("uk").Plural("comments", 5); one != "21 коментар" || five != "5 comments" {
		t.Errorf("in Ukrainian it is %q and %q", one, five)
	}
}

func TestMissingTellsWhatALanguageDoesNotSay(t *testing.T) {
	s, err := locale.Load(withWords(map[string]string{"en": "Home"}), folder(map[string]string{
		"en-GB.toml": "[dates]\ntime = \"{hour0}:{minute}\"\n",
		"pt-BR.toml": strings.Replace(wordsFile("Início"), "one =", "#", 1),
		"ru.toml":    strings.Replace(strings.Replace(wordsFile("Главная"), "halves = [\"am\", \"pm\"]\n", "", 1), "reply_to", "#", 1),
		"ru-BY.toml": "[words]\nhome = \"Дом\"\n",
		"fr.toml":    "[words]\nhome = \"Accueil\"\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	got := s.Missing()
	if want := []string{"dates.halves", "plural.comments.few", "plural.comments.many", "words.reply_to"}; !slices.Equal(got["ru"], want) {
		t.Errorf("Russian lacks %v, want %v", got["ru"], want)
	}
	for _, want := range []string{"dates.months", "dates.long", "name", "plural.comments.other", "quotes", "read_more_marks", "words.credit", "words.reply_to"} {
		if !slices.Contains(got["fr"], want) {
			t.Errorf("French does not lack %s", want)
		}
	}
	if slices.Contains(got["fr"], "words.home") || !slices.IsSorted(got["fr"]) {
		t.Errorf("French lacks %v", got["fr"])
	}
	if want := []string{"plural.comments.one"}; !slices.Equal(got["pt-br"], want) {
		t.Errorf("Brazil lacks %v, want %v", got["pt-br"], want)
	}
	for _, whole := range []string{"en", "en-gb", "ru-by"} {
		if lacks, ok := got[whole]; ok {
			t.Errorf("%s lacks %v", whole, lacks)
		}
	}
}

func TestTheThemeLacksNothing(t *testing.T) {
	if got := paper(t).Missing(); len(got) > 0 {
		t.Errorf("it lacks %v", got)
	}
}

func TestAMistakeIsInItsLayer(t *testing.T) {
	_, err := locale.Load(themes.Words(), folder(nil), folder(map[string]string{"de.toml": "[words]\nhome = \"Start\"\nhomer = \"Troja\"\n"}))
	wrong, ok := errors.AsType[*locale.FileError](err)
	if !ok || wrong.Layer != 2 || wrong.File != "de.toml" || wrong.Line != 3 {
		t.Errorf("the error is %v", err)
	}
}

func TestANewsroomNeedNotHaveAFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := locale.Load(themes.Words(), os.DirFS(filepath.Join(dir, "words"))); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "words"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := locale.Load(themes.Words(), os.DirFS(filepath.Join(dir, "words"))); err == nil || !strings.Contains(err.Error(), "the folder of words files") {
		t.Errorf("for a file in its place the error is %v", err)
	}
}

func TestWhatIsNoWordsFileIsLeftAlone(t *testing.T) {
	if s := over(t, map[string]string{"de.toml~": "[", "README": "x"}); s.For("de").Word("search") != "Suche" {
		t.Error("the words are gone")
	}
}

func TestTheExamplesOfTheGuideAreRight(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "LANGUAGES.md"))
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?s)```toml\n# broadsheet-data/words/(\\S+)\n(.*?)```").FindAllStringSubmatch(string(guide), -1)
	if len(examples) < 2 {
		t.Fatalf("only %d examples: the guide is not read right", len(examples))
	}
	for _, e := range examples {
		if s := over(t, map[string]string{e[1]: e[2]}); len(s.Missing()) > 0 {
			t.Errorf("with %s there lacks %v", e[1], s.Missing())
		}
	}
}
