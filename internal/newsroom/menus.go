package newsroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const menusPath = Path + "menus/"

func menuPath(name string) string { return menusPath + url.PathEscape(name) }

// MenuEdit is the form of a menu. All that it holds is in the form, so that moving
// an item needs no script, and nothing is stored before somebody saves.
type MenuEdit struct {
	Frame
	Action  string // address of the form
	Tabs    []Tab  // all menus
	Shown   bool   // the theme shows it
	Version int    // that the form begins with
	Rows    []MenuRow
	Query   string
	Found   []FoundTarget
	Asked   bool // something was looked for
	URL     string
	Text    string // of the address that is to be added
	Unsaved bool   // it differs from what readers see
	Behind  string // who has saved it meanwhile, in words; "" for nobody
	Look    string // address of a preview; "" for none
}

// MenuRow is one item of the menu in its form.
type MenuRow struct {
	N, Depth int
	Noun     news.Noun
	ID       int64
	URL      string
	Text     string // its own label
	Leads    string // the name of what it leads to
	Kind     string // what that is, in words
	Address  string
	Hidden   bool // readers can't see it, and so not the item
	Problem  string
}

// FoundTarget is something that an item may lead to.
type FoundTarget struct {
	Do, Name, Kind string
	Hidden         bool
}

// menuTarget is what an item leads to.
type menuTarget struct {
	name, address string
	public        bool
}

// menuNames looks up what items lead to, each once. The first error stays in err.
type menuNames struct {
	v        *visit
	sections news.Sections
	known    map[news.Target]menuTarget
	err      error
}

func (v *visit) menuNames() *menuNames {
	n := &menuNames{v: v, known: map[news.Target]menuTarget{}}
	n.sections, n.err = v.Store.Sections(v.ctx())
	return n
}

// of is what an item leads to.
func (n *menuNames) of(i *news.MenuItem) menuTarget {
	if i.Target == (news.Target{}) {
		return menuTarget{i.URL, i.URL, true}
	}
	t, ok := n.known[i.Target]
	if !ok {
		t = n.look(i.Target)
		if t.name == "" {
			t.name = n.v.l.Word("paper_nothing")
		}
		n.known[i.Target] = t
	}
	return t
}

func (n *menuNames) look(t news.Target) menuTarget {
	v, err := n.v, error(nil)
	var found menuTarget
	switch t.Noun {
	case news.SectionNoun:
		if s := n.sections[news.SectionID(t.ID)]; s != nil {
			found = menuTarget{s.Name, s.Path, !s.Retired}
		}
	case news.TopicNoun:
		var x news.Topic
		if x, err = v.Store.Topic(v.ctx(), news.TopicID(t.ID)); err == nil {
			found = menuTarget{x.Name, x.Path, !x.Retired}
		}
	case news.PersonNoun:
		var x news.Person
		if x, err = v.Store.Person(v.ctx(), news.PersonID(t.ID)); err == nil {
			found = menuTarget{x.Name, x.Path, true}
		}
	case news.ArticleNoun:
		var x news.Article
		if x, err = v.Store.ArticleHead(v.ctx(), news.ArticleID(t.ID)); err == nil {
			found = menuTarget{x.Headline, x.Path, x.Public()}
		}
	}
	if err != nil && !fault.Is(err, fault.NotFound) && n.err == nil {
		n.err = err
	}
	return found
}

// menuLabel is a menu's name in words.
func (v *visit) menuLabel(name string) string {
	if name == news.MainMenu || name == news.FooterMenu {
		return v.l.Word("menu_named_" + name)
	}
	return name
}

// menuNamed reads the menu that the address names: one that the theme shows, or one
// that somebody has made.
func (v *visit) menuNamed() (news.Menu, error) {
	m, err := v.Store.Menu(v.ctx(), v.r.PathValue("name"))
	if err == nil && m.Version == 0 && m.Name != news.MainMenu && m.Name != news.FooterMenu {
		err = fault.New(fault.NotFound, "")
	}
	return m, err
}

func menusFirst(v *visit) error { return v.see(menuPath(news.MainMenu), "") }

func menuEdit(v *visit) error {
	m, err := v.menuNamed()
	if err != nil {
		return err
	}
	return v.showMenu(http.StatusOK, &m, MenuEdit{})
}

