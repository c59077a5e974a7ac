package newsroom

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jba/templatecheck"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
	"broadsheet/internal/theme"
	"broadsheet/internal/web"
	"broadsheet/themes"
)

// room is a newsroom to be tested, at a time that stands still until it is moved.
type room struct {
	t       *testing.T
	handler *Handler
	desk    *desk.Desk
	store   *store.Store
	now     time.Time
}

const origin = "http://paper.example"

func open(t *testing.T) *room {
	t.Helper()
	words, err := locale.Load(themes.Words())
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, store: store.New(storetest.SQLite(t)), now: time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)}
	now := func() time.Time { return r.now }
	disk, err := media.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := theme.ReadManifest(themes.Paper())
	if err != nil {
		t.Fatal(err)
	}
	manifest.Layouts[0].Zones = zones()
	r.desk = desk.New(r.store, now, func(news.Change) {})
	r.handler, err = New(Parts{Store: r.store, Desk: r.desk, Log: slog.New(slog.DiscardHandler), Now: now, Words: words, Address: origin,
		Proxies: web.Proxies{}, Passwords: secret.NewPasswords(secret.Cost{Memory: 64, Passes: 1, Threads: 1}, 2), Disk: disk, MaxUpload: 1 << 20,
		Theme: func() *theme.Manifest { return manifest },
		Room: func() (*media.Darkroom, error) {
			return media.NewDarkroom(disk, append(PictureUses(), media.Use{Shape: media.Shape{W: 8, H: 5}, Widths: []int{320}})), nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// person is somebody at a browser.
type person struct {
	*room
	staff    *news.Staff // nil for a stranger
	cookie   string
	device   string // the other cookie
	language string
	header   http.Header // more of it
	network  string
}

const password = "correct horse battery"

// hire makes an account with a password and signs it in.
func (r *room) hire(name string, grants ...news.Grant) *person {
	r.t.Helper()
	s := &news.Staff{Name: name, Email: strings.ToLower(strings.Fields(name)[0]) + "@paper.example", Grants: grants}
	link, err := r.desk.AddStaff(r.t.Context(), "test", s)
	if err != nil {
		r.t.Fatal(err)
	}
	hash, err := r.handler.Passwords.Hash(r.t.Context(), password)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := r.desk.AcceptLink(r.t.Context(), link, hash); err != nil {
		r.t.Fatal(err)
	}
	p := &person{room: r, staff: s}
	p.signIn()
	return p
}

func (p *person) signIn() {
	p.t.Helper()
	token, err := p.desk.SignIn(p.t.Context(), p.staff.ID, "test", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "192.0.2.1")
	if err != nil {
		p.t.Fatal(err)
	}
	p.cookie = token
}

func (r *room) stranger() *person { return &person{room: r} }

// ask makes a request as a person's browser does.
func (p *person) ask(method, path string, form url.Values) *httptest.ResponseRecorder {
	p.t.Helper()
	req := httptest.NewRequestWithContext(context.Background(), method, origin+path, strings.NewReader(form.Encode()))
	req.Header.Set("Accept", "text/html,application/xhtml+xml")
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if p.language != "" {
		req.Header.Set("Accept-Language", p.language)
	}
	if p.cookie != "" {
		req.AddCookie(&http.Cookie{Name: cookieName, Value: p.cookie})
	}
	if p.device != "" {
		req.AddCookie(&http.Cookie{Name: deviceCookie, Value: p.device})
	}
	if p.network != "" {
		req.RemoteAddr = p.network
	}
	for name, values := range p.header {
		req.Header[name] = values
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, req)
	for _, c := range w.Result().Cookies() {
		if c.Name == cookieName {
			p.cookie = c.Value
		}
		if c.Name == deviceCookie {
			p.device = c.Value
		}
	}
	return w
}

func (p *person) get(path string) *httptest.ResponseRecorder { return p.ask("GET", path, nil) }

func (p *person) post(path string, pairs ...string) *httptest.ResponseRecorder {
	p.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return p.ask("POST", path, form)
}

// says checks an answer's status, where it leads, and what it holds.
func says(t *testing.T, w *httptest.ResponseRecorder, status int, wants ...string) {
	t.Helper()
	body := w.Body.String()
	if w.Code != status {
		t.Errorf("the answer is %d, want %d: %s", w.Code, status, body)
	}
	for _, want := range wants {
		if not, ok := strings.CutPrefix(want, "!"); ok {
			if strings.Contains(body, not) {
				t.Errorf("the answer holds %q", not)
			}
		} else if !strings.Contains(body+"\nLocation: "+w.Header().Get("Location"), want) {
			t.Errorf("the answer lacks %q: %s %s", want, w.Header().Get("Location"), body)
		}
	}
}

func TestEveryTemplateFitsItsViewAndIsUsed(t *testing.T) {
	r := open(t)
	for name, view := range Views() {
		if err := templatecheck.CheckHTML(r.handler.templates.Lookup(name), view); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A field of a view with the name of one of the frame's would stand in its place:
// somebody else's name beside the button that signs out.
func TestNoViewHidesAFieldOfItsFrame(t *testing.T) {
	for name, view := range Views() {
		of := reflect.TypeOf(view)
		for i := range of.NumField() {
			if _, hides := reflect.TypeFor[Frame]().FieldByName(of.Field(i).Name); hides {
				t.Errorf("%s: %s", name, of.Field(i).Name)
			}
		}
	}
}

func TestARouteWithoutPermissionIsNotMounted(t *testing.T) {
	r := open(t)
	if _, err := r.handler.mount([]route{{pattern: "GET /newsroom/secret", do: home}}); err != errNoAccess {
		t.Errorf("the error is %v", err)
	}
}

func TestWordsAreWholeInAllLanguages(t *testing.T) {
	r := open(t)
	for tag, lacks := range r.handler.words.Missing() {
		if tag != "en-gb" {
			t.Errorf("%s lacks %s", tag, strings.Join(lacks, ", "))
		}
	}
}

// zones are those of a layout like the first of the theme Paper.
func zones() []theme.Zone {
	return []theme.Zone{{Name: "lead", Label: "Lead", Places: 1, Fill: theme.FillNews, Picture: true}, {Name: "second", Label: "Second", Places: 3, Fill: theme.FillNews},
		{Name: "opinion", Label: "Opinion", Places: 4, Fewest: 2, Fill: theme.FillOpinion}, {Name: "latest", Label: "Latest", Places: 10, Fill: theme.FillRest}}
}
