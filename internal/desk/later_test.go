package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// paragraphs is a body of them, parted by "|".
func paragraphs(text string) []byte {
	var all []string
	for p := range strings.SplitSeq(text, "|") {
		all = append(all, fmt.Sprintf(`{"type":"paragraph","content":[{"type":"text","text":%q}]}`, p))
	}
	return []byte(`{"type":"doc","content":[` + strings.Join(all, ",") + `]}`)
}

// live is a published article of three paragraphs, at version 2.
func (d *fixture) live(t *testing.T, headline string) news.Article {
	t.Helper()
	a := &news.Article{Kind: news.Story, Headline: headline, Standfirst: "Tonight.", Body: paragraphs("One.|Two.|Three."), Comments: news.CommentsModerated}
	if err := d.Create(t.Context(), "Anna", a); err != nil {
		t.Fatal(err)
	}
	if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
		t.Fatal(err)
	}
	return d.stands(t, a.ID)
}

func (d *fixture) stands(t *testing.T, id news.ArticleID) news.Article {
	t.Helper()
	a, err := d.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// later keeps a change of an article as it stands for in so many hours.
func (d *fixture) later(t *testing.T, a news.Article, hours int, change func(*news.Article)) *news.LaterChange {
	t.Helper()
	c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: a}
	change(&c.Fields)
	if hours > 0 {
		c.Due = d.now.Add(time.Duration(hours) * time.Hour)
	}
	if err := d.ScheduleChange(t.Context(), "Ben <ben@paper.example>", c); err != nil {
		t.Fatal(err)
	}
	return c
}

func (d *fixture) save(t *testing.T, id news.ArticleID, change func(*news.Article)) {
	t.Helper()
	a := d.stands(t, id)
	change(&a)
	if err := d.Save(t.Context(), "Anna", &a); err != nil {
		t.Fatal(err)
	}
}

// due puts in what is due, and checks how many went in and how many did not.
func (d *fixture) due(t *testing.T, done, failed int) {
	t.Helper()
	if a, b, err := d.ApplyDueChanges(t.Context()); err != nil || a != done || b != failed {
		t.Errorf("%d went in and %d failed, %v; want %d and %d", a, b, err, done, failed)
	}
}

func TestAChangeGoesInAtItsHourAndLeavesWhatOthersHaveChanged(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.live(t, "Vote tonight")
		c := d.later(t, a, 2, func(a *news.Article) {
			a.Headline, a.Body, a.Slug = "Vote over", paragraphs("One.|Two.|It is over."), "vote-over"
		})
		if got := d.stands(t, a.ID); got.Version != 2 || got.Headline != "Vote tonight" {
			t.Errorf("before the hour: %+v", got)
		}
		d.save(t, a.ID, func(a *news.Article) { a.Standfirst, a.Body = "Corrected.", paragraphs("One, put right.|Two.|Three.") })
		d.now = d.now.Add(time.Hour)
		d.due(t, 0, 0)
		d.announced = nil
		d.now = d.now.Add(5 * time.Hour) // the server was off at that hour
		d.due(t, 1, 0)
		d.due(t, 0, 0)
		got := d.stands(t, a.ID)
		if got.Headline != "Vote over" || got.Standfirst != "Corrected." || string(got.Body) != string(paragraphs("One, put right.|Two.|It is over.")) {
			t.Errorf("after the hour: %+v\n%s", got, got.Body)
		}
		if !got.Updated.IsZero() || got.Version != 4 || got.ChangedBy != "the clock, for Ben <ben@paper.example>" {
			t.Errorf("after the hour: updated %v, version %d, by %s", got.Updated, got.Version, got.ChangedBy)
		}
		if !strings.HasSuffix(got.Path, "/vote-over/") {
			t.Errorf("it stands at %s", got.Path)
		}
		if old, err := d.Address(t.Context(), a.Path); err != nil || old.State != news.Moved {
			t.Errorf("the address before is %+v, %v", old, err)
		}
		if len(d.announced) != 1 || !slices.Contains(d.announced[0].Refs, news.ArticleRef(a.ID)) {
			t.Errorf("announced %v", d.announced)
		}
		if r, err := d.Revision(t.Context(), a.ID, 4); err != nil || r.Verb != "publish change" || r.By != got.ChangedBy {
			t.Errorf("its revision: %s by %s, %v", r.Verb, r.By, err)
		}
		if _, err := d.LaterChange(t.Context(), c.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("the change is still there: %v", err)
		}
	})
}