// showMenu shows the form with a menu as it is or was typed; view is what stands
// beside it.
func (v *visit) showMenu(status int, m *news.Menu, view MenuEdit) error {
	all, err := v.Store.Menus(v.ctx())
	if err != nil {
		return err
	}
	names := []string{news.MainMenu, news.FooterMenu}
	for _, one := range all {
		if !slices.Contains(names, one.Name) {
			names = append(names, one.Name)
		}
	}
	for _, name := range names {
		view.Tabs = append(view.Tabs, Tab{Path: menuPath(name), Label: v.menuLabel(name), Here: name == m.Name})
	}
	view.Frame, view.Action, view.Version = v.frame(v.l.Word("menus_title")), menuPath(m.Name), m.Version
	view.Shown = m.Name == news.MainMenu || m.Name == news.FooterMenu
	targets := v.menuNames()
	for i, at := range m.Flat() {
		item, to := at.Item, targets.of(at.Item)
		row := MenuRow{N: i, Depth: at.Depth, Noun: item.Target.Noun, ID: item.Target.ID, URL: item.URL, Text: item.Label, Leads: to.name, Hidden: !to.public,
			Address: to.address, Problem: v.wrong["item-"+strconv.Itoa(i)], Kind: v.l.Word("paper_noun_" + string(item.Target.Noun))}
		if item.Target.Noun == "" {
			row.Kind = v.l.Word("paper_noun_address")
		}
		view.Rows = append(view.Rows, row)
	}
	if view.Query != "" {
		view.Asked = true
		if view.Found, err = v.findTargets(view.Query, targets.sections); err != nil {
			return err
		}
	}
	if targets.err != nil {
		return targets.err
	}
	return v.show(status, "menu", view)
}

// findTargets finds by words what an item may lead to: some of each kind.
func (v *visit) findTargets(words string, sections news.Sections) ([]FoundTarget, error) {
	const each = 8
	var found []FoundTarget
	add := func(noun news.Noun, kind string, id int64, name string, hidden bool) {
		found = append(found, FoundTarget{Do: "add " + string(noun) + " " + strconv.FormatInt(id, 10), Name: name, Kind: v.l.Word(kind), Hidden: hidden})
	}
	for _, c := range sectionChoices(sections, 0, &news.Staff{}) {
		if s := sections[c.ID]; store.HoldsWords(c.Label, words) && len(found) < each {
			add(news.SectionNoun, "paper_noun_section", int64(c.ID), c.Label, s.Retired)
		}
	}
	topics, err := v.Store.TopicsFor(v.ctx(), store.TermFilter{Words: words}, each)
	if err != nil {
		return nil, err
	}
	for _, t := range topics {
		add(news.TopicNoun, "paper_noun_topic", int64(t.ID), t.Name, false)
	}
	people, err := v.Store.PeopleFor(v.ctx(), store.TermFilter{Words: words}, each)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		add(news.PersonNoun, "paper_noun_person", int64(p.ID), p.Name, false)
	}
	for _, kind := range []news.Kind{news.StandingPage, news.Story} {
		states := []news.State{news.Published}
		if kind == news.StandingPage {
			states = []news.State{news.Published, news.Draft, news.Scheduled}
		}
		list, err := v.Store.ArticlesFor(v.ctx(), news.DeskFilter{Kind: kind, Headline: words, States: states}, news.DeskPlace{}, each)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			add(news.ArticleNoun, "paper_noun_"+string(kind), int64(a.ID), a.Headline, a.State != news.Published)
		}
	}
	return found, nil
}

// typedMenu reads the form of a menu: its items in their order, with how deep each
// stands.
func typedMenu(values url.Values) (items []news.MenuItem, depths []int) {
	nouns, ids, urls, texts, deep := values["item_noun"], values["item_id"], values["item_url"], values["item_label"], values["item_depth"]
	for i := range nouns {
		if i >= len(ids) || i >= len(urls) || i >= len(texts) || i >= len(deep) || i > news.MaxMenuItems {
			break
		}
		item := news.MenuItem{Label: oneLine(texts[i])}
		id, _ := strconv.ParseInt(ids[i], 10, 64) // what is no number is none
		switch noun := news.Noun(nouns[i]); noun {
		case news.SectionNoun, news.TopicNoun, news.PersonNoun, news.ArticleNoun:
			item.Target = news.Target{Noun: noun, ID: id}
		default:
			item.URL = oneLine(urls[i])
		}
		depth, _ := strconv.Atoi(deep[i]) // likewise
		if i == 0 {
			depth = 0
		} else {
			depth = max(0, min(depth, depths[i-1]+1))
		}
		items, depths = append(items, item), append(depths, depth)
	}
	return items, depths
}

