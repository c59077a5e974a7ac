package newsroom

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// maxArticle is how large the form of an article may be when it is sent: the text
// takes three times its room at worst.
const maxArticle = 3*news.MaxBody + 1<<20

// articleForm is the form of an article as it was typed. What can't be an article's
// is kept as it was typed, so that the form can be shown again.
type articleForm struct {
	article news.Article
	base    int    // the version that it began with
	slug    string // as it was typed
	topics  string // names to be added
	byline  []BylineRow
	of      string // the article that this translates
	counter int64  // of what was sent last to be kept

	change        news.LaterID // whose place it is to take; 0 for none
	changeVersion int          // that the change had when it was taken up

	passages map[news.NoteID]news.Passage // where those of notes are in the text as typed
}

// BylineRow is one name of the byline as it was typed.
type BylineRow struct {
	Name, Role string
	Unknown    bool   // there is nobody of this name
	Label      string // then of the box that says that it is new
	New        bool   // then somebody is to be, by whoever typed it
}

// workingCopy is the form as it is kept for whoever typed it.
func (v *visit) workingCopy(id news.ArticleID, f *articleForm) *news.WorkingCopy {
	c := &news.WorkingCopy{Staff: v.staff.ID, Article: id, BasedOn: f.base, Counter: f.counter, Fields: f.article, Change: f.change, ChangeVersion: f.changeVersion}
	c.Fields.Slug = f.slug
	c.Fields.Byline = slices.DeleteFunc(slices.Clone(f.article.Byline), func(c news.Credit) bool { return c.Person == 0 }) // those are names yet
	c.Names = news.TypedNames{Topics: f.topics, Translation: f.of}
	for _, b := range f.byline {
		c.Names.Byline = append(c.Names.Byline, news.TypedCredit{Name: b.Name, Role: b.Role, New: b.New})
	}
	return c
}

// kept is the form as it was kept, over the article as it stands.
func kept(c *news.WorkingCopy, a *news.Article) *articleForm {
	f := &articleForm{article: c.Over(a), base: c.BasedOn, slug: c.Fields.Slug, topics: c.Names.Topics, of: c.Names.Translation, change: c.Change, changeVersion: c.ChangeVersion}
	for _, b := range c.Names.Byline {
		f.byline = append(f.byline, BylineRow{Name: b.Name, Role: b.Role, New: b.New})
	}
	return f
}

// oneLine is a text without line breaks and signs that no database takes.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// clean is a text as it is stored: UTF-8, without the zero byte, with line breaks
// as everywhere.
func clean(s string) string {
	return strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
}

// typedArticle reads the form over the article as it stands, and notes what is
// wrong with its fields.
func (v *visit) typedArticle(values url.Values, stored *news.Article) (*articleForm, error) {
	f := &articleForm{article: *stored, slug: oneLine(values.Get("slug")), topics: oneLine(values.Get("topic_names")), of: oneLine(values.Get("translation_of"))}
	f.base, _ = strconv.Atoi(values.Get("version"))                // what is no number is no version
	f.counter, _ = strconv.ParseInt(values.Get("counter"), 10, 64) // likewise
	f.change, f.changeVersion = changeOf(values)
	a := &f.article
	for name, to := range map[string]*string{
		"kicker": &a.Kicker, "headline": &a.Headline, "sponsor": &a.Sponsor, "search_title": &a.SearchTitle, "social_title": &a.SocialTitle, "lead_caption": &a.LeadCaption,
		"source_name": &a.Source.Name, "source_url": &a.Source.URL, "source_licence": &a.Source.Licence, "rights_holder": &a.RightsHolder, "language": &a.Language,
	} {
		*to = oneLine(values.Get(name))
	}
	for name, to := range map[string]*string{"standfirst": &a.Standfirst, "excerpt": &a.Excerpt, "search_description": &a.SearchDescription, "social_description": &a.SocialDescription} {
		*to = strings.TrimSpace(clean(values.Get(name)))
	}
	a.Genre, a.Comments = news.Genre(values.Get("genre")), news.CommentMode(values.Get("comments"))
	a.Body = []byte(clean(values.Get("body")))
	lead, _ := strconv.ParseInt(values.Get("lead_picture"), 10, 64)
	social, _ := strconv.ParseInt(values.Get("social_picture"), 10, 64)
	a.LeadPicture, a.SocialPicture = news.PictureID(max(lead, 0)), news.PictureID(max(social, 0))
	v.typedSections(values, a)
	if err := v.typedTopics(values, f); err != nil {
		return nil, err
	}
	if err := v.typedByline(values, f); err != nil {
		return nil, err
	}
	f.passages = typedPassages(values.Get("passages"))
	if err := v.typedWork(values, f, stored); err != nil {
		return nil, err
	}
	v.checkTyped(a, stored)
	return f, v.checkLanguage(a, stored)
}