func TestAChangeSaysUpdatedWhereThatWasChosen(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.live(t, "One")
		c := d.later(t, a, 1, func(a *news.Article) { a.Kicker = "Port" })
		if err := d.ChangeHour(t.Context(), "Ben", c.ID, c.Version, c.Due, true); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(3 * time.Hour)
		d.due(t, 1, 0)
		if got := d.stands(t, a.ID); !got.Updated.Equal(c.Due) || got.Kicker != "Port" {
			t.Errorf("updated %v, want its hour %v: %+v", got.Updated, c.Due, got)
		}
	})
}

func TestWhereBothHaveChangedTheSameTheLiveArticleStays(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a := d.live(t, "Vote")
		c := d.later(t, a, 1, func(a *news.Article) { a.Headline, a.Kicker, a.Body = "Mine", "Port", paragraphs("One.|Mine.|Three.") })
		d.save(t, a.ID, func(a *news.Article) { a.Headline, a.Body = "Theirs", paragraphs("One.|Theirs.|Three.") })
		d.now = d.now.Add(2 * time.Hour)
		d.announced = nil
		d.due(t, 0, 1)
		d.due(t, 0, 0)
		if len(d.announced) != 0 {
			t.Errorf("announced %v", d.announced)
		}
		if got := d.stands(t, a.ID); got.Version != 3 || got.Headline != "Theirs" || got.Kicker != "" {
			t.Errorf("the live article is %+v", got)
		}
		failed, err := d.LaterChangesFailed(ctx, 99, 9)
		if err != nil || len(failed) != 1 || failed[0].Reason != news.BothChanged || !failed[0].Failed.Equal(d.now) || failed[0].Fields.Headline != "Mine" {
			t.Fatalf("failed: %+v, %v", failed, err)
		}
		live := d.stands(t, a.ID)
		m, err := desk.MergeLater(ctx, d.Reader, &failed[0], &live)
		if err != nil || len(m.Conflicts) != 2 || m.Conflicts[0].Mine != "Mine" || m.Conflicts[0].Theirs != "Theirs" || m.Conflicts[1].Mine != "Mine." || m.Conflicts[1].Theirs != "Theirs." {
			t.Errorf("both texts: %+v, %v", m, err)
		}
		if err := d.ApplyChange(ctx, "Ben", c.ID, failed[0].Version, false); !fault.Is(err, fault.Conflict) {
			t.Errorf("put in by hand: %v", err)
		}
		// Somebody mends it: what they send takes its place.
		c.BasedOn, c.Version, c.Due, c.Fields = live.Version, failed[0].Version, d.now.Add(time.Hour), live
		c.Fields.Headline = "Mine after all"
		if err := d.ScheduleChange(ctx, "Ben", c); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Hour)
		d.due(t, 1, 0)
		if got := d.stands(t, a.ID); got.Headline != "Mine after all" || got.Version != 4 {
			t.Errorf("mended: %+v", got)
		}
	})
}

func TestSeveralChangesGoInInTheOrderOfTheirHours(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.live(t, "Vote")
		d.later(t, a, 3, func(a *news.Article) { a.Kicker = "Third" })
		d.later(t, a, 1, func(a *news.Article) { a.Kicker, a.Headline = "First", "Vote begins" })
		d.later(t, a, 2, func(a *news.Article) { a.Standfirst = "Second." })
		waiting, err := d.LaterChangesOf(t.Context(), a.ID, 9)
		if err != nil || len(waiting) != 3 || waiting[0].Fields.Kicker != "First" || waiting[2].Fields.Kicker != "Third" {
			t.Fatalf("waiting: %+v, %v", waiting, err)
		}
		d.now = d.now.Add(4 * time.Hour)
		d.due(t, 2, 1) // the third and the first have both given it another kicker
		if got := d.stands(t, a.ID); got.Kicker != "First" || got.Headline != "Vote begins" || got.Standfirst != "Second." || got.Version != 4 {
			t.Errorf("%+v", got)
		}
	})
}

