package news

import "time"

// NoteID names a note; 0 is none.
type NoteID int64

// Note is what colleagues tell each other about an article, or about a passage of
// its text. Readers get none of it.
type Note struct {
	ID      NoteID
	Article ArticleID
	Parent  NoteID // the note that it answers; 0 for one that begins a talk
	By      StaffID
	Made    time.Time
	Text    string
	Passage Passage // of a note that begins a talk

	Resolved   time.Time // when it was settled; zero while it is open
	ResolvedBy StaffID
}

// Passage is where in a text something is said, told so that it is found again when
// the text has changed: by the words themselves with those around them (W3C Web
// Annotation: TextQuoteSelector). The zero Passage is the whole article.
type Passage struct {
	Block          int // the block that it began in, counted from 1
	Quote          string
	Prefix, Suffix string // what stood before and behind
}

// Limits of notes: characters of one, of what it quotes and of what stands around
// that, and how many an article has, answers included.
const (
	MaxNote        = 4000
	MaxNoteQuote   = 1000
	MaxNoteContext = 100
	MostNotes      = 500
)

// Check returns what is wrong, by field: text, passage. It is nil when the note may
// be stored.
func (n *Note) Check() map[string]FieldProblem {
	wrong := map[string]FieldProblem{}
	needs(wrong, "text", n.Text, MaxNote)
	p := &n.Passage
	long := map[string]FieldProblem{}
	for _, part := range []struct {
		text  string
		limit int
	}{{p.Quote, MaxNoteQuote}, {p.Prefix, MaxNoteContext}, {p.Suffix, MaxNoteContext}} {
		if part.text != "" {
			needs(long, "passage", "x"+part.text, part.limit+1)
		}
	}
	if long["passage"] != "" || p.Block < 0 || n.Parent != 0 && *p != (Passage{}) {
		wrong["passage"] = BadChoice
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}
