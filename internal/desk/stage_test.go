package desk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func TestADraftGoesThroughTheStagesOfTheNewsroom(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a, ctx := d.draft(t, "Harbour vote", 0), t.Context()
		if err := d.SetStage(ctx, "Rosa", a.ID, 1, news.ReviewStage); err != nil {
			t.Fatal(err)
		}
		wants(t, d.SetStage(ctx, "Rosa", a.ID, 1, news.ReadyStage), fault.Conflict, "somebody else")
		wants(t, d.SetStage(ctx, "Rosa", a.ID, 2, news.ReviewStage), fault.Invalid, "another stage")
		wants(t, d.SetStage(ctx, "Rosa", a.ID, 2, 99), fault.Invalid, "no stage 99")
		if err := d.SetStage(ctx, "Edmund", a.ID, 2, news.ReadyStage); err != nil {
			t.Fatal(err)
		}
		got, _ := d.Article(ctx, a.ID)
		if got.State != news.Draft || got.Stage != news.ReadyStage || got.Version != 3 {
			t.Errorf("it is %+v", got)
		}
		// Each step is a revision, and a line that says from where to where.
		list, err := d.Revisions(ctx, a.ID, 0, 9)
		if err != nil || len(list) != 3 || list[0].Verb != "stage" || list[0].By != "Edmund" || list[0].Fields.Stage != news.ReadyStage {
			t.Errorf("%+v, %v", list, err)
		}
		log, _ := d.AuditBefore(ctx, 1<<40, 2)
		if log[0].Verb != "stage" || log[0].Detail != "in review -> ready" || log[1].Detail != "draft -> in review" {
			t.Errorf("the log says %+v", log)
		}
		// To save the text moves it nowhere.
		got.Stage, got.Headline = news.FirstStage, "Harbour vote tonight"
		if err := d.Save(ctx, "Rosa", &got); err != nil {
			t.Fatal(err)
		}
		if got, _ = d.Article(ctx, a.ID); got.Stage != news.ReadyStage {
			t.Errorf("after saving it is in the stage %d", got.Stage)
		}
		// What is scheduled comes back to where it was, what was withdrawn begins anew.
		if err := d.Schedule(ctx, "Edmund", a.ID, 4, d.now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		wants(t, d.SetStage(ctx, "Edmund", a.ID, 5, news.ReviewStage), fault.Invalid, "another stage")
		if err := d.Restore(ctx, "Edmund", a.ID, 5); err != nil {
			t.Fatal(err)
		}
		if got, _ = d.Article(ctx, a.ID); got.Stage != news.ReadyStage {
			t.Errorf("not scheduled any more, it is in the stage %d", got.Stage)
		}
		if err := errors.Join(d.Publish(ctx, "Edmund", a.ID, 6), d.Withdraw(ctx, "Edmund", a.ID, 7), d.Restore(ctx, "Edmund", a.ID, 8)); err != nil {
			t.Fatal(err)
		}
		if got, _ = d.Article(ctx, a.ID); got.Stage != news.FirstStage {
			t.Errorf("withdrawn and taken back, it is in the stage %d", got.Stage)
		}
	})
}

func TestANewsroomHasStagesOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		var legal news.StageID
		change := func(version int, f func(*news.Stages)) error {
			return d.ChangeStages(ctx, "Ada", version, func(s *news.Stages) error { f(s); return nil })
		}
		if err := change(1, func(s *news.Stages) {
			legal = s.Add(news.Stage{Name: "Legal", Needs: news.MayEdit, Publishes: true})
			s.List[1].Name, s.List[0].Publishes, s.List[1].Publishes, s.List[2].Publishes = "Desk", false, false, false
			s.Order([]news.StageID{legal, news.ReadyStage, news.ReviewStage})
		}); err != nil {
			t.Fatal(err)
		}
		s, err := d.Stages(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var ids []news.StageID
		for _, st := range s.List {
			ids = append(ids, st.ID)
		}
		if s.Version != 2 || !slices.Equal(ids, []news.StageID{news.FirstStage, legal, news.ReadyStage, news.ReviewStage}) || !slices.Equal(s.Review(), []news.StageID{news.ReviewStage}) {
			t.Errorf("the stages are %+v", s)
		}
		wants(t, change(1, func(*news.Stages) {}), fault.Conflict, "somebody else")
		for problem, f := range map[news.FieldProblem]func(*news.Stages){
			news.Missing:   func(s *news.Stages) { s.List[1].Name = " \u200b" },
			news.TooLong:   func(s *news.Stages) { s.List[1].Name = strings.Repeat("ä", news.MaxStageName+1) },
			news.Taken:     func(s *news.Stages) { s.List[1].Name = "Desk" },
			news.LastStage: func(s *news.Stages) { s.List[1].Publishes = false },
			news.BadChoice: func(s *news.Stages) { s.List[1].Needs = news.MayStaff },
			news.TooMany: func(s *news.Stages) {
				for range news.MostStages {
					s.Add(news.Stage{Name: string(rune('a' + len(s.List))), Needs: news.MayWrite})
				}
			},
		} {
			err := change(2, f)
			e, ok := errors.AsType[*fault.Error](err)
			if !ok || e.Kind != fault.Invalid || !slices.Contains(values(e.Fields), string(problem)) {
				t.Errorf("%s: the error is %v", problem, err)
			}
		}

		// From a stage that does not publish nothing goes out.
		a := d.draft(t, "Harbour vote", 0)
		wants(t, d.Publish(ctx, "Edmund", a.ID, 1), fault.Invalid, "nothing is published")
		wants(t, d.Schedule(ctx, "Edmund", a.ID, 1, d.now.Add(time.Hour)), fault.Invalid, "nothing is published")
		if err := d.SetStage(ctx, "Edmund", a.ID, 1, legal); err != nil {
			t.Fatal(err)
		}

		// A stage that goes gives its articles to another, whose versions stay.
		wants(t, d.RemoveStage(ctx, "Ada", 2, news.FirstStage, legal), fault.Invalid, "can't be taken away")
		wants(t, d.RemoveStage(ctx, "Ada", 2, legal, legal), fault.Invalid, "no stage")
		if err := change(2, func(s *news.Stages) { s.List[2].Publishes = true }); err != nil {
			t.Fatal(err)
		}
		if err := d.RemoveStage(ctx, "Ada", 3, legal, news.ReadyStage); err != nil {
			t.Fatal(err)
		}
		got, _ := d.Article(ctx, a.ID)
		if got.Stage != news.ReadyStage || got.Version != 2 {
			t.Errorf("it is %+v", got)
		}
		log, _ := d.AuditBefore(ctx, 1<<40, 1)
		if log[0].Verb != "remove" || log[0].Detail != "Legal -> ready, 1 articles" {
			t.Errorf("the log says %+v", log[0])
		}
		if err := d.Publish(ctx, "Edmund", a.ID, 2); err != nil {
			t.Error(err)
		}
		// The number of what went is not given out again.
		if err := change(4, func(s *news.Stages) {
			if id := s.Add(news.Stage{Name: "Sub", Needs: news.MayWrite}); id == legal {
				t.Errorf("the new stage has the number %d again", id)
			}
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func values(m map[string]string) (all []string) {
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

func TestWorkIsGivenToSomebody(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		rosa := &news.Staff{Name: "Rosa", Email: "rosa@paper.example", Grants: []news.Grant{{Role: news.Reporter}}}
		if _, err := d.AddStaff(ctx, "test", rosa); err != nil {
			t.Fatal(err)
		}
		a := d.draft(t, "Harbour vote", 0)
		work := news.Assignment{To: rosa.ID, Reviewer: rosa.ID, Due: d.now.Add(2 * time.Hour), Brief: "400 words"}
		if err := d.Assign(ctx, "Edmund", a.ID, 1, work); err != nil {
			t.Fatal(err)
		}
		got, _ := d.Article(ctx, a.ID)
		if now := got.Assignment(); now.To != rosa.ID || now.Reviewer != rosa.ID || !now.Due.Equal(work.Due) || now.Brief != work.Brief || !got.Theirs(rosa.ID) || got.Theirs(rosa.ID+1) {
			t.Errorf("the work is %+v", now)
		}
		if got.Overdue(work.Due) || !got.Overdue(work.Due.Add(time.Second)) {
			t.Error("it is overdue at the wrong hour")
		}
		log, _ := d.AuditBefore(ctx, 1<<40, 1)
		if log[0].Verb != "assign" || log[0].Detail != "nobody -> staff 1, reviewed by staff 1, until 2026-07-05T14:00:00Z" {
			t.Errorf("the log says %+v", log[0])
		}
		wants(t, d.Assign(ctx, "Edmund", a.ID, 2, news.Assignment{To: 99}), fault.Invalid, "account")
		// An old text brings no old assignment back.
		if _, err := d.RestoreRevision(ctx, "Edmund", a.ID, 2, 1); err != nil {
			t.Fatal(err)
		}
		if got, _ = d.Article(ctx, a.ID); got.Assigned != rosa.ID {
			t.Errorf("it is assigned to %d", got.Assigned)
		}
	})
}

// No verb brings out what is under embargo before its hour, and none puts out an
// embargo over what is out or is to be.
func TestNothingUnderEmbargoIsPublishedBeforeItsHour(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		ctx := t.Context()
		a := d.draft(t, "Harbour vote", 0)
		hour := d.now.Add(3 * time.Hour)
		if err := d.SetEmbargo(ctx, "Edmund", a.ID, 1, hour); err != nil {
			t.Fatal(err)
		}
		log, _ := d.AuditBefore(ctx, 1<<40, 1)
		if log[0].Verb != "embargo" || log[0].Detail != "none -> 2026-07-05T15:00:00Z" {
			t.Errorf("the log says %+v", log[0])
		}
		wants(t, d.Publish(ctx, "Edmund", a.ID, 2), fault.Invalid, "publish")
		wants(t, d.PublishAs(ctx, "Edmund", a.ID, 2, d.now.Add(-time.Hour)), fault.Invalid, "publish")
		wants(t, d.Schedule(ctx, "Edmund", a.ID, 2, hour.Add(-time.Minute)), fault.Invalid, "schedule")
		if err := d.Schedule(ctx, "Edmund", a.ID, 2, hour); err != nil {
			t.Fatal(err)
		}
		wants(t, d.SetEmbargo(ctx, "Edmund", a.ID, 3, hour.Add(time.Minute)), fault.Invalid, "embargo")
		got, _ := d.Article(ctx, a.ID)
		got.Embargo = hour.Add(time.Minute)
		wants(t, d.Save(ctx, "Edmund", &got), fault.Invalid, "embargo")
		d.now = hour.Add(-time.Second)
		if n, err := d.PublishDue(ctx); n != 0 || err != nil {
			t.Errorf("the clock published %d, %v", n, err)
		}
		d.now = hour
		if n, err := d.PublishDue(ctx); n != 1 || err != nil {
			t.Errorf("at its hour the clock published %d, %v", n, err)
		}
		wants(t, d.SetEmbargo(ctx, "Edmund", a.ID, 4, hour.Add(time.Hour)), fault.Invalid, "embargo")

		// Nor does an import that comes after the embargo was set.
		source, err := d.ImportSource(ctx, "wordpress", "https://old.example")
		if err != nil {
			t.Fatal(err)
		}
		item := desk.ImportItem{OldID: "1", Hash: "a", Article: news.Article{Kind: news.Story, State: news.Draft, Language: "en", Headline: "Old", Body: []byte(words), Comments: news.CommentsModerated}}
		result, err := d.ImportArticles(ctx, source, []desk.ImportItem{item})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.SetEmbargo(ctx, "Edmund", result[0].ID, 1, d.now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		item.Hash, item.Article.State, item.Article.Published = "b", news.Published, d.now
		if result, err = d.ImportArticles(ctx, source, []desk.ImportItem{item}); err != nil || result[0].Outcome != desk.Kept {
			t.Fatalf("%+v, %v", result, err)
		}
		if got, _ = d.Article(ctx, result[0].ID); got.Public() || got.Embargo.IsZero() {
			t.Errorf("the import made it %+v", got)
		}
	})
}