// checkLanguage notes a language that the form does not offer.
func (v *visit) checkLanguage(a, stored *news.Article) error {
	if a.Language == "" || a.Language == stored.Language {
		return nil
	}
	tags, err := v.offered()
	if err == nil && !slices.Contains(tags, a.Language) {
		a.Language = stored.Language
		v.bad("language", news.BadChoice, 0)
	}
	return err
}

// typedSections reads the section that the article is shown under, and others; of a
// standing page the one that it stands below. That is in no section that its form
// could name: who may publish in a section may not publish pages by that.
func (v *visit) typedSections(values url.Values, a *news.Article) {
	if a.Kind == news.StandingPage {
		if values.Has("parent") {
			parent, _ := strconv.ParseInt(values.Get("parent"), 10, 64) // what is no number is none
			a.Parent = news.ArticleID(max(parent, 0))
		}
		return
	}
	a.Section, a.Sections = 0, nil
	for _, s := range append([]string{values.Get("section")}, values["sections"]...) {
		if id, err := strconv.ParseInt(s, 10, 64); err == nil && id > 0 && !slices.Contains(a.Sections, news.SectionID(id)) {
			a.Sections = append(a.Sections, news.SectionID(id))
		}
	}
	if len(a.Sections) > 0 {
		a.Section = a.Sections[0]
	}
}

// typedTopics reads the topics that were kept and the names of more.
func (v *visit) typedTopics(values url.Values, f *articleForm) error {
	f.article.Topics = nil
	for _, s := range values["topics"] {
		if id, err := strconv.ParseInt(s, 10, 64); err == nil && id > 0 && !slices.Contains(f.article.Topics, news.TopicID(id)) {
			f.article.Topics = append(f.article.Topics, news.TopicID(id))
		}
	}
	if f.topics == "" {
		return nil
	}
	const longest = 2000 // characters: each name is looked for among all that are known
	if utf8.RuneCountInString(f.topics) > longest {
		v.bad("topics", news.TooLong, longest)
		return nil
	}
	known, err := v.Store.TopicNames(v.ctx(), mostNames)
	if err != nil {
		return err
	}
	var unknown []string
	for name := range strings.FieldsFuncSeq(f.topics, func(r rune) bool { return r == ',' || r == '،' || r == ';' }) {
		name = strings.TrimSpace(name)
		id := named(known, name)
		switch {
		case name == "":
		case id == 0:
			unknown = append(unknown, name)
		case !slices.Contains(f.article.Topics, news.TopicID(id)):
			f.article.Topics = append(f.article.Topics, news.TopicID(id))
		}
	}
	if f.topics = strings.Join(unknown, ", "); f.topics != "" {
		v.wrongWords("topics", v.l.Say("no_such_topic", "name", f.topics))
	}
	return nil
}

// mostCredits is how many names a byline may have: each that is new becomes somebody.
const mostCredits = 50

// typedByline reads the rows of the byline; one without a name is none. A name that
// is ticked as new stands in the byline without its person, see [visit.newNames].
func (v *visit) typedByline(values url.Values, f *articleForm) error {
	names, roles := values["byline_name"], values["byline_role"]
	before := f.article.Byline
	f.article.Byline, f.byline = nil, nil
	if len(names) > 2*mostCredits || len(values["byline_new"]) > mostCredits {
		v.bad("byline", news.TooMany, mostCredits)
		return nil
	}
	var known []store.Named
	for i, name := range names {
		if name = oneLine(name); name == "" {
			continue
		}
		row := BylineRow{Name: name, New: slices.Contains(values["byline_new"], name)}
		if i < len(roles) {
			row.Role = oneLine(roles[i])
		}
		if known == nil {
			var err error
			if known, err = v.Store.PersonNames(v.ctx(), mostNames); err != nil {
				return err
			}
			there, err := v.credited(before)
			if err != nil {
				return err
			}
			known = append(known, there...)
		}
		id, err := v.personOf(name, known)
		if err != nil {
			return err
		}
		row.New = row.New && id == 0
		f.byline = append(f.byline, row)
		if id == 0 && !row.New {
			v.wrongWords("byline", v.l.Say("no_such_person", "name", name))
			continue
		}
		f.article.Byline = append(f.article.Byline, news.Credit{Person: id, Role: row.Role})
	}
	if len(f.byline) > mostCredits {
		v.bad("byline", news.TooMany, mostCredits)
	}
	return nil
}

