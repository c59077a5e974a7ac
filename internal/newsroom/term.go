package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// TermEdit is the form of a section, a topic or a person.
type TermEdit struct {
	Frame
	At       string // address of the form
	List     string // of the list
	Plain    string // "sections", "topics", "people"
	ID       int64  // 0 for a new one
	Version  int
	Typed    termForm
	Person   bool
	Parents  []Choice      // of a section
	Pictures PictureChoice // of a person
	Find     string
	Address  string   // where readers see it; "" for nowhere
	Old      []string // addresses that lead on to it
	Articles string   // address of the list of its articles
	Count    string
	Merges   bool // it can be merged into another
	Stale    bool // somebody else has changed it meanwhile
}

// termForm is what the form holds.
type termForm struct {
	ID          int64
	Version     int
	Text        string // the name
	Was         string // the name that it has, where another was typed
	Slug        string
	Description string // a person's biography
	Email       string
	Website     string
	Parent      news.SectionID
	Position    int
	Picture     news.PictureID
	Retired     bool
	Path        string
}

// read reads one.
func (t terms) read(v *visit, id int64) (f termForm, err error) {
	switch t.noun {
	case news.SectionNoun:
		all, err := v.Store.Sections(v.ctx())
		if err != nil {
			return f, err
		}
		s := all[news.SectionID(id)]
		if s == nil {
			return f, fault.New(fault.NotFound, "")
		}
		return termForm{ID: id, Version: s.Version, Text: s.Name, Slug: s.Slug, Description: s.Description, Parent: s.Parent, Position: s.Position, Retired: s.Retired, Path: s.Path}, nil
	case news.TopicNoun:
		x, err := v.Store.Topic(v.ctx(), news.TopicID(id))
		return termForm{ID: id, Version: x.Version, Text: x.Name, Slug: x.Slug, Description: x.Description, Retired: x.Retired, Path: x.Path}, err
	}
	p, err := v.Store.Person(v.ctx(), news.PersonID(id))
	return termForm{ID: id, Version: p.Version, Text: p.Name, Slug: p.Slug, Description: p.Biography, Email: p.Email, Website: p.Website, Picture: p.Picture, Retired: p.Retired, Path: p.Path}, err
}

// typedTerm reads the form over one as it stands.
func typedTerm(values url.Values, f termForm) termForm {
	f.Was, f.Text, f.Slug = f.Text, oneLine(values.Get("name")), oneLine(values.Get("slug"))
	f.Description = strings.TrimSpace(clean(values.Get("description")))
	f.Email, f.Website = oneLine(values.Get("email")), oneLine(values.Get("website"))
	f.Version, _ = strconv.Atoi(values.Get("version"))            // what is no number is no version
	parent, _ := strconv.ParseInt(values.Get("parent"), 10, 64)   // likewise
	picture, _ := strconv.ParseInt(values.Get("picture"), 10, 64) // likewise
	f.Parent, f.Picture = news.SectionID(max(parent, 0)), news.PictureID(max(picture, 0))
	return f
}

func (f *termForm) section() news.Section {
	return news.Section{ID: news.SectionID(f.ID), Version: f.Version, Parent: f.Parent, Name: f.Text, Slug: f.Slug, Description: f.Description, Position: f.Position}
}

func (f *termForm) topic() news.Topic {
	return news.Topic{ID: news.TopicID(f.ID), Version: f.Version, Name: f.Text, Slug: f.Slug, Description: f.Description}
}

func (f *termForm) person() news.Person {
	return news.Person{ID: news.PersonID(f.ID), Version: f.Version, Name: f.Text, Slug: f.Slug, Email: f.Email, Biography: f.Description, Website: f.Website, Picture: f.Picture}
}

// create stores a new one and returns its id.
func (t terms) create(v *visit, f *termForm) (id int64, err error) {
	switch t.noun {
	case news.SectionNoun:
		s := f.section()
		err = v.Desk.CreateSection(v.ctx(), v.who(), &s)
		return int64(s.ID), err
	case news.TopicNoun:
		x := f.topic()
		err = v.Desk.CreateTopic(v.ctx(), v.who(), &x)
		return int64(x.ID), err
	}
	p := f.person()
	err = v.Desk.CreatePerson(v.ctx(), v.who(), &p)
	return int64(p.ID), err
}

// change stores one as it was typed.
func (t terms) change(v *visit, f *termForm) error {
	switch t.noun {
	case news.SectionNoun:
		return v.Desk.ChangeSection(v.ctx(), v.who(), f.section())
	case news.TopicNoun:
		return v.Desk.ChangeTopic(v.ctx(), v.who(), f.topic())
	}
	return v.Desk.ChangePerson(v.ctx(), v.who(), f.person())
}

// begin shows the form of a new one.
func (t terms) begin(v *visit) error {
	parent, _ := strconv.ParseInt(v.r.URL.Query().Get("parent"), 10, 64) // what is no number is none
	return t.showForm(v, http.StatusOK, termForm{Parent: news.SectionID(max(parent, 0))}, TermEdit{})
}

