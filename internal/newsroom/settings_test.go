package newsroom

import (
	"html"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Whatever the command "settings" can set, the screen can, too.
func TestEverySettingHasAFieldOnTheScreen(t *testing.T) {
	var have, want []string
	for _, g := range settingGroups {
		for _, f := range g.fields {
			have = append(have, f.name)
		}
	}
	of := reflect.TypeFor[news.Settings]()
	for i := range of.NumField() {
		if name := of.Field(i).Tag.Get("json"); name != "-" {
			want = append(want, name)
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("on the screen: %v, in the settings: %v", have, want)
	}
	d := openDesk(t)
	ada := d.hire("Ada Admin", news.Grant{Role: news.Administrator})
	for _, g := range settingGroups {
		w := ada.get(settingsPath + g.name)
		says(t, w, http.StatusOK)
		for _, f := range g.fields {
			if !strings.Contains(w.Body.String(), `name="`+f.name+`"`) {
				t.Errorf("the screen %s has no field %s", g.name, f.name)
			}
		}
	}
}

// groupFields are all that a screen of settings would send, with some changed.
func groupFields(s news.Settings, group string, pairs ...string) []string {
	g := groupNamed(group)
	all := []string{"version", "0", "do", "save"}
	for name, value := range shownSettings(g, &s).typed {
		all = append(all, name, value)
	}
	values := url.Values{}
	for i := 0; i+1 < len(all); i += 2 {
		values.Set(all[i], all[i+1])
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	var list []string
	for name := range values {
		list = append(list, name, values.Get(name))
	}
	return list
}

func TestSettingsAreSavedAndWhatIsWrongStandsAtItsField(t *testing.T) {
	d := openDesk(t)
	ada := d.hire("Ada Admin", news.Grant{Role: news.Administrator})
	s := news.DefaultSettings()
	says(t, ada.post(settingsPath+"paper", groupFields(s, "paper", "title", "The <b>Lantern</b>", "email", "letters@paper.example")...), http.StatusSeeOther, "settings/paper?done=saved")
	stored, err := d.store.Settings(t.Context())
	if err != nil || stored.Title != "The <b>Lantern</b>" || stored.Email != "letters@paper.example" || stored.Version != 1 || !stored.CommentsOpen {
		t.Errorf("stored: %+v, %v", stored, err)
	}
	long := strings.Repeat("x", 3000)
	for name, row := range map[string]struct {
		group, field, value, want string
	}{
		"no zone":            {"language", "time_zone", "Mars/<i>", "This is no time zone."},
		"no language":        {"language", "language", "", "This is needed."},
		"no language tag":    {"language", "languages", "fr\nnot a tag", "A language is written like"},
		"no origin":          {"addresses", "address", "javascript:alert(1)", "This is no address of a site."},
		"a path without end": {"addresses", "article_path", "/news/", "A path is needed"},
		"a path of ours":     {"addresses", "topic_path", "/newsroom/{slug}/", "A path is needed"},
		"no colour":          {"look", "accent", "red", "This is no colour."},
		"low contrast":       {"look", "accent", "#ffffee", "text needs at least 4.5 to 1"},
		"no such layout":     {"look", "front_layout", "<b>wall</b>", "The theme does not have this."},
		"no such picture":    {"look", "logo", "4711", "This is not there any more"},
		"no number":          {"look", "list_length", "many", "A number is needed, at most 200."},
		"too long":           {"paper", "title", long, "At most 200 characters"},
		"no email":           {"paper", "email", "nobody", "This is no email address."},
		"no page":            {"policies", "privacy_page", "4711", "This is not there any more"},
		"no profile":         {"social", "social", "https://a.example/\nnonsense", "Write a whole address"},
		"no handle":          {"social", "twitter_site", "lantern", "Write a name like @lantern."},
		"too many days":      {"comments", "comments_close_after", "99999", "at most 36,500"},
	} {
		w := ada.post(settingsPath+row.group, groupFields(stored, row.group, "version", "1", row.field, row.value)...)
		says(t, w, http.StatusUnprocessableEntity, row.want, "Something needs your attention")
		if strings.Contains(w.Body.String(), row.value) && strings.Contains(row.value, "<") {
			t.Errorf("%s: it is not seen as text", name)
		}
		if now, _ := d.store.Settings(t.Context()); now.Version != 1 {
			t.Fatalf("%s: it was stored: %+v", name, now)
		}
	}
	says(t, ada.post(settingsPath+"nothing", "do", "save"), http.StatusNotFound)

	german := ada
	german.language = "de"
	says(t, german.post(settingsPath+"language", groupFields(stored, "language", "version", "1", "time_zone", "x")...), http.StatusUnprocessableEntity, "Das ist keine Zeitzone.")
}

func TestTwoWhoChangeSettingsAtOnceLoseNothing(t *testing.T) {
	d := openDesk(t)
	ada, bea := d.hire("Ada Admin", news.Grant{Role: news.Administrator}), d.hire("Bea Admin", news.Grant{Role: news.Administrator})
	s := news.DefaultSettings()
	says(t, ada.post(settingsPath+"paper", groupFields(s, "paper", "title", "One")...), http.StatusSeeOther)
	one, _ := d.store.Settings(t.Context())

	// Another field of the same form: both are taken.
	says(t, ada.post(settingsPath+"paper", groupFields(one, "paper", "version", "1", "tagline", "By the sea")...), http.StatusSeeOther)
	says(t, bea.post(settingsPath+"paper", groupFields(one, "paper", "version", "1", "email", "a@b.example")...), http.StatusSeeOther)
	now, _ := d.store.Settings(t.Context())
	if now.Tagline != "By the sea" || now.Email != "a@b.example" || now.Version != 3 {
		t.Errorf("stored: %+v", now)
	}
	// The same field: the later one is shown both.
	w := bea.post(settingsPath+"paper", groupFields(one, "paper", "version", "1", "tagline", "By the lake")...)
	says(t, w, http.StatusConflict, "Somebody else has saved settings in the meantime", "saved in the meantime as “By the sea”", `value="By the lake"`, `name="version" value="3"`)
	says(t, bea.post(settingsPath+"paper", groupFields(now, "paper", "version", "3", "tagline", "By the lake")...), http.StatusSeeOther)

	// The history says who did what, and gives it back.
	h := ada.get(settingsPath + "history")
	says(t, h, http.StatusOK, "Bea Admin", "By the sea", "By the lake", "Have this back")
	says(t, ada.post(settingsPath+"history/3/restore", "version", "3"), http.StatusSeeOther, "done=paper_changed_meanwhile")
	says(t, ada.post(settingsPath+"history/3/restore", "version", "4"), http.StatusSeeOther, "done=paper_restored")
	if now, _ := d.store.Settings(t.Context()); now.Tagline != "By the sea" || now.Version != 5 {
		t.Errorf("restored: %+v", now)
	}
	says(t, ada.post(settingsPath+"history/99/restore", "version", "5"), http.StatusNotFound)
}

func TestAPreviewOfSettingsStoresNone(t *testing.T) {
	d := openDesk(t)
	ada := d.hire("Ada Admin", news.Grant{Role: news.Administrator})
	w := ada.post(settingsPath+"paper", groupFields(news.DefaultSettings(), "paper", "title", "Tried", "do", "preview")...)
	says(t, w, http.StatusOK, `src="/preview/`, `value="Tried"`, `value="390"`, `value="768"`, `value="1280"`)
	if now, _ := d.store.Settings(t.Context()); now.Version != 0 {
		t.Errorf("stored: %+v", now)
	}
	says(t, ada.post(settingsPath+"look", groupFields(news.DefaultSettings(), "look", "do", "find logo", "find-logo", "lamp")...), http.StatusOK, `value="lamp"`)
}

func TestSettingsAreForThoseWhoMaySet(t *testing.T) {
	d := openDesk(t)
	chief := d.hire("Carl Chief", news.Grant{Role: news.Chief})
	says(t, chief.get(settingsPath), http.StatusForbidden)
	says(t, chief.post(settingsPath+"paper", "title", "Mine"), http.StatusForbidden)
	says(t, chief.get(menuPath("main")), http.StatusForbidden)
	says(t, chief.get(sectionTerms.path()), http.StatusOK)
	editor := d.hire("Otto Editor", news.Grant{Role: news.Editor, Section: d.world.ID})
	says(t, editor.get(sectionTerms.path()), http.StatusForbidden)
	says(t, editor.get(pagesPath), http.StatusForbidden)
}

// rowsOf are the items of a menu as its form shows them: their depths and names.
func rowsOf(body string) string {
	var list []string
	for _, m := range regexp.MustCompile(`<li class="depth-(\d)" data-name="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		list = append(list, m[1]+m[2])
	}
	return strings.Join(list, " ")
}

// formFields reads back what the form of a menu would send.
func formFields(body string) []string {
	var pairs []string
	for _, m := range regexp.MustCompile(`<input[^>]* name="(item_[a-z]+|version)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		pairs = append(pairs, m[1], html.UnescapeString(m[2]))
	}
	return pairs
}

func TestAMenuIsArrangedWithoutAScript(t *testing.T) {
	d := openDesk(t)
	ada := d.hire("Ada Admin", news.Grant{Role: news.Administrator})
	d.story("Hidden story", d.world, 0)
	path := menuPath("main")
	says(t, ada.get(menusPath), http.StatusSeeOther, path)
	w := ada.get(path)
	says(t, w, http.StatusOK, "Nothing is in this menu yet.")
	step := func(pairs ...string) {
		t.Helper()
		w = ada.post(path, append(formFields(w.Body.String()), pairs...)...)
		says(t, w, http.StatusOK)
	}
	step("do", "find", "q", "wor")
	says(t, w, http.StatusOK, `value="add section 1"`, "World")
	step("do", "add section 1", "q", "wor")
	step("do", "add topic 1")
	step("do", "add person 1")
	step("do", "add article 1")
	step("do", "add", "new_url", "https://other.example/?a=1&b=2", "new_label", "Other <b>")
	if got := rowsOf(w.Body.String()); got != "0World 0Tides 0Anna Bell 0Hidden story 0https://other.example/?a=1&amp;b=2" {
		t.Errorf("added: %s", got)
	}
	says(t, w, http.StatusOK, "readers can’t see it", "Other &lt;b&gt;", "Not saved yet.")
	step("do", "in 1")
	step("do", "up 2")
	step("do", "down 0")
	step("do", "remove 3")
	step("do", "out 0")
	if got := rowsOf(w.Body.String()); got != "0World 1Tides 0Anna Bell 0https://other.example/?a=1&amp;b=2" && got != "0Anna Bell 0World 1Tides 0https://other.example/?a=1&amp;b=2" {
		t.Errorf("arranged: %s", got)
	}
	for _, bad := range []string{"", "javascript:alert(1)", "other"} {
		w := ada.post(path, append(formFields(w.Body.String()), "do", "add", "new_url", bad)...)
		says(t, w, http.StatusUnprocessableEntity, "Something needs your attention")
	}
	says(t, ada.post(path, append(formFields(w.Body.String()), "do", "preview")...), http.StatusOK, `src="/preview/`)
	if m, _ := d.store.Menu(t.Context(), "main"); m.Version != 0 {
		t.Errorf("stored before it was saved: %+v", m)
	}
	says(t, ada.post(path, append(formFields(w.Body.String()), "do", "save")...), http.StatusSeeOther, "done=saved")
	m, err := d.store.Menu(t.Context(), "main")
	if err != nil || len(m.Flat()) != 4 || m.Version != 1 {
		t.Errorf("stored: %+v, %v", m, err)
	}
	// Somebody who began before is told, and what they typed is still there.
	w = ada.post(path, append(formFields(w.Body.String()), "do", "save")...)
	says(t, w, http.StatusConflict, "Ada Admin has saved this menu in the meantime", `name="version" value="1"`)
	says(t, ada.post(path, append(formFields(w.Body.String()), "do", "save")...), http.StatusSeeOther)
	says(t, ada.get(path+"/history"), http.StatusOK, "Ada Admin", "Have this back")
	says(t, ada.post(path+"/history/1/restore", "version", "2"), http.StatusSeeOther, "done=paper_restored")
	says(t, ada.get(menuPath("nothing")), http.StatusNotFound)
	says(t, ada.post(path, "do", "save", "version", "3", "item_noun", "", "item_id", "0", "item_url", "javascript:alert(1)", "item_label", "x", "item_depth", "9"), http.StatusUnprocessableEntity, "Write a whole address")
	if err := d.desk.ChangeMenu(t.Context(), "test", news.Menu{Name: "main"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("over an older version: %v", err)
	}
}
