package demo

import (
	"context"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Work puts into the sample newsroom what its accounts have to do: a story that waits
// for review, with a note at a passage, one that is overdue, and one under embargo.
func Work(ctx context.Context, d *desk.Desk, s *store.Store, now time.Time) error {
	reporter, err := s.StaffByEmail(ctx, "reporter@lantern.example")
	if err != nil {
		return err
	}
	editor, err := s.StaffByEmail(ctx, "editor@lantern.example")
	if err != nil {
		return err
	}
	all, err := s.Sections(ctx)
	if err != nil {
		return err
	}
	day := func(days, hour int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+days, hour, 0, 0, 0, time.UTC)
	}
	for _, w := range []struct {
		section, headline, standfirst, text string
		work                                news.Assignment
		embargo                             time.Time
		stage                               news.StageID
		passage, question, answer           string
	}{
		{section: "city", headline: "Two bids for the new fish hall", standfirst: "The market committee opens the envelopes on Thursday.",
			text:  "<p>Two builders have offered to put up the new fish hall on Gannet Dock. The cheaper bid is eleven per cent below what the city had reckoned with.</p><p>Neither of them has built over water before.</p>",
			work:  news.Assignment{To: reporter.ID, Reviewer: editor.ID, Due: day(1, 15)},
			stage: news.ReviewStage, passage: "eleven per cent below", question: "Below which estimate: the one of spring, or the new one?", answer: "The new one. I have the paper, and will say so."},
		{section: "city", headline: "Who repairs the tide clock?",
			work: news.Assignment{To: reporter.ID, Due: day(-1, 12), Brief: "400 words. It has stood still since the storm; ask the harbour office and the clockmaker in Ropewalk."}},
		{section: "economy", headline: "Port authority: the year in figures", standfirst: "The report is ours under embargo.",
			text:    "<p>More containers, fewer passengers: the port authority’s report for the year.</p>",
			work:    news.Assignment{To: reporter.ID, Reviewer: editor.ID},
			embargo: day(2, 10), stage: news.ReadyStage},
	} {
		a := news.Article{Kind: news.Story, Headline: w.headline, Standfirst: w.standfirst, Body: body(w.text), Comments: news.CommentsModerated, Creator: editor.ID, Embargo: w.embargo}
		a.Assign(w.work)
		for id, section := range all {
			if section.Slug == w.section {
				a.Section, a.Sections = id, []news.SectionID{id}
			}
		}
		if err := d.Create(ctx, desk.By(&editor), &a); err != nil {
			return err
		}
		if w.stage != news.FirstStage {
			if err := d.SetStage(ctx, desk.By(&reporter), a.ID, a.Version, w.stage); err != nil {
				return err
			}
		}
		if w.question == "" {
			continue
		}
		n := &news.Note{Article: a.ID, By: editor.ID, Text: w.question, Passage: news.Passage{Block: 1, Quote: w.passage}}
		if err := d.AddNote(ctx, desk.By(&editor), n); err != nil {
			return err
		}
		if err := d.AddNote(ctx, desk.By(&reporter), &news.Note{Article: a.ID, By: reporter.ID, Parent: n.ID, Text: w.answer}); err != nil {
			return err
		}
	}
	return nil
}
