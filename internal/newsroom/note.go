package newsroom

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Notes is what colleagues tell each other about an article: a part of its screen,
// and a screen of its own.
type Notes struct {
	Frame
	ID    news.ArticleID
	Talks []Talk
	Count string // of those that are open, in digits; "" for none
	Typed NoteTyped
	Page  bool // it is a screen of its own
}

// Talk is a note with its answers.
type Talk struct {
	NoteRow
	Passage news.Passage
	Settled string // when and by whom, in words; "" while it is open
	Answers []NoteRow
}

// NoteRow is one note or answer.
type NoteRow struct {
	ID              news.NoteID
	By, At, Machine string
	Text            string
}

// NoteTyped is the form of a note as it was filled in.
type NoteTyped struct {
	Text    string
	Parent  news.NoteID
	Passage news.Passage
}

// Answer is the form with which a talk is answered.
type Answer struct {
	Notes
	To NoteRow
}

// Answering is the form for an answer to a talk.
func (n Notes) Answering(t Talk) Answer { return Answer{n, t.NoteRow} }

func notesPath(id news.ArticleID) string { return articlePath(id) + "/notes" }

// notesOf reads the notes of an article.
func (v *visit) notesOf(id news.ArticleID, typed NoteTyped) (Notes, error) {
	view := Notes{Frame: v.frame(v.l.Word("notes")), ID: id, Typed: typed}
	view.Notice = ""
	list, err := v.Store.Notes(v.ctx(), id)
	if err != nil || len(list) == 0 {
		return view, err
	}
	staff, err := v.Store.AllStaff(v.ctx())
	if err != nil {
		return view, err
	}
	at, open := map[news.NoteID]int{}, 0
	for i := range list {
		n := &list[i]
		row := NoteRow{n.ID, nameOf(staff, n.By), v.moment(n.Made), v.l.ISO(n.Made), n.Text}
		if n.Parent != 0 {
			t := &view.Talks[at[n.Parent]]
			t.Answers = append(t.Answers, row)
			continue
		}
		t := Talk{NoteRow: row, Passage: n.Passage}
		if n.Resolved.IsZero() {
			open++
		} else {
			t.Settled = v.l.Say("note_settled", "name", nameOf(staff, n.ResolvedBy), "date", v.moment(n.Resolved))
		}
		at[n.ID] = len(view.Talks)
		view.Talks = append(view.Talks, t)
	}
	if open > 0 {
		view.Count = v.l.Number(open)
	}
	return view, nil
}

// notes shows what colleagues tell each other about an article.
func notes(v *visit) error {
	a, _, err := v.opened()
	if err != nil {
		return err
	}
	return v.showNotes(http.StatusOK, a.ID, NoteTyped{})
}

// asPart is the header with which the page's script asks for the notes alone.
const asPart = "X-Part"

// showNotes shows the notes as a screen, or as a part of one to the script.
func (v *visit) showNotes(status int, id news.ArticleID, typed NoteTyped) error {
	view, err := v.notesOf(id, typed)
	if err != nil {
		return err
	}
	if v.r.Header.Get(asPart) != "" {
		return v.show(status, "notes", view)
	}
	view.Page = true
	return v.show(status, "notes-page", view)
}

// noteAdd stores a note or an answer.
func noteAdd(v *visit) error {
	a, _, err := v.opened()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	typed := typedNote(values)
	n := &news.Note{Article: a.ID, Parent: typed.Parent, By: v.staff.ID, Text: typed.Text, Passage: typed.Passage}
	err = v.Desk.AddNote(v.ctx(), v.who(), n)
	limits := map[string]int{"text": news.MaxNote, "notes": news.MostNotes}
	if v.refusedFields(err, func(field string) int { return limits[field] }) {
		return v.showNotes(http.StatusUnprocessableEntity, a.ID, typed)
	}
	if err != nil {
		return err
	}
	return v.afterNote(a.ID, "noted")
}

// typedNote reads the form of a note. What is longer than a passage may be is cut:
// it is there to find the place again.
func typedNote(values url.Values) NoteTyped {
	t := NoteTyped{Text: strings.TrimSpace(clean(values.Get("text")))}
	parent, _ := strconv.ParseInt(values.Get("parent"), 10, 64) // what is no number is none
	if t.Parent = news.NoteID(max(parent, 0)); t.Parent != 0 {
		return t
	}
	block, _ := strconv.Atoi(values.Get("block")) // likewise
	if quote := first(clean(values.Get("quote")), news.MaxNoteQuote); strings.TrimSpace(quote) != "" {
		t.Passage = news.Passage{Block: min(max(block, 0), 1_000_000), Quote: quote,
			Prefix: first(clean(values.Get("prefix")), news.MaxNoteContext), Suffix: first(clean(values.Get("suffix")), news.MaxNoteContext)}
	}
	return t
}

// typedPassages reads where the page's script has found the passages of notes. What
// can't be read is nothing.
func typedPassages(text string) map[news.NoteID]news.Passage {
	const most = 1 << 20 // bytes
	var list []struct {
		ID     news.NoteID `json:"id"`
		Block  int         `json:"block"`
		Quote  string      `json:"quote"`
		Prefix string      `json:"prefix"`
		Suffix string      `json:"suffix"`
	}
	if len(text) > most || json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	all := map[news.NoteID]news.Passage{}
	for _, p := range list {
		all[p.ID] = news.Passage{Block: p.Block, Quote: clean(p.Quote), Prefix: clean(p.Prefix), Suffix: clean(p.Suffix)}
	}
	return all
}

// first are the first n characters of a text.
func first(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// afterNote shows the notes anew to the script, and leads everybody else back to the
// article.
func (v *visit) afterNote(id news.ArticleID, done string) error {
	if v.r.Header.Get(asPart) != "" {
		return v.showNotes(http.StatusOK, id, NoteTyped{})
	}
	return v.see(notesPath(id), done)
}

func noteResolve(v *visit) error {
	return v.noteSettled("note_resolved", func(article news.ArticleID, note news.NoteID) error {
		return v.Desk.ResolveNote(v.ctx(), v.who(), v.staff.ID, article, note)
	})
}

func noteReopen(v *visit) error {
	return v.noteSettled("note_reopened", func(article news.ArticleID, note news.NoteID) error {
		return v.Desk.ReopenNote(v.ctx(), v.who(), article, note)
	})
}

// noteSettled settles a talk, or opens it again.
func (v *visit) noteSettled(done string, act func(news.ArticleID, news.NoteID) error) error {
	a, _, err := v.opened()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(values.Get("note"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	if err := act(a.ID, news.NoteID(id)); err != nil {
		return err
	}
	return v.afterNote(a.ID, done)
}
