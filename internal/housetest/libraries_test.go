package housetest

import (
	"encoding/json"
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
