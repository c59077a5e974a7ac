package desk_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// typed is a working copy of an article with another headline.
func typed(a *news.Article, staff news.StaffID, counter int64, headline string) *news.WorkingCopy {
	c := &news.WorkingCopy{Staff: staff, Article: a.ID, BasedOn: a.Version, Counter: counter, Fields: *a}
	c.Fields.Headline = headline
	return c
}

func wants(t *testing.T, err error, kind fault.Kind, words string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		t.Errorf("it says %v, want %v with %q", err, kind, words)
	}
}

func TestAWorkingCopyIsKeptBesideItsArticle(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Harbour vote", 0)
		if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		public, _ := d.Article(t.Context(), a.ID)
		before := len(d.announced)
		mine := typed(&public, 7, 1, "Harbour vote: the night")
		mine.Fields.Body = []byte(`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Typed."}]}]}`)
		if err := d.KeepWorkingCopy(t.Context(), mine); err != nil {
			t.Fatal(err)
		}
		theirs := typed(&public, 8, 1, "Somebody else's")
		if err := d.KeepWorkingCopy(t.Context(), theirs); err != nil {
			t.Fatal(err)
		}
		if len(d.announced) != before {
			t.Errorf("readers were told of a working copy: %v", d.announced[before:])
		}
		public.Standfirst = "Changed by others."
		if err := d.Save(t.Context(), "Ole", &public); err != nil {
			t.Fatal(err)
		}
		got, err := d.WorkingCopy(t.Context(), 7, a.ID)
		if err != nil || got.Fields.Headline != "Harbour vote: the night" || !bytes.Equal(got.Fields.Body, mine.Fields.Body) || got.BasedOn != 2 || got.Counter != 1 || !got.Saved.Equal(d.now) {
			t.Errorf("kept: %+v, %v", got, err)
		}
		now, _ := d.Article(t.Context(), a.ID)
		if now.Headline != "Harbour vote" || now.Version != 3 {
			t.Errorf("the article became %q of version %d", now.Headline, now.Version)
		}
		if list, err := d.WorkingCopiesOf(t.Context(), a.ID); err != nil || len(list) != 2 {
			t.Errorf("%v, %v", list, err)
		}
		if list, err := d.WorkingCopiesBy(t.Context(), 7, 10); err != nil || len(list) != 1 || list[0].Article != a.ID {
			t.Errorf("%v, %v", list, err)
		}
	})
}

func TestALateWorkingCopyReplacesNoNewerOne(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Vote", 0)
		keep := func(counter int64, headline string) error {
			return d.KeepWorkingCopy(t.Context(), typed(a, 7, counter, headline))
		}
		if err := keep(2, "second"); err != nil {
			t.Fatal(err)
		}
		wants(t, keep(1, "first"), fault.Conflict, "a newer text of yours is kept already")
		if err := keep(2, "second"); err != nil {
			t.Errorf("the same once more, whose answer was lost: %v", err)
		}
		wants(t, keep(2, "of another window"), fault.Conflict, "another window")
		if err := d.DropWorkingCopy(t.Context(), 7, a.ID, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := d.WorkingCopy(t.Context(), 7, a.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("it is dropped and there: %v", err)
		}
		wants(t, keep(2, "second"), fault.Conflict, "newer")
		if err := d.DropWorkingCopy(t.Context(), 7, a.ID, 3); err != nil { // one more was under way
			t.Fatal(err)
		}
		wants(t, keep(3, "under way"), fault.Conflict, "newer")
		if err := keep(4, "third"); err != nil {
			t.Fatal(err)
		}
		got, err := d.WorkingCopy(t.Context(), 7, a.ID)
		if err != nil || got.Fields.Headline != "third" {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestWhatNobodyTypesIsNoWorkingCopy(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Vote", 0)
		for name, bad := range map[string]struct {
			change func(*news.WorkingCopy)
			kind   fault.Kind
			words  string
		}{
			"no JSON":        {func(c *news.WorkingCopy) { c.Fields.Body = []byte(`{"type":`) }, fault.Invalid, "it is not what the editor writes"},
			"no document":    {func(c *news.WorkingCopy) { c.Fields.Body = []byte(`{"type":"paragraph"}`) }, fault.Invalid, "it is not what the editor writes"},
			"a long text":    {func(c *news.WorkingCopy) { c.Fields.Body = bytes.Repeat([]byte(" "), news.MaxBody+1) }, fault.Invalid, "the text is too long"},
			"long fields":    {func(c *news.WorkingCopy) { c.Fields.Excerpt = strings.Repeat("x", news.MaxFields) }, fault.Invalid, "too long"},
			"no version":     {func(c *news.WorkingCopy) { c.BasedOn = 2 }, fault.Invalid, "no version 2"},
			"nobody":         {func(c *news.WorkingCopy) { c.Staff = 0 }, fault.Invalid, "belongs to somebody"},
			"not counted":    {func(c *news.WorkingCopy) { c.Counter = 0 }, fault.Invalid, "is counted"},
			"not an article": {func(c *news.WorkingCopy) { c.Article = 99 }, fault.NotFound, ""},
		} {
			c := typed(a, 7, 1, "x")
			bad.change(c)
			t.Run(name, func(t *testing.T) { wants(t, d.KeepWorkingCopy(t.Context(), c), bad.kind, bad.words) })
		}
	})
}

func TestPresenceIsSeenForAWhile(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Vote", 0)
		present := func() []news.Presence {
			list, err := d.PresentSince(t.Context(), a.ID, d.now.Add(-30*time.Second))
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		for staff, typing := range map[news.StaffID]bool{7: true, 8: false} {
			if err := d.NotePresence(t.Context(), staff, a.ID, typing); err != nil {
				t.Fatal(err)
			}
		}
		if got := present(); len(got) != 2 || got[0].Staff != 7 || !got[0].Typing || got[1].Typing || !got[0].Seen.Equal(d.now) {
			t.Errorf("%+v", got)
		}
		if err := d.NoteAbsence(t.Context(), 8, a.ID); err != nil {
			t.Fatal(err)
		}
		if got := present(); len(got) != 1 || got[0].Staff != 7 {
			t.Errorf("after one has left: %+v", got)
		}
		d.now = d.now.Add(31 * time.Second)
		if got := present(); len(got) != 0 {
			t.Errorf("after half a minute of silence: %+v", got)
		}
		d.now = d.now.Add(time.Hour)
		if n, err := d.ForgetPresences(t.Context()); n != 1 || err != nil {
			t.Errorf("%d forgotten, %v", n, err)
		}
		if len(d.announced) != 0 {
			t.Errorf("readers were told: %v", d.announced)
		}
	})
}

