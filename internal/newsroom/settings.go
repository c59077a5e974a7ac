package newsroom

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

const settingsPath = Path + "settings/"

// SettingsEdit is the form of a group of settings.
type SettingsEdit struct {
	Frame
	Group   string
	Groups  []Tab
	Intro   string // what the group is about
	Version int    // that the form begins with
	Fields  []SettingInput
	Behind  []string // what somebody else has changed meanwhile and the form has otherwise, in words
	Look    string   // address of a preview; "" for none
}

// SettingInput is one setting in its form.
type SettingInput struct {
	Input
	Shown   string // how: see settingKind
	Choices []Choice
	Checked bool
	L       *locale.Locale
	Find    string // words by which pictures were looked for

	Pictures PictureChoice
	Example  string // what it makes, now
	Own      string // the theme's own colour
}

// settings shows the first group.
func settingsFirst(v *visit) error {
	return v.showSettings(http.StatusOK, &settingGroups[0], shownSettings(&settingGroups[0], &v.settings), settingsShown{})
}

func settingsEdit(v *visit) error {
	g := groupNamed(v.r.PathValue("group"))
	if g == nil {
		return fault.New(fault.NotFound, "")
	}
	return v.showSettings(http.StatusOK, g, shownSettings(g, &v.settings), settingsShown{})
}

// settingsShown is what stands beside a form of settings.
type settingsShown struct {
	behind []string
	look   string
	find   map[string]string // words by which pictures are looked for, by field
}

func (v *visit) showSettings(status int, g *settingGroup, f *settingsForm, shown settingsShown) error {
	view := SettingsEdit{Frame: v.frame(v.l.Word("settings_title")), Group: g.name, Groups: v.settingsTabs(g.name), Intro: v.l.Word("group_" + g.name + "_text"), Version: f.base, Behind: shown.behind, Look: shown.look}
	manifest := v.Theme()
	for _, field := range g.fields {
		var err error
		in := SettingInput{L: v.l, Shown: string(field.kind), Find: shown.find[field.name]}
		in.Input = view.Input(field.name, "set_"+field.name, "text", f.typed[field.name]).With(v.l.Word("set_" + field.name + "_hint"))
		switch field.kind {
		case asNumber:
			in.Kind = "number"
		case asCheck:
			in.Checked = in.Value != ""
		case asTag:
			in.Choices, err = v.articleLanguages("")
		case asZone:
			if z, zoneErr := time.LoadLocation(f.settings.TimeZone); zoneErr == nil {
				in.Example = v.l.Say("zone_now", "time", v.l.Time(v.Now().In(z)))
			}
		case asPattern:
			in.Example = examplePath(&f.settings, field.name)
		case asPage:
			in.Choices, err = v.pageChoices(in.Value, 0)
		case asPicture:
			in.Pictures, err = v.pictureChoice(field.name, pictureNumber(in.Value), in.Find)
		case asColour:
			in.Own = manifest.Accent().Light.String()
			if field.name == "accent_dark" {
				in.Own = manifest.Accent().Dark.String()
			}
		case asMode:
			for _, m := range news.CommentModes() {
				in.Choices = append(in.Choices, Choice{Value: string(m), Label: v.l.Word("comments_are_" + string(m)), Chosen: string(m) == in.Value})
			}
		case asChoice:
			in.Choices = v.themeChoices(manifest, field.name, in.Value)
		}
		if err != nil {
			return err
		}
		view.Fields = append(view.Fields, in)
	}
	return v.show(status, "settings", view)
}

func (v *visit) settingsTabs(here string) []Tab {
	var tabs []Tab
	for _, g := range settingGroups {
		tabs = append(tabs, Tab{Path: settingsPath + g.name, Label: v.l.Word("group_" + g.name), Here: g.name == here})
	}
	return append(tabs, Tab{Path: settingsPath + "history", Label: v.l.Word("paper_history"), Here: here == "history"})
}

// examplePath is an address that a pattern makes.
func examplePath(s *news.Settings, field string) string {
	world := &news.Section{Slug: "world"}
	switch field {
	case "article_path":
		a := &news.Article{ID: 91, Slug: "harbour-vote"}
		return s.NewArticlePath(a, []*news.Section{world, {Slug: "europe"}}, time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC))
	case "section_path":
		return s.NewSectionPath([]*news.Section{world, {Slug: "europe"}})
	case "topic_path":
		return strings.ReplaceAll(s.TopicPath, "{slug}", "harbour")
	}
	return strings.ReplaceAll(s.PersonPath, "{slug}", "anna-bell")
}

// pictureNumber is the picture that a form names; what is no number is none.
func pictureNumber(typed string) news.PictureID {
	id, _ := strconv.ParseInt(typed, 10, 64)
	return news.PictureID(max(id, 0))
}

// themeChoices are what the theme offers for a setting, its own first.
func (v *visit) themeChoices(m *theme.Manifest, field, chosen string) []Choice {
	list := []Choice{{Label: v.l.Word("theme_own"), Chosen: chosen == ""}}
	add := func(name, label string) {
		list = append(list, Choice{Value: name, Label: label, Chosen: name == chosen, Tag: "en"})
	}
	known := chosen == ""
	if field == "front_layout" {
		for _, l := range m.Layouts {
			add(l.Name, l.Label)
			known = known || l.Name == chosen
		}
	} else {
		for name, f := range m.Fonts {
			add(name, f.Label)
			known = known || name == chosen
		}
		slices.SortFunc(list[1:], func(a, b Choice) int { return strings.Compare(a.Label, b.Label) })
	}
	if !known {
		add(chosen, chosen) // of another theme: it stays until somebody chooses
	}
	return list
}

