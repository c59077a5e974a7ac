package newsroom

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// auditLength is how many lines one page of the log has.
const auditLength = 50

// mostAudited is how many people, and how many verbs, the log can be looked through
// by.
const mostAudited = 500

// Audit is a page of the log of who did what. Nobody can change it.
type Audit struct {
	Frame
	AuditLines
	People, Verbs        []Choice
	Article, From, Until string // as they were typed
	Filtered             bool
}

// History is what of the log is about one article.
type History struct {
	Frame
	AuditLines
	ID       news.ArticleID
	Headline string
}

// AuditLines are lines of the log, and where those before and after them are.
type AuditLines struct {
	Lines        []AuditRow
	Newer, Older string // addresses; "" for none
}

// AuditRow is one line of it.
type AuditRow struct {
	At, Machine string // the time in words, and for machines
	Who         string
	Verb        string
	What        string
	Link        string // to the article that it is about; "" for anything else
	Detail      string
	Tag         string // the detail's language; "" for that of whoever reads
}

// audit shows the newest lines that are asked for, or those before the one that the
// address names.
func audit(v *visit) error {
	q := v.r.URL.Query()
	view := Audit{Frame: v.frame(v.l.Word("audit_title"))}
	f := store.AuditFilter{Who: oneLine(q.Get("who")), Verb: oneLine(q.Get("verb"))}
	if id, err := strconv.ParseInt(strings.TrimSpace(q.Get("article")), 10, 64); err == nil && id > 0 {
		f.Target, view.Article = news.Target{Noun: news.ArticleNoun, ID: id}, strconv.FormatInt(id, 10)
	}
	if at, err := time.ParseInLocation(time.DateOnly, q.Get("from"), v.settings.Zone()); err == nil {
		f.From, view.From = at, at.Format(time.DateOnly)
	}
	if at, err := time.ParseInLocation(time.DateOnly, q.Get("until"), v.settings.Zone()); err == nil {
		f.Until, view.Until = at.AddDate(0, 0, 1), at.Format(time.DateOnly)
	}
	view.Filtered = f != store.AuditFilter{}
	if err := v.fillAudited(&view, &f); err != nil {
		return err
	}
	asked := url.Values{}
	for name, value := range map[string]string{"who": f.Who, "verb": f.Verb, "article": view.Article, "from": view.From, "until": view.Until} {
		if value != "" {
			asked.Set(name, value)
		}
	}
	var err error
	if view.AuditLines, err = v.auditLines(Path+"audit/", asked, f); err != nil {
		return err
	}
	return v.show(http.StatusOK, "audit", view)
}

// fillAudited fills in by whom and by which verbs the log can be looked through.
func (v *visit) fillAudited(view *Audit, f *store.AuditFilter) error {
	people, err := v.Store.AuditPeople(v.ctx(), mostAudited)
	if err != nil {
		return err
	}
	for i, who := range people {
		people[i] = strings.TrimPrefix(who, store.ByClock) // what the clock does for somebody is theirs
	}
	slices.SortFunc(people, v.l.Compare)
	for _, who := range slices.Compact(people) {
		view.People = append(view.People, Choice{Value: who, Label: v.actor(who), Chosen: who == f.Who})
	}
	verbs, err := v.Store.AuditVerbs(v.ctx(), mostAudited)
	slices.SortFunc(verbs, func(a, b string) int { return v.l.Compare(v.done(a), v.done(b)) })
	for _, verb := range verbs {
		view.Verbs = append(view.Verbs, Choice{Value: verb, Label: v.done(verb), Chosen: verb == f.Verb})
	}
	return err
}

// auditLines reads the lines that pass a filter, as the address names them; asked is
// the filter as it stands in addresses.
func (v *visit) auditLines(path string, asked url.Values, f store.AuditFilter) (AuditLines, error) {
	var view AuditLines
	before, err := strconv.ParseInt(v.r.URL.Query().Get("before"), 10, 64)
	newest := err != nil || before < 1
	if newest {
		before = math.MaxInt64
	}
	at := func(before int64) string {
		q := url.Values{}
		for name, values := range asked {
			q[name] = values
		}
		if before > 0 {
			q.Set("before", strconv.FormatInt(before, 10))
		}
		if len(q) == 0 {
			return path
		}
		return path + "?" + q.Encode()
	}
	lines, err := v.Store.AuditBefore(v.ctx(), before, auditLength+1, f)
	if err != nil {
		return view, err
	}
	if len(lines) > auditLength {
		lines = lines[:auditLength]
		view.Older = at(lines[auditLength-1].ID)
	}
	if !newest {
		newer, err := v.Store.AuditSince(v.ctx(), before, auditLength+1, f)
		if err != nil {
			return view, err
		}
		view.Newer = at(0)
		if len(newer) > auditLength { // the page whose last line is the first not shown here
			view.Newer = at(newer[auditLength].ID)
		}
	}
	for _, l := range lines {
		view.Lines = append(view.Lines, v.auditRow(l))
	}
	return view, nil
}

