package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// PictureEdit is the page of one file of the library.
type PictureEdit struct {
	Frame
	ID      news.PictureID
	Version int
	Typed   news.Picture      // as the form shows it
	Ends    string            // the last day of its rights, as a date field has it
	Stored  news.Picture      // as it stands
	Fields  []PictureField    // the form
	Others  map[string]string // by field: what somebody else has made of it meanwhile
	By      string            // who that was; "" for nobody

	// What is shown of it, for the template "picture-view".
	Kind          news.FileKind
	Large, Whole  string // addresses; Large is "" for what is no picture
	Width, Height int
	Tools         PictureTools

	Link  string // where readers get it; "" for nowhere
	Ended bool
	Facts []Fact

	Uses      []UseRow
	MoreUses  int  // that are not named
	Refused   bool // it was to be deleted and can't be
	MayDelete bool
}

// PictureField is one text of a picture in its form.
type PictureField struct {
	Input
	Rows   int
	Stored string // what stands in the store, as this field would have it
	Other  bool   // somebody else has written it meanwhile
	Now    string // what, in words
}

// Fact is something known about a file, with its name.
type Fact struct{ Label, Text string }

// UseRow is a thing in which a picture stands.
type UseRow struct {
	Path      string // "" for none that whoever looks may see
	Name      string
	Lang, Dir string
	Places    string // in words
	State     string // of an article
	Label     string // that in words
}

// pictureFields are the texts of a picture in a form, in their order.
var pictureFields = []struct {
	name string
	of   func(*news.Picture) *string
	rows int // 0 for one line only
	hint bool
}{
	{"alt", func(p *news.Picture) *string { return &p.Alt }, 3, true},
	{"caption", func(p *news.Picture) *string { return &p.Caption }, 4, true},
	{"credit", func(p *news.Picture) *string { return &p.Credit }, 0, true},
	{"title", func(p *news.Picture) *string { return &p.Title }, 0, false},
	{"source", func(p *news.Picture) *string { return &p.Source }, 0, true},
	{"rights", func(p *news.Picture) *string { return &p.Rights }, 2, true},
	{"keywords", func(p *news.Picture) *string { return &p.Keywords }, 0, false},
}

// pictureForm makes the form's fields.
func (v *visit) pictureForm(view *PictureEdit) {
	add := func(name, kind string, rows int, hint bool, typed, stored string) {
		f := PictureField{Input: view.Input(name, "field_picture_"+name, kind, typed), Rows: rows, Stored: stored}
		if hint {
			f.Hint = v.l.Word("hint_picture_" + name)
		}
		if f.Now, f.Other = view.Others[name]; f.Other && f.Now == "" {
			f.Now = v.l.Word("picture_empty")
		}
		view.Fields = append(view.Fields, f)
	}
	for _, f := range pictureFields {
		kind := "text"
		if f.rows > 0 {
			kind = "textarea"
		}
		add(f.name, kind, f.rows, f.hint, *f.of(&view.Typed), *f.of(&view.Stored))
	}
	add("rights_end", "date", 0, true, view.Ends, v.endDay(view.Stored.RightsEnd))
}

func picturePath(id news.PictureID) string {
	return Path + "pictures/" + strconv.FormatInt(int64(id), 10)
}

// pictureEdit shows a file of the library.
func pictureEdit(v *visit) error {
	p, err := v.Store.Picture(v.ctx(), news.PictureID(v.id("id")))
	if err != nil {
		return err
	}
	return v.showPicture(http.StatusOK, &p, &PictureEdit{Typed: p, Ends: v.endDay(p.RightsEnd)})
}

// endDay is the last day before a moment at which rights end, as a date field
// writes it; "" for never.
func (v *visit) endDay(end time.Time) string {
	if end.IsZero() {
		return ""
	}
	return end.In(v.settings.Zone()).Add(-time.Millisecond).Format(time.DateOnly)
}

// showPicture shows the page of p with what view says already of the form.
func (v *visit) showPicture(status int, p *news.Picture, view *PictureEdit) error {
	view.Frame = v.frame(cmp.Or(strings.TrimSpace(p.Title), p.Name))
	view.ID, view.Version, view.Stored = p.ID, p.Version, *p
	v.pictureForm(view)
	view.Kind, view.Ended = p.Kind(), p.Ended
	view.Width, view.Height = p.Shown()
	if p.Served != "" {
		view.Whole = fileURL(p, 0)
	}
	if shown(p) {
		view.Large = fileURL(p, viewWidth)
	}
	held, err := v.Store.PictureHeld(v.ctx(), p.ID, v.Now())
	if err != nil {
		return err
	}
	if p.Path != "" && p.Served != "" && !p.Ended && !held {
		view.Link = (&url.URL{Path: p.Path}).EscapedPath()
	}
	view.Facts = v.pictureFacts(p)
	view.MayDelete = v.mayDelete(p)
	if err := v.fillUses(view); err != nil {
		return err
	}
	if err := v.fillTools(p, view); err != nil {
		return err
	}
	return v.show(status, "picture", *view)
}