// menuSave saves the menu, or does with the form what its button says.
func menuSave(v *visit) error {
	stored, err := v.menuNamed()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	items, depths := typedMenu(values)
	view := MenuEdit{Query: oneLine(values.Get("q")), URL: oneLine(values.Get("new_url")), Text: oneLine(values.Get("new_label"))}
	m := news.Menu{Name: stored.Name}
	m.Version, _ = strconv.Atoi(values.Get("version")) // what is no number is no version
	do := values.Get("do")
	if do != "save" && do != "preview" {
		view.Unsaved = true
		items, depths = v.arranged(do, items, depths, &view)
		m.Items = news.NestItems(items, depths)
		status := http.StatusOK
		if len(v.wrong) > 0 {
			status = http.StatusUnprocessableEntity
		}
		return v.showMenu(status, &m, view)
	}
	m.Items = news.NestItems(items, depths)
	view.Query, view.Unsaved = "", true
	if wrong := m.Check(); wrong != nil {
		for field, problem := range wrong {
			v.bad(field, problem, news.MaxMenuItems)
		}
		return v.showMenu(http.StatusUnprocessableEntity, &m, view)
	}
	if do == "preview" {
		token, err := v.Desk.MakePaperPreview(v.ctx(), nil, []news.Menu{m})
		if err != nil {
			return err
		}
		view.Look = previewPath + token
		return v.showMenu(http.StatusOK, &m, view)
	}
	switch err := v.Desk.ChangeMenu(v.ctx(), v.who(), m); {
	case fault.Is(err, fault.Conflict):
		return v.menuConflict(&m, view)
	case err != nil:
		return err
	}
	return v.see(menuPath(m.Name), "saved")
}

// menuConflict shows the form as typed, and says who was quicker. Sent again, what
// was typed counts; what they saved is in the history.
func (v *visit) menuConflict(m *news.Menu, view MenuEdit) error {
	now, err := v.Store.Menu(v.ctx(), m.Name)
	if err != nil {
		return err
	}
	by := ""
	if last, err := v.Store.PaperRevision(v.ctx(), news.MenuPart(m.Name), now.Version); err == nil {
		by = v.by(last.By)
	}
	m.Version, view.Behind = now.Version, v.l.Say("menu_conflict", "name", by)
	return v.showMenu(http.StatusConflict, m, view)
}

// arranged does with the items what a button says: "up 3", "in 3", "add topic 5".
func (v *visit) arranged(do string, items []news.MenuItem, depths []int, view *MenuEdit) ([]news.MenuItem, []int) {
	words := strings.Fields(do)
	number := func(i int) int64 {
		if i >= len(words) {
			return -1
		}
		n, err := strconv.ParseInt(words[i], 10, 64)
		if err != nil {
			return -1
		}
		return n
	}
	switch {
	case len(words) == 3 && words[0] == "add":
		noun := news.Noun(words[1])
		if id := number(2); id > 0 && slices.Contains([]news.Noun{news.SectionNoun, news.TopicNoun, news.PersonNoun, news.ArticleNoun}, noun) {
			items, depths = append(items, news.MenuItem{Target: news.Target{Noun: noun, ID: id}}), append(depths, 0)
		}
	case do == "add":
		switch {
		case view.URL == "":
			v.bad("new_url", news.Missing, 0)
		case !news.IsMenuURL(view.URL):
			v.bad("new_url", news.BadURL, 0)
		default:
			items, depths = append(items, news.MenuItem{URL: view.URL, Label: view.Text}), append(depths, 0)
			view.URL, view.Text = "", ""
		}
	case len(words) == 2:
		if at := int(number(1)); at >= 0 && at < len(items) {
			return moved(words[0], at, items, depths)
		}
	}
	return items, depths
}

// moved moves an item with all that stands below it.
func moved(how string, at int, items []news.MenuItem, depths []int) ([]news.MenuItem, []int) {
	end := endOf(depths, at)
	switch how {
	case "remove":
		for i := at + 1; i < end; i++ {
			depths[i]--
		}
		return slices.Delete(items, at, at+1), slices.Delete(depths, at, at+1)
	case "in":
		if at > 0 && depths[at] <= depths[at-1] && deepest(depths[at:end]) < news.MaxMenuDepth-1 {
			for i := at; i < end; i++ {
				depths[i]++
			}
		}
	case "out":
		if depths[at] > 0 {
			for i := at; i < end; i++ {
				depths[i]--
			}
		}
	case "up":
		for before := at - 1; before >= 0 && depths[before] >= depths[at]; before-- {
			if depths[before] == depths[at] {
				return swapped(items, before, at, end), swapped(depths, before, at, end)
			}
		}
	case "down":
		if end < len(items) && depths[end] == depths[at] {
			next := endOf(depths, end)
			return swapped(items, at, end, next), swapped(depths, at, end, next)
		}
	}
	return items, depths
}

func deepest(depths []int) int { return slices.Max(depths) }

// endOf is where what stands below the item at a place ends.
func endOf(depths []int, at int) int {
	end := at + 1
	for end < len(depths) && depths[end] > depths[at] {
		end++
	}
	return end
}

// swapped has what stands from b to c before what stands from a to b.
func swapped[T any](list []T, a, b, c int) []T {
	return slices.Concat(list[:a:a], list[b:c], list[a:b], list[c:])
}