// done is what the log and the lists of versions say was done, in words; behind some
// of them stands the number of a version.
func (v *visit) done(verb string) string {
	what, n := verb, ""
	if i := strings.LastIndexByte(verb, ' '); i > 0 && strings.Trim(verb[i+1:], "0123456789") == "" {
		what, n = verb[:i], verb[i:]
	}
	return v.logged("verb_", what) + n
}

// actor is who did something: somebody with an account as they were written down then,
// in words what the server did by itself, also for somebody.
func (v *visit) actor(who string) string {
	if name, ok := strings.CutPrefix(who, store.ByClock); ok {
		return v.l.Say("who_clock_for", "clock", v.logged("who_", string(desk.Clock)), "name", name)
	}
	switch desk.Who(who) {
	case desk.Clock, desk.CommandLine, desk.Importer, desk.Reader:
		return v.logged("who_", who)
	}
	return who
}

// by is the name alone of who did something.
func (v *visit) by(who string) string { return v.actor(shortWho(who)) }

// stateChange is from which state an article went to which, in words; "" where it
// stayed what it was. ok is false for a detail that says something else.
func (v *visit) stateChange(detail string) (words string, ok bool) {
	from, to, ok := strings.Cut(detail, " -> ")
	if !ok {
		return "", false
	}
	after, ok := v.stateName(to)
	if !ok || from == to || from == "none" {
		if from == to {
			after = ""
		}
		return after, ok
	}
	before, ok := v.stateName(from)
	arrow := " → "
	if locale.Dir(v.l.Tag) == "rtl" {
		arrow = " ← "
	}
	return apart(before) + arrow + apart(after), ok
}

// stateName is what the log calls a state or stage, in words.
func (v *visit) stateName(logged string) (string, bool) {
	switch logged {
	case string(news.Scheduled), string(news.Published), string(news.Withdrawn), string(news.Trashed):
		return v.logged("state_", logged), true
	case "draft", "in review", "ready":
		return v.logged("stage_", logged), true
	}
	return logged, slices.ContainsFunc(v.stages.List, func(s news.Stage) bool { return s.Called() == logged })
}

// logged is a word of the log in the language of whoever reads it. What has none there
// stays as it was written down: a name, or a verb of another version of the program.
func (v *visit) logged(kind, word string) string {
	key := kind + strings.Join(strings.FieldsFunc(word, func(r rune) bool { return r == ' ' || r == ',' }), "_")
	if in := v.l.Word(key); in != key {
		return in
	}
	return word
}

func (v *visit) auditRow(l store.AuditLine) AuditRow {
	row := AuditRow{At: v.moment(l.At), Machine: v.l.ISO(l.At), Who: v.actor(l.Who), Verb: v.done(l.Verb), What: v.logged("noun_", string(l.Target.Noun)), Detail: l.Detail}
	if row.Detail != "" {
		row.Tag = "en"
	}
	if words, ok := v.stateChange(l.Detail); ok && l.Target.Noun == news.ArticleNoun {
		row.Detail, row.Tag = words, ""
	}
	if l.Target.ID != 0 {
		row.What += " " + strconv.FormatInt(l.Target.ID, 10)
	}
	if l.Target.Noun == news.ArticleNoun && l.Target.ID != 0 {
		row.Link = articlePath(news.ArticleID(l.Target.ID))
	}
	return row
}

// history shows what was done to an article, to whoever may see it.
func history(v *visit) error {
	a, _, err := v.opened()
	if err != nil {
		return err
	}
	view := History{Frame: v.frame(v.l.Word("history_title")), ID: a.ID, Headline: a.Headline}
	f := store.AuditFilter{Target: news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}}
	if view.AuditLines, err = v.auditLines(articlePath(a.ID)+"/history/", nil, f); err != nil {
		return err
	}
	for i := range view.Lines {
		view.Lines[i].Who, view.Lines[i].Link, view.Lines[i].What = shortWho(view.Lines[i].Who), "", ""
	}
	return v.show(http.StatusOK, "history", view)
}
