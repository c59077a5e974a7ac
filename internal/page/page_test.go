package page_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/theme"
)

// print is a press with its theme and the marks that they share.
type print struct {
	*page.Press
	marks page.Marks
	theme *theme.Theme
}

// newPrint makes a press of templates, by name, and loaders.
func newPrint(t testing.TB, templates map[string]string, loaders map[string]page.Loader) print {
	t.Helper()
	fsys := fstest.MapFS{"static/paper.css": {}}
	for name, text := range templates {
		fsys["templates/"+name+".html"] = &fstest.MapFile{Data: []byte(`{{define "` + name + `"}}` + text + `{{end}}`)}
	}
	marks := page.NewMarks()
	th, err := theme.Open(fsys, marks.Funcs(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return print{page.NewPress(th, marks, loaders, page.NewChanges(1000), 1<<20), marks, th}
}

// shows is a loader that executes a template with the key's Rest and marks
// pieces; it notes refs.
func shows(template string, pieces map[string]page.Key, refs ...news.Ref) page.Loader {
	return func(_ context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
		note(refs...)
		return page.View{Template: template, Data: k.Rest, Pieces: pieces}, nil
	}
}

// ads fills every slot with its name in brackets, but leaves "empty" empty.
func ads(_ context.Context, slot string) ([]byte, error) {
	if slot == "empty" {
		return nil, nil
	}
	return []byte("[" + slot + "]"), nil
}

// read is the HTML of the page of a piece, as a client without gzip gets it.
func (p print) read(t testing.TB, piece *page.Piece, instead map[string]*page.Piece, fill func(context.Context, string) ([]byte, error)) ([]byte, error) {
	w, err := p.Join(t.Context(), piece, instead, "2026-07-05")
	if err != nil {
		return nil, err
	}
	var drawn []*page.Block
	for _, slot := range w.Slots {
		b, err := fill(t.Context(), slot)
		if err != nil {
			return nil, err
		}
		if b == nil {
			drawn = append(drawn, nil)
			continue
		}
		drawn = append(drawn, page.NewBlock(b))
	}
	return w.AppendHTML(nil, drawn), nil
}

func (p print) page(t testing.TB, k page.Key, instead map[string]*page.Piece) string {
	t.Helper()
	piece, err := p.Piece(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.read(t, piece, instead, ads)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAPageIsItsPiecesAndSlotsInTheirPlaces(t *testing.T) {
	p := newPrint(t, map[string]string{
		"front":  `<body>{{piece "header"}}{{slot "leaderboard"}}<main>{{.}}</main>{{slot "empty"}}{{piece "box"}}{{slot "in-article"}}</body>`,
		"header": `<header>{{.}}{{piece "menu"}}</header>`,
		"menu":   `<nav>{{.}}{{slot "menu"}}</nav>`,
		"box":    `<aside>{{.}}</aside>`,
	}, map[string]page.Loader{
		"front":  shows("front", map[string]page.Key{"header": {Kind: "header", Rest: "H"}, "box": {Kind: "box", Rest: "B"}}),
		"header": shows("header", map[string]page.Key{"menu": {Kind: "menu", Rest: "M"}}),
		"menu":   shows("menu", nil),
		"box":    shows("box", nil),
	})
	want := `<body><header>H<nav>M[menu]</nav></header>[leaderboard]<main>storm</main><aside>B</aside>[in-article]</body>`
	if got := p.page(t, page.Key{Kind: "front", Rest: "storm"}, nil); got != want {
		t.Errorf("the page is\n%s\nwant\n%s", got, want)
	}
}

func TestAPieceKnowsTheRefsOfWhatItShowsItself(t *testing.T) {
	p := newPrint(t, map[string]string{"article": `{{piece "header"}}`, "header": ``}, map[string]page.Loader{
		"article": shows("article", map[string]page.Key{"header": {Kind: "header"}}, "section/3", "article/91", "article/91/body", "section/3", "article/91"),
		"header":  shows("header", nil, "menu/main"),
	})
	piece, err := p.Piece(t.Context(), page.Key{Kind: "article", ID: 91})
	if err != nil {
		t.Fatal(err)
	}
	if want := []news.Ref{"article/91", "article/91/body", "section/3"}; !slices.Equal(piece.Refs, want) {
		t.Errorf("refs %v, want %v: sorted, each once, and none of the header's", piece.Refs, want)
	}
	if piece.Key != (page.Key{Kind: "article", ID: 91}) {
		t.Errorf("the piece's key is %v", piece.Key)
	}
}

func TestALoaderIsAskedForExactlyTheKey(t *testing.T) {
	var asked []page.Key
	noting := func(template string, pieces map[string]page.Key) page.Loader {
		return func(_ context.Context, k page.Key, _ func(...news.Ref)) (page.View, error) {
			asked = append(asked, k)
			return page.View{Template: template, Pieces: pieces}, nil
		}
	}
	header := page.Key{Kind: "header", Language: "de", Date: "2026-07-05"}
	p := newPrint(t, map[string]string{"front": `{{piece "header"}}`, "header": ``}, map[string]page.Loader{
		"front": noting("front", map[string]page.Key{"header": header}), "header": noting("header", nil),
	})
	front := page.Key{Kind: "front", Language: "de", ID: 7, Rest: "before/12"}
	p.page(t, front, nil)
	if want := []page.Key{front, header}; !slices.Equal(asked, want) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
}

func TestAPieceOfThisRequestStandsInForTheOneOfThePagesOwnTemplate(t *testing.T) {
	p := newPrint(t, map[string]string{
		"article": `{{piece "box"}}{{piece "form"}}`, "box": `<aside>{{piece "form"}}</aside>`, "form": `<form>{{.}}</form>`,
	}, map[string]page.Loader{
		"article": shows("article", map[string]page.Key{"box": {Kind: "box"}, "form": {Kind: "form", Rest: "empty"}}),
		"box":     shows("box", map[string]page.Key{"form": {Kind: "form", Rest: "inner"}}),
		"form":    shows("form", nil),
	})
	typed, err := p.Render(page.Key{Kind: "form"}, page.View{Template: "form", Data: "as typed"})
	if err != nil {
		t.Fatal(err)
	}
	got := p.page(t, page.Key{Kind: "article"}, map[string]*page.Piece{"form": typed})
	if want := `<aside><form>inner</form></aside><form>as typed</form>`; got != want {
		t.Errorf("the page is %s, want %s", got, want)
	}
}

func TestSlotsAreFilledAnewForEachView(t *testing.T) {
	p := newPrint(t, map[string]string{"front": `{{slot "a"}}|{{slot "a"}}`}, map[string]page.Loader{"front": shows("front", nil)})
	piece, err := p.Piece(t.Context(), page.Key{Kind: "front"})
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	draw := func(context.Context, string) ([]byte, error) {
		drawn++
		return fmt.Append(nil, drawn), nil
	}
	for _, want := range []string{"1|2", "3|4"} {
		if b, err := p.read(t, piece, nil, draw); err != nil || string(b) != want {
			t.Errorf("the view is %s, %v; want %s", b, err, want)
		}
	}
}

func TestAFailureAnywhereLeavesNoPage(t *testing.T) {
	broken := errors.New("the disk is full")
	fails := func(context.Context, page.Key, func(...news.Ref)) (page.View, error) { return page.View{}, broken }
	for _, c := range []struct {
		name, front string
		pieces      map[string]page.Key
		fill        func(context.Context, string) ([]byte, error)
		want        string
	}{
		{"a piece's loader", `{{piece "p"}}`, map[string]page.Key{"p": {Kind: "fails"}}, ads, "the disk is full"},
		{"a piece's template", `{{piece "p"}}`, map[string]page.Key{"p": {Kind: "bad"}}, ads, "rendering bad"},
		{"a kind that there is not", `{{piece "p"}}`, map[string]page.Key{"p": {Kind: "nosuch"}}, ads, `no piece of the kind "nosuch"`},
		{"a piece without a key", `{{piece "p"}}`, nil, ads, `marks a piece "p" that it does not have`},
		{"a piece in itself", `{{piece "p"}}`, map[string]page.Key{"p": {Kind: "front"}}, ads, "hold each other"},
		{"the draw of an ad", `{{slot "s"}}`, nil, func(context.Context, string) ([]byte, error) { return nil, broken }, "the disk is full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPrint(t, map[string]string{"front": `<body>` + c.front + `</body>`, "bad": `<p>{{.Nothing}}</p>`},
				map[string]page.Loader{"front": shows("front", c.pieces), "fails": fails, "bad": shows("bad", nil)})
			piece, err := p.Piece(t.Context(), page.Key{Kind: "front"})
			if err != nil {
				t.Fatal(err)
			}
			b, err := p.read(t, piece, nil, c.fill)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want one that says %s", err, c.want)
			}
			if b != nil {
				t.Errorf("half a page came back: %s", b)
			}
		})
	}
}

func TestAPieceWhoseLoaderFailsIsNone(t *testing.T) {
	broken := errors.New("the disk is full")
	p := newPrint(t, map[string]string{"front": ``}, map[string]page.Loader{
		"front": func(_ context.Context, _ page.Key, note func(...news.Ref)) (page.View, error) {
			note("article/1")
			return page.View{}, broken
		},
	})
	if piece, err := p.Piece(t.Context(), page.Key{Kind: "front"}); piece != nil || !errors.Is(err, broken) {
		t.Errorf("got %v, %v", piece, err)
	}
}