func (t terms) edit(v *visit) error {
	f, err := t.read(v, v.id("id"))
	if err != nil {
		return err
	}
	return t.showForm(v, http.StatusOK, f, TermEdit{})
}

// save stores what was typed: a new one where the address names none.
func (t terms) save(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	id := v.id("id")
	var stored termForm
	if id != 0 || v.r.PathValue("id") != "" {
		if stored, err = t.read(v, id); err != nil {
			return err
		}
	}
	f, view := typedTerm(values, stored), TermEdit{Find: oneLine(values.Get("find"))}
	if values.Get("do") == "find" {
		return t.showForm(v, http.StatusOK, f, view)
	}
	if stored.ID == 0 {
		id, err = t.create(v, &f)
	} else {
		err = t.change(v, &f)
	}
	switch wrong := problemsOf(err); {
	case wrong != nil:
		for field, problem := range wrong {
			v.bad(field, problem, termLimit(t.noun, field))
		}
		return t.showForm(v, http.StatusUnprocessableEntity, f, view)
	case fault.Is(err, fault.Conflict):
		f.Version, view.Stale = stored.Version, true // sent again, what was typed counts
		return t.showForm(v, http.StatusConflict, f, view)
	case err != nil:
		return err
	}
	return v.see(t.pathOf(id), "saved")
}

// termLimit is how many characters a field takes.
func termLimit(noun news.Noun, field string) int {
	switch {
	case field == "name":
		return news.MaxTermName
	case field == "slug":
		return news.MaxSlug
	case field == "email":
		return news.MaxStaffEmail
	case field == "website":
		return news.MaxProfile
	case noun == news.PersonNoun:
		return news.MaxBiography
	}
	return news.MaxTermDescription
}

// showForm shows the form as f has it; view is what stands beside it.
func (t terms) showForm(v *visit, status int, f termForm, view TermEdit) error {
	title := v.l.Word("of_" + t.plain + "_new")
	if f.ID != 0 {
		title = cmp.Or(f.Was, f.Text)
	}
	if wrong := v.wrong["biography"]; wrong != "" {
		v.wrong["description"] = wrong
	}
	view.Frame, view.List, view.Plain, view.ID, view.Version, view.Typed = v.frame(title), t.path(), t.plain, f.ID, f.Version, f
	view.At, view.Person, view.Merges = t.path()+"new", t.noun == news.PersonNoun, f.ID != 0 && t.noun != news.PersonNoun
	if f.ID != 0 {
		view.At = t.pathOf(f.ID)
		if err := t.fillPlace(v, &view); err != nil {
			return err
		}
	}
	if t.noun == news.SectionNoun {
		all, err := v.Store.Sections(v.ctx())
		if err != nil {
			return err
		}
		view.Parents = []Choice{{Value: "0", Label: v.l.Word("term_at_top"), Chosen: f.Parent == 0}}
		for _, c := range sectionChoices(all, 0, &news.Staff{}) {
			if f.ID == 0 || all.CanMerge(news.SectionID(f.ID), c.ID) == "" { // not below itself
				view.Parents = append(view.Parents, Choice{Value: strconv.FormatInt(int64(c.ID), 10), Label: c.Label, Chosen: c.ID == f.Parent})
			}
		}
	}
	if view.Person {
		var err error
		if view.Pictures, err = v.pictureChoice("picture", f.Picture, view.Find); err != nil {
			return err
		}
	}
	return v.show(status, "term", view)
}

// fillPlace fills in where readers find it, and its articles.
func (t terms) fillPlace(v *visit, view *TermEdit) error {
	id := view.ID
	if view.Typed.Path != "" {
		view.Address = (&url.URL{Path: view.Typed.Path}).EscapedPath()
	}
	var err error
	if view.Old, err = v.oldAddresses(news.Target{Noun: t.noun, ID: id}); err != nil {
		return err
	}
	counts, err := t.counts(v, []int64{id})
	view.Articles, view.Count = t.articles(id), v.l.Plural("term_articles", counts[id])
	return err
}

// retire says that one is not in use any more, or again.
func (t terms) retire(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	id := v.id("id")
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	retired := values.Get("retired") != ""
	switch t.noun {
	case news.SectionNoun:
		err = v.Desk.RetireSection(v.ctx(), v.who(), news.SectionID(id), version, retired)
	case news.TopicNoun:
		err = v.Desk.RetireTopic(v.ctx(), v.who(), news.TopicID(id), version, retired)
	default:
		err = v.Desk.RetirePerson(v.ctx(), v.who(), news.PersonID(id), version, retired)
	}
	if fault.Is(err, fault.Conflict) {
		return v.see(t.pathOf(id), "paper_changed_meanwhile")
	}
	if err != nil {
		return err
	}
	if retired {
		return v.see(t.pathOf(id), "term_retired")
	}
	return v.see(t.pathOf(id), "term_reopened")
}
