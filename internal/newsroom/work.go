package newsroom

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Work is what the form of an article says of its way through the newsroom: which
// stage comes next, who writes and reviews it until when, and its embargo.
type Work struct {
	Next   *StageMove  // the stage that comes next, where whoever looks may move it there; nil for none
	Others []StageMove // further ones
	Held   string      // why it can't be published now, in words; "" where it can

	Assigning bool     // whoever looks gives work to others here
	Writers   []Choice // who may be given it
	Reviewers []Choice
	Writer    string // names; "" for nobody
	Reviewer  string
	DueAt     string // as a field of a form has it; "" for none
	EmbargoAt string
	DueOn     string // in words
	DueWords  string // likewise, as a sentence
	Overdue   bool
	Embargoed string // until when it is under embargo, in words; "" where it is not (any more)
}

// StageMove is a stage that an article can be moved to.
type StageMove struct {
	ID    news.StageID
	Label string // of its button
}

// hourField is how a field of a form has an hour, in the paper's zone.
const hourField = "2006-01-02T15:04"

// standing is where an article stands, in words: its state, of a draft the stage.
func (v *visit) standing(state news.State, stage news.StageID) string {
	if state != news.Draft {
		return v.l.Word("state_" + stateWord(state))
	}
	st := v.stages.Of(stage)
	return v.stageName(&st)
}

// stageName is what a stage is called: its own name, else the word for it.
func (v *visit) stageName(s *news.Stage) string {
	if s.Name != "" {
		return s.Name
	}
	return v.l.Word("stage_" + strings.ReplaceAll(s.Key(), " ", "_"))
}

// mayEnter reports whether somebody may move an article, which they may change, into
// a stage.
func (v *visit) mayEnter(a *news.Article, s *news.Stage, all news.Sections) bool {
	return s.Needs == news.MayWrite || v.staff.MayIn(news.MayEdit, lines(a, all))
}

// moves are the stages that whoever looks may move a draft into: the one that comes
// next, then the others.
func (v *visit) moves(a *news.Article, all news.Sections) (next *StageMove, others []StageMove) {
	if a.State != news.Draft || !v.mayChange(a, all) {
		return nil, nil
	}
	here := slices.IndexFunc(v.stages.List, func(s news.Stage) bool { return s.ID == v.stages.Of(a.Stage).ID })
	for i := range v.stages.List {
		s := &v.stages.List[i]
		if i == here || !v.mayEnter(a, s, all) {
			continue
		}
		move := StageMove{s.ID, v.l.Say("stage_to", "name", v.stageName(s))}
		if s.Name == "" {
			move.Label = v.l.Word("stage_to_" + strings.ReplaceAll(s.Key(), " ", "_"))
		}
		if i == here+1 {
			next = &move
			continue
		}
		others = append(others, move)
	}
	return next, others
}

// fillWork fills in the way of the article through the newsroom; t is it as typed.
func (v *visit) fillWork(view *ArticleEdit, a, t *news.Article, all news.Sections) error {
	w := &view.Work
	w.Next, w.Others = v.moves(a, all)
	w.Held = v.held(a)
	w.Assigning = view.MaySave && v.staff.MayIn(news.MayEdit, lines(a, all))
	w.Overdue = a.Overdue(v.Now())
	if w.DueAt = v.hour(t.Due); !a.Due.IsZero() {
		w.DueOn, w.DueWords = v.moment(a.Due), v.l.Say("due_at", "date", v.moment(a.Due))
	}
	if w.EmbargoAt = v.hour(t.Embargo); a.Embargo.After(v.Now()) {
		w.Embargoed = v.l.Say("embargo_until", "date", v.moment(a.Embargo))
	}
	staff, err := v.Store.AllStaff(v.ctx())
	if err != nil {
		return err
	}
	w.Writer, w.Reviewer = nameOf(staff, a.Assigned), nameOf(staff, a.Reviewer)
	if w.Assigning {
		w.Writers, w.Reviewers = v.colleagues(staff, news.MayWrite, t.Assigned), v.colleagues(staff, news.MayEdit, t.Reviewer)
	}
	return nil
}

// held says why an article can't be published as it stands; "" where nothing holds
// it.
func (v *visit) held(a *news.Article) string {
	if a.Embargo.After(v.Now()) {
		return v.l.Say("held_by_embargo", "date", v.moment(a.Embargo))
	}
	if st := v.stages.Of(a.Stage); a.State == news.Draft && !st.Publishes {
		return v.l.Say("held_by_stage", "name", v.stageName(&st))
	}
	return ""
}

// hour is a time as a field of a form has it.
func (v *visit) hour(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(v.settings.Zone()).Format(hourField)
}