// mayDelete reports whether somebody may take a picture out of the library: the
// picture desk any, others what they have brought themselves.
func (v *visit) mayDelete(p *news.Picture) bool {
	return v.staff.May(news.MayLibrary) || p.Creator != 0 && p.Creator == v.staff.ID
}

// pictureFacts is what is known about a file and not told by anybody.
func (v *visit) pictureFacts(p *news.Picture) []Fact {
	var facts []Fact
	add := func(label, text string) {
		if text != "" {
			facts = append(facts, Fact{v.l.Word(label), text})
		}
	}
	add("fact_file", p.Name)
	if p.Width > 0 && p.Height > 0 {
		add("fact_size", v.l.Say("size_pixels", "width", strconv.Itoa(p.Width), "height", strconv.Itoa(p.Height))+v.l.Word("list_comma")+v.fileSize(p.Size))
	} else if p.Size > 0 {
		add("fact_size", v.fileSize(p.Size))
	}
	if !p.Taken.IsZero() {
		add("fact_taken", v.l.DateTime(p.Taken.UTC()))
	}
	if !p.Added.IsZero() {
		add("fact_added", v.moment(p.Added))
	}
	add("fact_added_by", v.by(p.AddedBy))
	add("fact_changed_by", v.by(p.ChangedBy))
	add("fact_address", p.Path)
	return facts
}

// usesNamed is how many things are named in which a picture stands.
const usesNamed = 50

// fillUses fills in where the picture stands: what whoever looks may see by name.
func (v *visit) fillUses(view *PictureEdit) error {
	const most = 400
	uses, err := v.Store.UsesOfPicture(v.ctx(), view.ID, most)
	if err != nil {
		return err
	}
	times, err := v.Store.UsedTimes(v.ctx(), []news.PictureID{view.ID})
	if err != nil {
		return err
	}
	var articles []news.ArticleID
	var people []news.PersonID
	places := map[news.Target][]news.PictureUse{}
	var order []news.Target
	for _, u := range uses {
		if places[u.Of] == nil {
			order = append(order, u.Of)
			switch u.Of.Noun {
			case news.ArticleNoun:
				articles = append(articles, news.ArticleID(u.Of.ID))
			case news.PersonNoun:
				people = append(people, news.PersonID(u.Of.ID))
			}
		}
		places[u.Of] = append(places[u.Of], u)
	}
	named, err := v.nameUses(articles[:min(len(articles), 2*usesNamed)], people[:min(len(people), usesNamed)])
	if err != nil {
		return err
	}
	if err := v.nameChanges(order, named); err != nil {
		return err
	}
	for _, of := range order {
		if row, ok := named[of]; ok && len(view.Uses) < usesNamed {
			row.Places = v.placeWords(places[of])
			view.Uses = append(view.Uses, row)
		}
	}
	view.MoreUses = times[view.ID] - len(view.Uses)
	return nil
}

// nameUses tells the names of things that whoever looks may see.
func (v *visit) nameUses(articles []news.ArticleID, people []news.PersonID) (map[news.Target]UseRow, error) {
	rows := map[news.Target]UseRow{{Noun: news.SettingsNoun}: {Name: v.l.Word("use_settings")}}
	list, err := v.Store.Articles(v.ctx(), articles)
	if err != nil {
		return nil, err
	}
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return nil, err
	}
	for i := range list {
		a := &list[i]
		row := UseRow{Name: strings.TrimSpace(a.Headline), Lang: a.Language, Dir: locale.Dir(a.Language), State: stateWord(a.State), Label: v.standing(a.State, a.Stage)}
		switch {
		case v.staff.May(news.MayWrite) && v.maySee(a, all):
			row.Path = articlePath(a.ID)
		case a.Public():
			row.Path = (&url.URL{Path: a.Path}).EscapedPath()
		default:
			continue
		}
		if row.Name == "" {
			row.Name, row.Lang, row.Dir = v.l.Word("untitled"), "", ""
		}
		rows[news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}] = row
	}
	persons, err := v.Store.Persons(v.ctx(), people)
	for _, p := range persons {
		rows[news.Target{Noun: news.PersonNoun, ID: int64(p.ID)}] = UseRow{Name: p.Name, Path: (&url.URL{Path: p.Path}).EscapedPath()}
	}
	return rows, err
}

// placeWords says where in one thing a picture stands.
func (v *visit) placeWords(uses []news.PictureUse) string {
	var words []string
	for _, u := range uses {
		w := v.l.Word("use_" + string(u.Place))
		if u.Staff != 0 {
			w = v.l.Word("use_typed")
		}
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, v.l.Word("list_comma"))
}

