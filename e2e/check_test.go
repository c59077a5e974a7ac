//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// checker is a file of scripts/node_modules.
func checker(t testing.TB, name string) string {
	t.Helper()
	file := filepath.Join("..", "scripts", "node_modules", filepath.FromSlash(name))
	if _, err := os.Stat(file); err != nil {
		t.Fatalf("%v: run npm ci in scripts, or ./check.sh", err)
	}
	return file
}

// validate has the Nu HTML checker read pages, by name, in one go.
func validate(t *testing.T, pages map[string]string) {
	t.Helper()
	jar, dir := checker(t, "vnu-jar/build/dist/vnu.jar"), t.TempDir()
	args := []string{"-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always"}
	for name, html := range pages {
		file := filepath.Join(dir, name+".html")
		if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	var says bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "java", args...)
	cmd.Stderr = &says
	if err := cmd.Run(); err != nil {
		t.Fatalf("the HTML checker: %v: %s", err, says.String())
	}
	var report struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(says.Bytes(), &report); err != nil {
		t.Fatalf("the HTML checker said %s", says.String())
	}
	remarks := 0
	for _, m := range report.Messages {
		page := strings.TrimSuffix(filepath.Base(m.URL), ".html")
		switch {
		case m.Type == "error", m.Type == "non-document-error":
			t.Errorf("%s, line %d: %s\n\t%s", page, m.LastLine, m.Message, m.Extract)
		case m.SubType == "warning":
			t.Logf("%s, line %d: %s", page, m.LastLine, m.Message)
		default:
			remarks++
		}
	}
	t.Logf("%d pages, %d remarks that are neither errors nor warnings", len(pages), remarks)
}

// violation is a rule of accessibility that a page breaks.
type violation struct {
	ID, Help string
	Nodes    []struct{ HTML, FailureSummary string }
}

func (v violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", v.ID, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n\t%s\n\t\t%s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " "))
	}
	return b.String()
}

// axe has axe look at the page that is open, by the rules named or, without any,
// by all that it has.
func (b *browser) axe(rules ...string) []violation {
	b.t.Helper()
	source, err := os.ReadFile(checker(b.t, "axe-core/axe.min.js"))
	if err != nil {
		b.t.Fatal(err)
	}
	evaluate[bool](b, string(source)+"\ntrue")
	only := `, rules: {"target-size": {enabled: true}}` // WCAG 2.2, 2.5.8, which axe leaves out by itself
	if len(rules) > 0 {
		names, _ := json.Marshal(rules) // strings can't fail
		only = fmt.Sprintf(", runOnly: {type: \"rule\", values: %s}", names)
	}
	said := evaluate[string](b, `axe.run(document, {resultTypes: ["violations"]`+only+`}).then(r => JSON.stringify(r.violations))`, chromedp.EvalAwaitPromise)
	var found []violation
	if err := json.Unmarshal([]byte(said), &found); err != nil {
		b.t.Fatal(err)
	}
	return found
}