// settingsSave saves a group, or shows how the paper would look with it.
func settingsSave(v *visit) error {
	g := groupNamed(v.r.PathValue("group"))
	if g == nil {
		return fault.New(fault.NotFound, "")
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	base, err := v.settingsAt(version)
	if err != nil {
		return err
	}
	f := v.typedSettings(g, values, &base)
	shown := settingsShown{find: map[string]string{}}
	for _, field := range g.fields {
		shown.find[field.name] = oneLine(values.Get("find-" + field.name))
	}
	do := values.Get("do")
	if strings.HasPrefix(do, "find") {
		v.wrong = nil
		return v.showSettings(http.StatusOK, g, f, shown)
	}
	merged, both := news.MergeSettings(&base, &f.settings, &v.settings)
	if len(v.wrong) == 0 {
		v.checkSettings(&merged)
	}
	if len(v.wrong) > 0 {
		return v.showSettings(http.StatusUnprocessableEntity, g, f, shown)
	}
	if do == "preview" {
		token, err := v.Desk.MakePaperPreview(v.ctx(), &merged, nil)
		if err != nil {
			return err
		}
		shown.look = previewPath + token
		return v.showSettings(http.StatusOK, g, f, shown)
	}
	if len(both) > 0 {
		return v.settingsConflict(g, f, shown, both)
	}
	err = v.Desk.ChangeSettings(v.ctx(), v.who(), func(s *news.Settings) error {
		if s.Version != v.settings.Version {
			return fault.New(fault.Conflict, "")
		}
		*s = merged
		return nil
	})
	switch wrong := problemsOf(err); {
	case wrong != nil:
		v.refusedSettings(wrong)
		return v.showSettings(http.StatusUnprocessableEntity, g, f, shown)
	case fault.Is(err, fault.Conflict): // somebody was quicker, this very moment
		if v.settings, err = v.Store.Settings(v.ctx()); err != nil {
			return err
		}
		_, both := news.MergeSettings(&base, &f.settings, &v.settings)
		return v.settingsConflict(g, f, shown, both)
	case err != nil:
		return err
	}
	return v.see(settingsPath+g.name, "saved")
}

// problemsOf are the problems of fields that a fault names; nil for none.
func problemsOf(err error) map[string]news.FieldProblem {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Invalid || len(e.Fields) == 0 {
		return nil
	}
	wrong := map[string]news.FieldProblem{}
	for field, problem := range e.Fields {
		wrong[field] = news.FieldProblem(problem)
	}
	return wrong
}

// settingsConflict shows the form as typed beside what somebody else has saved. Sent
// again, what was typed counts.
func (v *visit) settingsConflict(g *settingGroup, f *settingsForm, shown settingsShown, both []string) error {
	for _, name := range both {
		theirs := settingWords(&v.settings, name)
		if theirs == "" {
			theirs = v.l.Word("paper_empty")
		}
		shown.behind = append(shown.behind, v.l.Say("setting_theirs", "name", v.l.Word("set_"+name), "value", theirs))
	}
	if shown.behind == nil {
		shown.behind = []string{v.l.Word("setting_others")}
	}
	f.base = v.settings.Version
	return v.showSettings(http.StatusConflict, g, f, shown)
}

// settingsAt are the settings as they stood at a version; as they stand where nobody
// knows that any more.
func (v *visit) settingsAt(version int) (news.Settings, error) {
	if version == v.settings.Version {
		return v.settings, nil
	}
	s := news.DefaultSettings()
	old, err := v.Store.PaperRevision(v.ctx(), news.SettingsPart, version)
	switch {
	case fault.Is(err, fault.NotFound):
		return v.settings, nil
	case err != nil:
		return s, err
	}
	if err := json.Unmarshal(old.Value, &s); err != nil {
		return s, err
	}
	s.Version = version
	return s, nil
}

// checkSettings notes what is wrong with settings that are to be saved, and with what
// they ask of the theme and have not asked before.
func (v *visit) checkSettings(s *news.Settings) {
	v.refusedSettings(s.Check())
	m := v.Theme()
	was := m.Check(lookOf(&v.settings))
	for field, p := range m.Check(lookOf(s)) {
		switch {
		case p == was[field] || v.wrong[field] != "":
		case p.Ratio > 0:
			v.wrongWords(field, v.l.Say("problem_low_contrast", "ratio", strconv.FormatFloat(p.Ratio, 'f', 2, 64), "on", p.On.String(), "least", strconv.FormatFloat(theme.LeastContrast, 'f', 1, 64)))
		default:
			v.bad(field, news.NotOffered, 0)
		}
	}
}

// lookOf is what settings ask of a theme.
func lookOf(s *news.Settings) theme.Choice {
	return theme.Choice{Accent: s.Accent, AccentDark: s.AccentDark, Fonts: s.Fonts, Layout: s.FrontLayout}
}

// pageChoices are the standing pages to choose from, those below others after them,
// but one and what stands below it.
func (v *visit) pageChoices(chosen string, but news.ArticleID) ([]Choice, error) {
	tree, err := v.pageTree()
	if err != nil {
		return nil, err
	}
	list := []Choice{{Value: "0", Label: v.l.Word("none"), Chosen: chosen == "0" || chosen == ""}}
	for _, p := range tree {
		if but != 0 && slices.Contains(p.above, but) || p.ID == but {
			continue
		}
		c := Choice{Value: strconv.FormatInt(int64(p.ID), 10), Label: strings.Repeat("– ", len(p.above)) + p.Headline, Tag: p.Language}
		if p.State != news.Published {
			c.Label = v.l.Say("page_not_public", "name", c.Label)
		}
		c.Chosen = c.Value == chosen
		list = append(list, c)
	}
	return list, nil
}
