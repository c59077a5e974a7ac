package newsroom

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/newsroom/newsroomtest"
)

// furnished is a newsroom in which there is something at each address.
type furnished struct {
	*room
	*newsroomtest.Paper
	people map[string]*person // by what they are
}

func furnish(t *testing.T) *furnished {
	t.Helper()
	f := &furnished{room: open(t), people: map[string]*person{}}
	var err error
	if f.Paper, err = newsroomtest.Furnish(t.Context(), f.desk, f.now); err != nil {
		t.Fatal(err)
	}
	return f
}

// address is a route's, of the things that belong elsewhere where elsewhere has
// any.
func (f *furnished) address(r route, elsewhere map[string]string) (method, path string) {
	f.t.Helper()
	examples := maps.Clone(f.Examples)
	maps.Copy(examples, elsewhere)
	method, path, err := newsroomtest.Address(r.pattern, examples)
	if err != nil {
		f.t.Fatal(err)
	}
	return method, path
}

// being is somebody with these roles.
func (f *furnished) being(grants ...news.Grant) *person {
	f.t.Helper()
	key := fmt.Sprint(grants)
	if f.people[key] == nil {
		f.people[key] = &person{room: f.room, staff: &news.Staff{Name: "X", Email: fmt.Sprintf("x%d@paper.example", len(f.people)), Grants: grants}}
		if _, err := f.desk.AddStaff(f.t.Context(), "test", f.people[key].staff); err != nil {
			f.t.Fatal(err)
		}
		f.people[key].signIn()
	}
	return f.people[key]
}

// done is how many lines the log has: as many as before where nothing was done.
func (f *furnished) done() int64 {
	f.t.Helper()
	lines, err := f.store.AuditBefore(f.t.Context(), 1<<60, 1)
	if err != nil {
		f.t.Fatal(err)
	}
	return lines[0].ID
}

// tells fails the test where an answer holds one of the words.
func tells(t *testing.T, name string, w *httptest.ResponseRecorder, words []string) {
	t.Helper()
	said := fmt.Sprint(w.Header(), w.Body.String())
	for _, word := range words {
		if strings.Contains(said, word) {
			t.Errorf("%s tells %s", name, word)
		}
	}
}

// sent is what a form of any screen might hold.
func (f *furnished) sent() url.Values {
	return url.Values{"version": {"3"}, "headline": {"Taken over"}, "body": {text}, "do": {"save"}, "counter": {"9"}, "one": {"approved-1"}, "id": {"1"}, "days": {"1"}, "name": {"Taken over"},
		"email": {"taken@paper.example"}, "role": {"administrator"}, "language": {"en"}, "section": {fmt.Sprint(int64(f.Sport.ID))}}
}

func TestEveryRouteAsksForASignIn(t *testing.T) {
	f := furnish(t)
	before := f.done()
	for _, route := range routes() {
		method, path := f.address(route, nil)
		if route.access == anyone {
			continue
		}
		w := f.stranger().ask(method, path, map[string][]string{"a": {"typed <b>"}})
		switch method {
		case "GET":
			says(t, w, http.StatusSeeOther, "Location: /newsroom/sign-in")
		default:
			says(t, w, http.StatusUnauthorized, "Sign in to the newsroom", `value="typed &lt;b&gt;"`)
		}
		tells(t, route.pattern, w, f.Secrets)
		program := f.stranger()
		program.header = http.Header{"Accept": {"application/json"}}
		w = program.ask(method, path, url.Values{})
		says(t, w, http.StatusUnauthorized, "Please sign in")
		tells(t, route.pattern, w, f.Secrets)
	}
	if f.done() != before {
		t.Error("somebody who is not signed in has done something")
	}
}

func TestPostsFromElsewhereAreRefused(t *testing.T) {
	f := furnish(t)
	p := f.being(news.Grant{Role: news.Administrator})
	before := f.done()
	for _, header := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Sec-Fetch-Site": nil, "Origin": {"http://evil.example"}}} {
		for _, route := range routes() {
			method, path := f.address(route, nil)
			if method != "POST" {
				continue
			}
			p.header = header
			says(t, p.ask(method, path, url.Values{"name": {"Evil"}}), http.StatusForbidden, "This is not for you")
		}
	}
	if f.done() != before {
		t.Error("a post from another site has done something")
	}
}

