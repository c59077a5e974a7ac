package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/compare"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/newsroom/editor"
	"broadsheet/internal/store"
)

// ArticleEdit is the form of an article, with all that stands around it.
type ArticleEdit struct {
	Frame
	ID      news.ArticleID
	Base    int // the version that the form begins with
	Version int // the one that the article has
	State   string
	Label   string // the state in words
	Page    bool   // it is a standing page
	Public  bool
	Mine    news.StaffID // whoever looks at it: what the browser keeps is theirs
	Link    string       // its address, where readers see it; "" for none
	When    string       // when it was or will be published; "" for never

	Typed       news.Article
	Body        string
	Dir         string // of its language
	Quotes      string // of its language, as a list in JSON
	EditorWords map[string]string
	Slug        string
	Sections    []SectionChoice // Chosen: it belongs to them
	Main        []Choice        // the section that it is shown under
	Parents     []Choice        // of a standing page: those that it may stand below
	Topics      []Choice        // that it has
	TopicNames  string          // that were typed and are not known
	AllTopics   []string
	Byline      []BylineRow
	AllPeople   []string
	Languages   []Choice
	Genres      []Choice
	Comments    []Choice
	Lead        PictureChoice
	Social      PictureChoice // for other sites
	Translation string        // the article that this translates, as it was typed
	Group       []Choice      // the other texts of its group

	Kept     string // when the working copy was kept that the form shows; "" for none
	Counter  int64  // of what was kept last
	Behind   bool   // the article was changed since the form's version
	Present  []string
	Findings []FindingRow
	Musts    bool // one of them keeps it from being published

	MaySave, MayPublish, MayTrash, MayRestore bool
	MayUpload                                 bool // pictures

	Colleagues Notes
	Fronts     []ArticleFront // those that whoever asks may arrange

	Work                // who writes it until when, which stages it can go to: see work.go
	Later     LaterPart // changes that wait for it
	Withdrawn *WithdrawnPart
}

// FirstWrong is the field that is wrong and stands above all others that are, by its
// place on the page; "" for none, and where the form as a whole is refused.
func (e ArticleEdit) FirstWrong() string {
	for _, field := range []string{"kicker", "headline", "standfirst", "body", "assigned", "reviewer", "due", "embargo", "section", "sections", "parent", "topics", "byline", "lead_picture", "lead_caption", "language",
		"translation_of", "genre", "sponsor", "comments", "excerpt", "search_title", "search_description", "social_title", "social_description", "slug", "source_url"} {
		if e.Wrong[field] != "" {
			return field
		}
	}
	return ""
}

// FindingRow is something to be mended, with where.
type FindingRow struct {
	Must  bool   `json:"must"`
	Text  string `json:"text"`
	Field string `json:"field"`
	Mend  string `json:"mend"` // where else it is mended, as the address of a picture that lacks something; "" for nowhere
	How   string `json:"how"`  // then the words of the way there
}

// mayChange reports whether somebody may change an article: where they are editor,
// and what is theirs while it is in a stage that is open to writers.
func (v *visit) mayChange(a *news.Article, all news.Sections) bool {
	if v.staff.MayIn(news.MayEdit, lines(a, all)) {
		return true
	}
	stage := v.stages.Of(a.Stage)
	return a.Theirs(v.staff.ID) && v.staff.May(news.MayWrite) && a.State == news.Draft && stage.Needs == news.MayWrite
}

// mayBecome reports whether somebody may make of an article what is to be: it stays
// theirs to change, and one that is out comes under no section that they may not
// publish in.
func (v *visit) mayBecome(a, be *news.Article, all news.Sections) bool {
	moved := a.Public() && a.Section != be.Section
	return v.mayChange(be, all) && (!moved || v.staff.MayIn(news.MayPublish, mainLine(be, all)))
}

// maySee reports whether somebody may look at an article in the newsroom: what
// they may change, and what is theirs for good.
func (v *visit) maySee(a *news.Article, all news.Sections) bool {
	return a.Theirs(v.staff.ID) || v.mayChange(a, all)
}

