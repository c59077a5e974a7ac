package editor

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// most is what all of the editor page's JavaScript may come to, gzipped; the
// page's own small modules need some of it.
const most = 150_000

func TestTheEditorIsSmall(t *testing.T) {
	script, err := fs.ReadFile(Files(), "editor.js")
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(script); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("editor.js: %d bytes, %d gzipped", len(script), packed.Len())
	if packed.Len() > most {
		t.Errorf("editor.js comes to %d bytes gzipped, more than %d", packed.Len(), most)
	}
}

// What is served is made of the sources beside it; the bundler, which is no part
// of the product, writes their hash into it.
func TestTheBundleIsMadeOfTheseSources(t *testing.T) {
	files, err := filepath.Glob("*.js")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d sources, %v", len(files), err)
	}
	slices.Sort(files)
	files = append(files, "words/en.json", "../../../third_party/prosemirror/prosemirror.js")
	hash := sha256.New()
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(hash, "%s %d\n", filepath.Base(file), len(b))
		hash.Write(b)
	}
	script, err := fs.ReadFile(Files(), "editor.js")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(script[:300]), fmt.Sprintf("%x", hash.Sum(nil))) {
		t.Error("static/editor.js is behind its sources: run go run . in scripts/bundle")
	}
}

var filled = regexp.MustCompile(`\{\w+\}`)

func TestEveryLanguageHasAllWords(t *testing.T) {
	english := Words("en-GB")
	if len(english) < 100 || english["strong"] != "Bold" {
		t.Fatalf("%d words, bold is %q", len(english), english["strong"])
	}
	for _, language := range []string{"en", "de", "ar", "fa", "ru", "uk"} {
		words := Words(language)
		if language != "en" && words["strong"] == "Bold" {
			t.Errorf("%s has no words", language)
		}
		for key, text := range english {
			switch own, ok := words[key]; {
			case !ok && !strings.HasSuffix(key, "_one"):
				t.Errorf("%s lacks %s", language, key)
			case ok && !strings.HasSuffix(key, "_one") && !slices.Equal(filled.FindAllString(own, -1), filled.FindAllString(text, -1)):
				t.Errorf("%s: %s is %q, in English %q", language, key, own, text)
			}
		}
		for key, text := range words {
			if strings.TrimSpace(text) != text || text == "" || strings.ContainsAny(text, "<>") {
				t.Errorf("%s: %s is %q", language, key, text)
			}
		}
	}
}