func TestAPreviewEndsByItself(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Vote", 0)
		token, err := d.MakePreview(t.Context(), "Anna", a.ID, 7, d.now.Add(time.Hour))
		if err != nil || len(token) != 43 {
			t.Fatalf("%q, %v", token, err)
		}
		list, err := d.PreviewsOf(t.Context(), a.ID, 10)
		if err != nil || len(list) != 1 || list[0].CopyOf != 7 || list[0].By != "Anna" || list[0].Hash == token {
			t.Fatalf("%+v, %v", list, err)
		}
		for _, until := range []time.Time{d.now, d.now.Add(91 * 24 * time.Hour)} {
			_, err := d.MakePreview(t.Context(), "Anna", a.ID, 0, until)
			wants(t, err, fault.Invalid, "90 days")
		}
		if _, err := d.MakePreview(t.Context(), "Anna", 99, 0, d.now.Add(time.Hour)); !fault.Is(err, fault.NotFound) {
			t.Errorf("of an article that is not there: %v", err)
		}
		if n, err := d.EndPreviews(t.Context()); n != 0 || err != nil {
			t.Errorf("%d ended too early, %v", n, err)
		}
		d.now = d.now.Add(time.Hour)
		if n, err := d.EndPreviews(t.Context()); n != 1 || err != nil {
			t.Errorf("%d ended, %v", n, err)
		}
		token, err = d.MakePreview(t.Context(), "Anna", a.ID, 0, d.now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		list, _ = d.PreviewsOf(t.Context(), a.ID, 10)
		if err := d.EndPreview(t.Context(), "Anna", a.ID, list[0].Hash); err != nil {
			t.Fatal(err)
		}
		if list, err := d.PreviewsOf(t.Context(), a.ID, 10); err != nil || len(list) != 0 || token == "" {
			t.Errorf("%v, %v", list, err)
		}
	})
}

func TestWithdrawingEndsTheLinksToIt(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a, other := d.draft(t, "Vote", 0), d.draft(t, "Tide", 0)
		for _, id := range []news.ArticleID{a.ID, other.ID} {
			for _, copyOf := range []news.StaffID{0, 7} {
				if _, err := d.MakePreview(t.Context(), "Anna", id, copyOf, d.now.Add(time.Hour)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		wants(t, d.Withdraw(t.Context(), "Anna", other.ID, 1), fault.Invalid, "it can't be done (withdraw)")
		if err := d.Withdraw(t.Context(), "Anna", a.ID, 2); err != nil {
			t.Fatal(err)
		}
		if list, err := d.PreviewsOf(t.Context(), a.ID, 10); err != nil || len(list) != 1 || list[0].CopyOf != 7 {
			t.Errorf("left of what was withdrawn: %+v, %v", list, err)
		}
		if list, err := d.PreviewsOf(t.Context(), other.ID, 10); err != nil || len(list) != 2 {
			t.Errorf("left of another: %+v, %v", list, err)
		}
	})
}