// lines are the sections of an article and all above them.
func lines(a *news.Article, all news.Sections) []news.SectionID {
	var ids []news.SectionID
	for _, id := range a.Sections {
		for _, s := range all.Line(id) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// mainLine is the section that an article is shown under and all above it. Who
// publishes answers for that one: in others it is only listed.
func mainLine(a *news.Article, all news.Sections) []news.SectionID {
	var ids []news.SectionID
	for _, s := range all.Line(a.Section) {
		ids = append(ids, s.ID)
	}
	return ids
}

// opened reads the article that the address names, for somebody who may see it.
func (v *visit) opened() (a news.Article, all news.Sections, err error) {
	if a, err = v.Store.Article(v.ctx(), news.ArticleID(v.id("id"))); err != nil {
		return a, nil, err
	}
	if all, err = v.Store.Sections(v.ctx()); err != nil {
		return a, nil, err
	}
	if !v.maySee(&a, all) {
		return a, nil, fault.New(fault.Denied, "")
	}
	return a, all, nil
}

// changeable is opened for somebody who may change the article.
func (v *visit) changeable() (a news.Article, all news.Sections, err error) {
	if a, all, err = v.opened(); err == nil && !v.mayChange(&a, all) {
		err = fault.New(fault.Denied, "")
	}
	return a, all, err
}

// articleEdit shows the form: with what whoever asks has typed and not saved,
// where there is such a thing.
func articleEdit(v *visit) error {
	a, all, err := v.opened()
	if err != nil {
		return err
	}
	f, saved := &articleForm{article: a, base: a.Version, slug: a.Slug}, time.Time{}
	switch c, err := v.Store.WorkingCopy(v.ctx(), v.staff.ID, a.ID); {
	case err == nil && v.mayChange(&a, all):
		f, saved = kept(&c, &a), c.Saved
	case err != nil && !fault.Is(err, fault.NotFound):
		return err
	}
	if v.mayChange(&a, all) {
		if err := v.Desk.NotePresence(v.ctx(), v.staff.ID, a.ID, false); err != nil {
			return err
		}
		if err := v.takeUp(&a, f, !saved.IsZero()); err != nil {
			return err
		}
	}
	return v.showArticle(http.StatusOK, &a, f, all, saved)
}

// showArticle shows the form as f has it over the article as it stands.
func (v *visit) showArticle(status int, a *news.Article, f *articleForm, all news.Sections, kept time.Time) error {
	title := strings.TrimSpace(f.article.Headline)
	if title == "" {
		title = v.l.Word("untitled")
	}
	t := &f.article
	view := ArticleEdit{Frame: v.frame(title), ID: a.ID, Base: f.base, Version: a.Version, State: stateWord(a.State), Label: v.standing(a.State, a.Stage),
		Page: a.Kind == news.StandingPage, Mine: v.staff.ID, Public: a.Public(), Typed: *t, Body: string(t.Body), Dir: locale.Dir(t.Language), Slug: f.slug, TopicNames: f.topics, Byline: f.byline,
		Translation: f.of, Behind: f.base != a.Version}
	quotes := v.words.For(t.Language).Quotes()
	view.Quotes = jsonText(quotes[:])
	view.EditorWords = editor.Words(v.l.Tag)
	view.MaySave = v.mayChange(a, all)
	view.MayPublish = v.staff.MayIn(news.MayPublish, mainLine(a, all))
	view.MayTrash = view.MaySave && (a.State == news.Draft || a.State == news.Scheduled && view.MayPublish)
	view.MayRestore = a.State == news.Trashed && v.staff.MayIn(news.MayEdit, lines(a, all)) || (a.State == news.Withdrawn || a.State == news.Scheduled) && view.MayPublish
	if a.Public() {
		view.Link = (&url.URL{Path: a.Path}).EscapedPath()
	}
	switch {
	case a.State == news.Scheduled:
		view.When = v.l.Say("scheduled_for", "date", v.moment(a.Scheduled))
	case !a.Published.IsZero() && a.State != news.Draft:
		view.When = v.l.Say("published_at", "date", v.moment(a.Published))
	}
	if !kept.IsZero() {
		view.Kept = v.moment(kept)
	}
	if err := v.fillLater(&view, a, f); err != nil {
		return err
	}
	if err := v.fillWithdrawn(&view, a); err != nil {
		return err
	}
	for _, fill := range []func(*ArticleEdit, *news.Article, news.Sections) error{v.fillTerms, v.fillNames, v.fillChoices, v.fillPictures, v.fillState} {
		if err := fill(&view, t, all); err != nil {
			return err
		}
	}
	if err := v.fillWork(&view, a, t, all); err != nil {
		return err
	}
	var err error
	if view.Colleagues, err = v.notesOf(a.ID, NoteTyped{}); err != nil {
		return err
	}
	view.Colleagues.Wrong = nil // what is wrong with the article's own form
	if err := v.fillFronts(&view, a, all); err != nil {
		return err
	}
	return v.show(status, "article", view)
}

// fillTerms fills in sections and topics.
func (v *visit) fillTerms(view *ArticleEdit, t *news.Article, all news.Sections) error {
	for _, c := range sectionChoices(all, 0, &news.Staff{}) {
		c.Chosen = slices.Contains(t.Sections, c.ID)
		if all[c.ID].Retired && !c.Chosen {
			continue
		}
		view.Sections = append(view.Sections, c)
		view.Main = append(view.Main, Choice{Value: strconv.FormatInt(int64(c.ID), 10), Label: c.Label, Chosen: c.ID == t.Section})
	}
	if t.Kind == news.StandingPage {
		var err error
		if view.Parents, err = v.pageChoices(strconv.FormatInt(int64(t.Parent), 10), t.ID); err != nil {
			return err
		}
	}
	topics, err := v.Store.Topics(v.ctx(), t.Topics)
	if err != nil {
		return err
	}
	for _, topic := range topics {
		view.Topics = append(view.Topics, Choice{Value: strconv.FormatInt(int64(topic.ID), 10), Label: topic.Name, Chosen: true})
	}
	names, err := v.Store.TopicNames(v.ctx(), mostNames)
	view.AllTopics = v.nameList(names)
	return err
}

// nameList are names in the order of the screen's language; where two are equal,
// with their numbers.
func (v *visit) nameList(all []store.Named) []string {
	count := map[string]int{}
	for _, n := range all {
		count[n.Name]++
	}
	names := make([]string, len(all))
	for i, n := range all {
		names[i] = n.Name
		if count[n.Name] > 1 {
			names[i] = numbered(n)
		}
	}
	slices.SortStableFunc(names, v.l.Compare)
	return names
}

// fillNames fills in the byline: as it was typed, else as it is, with room for two
// more.
func (v *visit) fillNames(view *ArticleEdit, t *news.Article, _ news.Sections) error {
	all, err := v.Store.PersonNames(v.ctx(), mostNames)
	if err != nil {
		return err
	}
	view.AllPeople = v.nameList(all)
	there, err := v.credited(t.Byline)
	if err != nil {
		return err
	}
	if view.Byline == nil {
		for _, c := range t.Byline {
			i := slices.IndexFunc(there, func(p store.Named) bool { return p.ID == int64(c.Person) })
			if i < 0 {
				continue // not there any more
			}
			name := numbered(there[i])
			if slices.Contains(view.AllPeople, there[i].Name) {
				name = there[i].Name
			}
			view.Byline = append(view.Byline, BylineRow{Name: name, Role: c.Role})
		}
	}
	known := append(all, there...)
	for i, row := range view.Byline {
		id, err := v.personOf(row.Name, known)
		if err != nil {
			return err
		}
		view.Byline[i].Unknown, view.Byline[i].Label = id == 0, v.l.Say("byline_new", "name", apart(row.Name))
	}
	view.Byline = append(view.Byline, BylineRow{}, BylineRow{})
	return nil
}

// fillChoices fills in what is chosen from a few.
func (v *visit) fillChoices(view *ArticleEdit, t *news.Article, _ news.Sections) error {
	for _, g := range genres {
		view.Genres = append(view.Genres, Choice{Value: string(g), Label: v.l.Word("genre_of_" + string(g)), Chosen: g == cmp.Or(t.Genre, news.Report)})
	}
	for _, c := range news.CommentModes() {
		view.Comments = append(view.Comments, Choice{Value: string(c), Label: v.l.Word("comments_are_" + string(c)), Chosen: c == t.Comments})
	}
	var err error
	if view.Languages, err = v.articleLanguages(t.Language); err != nil {
		return err
	}
	group, err := v.Store.Translations(v.ctx(), t.TranslationGroup)
	for _, o := range group {
		if o.ID != t.ID {
			view.Group = append(view.Group, Choice{Value: strconv.FormatInt(int64(o.ID), 10), Label: v.words.For(o.Language).Name(), Tag: o.Language})
		}
	}
	return err
}

// fillPictures fills in the pictures of an article and those to choose others from.
func (v *visit) fillPictures(view *ArticleEdit, t *news.Article, _ news.Sections) (err error) {
	view.MayUpload = v.staff.May(news.MayPicture)
	words := v.r.URL.Query().Get("pictures")
	if view.Lead, err = v.pictureChoice("lead_picture", t.LeadPicture, words); err != nil {
		return err
	}
	view.Social, err = v.pictureChoice("social_picture", t.SocialPicture, words)
	view.Social.None = v.l.Word("social_lead")
	return err
}

// fillState fills in what is kept, who else is there and what is to be mended.
func (v *visit) fillState(view *ArticleEdit, t *news.Article, all news.Sections) error {
	var err error
	if view.Counter, err = v.Store.WorkingCounter(v.ctx(), v.staff.ID, t.ID); err != nil {
		return err
	}
	if view.Present, err = v.present(t.ID); err != nil {
		return err
	}
	if view.Findings, err = v.findings(t, view.Byline, all); err != nil {
		return nil // the text can't be read, and saving it says so
	}
	view.Musts = slices.ContainsFunc(view.Findings, func(f FindingRow) bool { return f.Must })
	return nil
}

// findings are what is to be mended of an article before it is published; a byline is
// there also where nobody has the name yet that was typed.
func (v *visit) findings(t *news.Article, byline []BylineRow, all news.Sections) ([]FindingRow, error) {
	if len(t.Byline) == 0 && slices.ContainsFunc(byline, func(b BylineRow) bool { return b.Name != "" }) {
		named := *t
		named.Byline = make([]news.Credit, 1)
		t = &named
	}
	facts, err := v.Store.CheckFacts(v.ctx(), t)
	if err != nil {
		return nil, err
	}
	rows := []FindingRow{}
	for _, f := range news.Check(t, &facts) {
		row := FindingRow{Must: f.Severity == news.Must, Text: v.l.Say(f.Key, f.Args...), Field: f.Field}
		if f.Picture != 0 && v.staff.May(news.MayPicture) {
			row.Mend, row.How = picturePath(f.Picture), v.l.Word("finding_picture")
		}
		if f.Key == "check_no_section" && len(all) == 0 && v.staff.May(news.MayTerm) { // there is none to be chosen
			row.Mend, row.How = Path+"sections/new", v.l.Word("of_sections_new")
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// present are the names of those who have the article open besides.
func (v *visit) present(id news.ArticleID) ([]string, error) {
	const silence = 30 * time.Second // after which somebody is not there any more
	list, err := v.Store.PresentSince(v.ctx(), id, v.Now().Add(-silence))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range list {
		if p.Staff == v.staff.ID {
			continue
		}
		s, err := v.Store.Staff(v.ctx(), p.Staff)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		names = append(names, s.Name)
	}
	return names, nil
}

// articleSave saves the form over the version that it began with, and then does
// what its button says besides.
func articleSave(v *visit) error {
	a, all, values, f, err := v.posted()
	if err != nil {
		return err
	}
	if len(v.wrong) == 0 && !v.mayBecome(&a, &f.article, all) {
		v.bad("sections", news.BadChoice, 0)
	}
	if len(v.wrong) > 0 {
		return v.showArticle(http.StatusUnprocessableEntity, &a, f, all, time.Time{})
	}
	do := values.Get("do")
	if a.Public() {
		return v.saveLive(&a, all, f, values, do)
	}
	if err := v.newNames(f); err != nil {
		return err
	}
	if len(v.wrong) > 0 {
		return v.showArticle(http.StatusUnprocessableEntity, &a, f, all, time.Time{})
	}
	if f.base != a.Version {
		return v.showConflict(&a, f, values)
	}
	return v.saveThen(&a, all, f, values, do, func() error { return v.saved(a.ID, do, values) })
}

// saveThen saves the form and goes on. Where somebody else was quicker it shows
// both texts, and where the desk does not take it the form again.
func (v *visit) saveThen(a *news.Article, all news.Sections, f *articleForm, values url.Values, do string, then func() error) error {
	switch err := v.save(a, f, do); {
	case fault.Is(err, fault.Conflict):
		now, err := v.Store.Article(v.ctx(), a.ID)
		if err != nil {
			return err
		}
		return v.showConflict(&now, f, values)
	case v.refusedArticle(err):
		return v.showArticle(http.StatusUnprocessableEntity, a, f, all, time.Time{})
	case err != nil:
		return err
	}
	return then()
}

// posted reads an article that whoever asks may change, and the form that they sent
// of it; what is wrong with that is noted at its fields.
func (v *visit) posted() (a news.Article, all news.Sections, values url.Values, f *articleForm, err error) {
	if a, all, err = v.changeable(); err != nil {
		return a, all, nil, nil, err
	}
	if values, err = v.articleForm(); err != nil {
		return a, all, nil, nil, err
	}
	f, err = v.typedArticle(values, &a)
	return a, all, values, f, err
}

// articleForm reads the posted form of an article, which may be large.
func (v *visit) articleForm() (url.Values, error) { return formOf(v, maxArticle) }

// refusedArticle takes over what the desk does not take, to be shown above the
// form, and reports whether that was it.
func (v *visit) refusedArticle(err error) bool {
	if !fault.Is(err, fault.Invalid) {
		return false
	}
	if problem := problemsOf(err)["parent"]; problem != "" {
		v.bad("parent", problem, 0)
		return true
	}
	v.wrongWords("form", v.l.Word("article_refused"))
	return true
}

// save stores what differs, all of it or nothing: the fields, the slug, what it
// translates. What was typed is kept until then.
func (v *visit) save(a *news.Article, f *articleForm, do string) error {
	of, err := v.original(f.of)
	if err != nil {
		return err
	}
	same, err := compare.Articles(a, &f.article)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the text can't be read")
	}
	f.article.Version = f.base
	if err := v.Desk.SaveForm(v.ctx(), v.who(), desk.Form{Article: &f.article, Changed: !same.Same(), Updated: do == "update",
		Slug: f.slug, Of: of, Staff: v.staff.ID, Counter: f.counter}); err != nil {
		return err
	}
	return v.Desk.FollowPassages(v.ctx(), a.ID, f.passages)
}

// original is the article that one is said to translate, 0 for none. Joining the
// two writes it as well, and shows its language: it has to be public, or one that
// whoever asks may see. One that is not there is refused in the same way.
func (v *visit) original(typed string) (news.ArticleID, error) {
	id, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || id < 1 {
		return 0, nil
	}
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return 0, err
	}
	a, err := v.Store.Article(v.ctx(), news.ArticleID(id))
	if fault.Is(err, fault.NotFound) || err == nil && !a.Public() && !v.maySee(&a, all) {
		return 0, fault.New(fault.Invalid, "")
	}
	return a.ID, err
}