// lacking are combinations of roles without a permission: none, each alone, and all
// of them together, which may whatever any other combination may.
func lacking(p news.Permission, world news.SectionID) [][]news.Grant {
	all, together := [][]news.Grant{nil}, []news.Grant(nil)
	for _, role := range news.Roles() {
		if slices.Contains(role.Permissions(), p) {
			continue
		}
		g := news.Grant{Role: role}
		all, together = append(all, []news.Grant{g}), append(together, g)
		if role.Sectioned() {
			all = append(all, []news.Grant{{Role: role, Section: world}})
		}
	}
	return append(all, together)
}

func TestWhoMayNotGetsNothingOfARoute(t *testing.T) {
	f := furnish(t)
	for _, p := range news.Permissions() {
		for _, grants := range lacking(p, f.World.ID) {
			f.being(grants...)
		}
	}
	before, asked := f.done(), 0
	for _, route := range routes() {
		if route.access == anyone || route.access == anyStaff {
			continue
		}
		method, path := f.address(route, nil)
		for _, grants := range lacking(news.Permission(route.access), f.World.ID) {
			p := f.being(grants...)
			for _, method := range map[string][]string{"GET": {"GET", "HEAD"}, "POST": {"POST"}}[method] {
				asked++
				name := fmt.Sprint(method, " ", path, " for ", grants)
				w := p.ask(method, path, f.sent())
				if w.Code != http.StatusForbidden {
					t.Errorf("%s is answered %d", name, w.Code)
				}
				tells(t, name, w, f.Secrets)
				if main := regexp.MustCompile(`(?s)<main.*</main>`).FindString(w.Body.String()); method != "HEAD" && (!strings.Contains(main, "This is not for you") || len(main) > 400) {
					t.Errorf("%s: the refusal is not all that is said: %s", name, main)
				}
			}
		}
	}
	if asked < 300 {
		t.Errorf("only %d requests were made", asked)
	}
	if f.done() != before {
		t.Error("somebody who may not has done something")
	}
}

// An editor of World, who is all else besides that is bound to no section and does
// not make them editor of everything: whatever they ask for of what stands in Sport
// is refused, and no list, search or form tells of it.
func TestASectionEditorGetsNothingOfOtherSections(t *testing.T) {
	f := furnish(t)
	p := f.being(news.Grant{Role: news.Editor, Section: f.World.ID}, news.Grant{Role: news.Reporter}, news.Grant{Role: news.PictureDesk})
	before, refused, shown := f.done(), 0, 0
	sport, outside := fmt.Sprint(int64(f.Sport.ID)), fmt.Sprint(int64(f.Outside.ID))
	for _, route := range routes() {
		method, path := f.address(route, f.Elsewhere)
		_, inside := f.address(route, nil)
		switch {
		case route.access == anyone, !p.staff.May(news.Permission(route.access)) && route.access != anyStaff:
			continue
		case path != inside: // a thing of Sport
			refused++
			w := p.ask(method, path, f.sent())
			if w.Code != http.StatusForbidden {
				t.Errorf("%s %s is answered %d", method, path, w.Code)
			}
			tells(t, method+" "+path, w, f.Secrets)
		case method == "GET":
			for _, query := range []url.Values{nil, {"q": {"quorloutsideh"}}, {"section": {sport}}, {"id": {outside}}, {"article": {outside}}, {"state": {"draft"}}, {"mine": {"1"}}} {
				w := p.ask("GET", path+"?"+query.Encode(), nil)
				if w.Code >= http.StatusInternalServerError {
					t.Errorf("%s?%s is answered %d", path, query.Encode(), w.Code)
				}
				if w.Code == http.StatusOK {
					shown++
				}
				tells(t, path+"?"+query.Encode(), w, f.OfSport)
			}
		}
	}
	if refused < 10 || shown < 20 {
		t.Errorf("%d addresses were refused and %d screens shown: too few to tell", refused, shown)
	}
	if f.done() != before {
		t.Error("something of Sport was changed, or something else")
	}
	after, err := f.store.Article(t.Context(), f.Outside.ID)
	if err != nil || after.Version != f.Outside.Version {
		t.Errorf("it was changed: version %d, %v", after.Version, err)
	}
}

// An address that nobody has given an example for is found.
func TestARouteWithoutAnExampleFails(t *testing.T) {
	f := furnish(t)
	if _, path, err := newsroomtest.Address("GET /newsroom/oracles/{id}", f.Examples); err == nil {
		t.Errorf("it is %s", path)
	}
}
