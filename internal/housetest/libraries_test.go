package housetest

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryLibraryHasAReason(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	decisions, err := filepath.Glob(filepath.Join("..", "..", "docs", "decisions", "*.md"))
	if err != nil || len(decisions) == 0 {
		t.Fatalf("no decisions are written down: %v", err)
	}
	var reasons strings.Builder
	for _, name := range decisions {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		reasons.Write(b)
	}
	for _, r := range mod.Require {
		if !r.Indirect && !strings.Contains(reasons.String(), "`"+r.Path+"`") {
			t.Errorf("docs/decisions does not say why %s is used", r.Path)
		}
	}
}

// What others made is what third_party/README.md says it is.
func TestEveryForeignFileIsTheOneThatIsNamed(t *testing.T) {
	text, err := os.ReadFile("../../third_party/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, kind := range []string{"fonts/*.woff2", "htmx/*.js", "prosemirror/*.js"} {
		found, err := filepath.Glob("../../third_party/" + kind)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d files, %v", kind, len(found), err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if row := fmt.Sprintf("| %s | %d | `%x` |", filepath.Base(file), len(b), sha256.Sum256(b)); !strings.Contains(string(text), row) {
			t.Errorf("third_party/README.md lacks %s", row)
		}
	}
}