// nameOf is the name of an account; "" for nobody.
func nameOf(staff []news.Staff, id news.StaffID) string {
	for i := range staff {
		if staff[i].ID == id {
			return staff[i].Name
		}
	}
	return ""
}

// colleagues are those of the staff who may do something, to be chosen from; who is
// chosen already is among them.
func (v *visit) colleagues(staff []news.Staff, may news.Permission, chosen news.StaffID) []Choice {
	var list []Choice
	for i := range staff {
		s := &staff[i]
		if s.May(may) || s.ID == chosen {
			list = append(list, Choice{Value: strconv.FormatInt(int64(s.ID), 10), Label: s.Name, Chosen: s.ID == chosen})
		}
	}
	slices.SortStableFunc(list, func(a, b Choice) int { return v.l.Compare(a.Label, b.Label) })
	return list
}

// typedWork reads who is to write the article until when, where the form has that,
// and its embargo.
func (v *visit) typedWork(values url.Values, f *articleForm, stored *news.Article) error {
	a := &f.article
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	if values.Has("assigned") && v.staff.MayIn(news.MayEdit, lines(stored, all)) {
		to, err := v.typedAssignment(values, stored.Assignment())
		if err != nil {
			return err
		}
		a.Assign(to)
	}
	if !values.Has("embargo") || stored.Public() {
		return nil
	}
	until, ok := v.typedHour(values.Get("embargo"), stored.Embargo)
	probe := *stored
	probe.Embargo = until
	switch {
	case !ok:
		v.wrongWords("embargo", v.l.Word("bad_hour"))
	case until.Before(stored.Embargo) && stored.Embargo.After(v.Now()) && !v.staff.MayIn(news.MayPublish, mainLine(stored, all)):
		v.wrongWords("embargo", v.l.Word("embargo_not_yours"))
	case probe.CheckEmbargo(v.Now()) != nil:
		v.wrongWords("embargo", v.l.Say("embargo_scheduled", "date", v.moment(stored.Scheduled)))
	default:
		a.Embargo = until
	}
	return nil
}

// typedHour reads an hour in the paper's zone; "" is none. What is what stood there
// stays to the second.
func (v *visit) typedHour(s string, was time.Time) (t time.Time, ok bool) {
	if s == "" {
		return t, true
	}
	if s == v.hour(was) {
		return was, true
	}
	t, err := time.ParseInLocation(hourField, s, v.settings.Zone())
	if err != nil || t.Year() < 1000 || t.Year() > 9999 {
		return t, false
	}
	return t.UTC(), true
}

// typedAssignment reads who is to write and to review an article, until when, and
// what they are told. Who is no colleague who may do that can't be chosen, unless
// they stand there already.
func (v *visit) typedAssignment(values url.Values, was news.Assignment) (news.Assignment, error) {
	to := was
	staff, err := v.Store.AllStaff(v.ctx())
	if err != nil {
		return to, err
	}
	for _, one := range []struct {
		field string
		may   news.Permission
		id    *news.StaffID
	}{{"assigned", news.MayWrite, &to.To}, {"reviewer", news.MayEdit, &to.Reviewer}} {
		typed := values.Get(one.field)
		n, err := strconv.ParseInt(typed, 10, 64)
		id := news.StaffID(n)
		known := slices.ContainsFunc(staff, func(s news.Staff) bool { return s.ID == id && s.May(one.may) })
		switch {
		case typed == "":
			*one.id = 0
		case err == nil && (known || id == *one.id):
			*one.id = id
		default:
			v.bad(one.field, news.BadChoice, 0)
		}
	}
	due, ok := v.typedHour(values.Get("due"), was.Due)
	if !ok {
		v.wrongWords("due", v.l.Word("bad_hour"))
	} else {
		to.Due = due
	}
	const longest = 5000
	if to.Brief = strings.TrimSpace(clean(values.Get("brief"))); utf8.RuneCountInString(to.Brief) > longest && to.Brief != was.Brief {
		v.bad("brief", news.TooLong, longest)
	}
	return to, nil
}

// moveStage puts an article that was just saved into another stage.
func (v *visit) moveStage(id news.ArticleID, to string) error {
	a, err := v.Store.Article(v.ctx(), id)
	if err != nil {
		return err
	}
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(to, 10, 64)
	stage := news.StageID(n)
	if err != nil || !v.stages.Has(stage) {
		return v.see(articlePath(id), "not_done")
	}
	if st := v.stages.Of(stage); !v.mayChange(&a, all) || !v.mayEnter(&a, &st, all) {
		return fault.New(fault.Denied, "")
	}
	if err := v.Desk.SetStage(v.ctx(), v.who(), id, a.Version, stage); err != nil {
		return v.back(id, err)
	}
	return v.see(articlePath(id), "moved")
}
