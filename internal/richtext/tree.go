package richtext

// Type names a kind of node, as the editor's schema does.
type Type string

// The kinds of node. Text stands in inline content only; the others are blocks
// unless their comment says otherwise.
const (
	Root      Type = "doc"
	Paragraph Type = "paragraph"
	Heading   Type = "heading" // Attrs.Level 2 to 6
	Bullets   Type = "bullet_list"
	Numbers   Type = "ordered_list" // Attrs.Start
	Item      Type = "list_item"    // in lists only; holds blocks
	Quote     Type = "blockquote"   // holds blocks; Attrs.Cite
	PullQuote Type = "pull_quote"   // holds blocks; Attrs.Cite
	Picture   Type = "picture"      // Attrs.Picture, or Src and Ref; inline content is the caption
	Gallery   Type = "gallery"      // holds pictures, then perhaps a caption paragraph
	Embed     Type = "embed"        // Attrs.Href; inline content is the caption
	Media     Type = "media"        // sound or film: Attrs.Media, Src or Picture (its file), Poster; inline content is the caption
	Table     Type = "table"        // holds rows, then perhaps a caption paragraph
	Row       Type = "table_row"    // in tables only
	Cell      Type = "table_cell"   // in rows only; inline content; Attrs.Header, Colspan, Rowspan
	Code      Type = "code_block"   // text without marks; Attrs.Language
	Rule      Type = "horizontal_rule"
	Raw       Type = "html_block" // Attrs.HTML, sanitised
	FactBox   Type = "fact_box"   // holds blocks; Attrs.Title
	Related   Type = "related"    // "Read more": Attrs.Article, or Href and Text
	AdBreak   Type = "ad_break"
	HardBreak Type = "hard_break" // inline
	Text      Type = "text"       // inline
)

// Node is one node of the tree, in the shape of ProseMirror's JSON.
type Node struct {
	Type    Type    `json:"type"`
	Attrs   *Attrs  `json:"attrs,omitempty"`
	Content []*Node `json:"content,omitempty"`
	Text    string  `json:"text,omitempty"`
	Marks   []Mark  `json:"marks,omitempty"`
}

// Attrs are the attributes of all kinds of node; each uses a few.
type Attrs struct {
	Level    int    `json:"level,omitempty"`
	Start    int    `json:"start,omitempty"`
	Cite     string `json:"cite,omitempty"`
	Picture  int64  `json:"picture,omitempty"`
	Src      string `json:"src,omitempty"` // of a picture that has no id yet
	Ref      string `json:"ref,omitempty"` // its id in the old system
	Alt      string `json:"alt,omitempty"`
	Credit   string `json:"credit,omitempty"`
	Align    string `json:"align,omitempty"` // left, right, center, wide, full
	Href     string `json:"href,omitempty"`
	Article  int64  `json:"article,omitempty"`
	Text     string `json:"text,omitempty"`
	Title    string `json:"title,omitempty"`
	Media    string `json:"media,omitempty"`  // audio or video
	Poster   int64  `json:"poster,omitempty"` // the picture that stands for a film until it plays
	Header   bool   `json:"header,omitempty"`
	Colspan  int    `json:"colspan,omitempty"`
	Rowspan  int    `json:"rowspan,omitempty"`
	Language string `json:"language,omitempty"`
	HTML     string `json:"html,omitempty"`
	Lang     string `json:"lang,omitempty"`
	Dir      string `json:"dir,omitempty"`
	Anchor   string `json:"anchor,omitempty"`
}

// Style names a mark on text.
type Style string

// The marks.
const (
	Strong    Style = "strong"
	Emphasis  Style = "em"
	Underline Style = "underline"
	Strike    Style = "strike"
	CodeStyle Style = "code"
	Sub       Style = "sub"
	Sup       Style = "sup"
	Span      Style = "span" // Lang and Dir
	LinkStyle Style = "link" // Href or Article
)

// Mark is how a run of text is set, or where it leads.
type Mark struct {
	Type  Style      `json:"type"`
	Attrs *MarkAttrs `json:"attrs,omitempty"`
}

// MarkAttrs are the attributes of links and spans.
type MarkAttrs struct {
	Href    string `json:"href,omitempty"`
	Article int64  `json:"article,omitempty"`
	Title   string `json:"title,omitempty"`
	Lang    string `json:"lang,omitempty"`
	Dir     string `json:"dir,omitempty"`
}

// Doc is a whole body. The zero Doc is empty.
type Doc struct{ Blocks []*Node }