func TestAChangeOfWhatWasWithdrawnFails(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a, b := d.live(t, "Vote"), d.live(t, "Other")
		topic := &news.Topic{Name: "Tides"}
		if err := d.CreateTopic(t.Context(), "Anna", topic); err != nil {
			t.Fatal(err)
		}
		d.later(t, a, 1, func(a *news.Article) { a.Kicker = "Port" })
		d.later(t, b, 1, func(a *news.Article) { a.Topics = []news.TopicID{topic.ID} })
		if err := d.Withdraw(t.Context(), "Anna", a.ID, 2); err != nil {
			t.Fatal(err)
		}
		if err := d.RetireTopic(t.Context(), "Anna", topic.ID, 1, true); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Hour)
		d.due(t, 0, 2)
		failed, err := d.LaterChangesFailed(t.Context(), 99, 9)
		if err != nil || len(failed) != 2 || failed[0].Reason != news.NotTakenOver || failed[1].Reason != news.NotLive {
			t.Errorf("failed: %+v, %v", failed, err)
		}
		if got := d.stands(t, a.ID); got.State != news.Withdrawn || got.Version != 3 {
			t.Errorf("%+v", got)
		}
	})
}

func TestAChangeIsKeptChangedAndThrownAway(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a, draft := d.live(t, "Vote"), d.draft(t, "Draft", 0)
		for name, c := range map[string]*news.LaterChange{
			"of a draft":       {Article: draft.ID, BasedOn: 1, Fields: *draft},
			"for the past":     {Article: a.ID, BasedOn: 2, Fields: a, Due: d.now},
			"of no version":    {Article: a.ID, BasedOn: 9, Fields: a},
			"of nonsense":      {Article: a.ID, BasedOn: 2, Fields: news.Article{Body: []byte("nonsense")}},
			"far too long":     {Article: a.ID, BasedOn: 2, Fields: news.Article{Body: paragraphs("."), Headline: strings.Repeat("x", 501)}},
			"beyond all bound": {Article: a.ID, BasedOn: 2, Fields: news.Article{Body: paragraphs("."), SearchTitle: strings.Repeat("x", news.MaxFields)}},
		} {
			if err := d.ScheduleChange(ctx, "Ben", c); !fault.Is(err, fault.Invalid) {
				t.Errorf("a change %s: %v", name, err)
			}
		}
		c := d.later(t, a, 0, func(a *news.Article) { a.Kicker = "Port" })
		d.now = d.now.Add(240 * time.Hour)
		d.due(t, 0, 0) // it waits for a person
		if kept, err := d.LaterChangesKept(ctx, 99, 9); err != nil || len(kept) != 1 {
			t.Errorf("kept: %+v, %v", kept, err)
		}
		if err := d.ChangeHour(ctx, "Ben", c.ID, 1, d.now, false); !fault.Is(err, fault.Invalid) {
			t.Errorf("an hour that has passed: %v", err)
		}
		if err := d.ChangeHour(ctx, "Ben", c.ID, 1, d.now.Add(time.Hour), false); err != nil {
			t.Error(err)
		}
		if next, err := d.LaterChangesFrom(ctx, time.Time{}, 0, 9); err != nil || len(next) != 1 || next[0].ID != c.ID || next[0].Version != 2 {
			t.Errorf("next: %+v, %v", next, err)
		}
		for name, act := range map[string]func(version int) error{
			"hour":   func(v int) error { return d.ChangeHour(ctx, "Anna", c.ID, v, time.Time{}, false) },
			"cancel": func(v int) error { return d.CancelChange(ctx, "Anna", c.ID, v) },
			"apply":  func(v int) error { return d.ApplyChange(ctx, "Anna", c.ID, v, false) },
		} {
			if err := act(1); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s at the version before: %v", name, err)
			}
		}
		if err := d.ApplyChange(ctx, "Anna", c.ID, 2, true); err != nil {
			t.Error(err)
		}
		if got := d.stands(t, a.ID); got.Kicker != "Port" || !got.Updated.Equal(d.now) || got.ChangedBy != "Anna" {
			t.Errorf("put in by hand: %+v", got)
		}
		c = d.later(t, d.stands(t, a.ID), 1, func(a *news.Article) { a.Kicker = "Harbour" })
		if err := d.CancelChange(ctx, "Anna", c.ID, 1); err != nil {
			t.Error(err)
		}
		if err := d.CancelChange(ctx, "Anna", c.ID, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("thrown away twice: %v", err)
		}
		d.now = d.now.Add(2 * time.Hour)
		d.due(t, 0, 0)
	})
}

