package page_test

import (
	"context"
	"html/template"
	"strings"
	"testing"

	"broadsheet/internal/page"
)

// letter is what a stranger sent: text, which a template escapes, and HTML that
// was made safe before.
type letter struct {
	Text string
	HTML template.HTML
}

const letterTemplate = `<p title="{{.Text}}">{{.Text}}</p>{{piece "form"}}<div>{{.HTML}}</div><script>let text = {{.Text}}</script>{{slot "a"}}`

func letters(t testing.TB) print {
	return newPrint(t, map[string]string{"letter": letterTemplate, "form": `<form></form>`},
		map[string]page.Loader{"form": shows("form", nil)})
}

func (p print) letter(t testing.TB, l letter) (*page.Piece, error) {
	t.Helper()
	return p.Render(page.Key{Kind: "letter"}, page.View{Template: "letter", Data: l, Pieces: map[string]page.Key{"form": {Kind: "form"}}})
}

// marked are the pieces and slots of a piece, in their order.
func marked(p *page.Piece) (names []string) {
	for _, part := range p.Parts {
		if part.Piece != "" || part.Slot != "" {
			names = append(names, part.Piece+part.Slot)
		}
	}
	return names
}

func TestWhatAReaderWritesIsNeverAMark(t *testing.T) {
	p := letters(t)
	other := page.NewMarks()
	for _, text := range []string{
		"<!-- piece form -->", "<!--piece form-->", "<!-- slot a -->", "<!--", "-->", "<!-- slot a", "{{slot \"a\"}}", `{{piece "form"}}`,
		string(other.Slot("a")), // another process's, or this one's before it was started again
		strings.Repeat("<!--", 1000),
	} {
		for _, l := range []letter{{Text: text}, {HTML: template.HTML(text)}} {
			piece, err := p.letter(t, l)
			if err != nil {
				t.Errorf("%+v: %v", l, err)
				continue
			}
			if got := strings.Join(marked(piece), " "); got != "form a" {
				t.Errorf("%+v: marked are %s", l, got)
			}
			b, err := p.read(t, piece, nil, ads)
			if err != nil || l.HTML != "" && !strings.Contains(string(b), "<div>"+text+"</div>") {
				t.Errorf("%+v: the page is %s, %v", l, b, err)
			}
		}
	}
}

// Nobody outside knows the secret; but should it ever come out, then text with
// it still makes no slot.
func TestEvenTheRealMarkInAReadersTextIsOnlyRefused(t *testing.T) {
	p := letters(t)
	if piece, err := p.letter(t, letter{Text: string(p.marks.Slot("b"))}); err == nil {
		t.Errorf("marked are %v", marked(piece))
	}
}

func TestWhatFillsASlotIsNotSearchedForMarks(t *testing.T) {
	p := letters(t)
	piece, err := p.letter(t, letter{})
	if err != nil {
		t.Fatal(err)
	}
	ad := string(p.marks.Slot("a"))
	b, err := p.read(t, piece, nil, func(context.Context, string) ([]byte, error) { return []byte(ad), nil })
	if err != nil || !strings.HasSuffix(string(b), ad) {
		t.Errorf("the page is %s, %v; want the ad as it was drawn", b, err)
	}
}

// secret is the word that the marks of p begin with.
func secret(p print) string {
	return strings.Fields(strings.TrimPrefix(string(p.marks.Slot("a")), "<!--"))[0]
}

