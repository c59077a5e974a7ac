//go:build e2e

package e2e

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parse reads a page as a browser does.
func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// elements are those below n, in the page's order, that have a name ("" for any)
// and all of the classes.
func elements(n *html.Node, name string, classes ...string) []*html.Node {
	var found []*html.Node
	for e := range n.Descendants() {
		if e.Type == html.ElementNode && (name == "" || e.Data == name) && hasClasses(e, classes) {
			found = append(found, e)
		}
	}
	return found
}

// one is the first of the elements; a page without any fails the test.
func one(t *testing.T, n *html.Node, name string, classes ...string) *html.Node {
	t.Helper()
	found := elements(n, name, classes...)
	if len(found) == 0 {
		t.Fatalf("there is no %s of the class %q", name, classes)
	}
	return found[0]
}

func hasClasses(e *html.Node, classes []string) bool {
	has := strings.Fields(attribute(e, "class"))
	for _, c := range classes {
		if !slices.Contains(has, c) {
			return false
		}
	}
	return true
}

// attribute is the value of an element's attribute, "" where it has none.
func attribute(e *html.Node, name string) string {
	for _, a := range e.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// words are the text below n, with single spaces.
func words(n *html.Node) string {
	var b strings.Builder
	for e := range n.Descendants() {
		if e.Type == html.TextNode {
			b.WriteString(e.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
