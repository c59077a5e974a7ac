package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func TestACorrectionIsAmendedAndRemovedInTheOpen(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, draft := d.live(t, "Vote"), d.draft(t, "Draft", 0)
		for text, of := range map[string]news.ArticleID{" \n ": a.ID, strings.Repeat("x", news.MaxCorrection+1): a.ID, "Well.": draft.ID} {
			if err := d.Correct(ctx, "Anna", &news.Correction{Article: of, Text: text}); !fault.Is(err, fault.Invalid) {
				t.Errorf("%.10q of article %d: %v", text, of, err)
			}
		}
		c := &news.Correction{Article: a.ID, Text: "It were seven votes.\r\n"}
		if err := d.Correct(ctx, "Anna", c); err != nil {
			t.Fatal(err)
		}
		made := d.now
		d.now = d.now.Add(time.Hour)
		d.announced = nil
		if err := d.AmendCorrection(ctx, "Ben", c.ID, 1, "It was seven votes."); err != nil {
			t.Fatal(err)
		}
		if len(d.announced) != 1 || !slices.Equal(d.announced[0].Refs, []news.Ref{news.ArticleCorrectionsRef(a.ID), news.CorrectionsRef}) {
			t.Errorf("announced %v", d.announced)
		}
		for name, err := range map[string]error{
			"amended at the version before":    d.AmendCorrection(ctx, "Anna", c.ID, 1, "Other."),
			"removed at the version before":    d.RemoveCorrection(ctx, "Anna", c.ID, 1),
			"amended at a version that is not": d.AmendCorrection(ctx, "Anna", c.ID, 9, "Other."),
		} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		seen, err := d.Corrections(ctx, a.ID)
		if err != nil || len(seen) != 1 || seen[0].Text != "It was seven votes." || !seen[0].Made.Equal(made) || !seen[0].Amended.Equal(d.now) || seen[0].Version != 2 {
			t.Errorf("readers see %+v, %v", seen, err)
		}
		if err := d.AmendCorrection(ctx, "Anna", c.ID, 2, "It was seven votes."); !fault.Is(err, fault.Invalid) {
			t.Errorf("amended to the same: %v", err)
		}
		if err := d.RemoveCorrection(ctx, "Anna", c.ID, 2); err != nil {
			t.Fatal(err)
		}
		if seen, err := d.Corrections(ctx, a.ID); err != nil || len(seen) != 0 {
			t.Errorf("readers see %+v, %v", seen, err)
		}
		all, err := d.AllCorrections(ctx, a.ID, 9)
		if err != nil || len(all) != 1 || !all[0].Removed.Equal(d.now) {
			t.Errorf("the newsroom sees %+v, %v", all, err)
		}
		before, err := d.CorrectionsBefore(ctx, []news.CorrectionID{c.ID})
		if err != nil || len(before[c.ID]) != 2 || before[c.ID][1].Text != "It were seven votes." || before[c.ID][1].By != "Ben" || before[c.ID][0].Text != "It was seven votes." {
			t.Errorf("it said before: %+v, %v", before, err)
		}
		if err := d.RemoveCorrection(ctx, "Anna", c.ID, 3); !fault.Is(err, fault.Invalid) {
			t.Errorf("removed twice: %v", err)
		}
	})
}

func TestTheListOfCorrectionsHasThoseOfPublicArticles(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, b := d.live(t, "One"), d.live(t, "Two")
		for i, of := range []news.ArticleID{a.ID, b.ID, a.ID} {
			d.now = d.now.Add(time.Minute)
			if err := d.Correct(ctx, "Anna", &news.Correction{Article: of, Text: []string{"First.", "Second.", "Third."}[i]}); err != nil {
				t.Fatal(err)
			}
		}
		list := func(after news.CorrectionPlace, n int) (texts []string, last news.CorrectionPlace) {
			t.Helper()
			all, err := d.LatestCorrections(ctx, after, n)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range all {
				texts, last = append(texts, c.Text), c.Place()
			}
			return texts, last
		}
		texts, last := list(news.CorrectionPlace{}, 2)
		if more, _ := list(last, 9); !slices.Equal(texts, []string{"Third.", "Second."}) || !slices.Equal(more, []string{"First."}) {
			t.Errorf("%v, then %v", texts, more)
		}
		d.announced = nil
		if err := d.Withdraw(ctx, "Anna", a.ID, 2); err != nil {
			t.Fatal(err)
		}
		if texts, _ := list(news.CorrectionPlace{}, 9); !slices.Equal(texts, []string{"Second."}) || !slices.Contains(d.announced[0].Refs, news.CorrectionsRef) {
			t.Errorf("of those that are public: %v; announced %v", texts, d.announced)
		}
		if ok, err := d.StandsCorrected(ctx, last); err != nil || !ok {
			t.Errorf("the second stands there: %v, %v", ok, err)
		}
	})
}

func TestAReasonIsKeptWithWhatIsWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a := d.live(t, "Vote")
		long := news.Withdrawal{Reason: strings.Repeat("x", news.MaxReason+1), Note: strings.Repeat("y", news.MaxReason+1)}
		if err := d.WithdrawFor(ctx, "Anna", a.ID, 2, long); !fault.Is(err, fault.Invalid) {
			t.Errorf("a reason that is far too long: %v", err)
		}
		w := news.Withdrawal{Reason: " It names somebody who was not there.\r\n", Note: "Letter of 3 July."}
		if err := d.WithdrawFor(ctx, "Anna", a.ID, 2, w); err != nil {
			t.Fatal(err)
		}
		got, err := d.Withdrawal(ctx, a.ID)
		if err != nil || got.Reason != "It names somebody who was not there." || got.Note != w.Note || got.By != "Anna" || !got.At.Equal(d.now) {
			t.Errorf("%+v, %v", got, err)
		}
		seen := got
		d.now = d.now.Add(time.Hour)
		if err := d.ChangeReason(ctx, "Ben", a.ID, seen, news.Withdrawal{Reason: "It names somebody else.", Note: w.Note}); err != nil {
			t.Fatal(err)
		}
		if now, err := d.Withdrawal(ctx, a.ID); err != nil || now.Reason != "It names somebody else." || now.Note != w.Note || now.By != "Anna" || !now.At.Equal(seen.At) {
			t.Errorf("said otherwise: %+v, %v", now, err)
		}
		if err := d.ChangeReason(ctx, "Cleo", a.ID, seen, news.Withdrawal{Reason: "Mine."}); !fault.Is(err, fault.Conflict) {
			t.Errorf("over somebody else's: %v", err)
		}
		if err := d.Restore(ctx, "Anna", a.ID, 3); err != nil {
			t.Fatal(err)
		}
		if err := d.ChangeReason(ctx, "Cleo", a.ID, seen, news.Withdrawal{Reason: "Mine."}); !fault.Is(err, fault.Invalid) {
			t.Errorf("of what is not withdrawn: %v", err)
		}
		if err := d.Publish(ctx, "Anna", a.ID, 4); err != nil {
			t.Fatal(err)
		}
		if now := d.stands(t, a.ID); now.Path != a.Path || !now.Published.Equal(a.Published) {
			t.Errorf("it is back as %+v", now)
		}
		if err := d.Withdraw(ctx, "Anna", a.ID, 5); err != nil {
			t.Fatal(err)
		}
		if got, err := d.Withdrawal(ctx, a.ID); err != nil || got.Reason != "" || got.Note != "" {
			t.Errorf("withdrawn again: %+v, %v", got, err)
		}
	})
}