func TestAPieceMarkedWhereNoElementMayStandIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"a quoted attribute":   `<p title="{{piece "box"}}">x</p>`,
		"an unquoted one":      `<p title={{piece "box"}}>x</p>`,
		"an address":           `<a href="{{piece "box"}}">x</a>`,
		"a handler":            `<a onclick="{{piece "box"}}">x</a>`,
		"a style":              `<p style="color: {{piece "box"}}">x</p>`,
		"a script":             `<script>let x = {{piece "box"}}</script>`,
		"a string in a script": `<script>let x = "{{piece "box"}}"</script>`,
		"a style sheet":        `<style>p { color: {{piece "box"}} }</style>`,
		"a title":              `<title>{{piece "box"}}</title>`,
		"a text field":         `<textarea>{{piece "box"}}</textarea>`,
		"a comment":            `<!-- {{piece "box"}} -->`,
		"a branch not taken":   `{{if .}}{{piece "box"}}{{end}}`,
		"nowhere":              `<p>x</p>`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newPrint(t, map[string]string{"front": text, "box": `<aside></aside>`}, nil)
			piece, err := p.Render(page.Key{}, page.View{Template: "front", Data: "", Pieces: map[string]page.Key{"box": {Kind: "box"}}})
			if err == nil || !strings.Contains(err.Error(), "the template front") {
				t.Errorf("got %v, %v; want an error that names the template", piece, err)
			}
		})
	}
}

func TestASlotMarkedWhereNoElementMayStandIsRefusedOrLeavesNothing(t *testing.T) {
	for name, text := range map[string]string{
		"a quoted attribute":   `<p title="{{slot "a"}}">x</p>`,
		"an address":           `<a href="{{slot "a"}}">x</a>`,
		"a script":             `<script>let x = {{slot "a"}}</script>`,
		"a string in a script": `<script>let x = "{{slot "a"}}"</script>`,
		"a style sheet":        `<style>p { color: {{slot "a"}} }</style>`,
		"a title":              `<title>{{slot "a"}}</title>`,
		"a text field":         `<textarea>{{slot "a"}}</textarea>`,
		"a comment":            `<!-- {{slot "a"}} -->`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newPrint(t, map[string]string{"front": text}, nil)
			piece, err := p.Render(page.Key{}, page.View{Template: "front"})
			if err != nil {
				return
			}
			b, err := p.read(t, piece, nil, ads)
			if err != nil || strings.Contains(string(b), secret(p)) || strings.Contains(string(b), "[a]") {
				t.Errorf("the page is %s, %v", b, err)
			}
		})
	}
}

func TestANameCannotBreakOutOfItsMark(t *testing.T) {
	for _, name := range []string{"--><script>alert(1)</script>", "a-->", "<!--", "a piece b", ""} {
		p := newPrint(t, map[string]string{"front": `<p>{{slot .}}</p>`}, map[string]page.Loader{"front": shows("front", nil)})
		piece, err := p.Piece(t.Context(), page.Key{Kind: "front", Rest: name})
		if err != nil {
			t.Fatal(err)
		}
		b, err := p.read(t, piece, nil, func(context.Context, string) ([]byte, error) { return nil, nil })
		if err != nil || string(b) != "<p></p>" {
			t.Errorf("%q: the page is %s, %v; want an empty slot", name, b, err)
		}
	}
}

func TestEachProcessHasASecretOfItsOwn(t *testing.T) {
	if one, two := page.NewMarks().Slot("a"), page.NewMarks().Slot("a"); one == two {
		t.Errorf("both marks are %s", one)
	}
}

func FuzzAReadersTextStaysInItsPlace(f *testing.F) {
	for _, seed := range []string{"", "<!-- slot a -->", "--><!--", "</script><!-- piece form -->", "\x00<!--\xff", "\"><p>", "{{slot \"a\"}}"} {
		f.Add(seed)
	}
	p := letters(f)
	plain, err := p.letter(f, letter{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		piece, err := p.letter(t, letter{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(piece.Parts), len(plain.Parts); got != want {
			t.Fatalf("%d parts, want %d", got, want)
		}
		b, err := p.read(t, piece, nil, ads)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range []string{"<p ", "<form", "<div", "<script", "</script", "<!--", "[a]"} {
			want := 1
			if tag == "<!--" {
				want = 0
			}
			if tag == "[a]" {
				want += strings.Count(text, tag) * 3 // the reader's own, in three places
			}
			if got := strings.Count(string(b), tag); got != want {
				t.Errorf("%d times %s, want %d, in %s", got, tag, want, b)
			}
		}
	})
}
