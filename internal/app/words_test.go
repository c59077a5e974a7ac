package app

import (
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/config"
	"broadsheet/internal/fault"
)

// writeWords gives a paper a words file of its own.
func writeWords(t *testing.T, c *config.Config, name, text string) {
	t.Helper()
	if err := os.MkdirAll(c.WordsDir(), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.WordsDir(), name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestANewsroomsOwnWordsStandOnItsPages(t *testing.T) {
	a := open(t, func(c *config.Config) {
		writeWords(t, c, "en.toml", "[words]\nempty_title = \"Come back on Monday\"\n")
	})
	status, said := get(t, serve(t, a))
	if status != http.StatusOK || !strings.Contains(said, "Come back on Monday") || !strings.Contains(said, "waits for its first story") {
		t.Errorf("the front page answers %d and says %s", status, said)
	}
}

func TestAPaperWithAMistakeInItsWordsDoesNotStartAndSaysWhere(t *testing.T) {
	a := open(t, func(c *config.Config) { writeWords(t, c, "de.toml", "[words]\nhome = \"Start\"\nhomer = \"Troja\"\n") })
	ln, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	err = a.Serve(t.Context(), ln)
	if !fault.Is(err, fault.Invalid) {
		t.Fatalf("the error is %v", err)
	}
	for _, want := range []string{a.Config.WordsDir(), "de.toml, line 3", `"homer"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v and lacks %s", err, want)
		}
	}
}

func TestATrialReadsWithTheNewsroomsOwnMarks(t *testing.T) {
	a := open(t, func(c *config.Config) { writeWords(t, c, "fr.toml", "read_more_marks = [\"À lire aussi\"]\n") })
	trial, end, err := OpenTrial(t.Context(), a.Config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	words, err := trial.Words()
	if err != nil || !strings.Contains(strings.Join(words.ReadMore(), "\n"), "À lire aussi") {
		t.Errorf("got %v", err)
	}
}