// Of several processes one puts a change in, once, while an editor saves the article
// and another moves the hours about.
func TestTheClockPutsChangesInOnceWithSeveralProcesses(t *testing.T) {
	storetest.EachDB(t, func(t *testing.T, database *db.DB) {
		d := &fixture{Store: store.New(database), now: time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)}
		d.Desk = desk.New(d.Store, d.clock, func(news.Change) {})
		const articles = 6
		for i := range articles {
			a := d.live(t, fmt.Sprint("Story ", i))
			for n := range 3 {
				d.later(t, a, n+1, func(a *news.Article) {
					switch n {
					case 0:
						a.Headline += ", first"
					case 1:
						a.Standfirst = "Second."
					case 2:
						a.Kicker = "Third"
					}
				})
			}
		}
		d.now = d.now.Add(24 * time.Hour)
		var all sync.WaitGroup
		var mu sync.Mutex
		done := 0
		for range 4 {
			all.Go(func() {
				other := desk.New(store.New(database), d.clock, func(news.Change) {})
				for range 4 {
					n, failed, err := other.ApplyDueChanges(t.Context())
					if err != nil || failed > 0 {
						t.Errorf("%d failed, %v", failed, err)
					}
					mu.Lock()
					done += n
					mu.Unlock()
				}
			})
		}
		all.Go(func() {
			for range 10 {
				a, err := d.Article(t.Context(), 1)
				if err == nil {
					a.SearchTitle += "x"
					err = d.Save(t.Context(), "Anna", &a)
				}
				if err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			}
		})
		all.Wait()
		n, _, err := d.ApplyDueChanges(t.Context()) // those that an editor was in the way of each time
		if done += n; err != nil || done != 3*articles {
			t.Errorf("%d changes went in, want %d; %v", done, 3*articles, err)
		}
		for i := range articles {
			a := d.stands(t, news.ArticleID(i+1))
			if a.Headline != fmt.Sprintf("Story %d, first", i) || a.Standfirst != "Second." || a.Kicker != "Third" {
				t.Errorf("%+v", a)
			}
		}
		lines := 0
		for _, l := range auditLog(t, database) {
			if l.verb == "publish change" {
				lines++
			}
		}
		if lines != 3*articles {
			t.Errorf("%d lines in the log", lines)
		}
	})
}

// A picture that a change is to bring stays until the change is put in or thrown away.
func TestAPictureOfAChangeThatWaitsIsInUse(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a := d.live(t, "Vote")
		p := &news.Picture{Name: "a.jpg", Path: "/a.jpg"}
		if err := d.AddPicture(ctx, "Anna", p); err != nil {
			t.Fatal(err)
		}
		stored, err := d.Picture(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		c := d.later(t, a, 1, func(a *news.Article) { a.LeadPicture = p.ID })
		if err := d.DeletePicture(ctx, "Anna", p.ID, stored.Version); !fault.Is(err, fault.Invalid) {
			t.Errorf("while it waits: %v", err)
		}
		if err := d.CancelChange(ctx, "Anna", c.ID, 1); err != nil {
			t.Fatal(err)
		}
		if err := d.DeletePicture(ctx, "Anna", p.ID, stored.Version); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}
