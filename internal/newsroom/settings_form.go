package newsroom

import (
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"broadsheet/internal/news"
)

// settingKind is how a setting is shown in its form.
type settingKind string

const (
	asLine    settingKind = "line"
	asText    settingKind = "text"   // some lines
	asLines   settingKind = "lines"  // a list, one a line
	asNumber  settingKind = "number" // of at least 0
	asCheck   settingKind = "check"
	asTag     settingKind = "tag"  // a language
	asZone    settingKind = "zone" // a time zone
	asPattern settingKind = "pattern"
	asPage    settingKind = "page"    // a standing page
	asPicture settingKind = "picture" // of the library
	asColour  settingKind = "colour"
	asChoice  settingKind = "choice" // what the theme offers
	asMode    settingKind = "mode"   // how comments are taken
)

// settingGroup is one form: settings that are changed together, by their JSON names.
type settingGroup struct {
	name   string
	fields []settingField
}

type settingField struct {
	name string
	kind settingKind
}

// settingGroups are all settings, in the order of the screen.
var settingGroups = []settingGroup{
	{"paper", []settingField{{"title", asLine}, {"tagline", asLine}, {"email", asLine}}},
	{"language", []settingField{{"language", asTag}, {"languages", asLines}, {"time_zone", asZone}}},
	{"look", []settingField{{"logo", asPicture}, {"accent", asColour}, {"accent_dark", asColour}, {"fonts", asChoice}, {"front_layout", asChoice}, {"list_length", asNumber}}},
	{"addresses", []settingField{{"address", asLine}, {"article_path", asPattern}, {"section_path", asPattern}, {"topic_path", asPattern}, {"person_path", asPattern}}},
	{"rights", []settingField{{"rights_holder", asLine}, {"rights_line", asLine}}},
	{"policies", []settingField{{"imprint_page", asPage}, {"privacy_page", asPage}, {"terms_page", asPage}, {"comment_rules_page", asPage}, {"corrections_page", asPage}}},
	{"comments", []settingField{{"comments_open", asCheck}, {"comments_default", asMode}, {"comments_close_after", asNumber}}},
	{"social", []settingField{{"social", asLines}, {"social_picture", asPicture}, {"twitter_site", asLine}}},
	{"maintenance", []settingField{{"maintenance", asCheck}}},
}

// groupNamed is the group of that name; nil for none.
func groupNamed(name string) *settingGroup {
	for i := range settingGroups {
		if settingGroups[i].name == name {
			return &settingGroups[i]
		}
	}
	return nil
}

// settingsForm is the form of a group as it was typed.
type settingsForm struct {
	settings news.Settings     // with the group's fields as typed, as far as they can be read
	typed    map[string]string // each field as it was typed
	base     int               // the version that it began with
}

// setting is the field of the settings with that JSON name.
func setting(s *news.Settings, name string) reflect.Value {
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("json") == name {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// settingWords is a setting as its field shows it.
func settingWords(s *news.Settings, name string) string {
	switch v := setting(s, name); v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		if v.Bool() {
			return "1"
		}
		return ""
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Slice:
		var lines []string
		for i := range v.Len() {
			lines = append(lines, v.Index(i).String())
		}
		return strings.Join(lines, "\n")
	}
	return ""
}

// shownSettings is the form of a group as the settings stand.
func shownSettings(g *settingGroup, s *news.Settings) *settingsForm {
	f := &settingsForm{settings: *s, base: s.Version, typed: map[string]string{}}
	for _, field := range g.fields {
		f.typed[field.name] = settingWords(s, field.name)
	}
	return f
}

// typedSettings reads a group's form over the settings that it began with, and notes
// what can't be read.
func (v *visit) typedSettings(g *settingGroup, values url.Values, base *news.Settings) *settingsForm {
	f := &settingsForm{settings: *base, base: base.Version, typed: map[string]string{}}
	for _, field := range g.fields {
		to := setting(&f.settings, field.name)
		typed := strings.TrimSpace(clean(values.Get(field.name)))
		f.typed[field.name] = typed
		switch to.Kind() {
		case reflect.String:
			to.SetString(oneLine(typed))
		case reflect.Bool:
			to.SetBool(typed != "")
		case reflect.Int, reflect.Int64:
			n, err := strconv.ParseInt(typed, 10, 32)
			if err != nil && typed != "" {
				v.bad(field.name, news.BadNumber, news.SettingLimit(field.name))
				continue
			}
			to.SetInt(n)
		case reflect.Slice:
			lines := []string{}
			for line := range strings.Lines(typed) {
				if line = strings.TrimSpace(line); line != "" {
					lines = append(lines, line)
				}
			}
			to.Set(reflect.ValueOf(lines))
		}
	}
	return f
}

// refusedSettings takes over what the desk says is wrong with the settings.
func (v *visit) refusedSettings(wrong map[string]news.FieldProblem) {
	for field, problem := range wrong {
		v.bad(field, problem, news.SettingLimit(field))
	}
}
