package theme_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/theme"
)

func TestAFingerprintChangesWithEveryFileThatIsSaved(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	print := func() string {
		t.Helper()
		p, err := theme.Fingerprint(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	write("templates/a.html", "one")
	write("static/a.css", "x")
	before := print()
	if print() != before {
		t.Error("it changes by itself")
	}
	for _, c := range []struct {
		name   string
		change func()
	}{
		{"another size", func() { write("templates/a.html", "longer") }},
		{"another time", func() {
			if err := os.Chtimes(filepath.Join(dir, "static/a.css"), time.Time{}, time.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}},
		{"a new file", func() { write("static/deep/b.js", "") }},
		{"one less", func() {
			if err := os.Remove(filepath.Join(dir, "static/a.css")); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		before := print()
		c.change()
		if print() == before {
			t.Errorf("%s does not show", c.name)
		}
	}
	before = print()
	write("templates/.a.html.swp", "x")
	write(".git/HEAD", "x")
	if print() != before {
		t.Error("a hidden file shows")
	}
	if _, err := theme.Fingerprint(os.DirFS(filepath.Join(dir, "nowhere"))); err == nil {
		t.Error("a folder that is not there has a fingerprint")
	}
}
