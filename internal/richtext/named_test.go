package richtext_test

import (
	"slices"
	"testing"

	"broadsheet/internal/richtext"
)

func TestWhatABodyNamesIsFoundWithoutReadingIt(t *testing.T) {
	doc := &richtext.Doc{Blocks: []*richtext.Node{
		{Type: richtext.Picture, Attrs: &richtext.Attrs{Picture: 7, Alt: `"picture":99,`}},
		{Type: richtext.Gallery, Content: []*richtext.Node{{Type: richtext.Picture, Attrs: &richtext.Attrs{Picture: 8}}, {Type: richtext.Picture, Attrs: &richtext.Attrs{Picture: 7}}}},
		{Type: richtext.Paragraph, Content: []*richtext.Node{
			{Type: richtext.Text, Text: `a "href":"/nowhere" text`},
			{Type: richtext.Text, Text: "the report", Marks: []richtext.Mark{{Type: richtext.LinkStyle, Attrs: &richtext.MarkAttrs{Href: "/files/r%C3%A9port.pdf?v=2#p3"}}}},
			{Type: richtext.Text, Text: "elsewhere", Marks: []richtext.Mark{{Type: richtext.LinkStyle, Attrs: &richtext.MarkAttrs{Href: "//other.example/x.pdf"}}}},
		}},
		{Type: richtext.Raw, Attrs: &richtext.Attrs{HTML: `<p><img src="/files/a&amp;b.jpg"></p>`}},
	}}
	pictures, paths := richtext.Named(doc.Encode())
	if !slices.Equal(pictures, []int64{7, 8, 7}) {
		t.Errorf("it names the pictures %v", pictures)
	}
	slices.Sort(pictures)
	if read := doc.Pictures(); !slices.Equal(slices.Compact(pictures), read) {
		t.Errorf("it names the pictures %v, and read as a tree %v", pictures, read)
	}
	if want := []string{"/files/réport.pdf", "/files/a&b.jpg"}; !slices.Equal(paths, want) {
		t.Errorf("it names the paths %q, want %q", paths, want)
	}
	if pictures, paths = richtext.Named(nil); pictures != nil || paths != nil {
		t.Errorf("nothing names %v and %v", pictures, paths)
	}
}