// credited are those who stand in a byline, retired or not, in its order.
func (v *visit) credited(byline []news.Credit) ([]store.Named, error) {
	ids := make([]news.PersonID, len(byline))
	for i, c := range byline {
		ids[i] = c.Person
	}
	people, err := v.Store.Persons(v.ctx(), ids)
	all := make([]store.Named, len(people))
	for i, p := range people {
		all[i] = store.Named{ID: int64(p.ID), Name: p.Name}
	}
	return all, err
}

// personOf is who is meant by a name in a byline: one of those that are known, or
// anybody else of just that name. It is 0 where there is nobody.
func (v *visit) personOf(name string, known []store.Named) (news.PersonID, error) {
	if id := named(known, name); id != 0 {
		return news.PersonID(id), nil
	}
	p, err := v.Store.PersonNamed(v.ctx(), name)
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	return p.ID, err
}

// newNames makes people of the names in the byline that were ticked as new, once
// nothing else keeps the article from being saved; what can't be a name is noted at
// the field.
func (v *visit) newNames(f *articleForm) error {
	made := map[string]news.PersonID{}
	for i, row := range f.byline {
		if !row.New {
			continue
		}
		folded := strings.ToLower(row.Name)
		if made[folded] == 0 {
			p, err := v.newName(row.Name)
			if fault.Is(err, fault.Invalid) {
				v.wrongWords("byline", v.l.Say("byline_no_name", "name", row.Name))
				return nil
			}
			if err != nil {
				return err
			}
			made[folded] = p
		}
		f.article.Byline[i].Person, f.byline[i].New = made[folded], false
	}
	return nil
}

// asNumbered is how the form writes one of several people of the same name.
var asNumbered = regexp.MustCompile(` #[0-9]+$`)

// newName makes somebody of that name. Where the address is another's already, be it
// of somebody retired, theirs has a number.
func (v *visit) newName(name string) (news.PersonID, error) {
	if asNumbered.MatchString(name) {
		return 0, fault.New(fault.Invalid, "there is nobody of this number")
	}
	for n := 1; ; n++ {
		p := news.Person{Name: name}
		if n > 1 {
			p.Slug = name + " " + strconv.Itoa(n)
		}
		err := v.Desk.CreatePerson(v.ctx(), v.who(), &p)
		e, _ := errors.AsType[*fault.Error](err)
		if e == nil || e.Fields["slug"] != string(news.Taken) || n == 20 {
			return p.ID, err
		}
	}
}

// named is the id of a name, 0 for none. Of two with one name each is asked for
// with its number behind it, as the form writes it.
func named(all []store.Named, name string) int64 {
	for _, n := range all {
		if numbered(n) == name {
			return n.ID
		}
	}
	for _, n := range all {
		if strings.EqualFold(n.Name, name) {
			return n.ID
		}
	}
	return 0
}

func numbered(n store.Named) string { return n.Name + " #" + strconv.FormatInt(n.ID, 10) }

// checkTyped notes what a form does not offer and what is too long. What is too
// long already stays.
func (v *visit) checkTyped(a, stored *news.Article) {
	if !slices.Contains(genres, a.Genre) {
		a.Genre = stored.Genre
	}
	if !slices.Contains(news.CommentModes(), a.Comments) {
		a.Comments = stored.Comments
	}
	if a.Language == "" {
		v.bad("language", news.Missing, 0)
	}
	was := stored.TooLong()
	for name, limit := range a.TooLong() {
		if _, already := was[name]; !already {
			v.bad(name, news.TooLong, limit)
		}
	}
}

// genres are the kinds of journalism, in the order of the form.
var genres = []news.Genre{news.Report, news.Analysis, news.Interview, news.Opinion, news.Review, news.Sponsored}

// wrongWords notes in words what is wrong with a field.
func (v *visit) wrongWords(field, words string) {
	if v.wrong == nil {
		v.wrong = map[string]string{}
	}
	v.wrong[field] = words
}
