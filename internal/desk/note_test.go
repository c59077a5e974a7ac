package desk_test

import (
	"errors"
	"strings"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func TestColleaguesTalkAboutAPassage(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, other := d.draft(t, "Harbour vote", 0), d.draft(t, "Another", 0)
		n := &news.Note{Article: a.ID, By: 7, Text: "Who says so?", Passage: news.Passage{Block: 1, Quote: "votes tonight", Prefix: "The council ", Suffix: "."}}
		if err := d.AddNote(ctx, "Edmund", n); err != nil {
			t.Fatal(err)
		}
		reply := &news.Note{Article: a.ID, Parent: n.ID, By: 8, Text: "The mayor."}
		if err := d.AddNote(ctx, "Rosa", reply); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []*news.Note{{Article: a.ID, Parent: reply.ID, Text: "x"}, {Article: a.ID, Parent: 99, Text: "x"}, {Article: other.ID, Parent: n.ID, Text: "x"}} {
			wants(t, d.AddNote(ctx, "Rosa", bad), fault.Invalid, "no note")
		}
		for name, bad := range map[string]*news.Note{
			"nothing":            {Article: a.ID, Text: " \u200b\n"},
			"far too long":       {Article: a.ID, Text: strings.Repeat("ä", news.MaxNote+1)},
			"a long quote":       {Article: a.ID, Text: "x", Passage: news.Passage{Quote: strings.Repeat("ä", news.MaxNoteQuote+1)}},
			"a long context":     {Article: a.ID, Text: "x", Passage: news.Passage{Prefix: strings.Repeat("ä", news.MaxNoteContext+1)}},
			"an answer's quote":  {Article: a.ID, Text: "x", Parent: n.ID, Passage: news.Passage{Quote: "x"}},
			"before the article": {Article: a.ID, Text: "x", Passage: news.Passage{Block: -1}},
		} {
			if err := d.AddNote(ctx, "Rosa", bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := d.AddNote(ctx, "Rosa", &news.Note{Article: 99, Text: "x"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("at an article that is not there: %v", err)
		}
		if err := errors.Join(d.ResolveNote(ctx, "Rosa", 8, a.ID, n.ID), d.ResolveNote(ctx, "Edmund", 7, a.ID, n.ID)); err != nil {
			t.Fatal(err)
		}
		got, err := d.Note(ctx, a.ID, n.ID)
		if err != nil || got.ResolvedBy != 8 || !got.Resolved.Equal(d.now) || got.Passage != n.Passage || got.By != 7 || !got.Made.Equal(d.now) || got.Text != "Who says so?" {
			t.Errorf("it is %+v, %v", got, err)
		}
		if err := d.ReopenNote(ctx, "Edmund", a.ID, n.ID); err != nil {
			t.Fatal(err)
		}
		if got, _ = d.Note(ctx, a.ID, n.ID); !got.Resolved.IsZero() || got.ResolvedBy != 0 {
			t.Errorf("opened again it is %+v", got)
		}
		wants(t, d.ResolveNote(ctx, "Rosa", 8, a.ID, reply.ID), fault.Invalid, "is an answer")
		if err := d.ResolveNote(ctx, "Rosa", 8, other.ID, n.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("at another article: %v", err)
		}
		var verbs []string
		log, _ := d.AuditBefore(ctx, 1<<40, 4)
		for _, l := range log {
			verbs = append(verbs, l.Who+" "+l.Verb+" "+l.Detail)
		}
		if s := strings.Join(verbs, ", "); s != "Edmund reopen note note 1, Rosa resolve note note 1, Rosa answer note note 1, Edmund note note 1" {
			t.Errorf("the log says %s", s)
		}
		if now, _ := d.Article(ctx, a.ID); now.Version != 1 {
			t.Errorf("the article's version is %d", now.Version)
		}
	})
}

func TestPassagesFollowTheTextThatIsSaved(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a := d.draft(t, "Harbour vote", 0)
		old := news.Passage{Block: 1, Quote: "votes tonight", Prefix: "The council ", Suffix: "."}
		at, whole := &news.Note{Article: a.ID, Text: "x", Passage: old}, &news.Note{Article: a.ID, Text: "x"}
		if err := errors.Join(d.AddNote(ctx, "Rosa", at), d.AddNote(ctx, "Rosa", whole)); err != nil {
			t.Fatal(err)
		}
		there := news.Passage{Block: 1, Quote: "council votes", Prefix: "The ", Suffix: " tonight."}
		for _, c := range []struct {
			name       string
			told, want news.Passage
		}{
			{"what is not in the text", news.Passage{Block: 1, Quote: "was never said"}, old},
			{"too much", news.Passage{Block: 1, Quote: "council", Prefix: strings.Repeat("x", 101)}, old},
			{"nothing", news.Passage{}, old},
			{"where it is now", there, there},
		} {
			if err := d.FollowPassages(ctx, a.ID, map[news.NoteID]news.Passage{at.ID: c.told, whole.ID: c.told, 99: c.told}); err != nil {
				t.Fatal(err)
			}
			if got, _ := d.Note(ctx, a.ID, at.ID); got.Passage != c.want {
				t.Errorf("%s: it is at %+v", c.name, got.Passage)
			}
		}
		if got, _ := d.Note(ctx, a.ID, whole.ID); got.Passage != (news.Passage{}) {
			t.Errorf("a note of the whole article is at %+v", got.Passage)
		}
	})
}

func TestAnArticleHasOnlySoManyNotes(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Harbour vote", 0)
		for range news.MostNotes {
			if err := d.AddNote(t.Context(), "Rosa", &news.Note{Article: a.ID, Text: "x"}); err != nil {
				t.Fatal(err)
			}
		}
		wants(t, d.AddNote(t.Context(), "Rosa", &news.Note{Article: a.ID, Text: "x"}), fault.Invalid, "too many notes")
	})
}