// typedPicture reads the form over p as it stands. The day until which the rights
// last is noted where it is none.
func (v *visit) typedPicture(values url.Values, p news.Picture) (typed news.Picture, ends string) {
	for _, f := range pictureFields {
		s := strings.TrimSpace(clean(values.Get(f.name)))
		if f.rows == 0 {
			s = oneLine(s)
		}
		*f.of(&p) = s
	}
	ends = oneLine(values.Get("rights_end"))
	switch day := v.day(ends); {
	case ends == "":
		p.RightsEnd = time.Time{}
	case day.IsZero():
		v.bad("rights_end", news.BadChoice, 0)
	case ends != v.endDay(p.RightsEnd): // else the moment stays, which may be no midnight
		p.RightsEnd = day.AddDate(0, 0, 1)
	}
	return p, ends
}

// pictureDescribe stores the form over the version that it began with. What others
// have changed meanwhile, and whoever sent it has not, goes in; where both have
// changed the same, both texts are shown.
func pictureDescribe(v *visit) error {
	stored, err := v.Store.Picture(v.ctx(), news.PictureID(v.id("id")))
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	typed, ends := v.typedPicture(values, stored)
	view := &PictureEdit{Typed: typed, Ends: ends}
	if len(v.wrong) > 0 {
		return v.showPicture(http.StatusUnprocessableEntity, &stored, view)
	}
	if version, _ := strconv.Atoi(values.Get("version")); version != stored.Version {
		if view.Others = v.mergePicture(view, values, &stored); len(view.Others) > 0 {
			view.By = v.by(stored.ChangedBy)
			return v.showPicture(http.StatusConflict, &stored, view)
		}
	}
	view.Typed.Version = stored.Version
	err = v.Desk.DescribePicture(v.ctx(), v.who(), view.Typed)
	switch {
	case fault.Is(err, fault.Conflict): // in this very moment
		if stored, err = v.Store.Picture(v.ctx(), stored.ID); err != nil {
			return err
		}
		view.Others, view.By = v.mergePicture(view, values, &stored), v.by(stored.ChangedBy)
		return v.showPicture(http.StatusConflict, &stored, view)
	case v.refusedPicture(err, &view.Typed):
		return v.showPicture(http.StatusUnprocessableEntity, &stored, view)
	case err != nil:
		return err
	}
	return v.see(picturePath(stored.ID), "saved")
}

// mergePicture takes over into the form what others have changed and the form has
// not, by what it began with, and returns what both have, as it stands.
func (v *visit) mergePicture(view *PictureEdit, values url.Values, stored *news.Picture) map[string]string {
	others := map[string]string{}
	for _, f := range pictureFields {
		was, mine, theirs := strings.TrimSpace(clean(values.Get("was_"+f.name))), f.of(&view.Typed), *f.of(stored)
		switch {
		case *mine == was:
			*mine = theirs
		case theirs != was && theirs != *mine:
			others[f.name] = theirs
		}
	}
	was, theirs := values.Get("was_rights_end"), v.endDay(stored.RightsEnd)
	switch {
	case view.Ends == was:
		view.Ends, view.Typed.RightsEnd = theirs, stored.RightsEnd
	case theirs != was && theirs != view.Ends:
		others["rights_end"] = v.l.Word("never")
		if theirs != "" {
			others["rights_end"] = v.lastDay(stored.RightsEnd)
		}
	}
	return others
}

// refusedPicture notes what is too long, and reports whether that was it.
func (v *visit) refusedPicture(err error, p *news.Picture) bool {
	if !fault.Is(err, fault.Invalid) {
		return false
	}
	for field, limit := range p.TooLong() {
		v.bad(field, news.TooLong, limit)
	}
	return len(v.wrong) > 0
}

// pictureDelete takes a picture out of the library that stands nowhere; of one that
// does, it shows where.
func pictureDelete(v *visit) error {
	p, err := v.Store.Picture(v.ctx(), news.PictureID(v.id("id")))
	if err != nil {
		return err
	}
	if !v.mayDelete(&p) {
		return fault.New(fault.Denied, "")
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	switch err := v.Desk.DeletePicture(v.ctx(), v.who(), p.ID, version); {
	case fault.Is(err, fault.Invalid):
		return v.showPicture(http.StatusConflict, &p, &PictureEdit{Typed: p, Ends: v.endDay(p.RightsEnd), Refused: true})
	case fault.Is(err, fault.Conflict):
		return v.showPicture(http.StatusConflict, &p, &PictureEdit{Typed: p, Ends: v.endDay(p.RightsEnd), By: v.by(p.ChangedBy)})
	case err != nil:
		return err
	}
	return v.see(Path+"pictures/", "picture_deleted")
}
