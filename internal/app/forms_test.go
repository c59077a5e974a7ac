package app

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"broadsheet/internal/config"
	"broadsheet/internal/mail/mailtest"
	"broadsheet/internal/news"
	"broadsheet/internal/newsroom"
	"broadsheet/internal/newsroom/newsroomtest"
)

// complaints is a log that keeps what went wrong.
type complaints struct {
	slog.Handler
	mu  sync.Mutex
	all []string
}

func (c *complaints) Handle(ctx context.Context, r slog.Record) error {
	var b strings.Builder
	fmt.Fprint(&b, r.Message)
	r.Attrs(func(a slog.Attr) bool { fmt.Fprintf(&b, " %s=%.2000s", a.Key, a.Value); return true })
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, b.String())
	return nil
}

func (c *complaints) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

// mill is a running paper whose forms are all tried.
type mill struct {
	t       *testing.T
	a       *App
	paper   *newsroomtest.Paper
	url     string // without a slash at the end
	log     *complaints
	client  http.Client
	hash    string // of the password of every account
	staff   []news.StaffID
	email   string   // of whoever signs in last
	screens []string // addresses
	welcome string   // a screen that a link leads to
	box     *mailtest.Server

	known    map[string]bool // keys of the forms that were tried
	accepted map[string]bool // of those that took something
	tries    int
}

const millPassword = "correct horse battery"

func openMill(t *testing.T) *mill {
	t.Helper()
	m := &mill{t: t, box: mailtest.Start(t, false), log: &complaints{Handler: slog.DiscardHandler}, known: map[string]bool{}, accepted: map[string]bool{}}
	c := config.Default()
	c.Data, c.Addr = t.TempDir(), "127.0.0.1:0"
	// Each visitor may come from a network of their own, so that none comes too often.
	c.TrustedProxies = []config.Network{{Prefix: netip.MustParsePrefix("127.0.0.1/32")}}
	c.SMTP = config.SMTP{Host: "127.0.0.1", Port: m.box.Port, TLS: "none", From: "newsroom@paper.example"}
	var err error
	if m.a, err = Open(t.Context(), &c, slog.New(m.log)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.a.Close(); err != nil {
			t.Error(err)
		}
	})
	if m.paper, err = newsroomtest.Furnish(t.Context(), m.a.Desk, time.Now()); err != nil {
		t.Fatal(err)
	}
	if m.hash, err = m.a.Passwords().Hash(t.Context(), millPassword); err != nil {
		t.Fatal(err)
	}
	m.url = strings.TrimSuffix(serve(t, m.a), "/")
	if err := m.a.Desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error { s.Address = m.url; return nil }); err != nil {
		t.Fatal(err)
	}
	m.client = http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	m.account()
	for _, pattern := range newsroom.Addresses() {
		method, path, err := newsroomtest.Address(pattern, m.paper.Examples)
		if err != nil {
			t.Fatal(err)
		}
		if method == "GET" {
			m.screens = append(m.screens, path)
		}
	}
	link, _, err := m.a.Desk.LinkStaff(t.Context(), "test", m.paper.Colleague.ID)
	if err != nil {
		t.Fatal(err)
	}
	m.welcome = "/newsroom/welcome?link=" + url.QueryEscape(link)
	return m
}

// account makes one more administrator, and returns its address.
func (m *mill) account() string {
	m.t.Helper()
	s := &news.Staff{Name: "Ada Marsh", Email: fmt.Sprintf("ada%d@paper.example", len(m.staff)), Grants: []news.Grant{{Role: news.Administrator}}}
	link, err := m.a.Desk.AddStaff(m.t.Context(), "test", s)
	if err != nil {
		m.t.Fatal(err)
	}
	if _, err := m.a.Desk.AcceptLink(m.t.Context(), link, m.hash); err != nil {
		m.t.Fatal(err)
	}
	m.staff, m.email = append(m.staff, s.ID), s.Email
	return s.Email
}

// session signs in whoever tries the forms, who was perhaps just signed out.
func (m *mill) session() string {
	m.t.Helper()
	token, err := m.a.Desk.SignIn(m.t.Context(), m.staff[len(m.staff)-1], "password", "a browser", "192.0.2.1")
	if err != nil {
		m.account()
		return m.session()
	}
	return token
}

// reply is an answer, read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
	page   *html.Node // nil for what is no page
}

// ask makes a request as a browser with that session would.
func (m *mill) ask(method, path, session string, body io.Reader, kind string) (reply, error) {
	req, err := http.NewRequestWithContext(m.t.Context(), method, m.url+path, body)
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("Accept", "text/html,application/xhtml+xml")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", m.tries/200%200, m.tries%200+1))
	m.tries++
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if session != "" {
		req.AddCookie(&http.Cookie{Name: "newsroom", Value: session})
	}
	resp, err := m.client.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	r := reply{status: resp.StatusCode, header: resp.Header}
	if r.body, err = io.ReadAll(resp.Body); err == nil && strings.HasPrefix(r.header.Get("Content-Type"), "text/html") {
		r.page, err = html.Parse(bytes.NewReader(r.body))
	}
	return r, err
}

// send sends a form with these values.
func (m *mill) send(f *form, session string, values url.Values) (reply, error) {
	if f.method == "GET" {
		at, _, _ := strings.Cut(f.action, "?")
		return m.ask("GET", at+"?"+values.Encode(), session, nil, "")
	}
	body, kind, err := f.coded(values)
	if err != nil {
		return reply{}, err
	}
	return m.ask("POST", f.action, session, body, kind)
}

// open gets a screen; nil where there is none any more.
func (m *mill) open(path, session string) *html.Node {
	m.t.Helper()
	r, err := m.ask("GET", path, session, nil, "")
	if err != nil {
		m.t.Fatal(err)
	}
	m.check(path, r)
	if r.status != http.StatusOK {
		return nil
	}
	return r.page
}

// check fails the test for an answer that no person should get.
func (m *mill) check(name string, r reply) {
	m.t.Helper()
	if r.status >= 500 || r.status < 200 {
		m.t.Errorf("%s is answered %d: %.300s", name, r.status, r.body)
	}
	if r.page != nil {
		if what := ran(r.page); what != "" {
			m.t.Errorf("%s: what was typed has become %s", name, what)
		}
		if whole := bytes.HasPrefix(r.body, []byte("<!doctype")); whole && (r.status < 300 || r.status >= 400) && (strings.TrimSpace(textOf(r.page, "h1")) == "" || len(strings.TrimSpace(textOf(r.page, "main"))) < 10) {
			m.t.Errorf("%s, answered %d, says nothing", name, r.status)
		}
	} else if r.status >= 400 && len(bytes.TrimSpace(r.body)) < 5 {
		m.t.Errorf("%s is answered %d without a word", name, r.status)
	}
	m.log.mu.Lock()
	defer m.log.mu.Unlock()
	for _, l := range m.log.all {
		m.t.Errorf("%s: the log says %s", name, l)
	}
	m.log.all = nil
}

func textOf(page *html.Node, element string) string {
	for n := range page.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			return content(n)
		}
	}
	return ""
}

// again is the same form as its screen has it now; the one that was found where it
// came with the answer to another.
func (m *mill) again(f *form, session string) *form {
	m.t.Helper()
	if f.screen == "" {
		return f
	}
	page := m.open(f.screen, session)
	if page == nil {
		return nil
	}
	for _, g := range formsOf(f.screen, page) {
		if g.key() == f.key() {
			return g
		}
	}
	return nil
}

// way is one way of filling in a form.
type way struct {
	name string
	fill func(field) []string
}

func ways(email string) []way {
	const nonsense = "\x00\xff\ufffd -1 ∞ 99999999999999999999 ‮abc%zz;\r\n\t' or 1=1 --"
	return []way{
		{"nothing at all", func(field) []string { return nil }},
		{"empty fields", func(field) []string { return []string{""} }},
		{"nonsense", func(field) []string { return []string{nonsense} }},
		{"nonsense for numbers", func(f field) []string { return []string{"-7", f.value} }},
		{"too long", func(f field) []string {
			if f.typed() || !f.sent {
				return []string{strings.Repeat("ä b", 1500)}
			}
			return []string{f.value}
		}},
		{"hostile in all fields", hostileIn},
		{"hostile in hidden ones, too", func(field) []string { return []string{hostile} }},
		{"stale", func(f field) []string {
			if f.kind == "hidden" {
				return []string{"1"}
			}
			return asItStands(f)
		}},
		{"as people fill it in", rightly(email)},
		{"as somebody new fills it in", rightly("new@mail.example")},
		{"as it stands", asItStands},
	}
}

// rightly writes into each field what belongs there.
func rightly(email string) func(field) []string {
	return func(f field) []string {
		switch {
		case f.kind == "password":
			return []string{millPassword}
		case f.kind == "email" && f.value == "":
			return []string{email}
		case f.kind == "text" && f.value == "" && f.name != "slug":
			return []string{"Words"}
		case f.kind == "checkbox" && f.name == "id":
			return []string{f.value}
		}
		return asItStands(f)
	}
}

// hostileIn writes the hostile text where a person may write, in what is written as
// a tree into its texts.
func hostileIn(f field) []string {
	if tree, ok := hostileTree(f.value); ok {
		return []string{tree}
	}
	if f.free() {
		return []string{hostile}
	}
	return asItStands(f)
}

func hostileTree(value string) (string, bool) {
	var tree any
	if !strings.HasPrefix(value, "{") || json.Unmarshal([]byte(value), &tree) != nil {
		return "", false
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for k, x := range v {
				if _, ok := x.(string); ok && k == "text" {
					v[k] = hostile
				}
				walk(x)
			}
		}
	}
	walk(tree)
	b, _ := json.Marshal(tree) // it was JSON
	return string(b), true
}

// try sends a form in every way by each of its buttons, and collects the forms of
// the answers.
func (m *mill) try(f *form, session func() string) (more []*form) {
	m.t.Helper()
	buttons := f.buttons
	if len(buttons) == 0 {
		buttons = []field{{}}
	}
	one := func(name string, button field, fill func(field) []string) {
		now := session()
		g := m.again(f, now)
		if g == nil {
			return
		}
		values := g.filled(button, fill)
		name = fmt.Sprintf("%s (%s), button %q, on %s", g.action, name, button.value, g.screen)
		r, err := m.send(g, now, values)
		if err != nil {
			m.t.Errorf("%s: %v", name, err)
			return
		}
		m.check(name, r)
		if r.status < 400 {
			m.accepted[f.key()] = true
		}
		if r.page != nil && g.method == "POST" {
			back := formsOf(g.action, r.page)
			m.kept(name, g, values, r, back)
			for _, x := range back {
				x.screen = "" // it stands in an answer only
			}
			more = append(more, back...)
		}
	}
	for _, button := range buttons {
		for _, w := range ways(m.email) {
			one(w.name, button, w.fill)
		}
	}
	for _, x := range f.fields {
		if _, tree := hostileTree(x.value); f.method == "POST" && (x.free() || tree) {
			one("hostile in "+x.name, buttons[0], func(f field) []string {
				if f.name == x.name {
					return hostileIn(f)
				}
				return asItStands(f)
			})
		}
	}
	m.twice(f, session())
	return more
}

// kept fails the test where a form is refused and comes back without what was typed.
func (m *mill) kept(name string, sent *form, values url.Values, r reply, back []*form) {
	m.t.Helper()
	if r.status != http.StatusUnprocessableEntity && r.status != http.StatusConflict {
		return
	}
	for _, g := range back {
		if g.key() != sent.key() {
			continue
		}
		for _, x := range g.fields {
			was := values.Get(x.name)
			if !x.typed() || x.once || !slices.Contains([]string{"text", "textarea", "email"}, x.kind) || len(values[x.name]) > 1 || strings.TrimSpace(was) == "" {
				continue
			}
			if got, want := plainly(x.value), plainly(was); got != want {
				m.t.Errorf("%s: refused, and %s is %.80q where %.80q was typed", name, x.name, got, want)
			}
		}
		return
	}
}

// plainly is a text without what a form may write otherwise: spaces, what parts the
// members of a list, the case of an address, signs that are none.
func plainly(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == ',' || r == ';' || r == utf8.RuneError {
			return -1
		}
		return unicode.ToLower(r)
	}, strings.ToValidUTF8(s, ""))
}

// twice sends a form two times at once, as a double click does.
func (m *mill) twice(f *form, session string) {
	m.t.Helper()
	g := m.again(f, session)
	if g == nil || g.method == "GET" {
		return
	}
	button := field{}
	if len(g.buttons) > 0 {
		button = g.buttons[0]
	}
	values := g.filled(button, asItStands)
	var replies [2]reply
	var errs [2]error
	var both sync.WaitGroup
	for i := range replies {
		n := *m // each counts its own requests
		both.Go(func() { replies[i], errs[i] = n.send(g, session, values) })
	}
	both.Wait()
	m.tries += 2
	if err := errors.Join(errs[:]...); err != nil {
		m.t.Errorf("%s twice at once: %v", g.action, err)
		return
	}
	for _, r := range replies {
		m.check(g.action+" twice at once", r)
	}
}

// found are the forms that were not tried yet, of all screens.
func (m *mill) found(session string) (all []*form) {
	m.t.Helper()
	screens := m.screens
	if session == "" {
		screens = append([]string{m.welcome}, screens...)
	}
	for _, path := range screens {
		page := m.open(path, session)
		if page == nil {
			continue
		}
		all = append(all, m.unknown(formsOf(path, page))...)
	}
	return all
}

func (m *mill) unknown(forms []*form) (all []*form) {
	for _, f := range forms {
		key := f.key()
		if f.screen == "" {
			key += " in an answer"
		}
		if !m.known[key] {
			m.known[key] = true
			all = append(all, f)
		}
	}
	return all
}

// readers looks at everything that readers get, from the front page on: what
// colleagues have typed is text there, too, and feeds are whole.
func (m *mill) readers() {
	m.t.Helper()
	seen, pages, feeds := map[string]bool{}, 0, 0
	queue := []string{"/", "/feed/", "/sitemap.xml", "/search/?q=quorl", "/authors/"}
	for len(queue) > 0 && len(seen) < 300 {
		path := queue[0]
		if queue = queue[1:]; seen[path] {
			continue
		}
		seen[path] = true
		r, err := m.ask("GET", path, "", nil, "")
		if err != nil {
			m.t.Fatal(err)
		}
		if r.status >= 500 {
			m.t.Errorf("readers get %d at %s", r.status, path)
		}
		kind := r.header.Get("Content-Type")
		switch {
		case r.page != nil:
			pages++
			if what := ran(r.page); what != "" {
				m.t.Errorf("%s: what was typed has become %s", path, what)
			}
			for n := range r.page.Descendants() {
				for _, name := range []string{"href", "src"} {
					if to, err := url.Parse(attr(n, name)); err == nil && n.Type == html.ElementNode && (to.Host == "" || m.url == "http://"+to.Host) && strings.HasPrefix(to.Path, "/") && !strings.HasPrefix(to.Path, "/newsroom/") {
						queue = append(queue, to.RequestURI())
					}
				}
			}
		case r.status == 200 && strings.Contains(kind, "xml"):
			feeds++
			m.feed(path, r.body)
		}
	}
	if pages < 6 || feeds < 1 {
		m.t.Errorf("readers have %d pages and %d feeds: too few to tell", pages, feeds)
	}
	m.t.Logf("readers have %d pages and %d feeds", pages, feeds)
}

// feed checks that a feed is XML, and that no program that shows its texts as HTML
// runs anything.
func (m *mill) feed(path string, body []byte) {
	m.t.Helper()
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			m.t.Errorf("%s: %v", path, err)
			return
		}
		switch x := token.(type) {
		case xml.StartElement:
			if x.Name.Local == "x-quorl" || x.Name.Local == "script" {
				m.t.Errorf("%s: what was typed has become an element", path)
			}
		case xml.CharData:
			if !bytes.Contains(x, []byte("<p>")) { // what is no HTML is text to whoever reads it
				continue
			}
			inner, err := html.Parse(bytes.NewReader(x))
			if err != nil {
				m.t.Fatal(err)
			}
			if what := ran(inner); what != "" {
				m.t.Errorf("%s: in the HTML that it holds, what was typed has become %s", path, what)
			}
		}
	}
}

// far sends more than a form takes: the answer says so, and does come.
func (m *mill) far(f *form, session string) {
	m.t.Helper()
	if f.method != "POST" || len(f.fields) == 0 {
		return
	}
	r, err := m.send(f, session, url.Values{f.fields[0].name: {strings.Repeat("long ", 800_000)}})
	if err != nil {
		m.t.Errorf("%s, far too long: %v", f.action, err)
		return
	}
	m.check(f.action+", far too long", r)
}

// whole tries a form and all that its answers hold.
func (m *mill) whole(f *form, session func() string) {
	m.t.Helper()
	for forms := []*form{f}; len(forms) > 0; {
		more := m.try(forms[0], session)
		forms = append(forms[1:], m.unknown(more)...)
	}
}

// everywhere looks at all screens, at all that readers get, and at the letters that
// were sent.
func (m *mill) everywhere() {
	m.t.Helper()
	for _, l := range m.box.Letters() {
		inside, err := html.Parse(strings.NewReader(l.Read(m.t).HTML))
		if err != nil {
			m.t.Fatal(err)
		}
		if what := ran(inside); what != "" {
			m.t.Errorf("a letter to %s: what was typed has become %s", l.To, what)
		}
	}
	for _, path := range m.screens {
		m.open(path, m.session())
	}
	m.readers()
}

func TestEveryFormTakesWhateverIsSentToIt(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of requests, one after the other")
	}
	first := openMill(t)
	nobody := func() string { return "" }
	tries := 0
	// Each form in a paper of its own, so that none spoils another's.
	for name, who := range map[string]func(*mill) func() string{"signed in": func(m *mill) func() string { return m.session }, "signed out": func(*mill) func() string { return nobody }} {
		for _, f := range first.found(who(first)()) {
			t.Run(name+" "+f.key(), func(t *testing.T) {
				m := openMill(t)
				m.known, m.accepted = first.known, first.accepted
				if f.screen == first.welcome {
					f.screen = m.welcome
				}
				m.far(f, who(m)())
				m.whole(f, who(m))
				m.everywhere()
				tries += m.tries
			})
		}
	}
	// What was done with one form shows others: to enable what was disabled, to
	// restore what was withdrawn.
	t.Run("what comes of it", func(t *testing.T) {
		m := openMill(t)
		m.known, m.accepted = first.known, first.accepted
		for range 6 {
			for _, path := range m.screens {
				page := m.open(path, m.session())
				if page == nil {
					continue
				}
				for _, f := range formsOf(path, page) {
					if f.method == "POST" {
						if _, err := m.send(f, m.session(), f.filled(append(f.buttons, field{})[0], asItStands)); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			for _, f := range m.found(m.session()) {
				m.whole(f, m.session)
			}
		}
		m.everywhere()
		tries += m.tries
	})
	var refused []string
	for _, key := range slices.Sorted(maps.Keys(first.known)) {
		if !first.accepted[strings.TrimSuffix(key, " in an answer")] {
			refused = append(refused, key)
		}
	}
	t.Logf("%d forms, %d requests; these took nothing: %s", len(first.known), tries, strings.Join(refused, "\n\t"))
	if len(first.known) < 20 || len(refused) > len(first.known)/4 {
		t.Errorf("of %d forms, %d took nothing: too few to tell", len(first.known), len(refused))
	}
}

// Whoever is not signed in any more when they send a form signs in again and finds
// it: with all that they typed, and one button that sends it.
func TestWhatWasTypedIsThereAfterSigningInAgain(t *testing.T) {
	m := openMill(t)
	m.found("") // forms for whoever is not signed in are none of these
	tried := 0
	for _, f := range m.found(m.session()) {
		if f.method != "POST" || f.action == "/newsroom/sign-out" {
			continue
		}
		tried++
		values := f.filled(append(f.buttons, field{})[0], func(x field) []string {
			if x.free() {
				return []string{"Typed <b>words</b> & \"more\"\r\n in " + x.name}
			}
			return rightly(m.email)(x)
		})
		r, err := m.send(f, "", values)
		if err != nil {
			t.Fatal(err)
		}
		if m.check(f.action, r); r.status != http.StatusUnauthorized || r.page == nil {
			t.Errorf("%s without a session is answered %d", f.action, r.status)
			continue
		}
		back := m.signInAgain(f.action, r)
		if back == nil || back.action != f.action || back.method != "POST" {
			t.Errorf("%s: after signing in again nothing leads back to it: %+v", f.action, back)
			continue
		}
		got := back.filled(field{}, asItStands)
		for name, list := range values {
			for i := range list { // a form writes lines' ends its own way
				if i >= len(got[name]) || strings.ReplaceAll(got[name][i], "\r\n", "\n") != strings.ReplaceAll(list[i], "\r\n", "\n") {
					t.Errorf("%s: %s was %.80q, and is %.80q after signing in again", f.action, name, list, got[name])
				}
			}
		}
		if r, err = m.send(back, m.session(), got); err != nil {
			t.Fatal(err)
		}
		m.check(f.action+", sent after signing in again", r)
	}
	if tried < 12 {
		t.Errorf("only %d forms were tried", tried)
	}
}

// signInAgain fills in the form for signing in that an answer holds, as a new
// account, and returns the form of the screen that it leads to.
func (m *mill) signInAgain(name string, r reply) *form {
	m.t.Helper()
	email := m.account() // for how often one account may try is counted
	for _, f := range formsOf("/newsroom/sign-in", r.page) {
		if f.action != "/newsroom/sign-in" {
			continue
		}
		for i, x := range f.fields {
			if x.name == "email" {
				f.fields[i].value = ""
			}
		}
		in, err := m.send(f, "", f.filled(field{}, rightly(email)))
		if err != nil {
			m.t.Fatal(err)
		}
		if m.check(name+", signing in again", in); in.page == nil || in.status != http.StatusOK {
			m.t.Errorf("%s: signing in again is answered %d", name, in.status)
			return nil
		}
		for _, g := range formsOf("/newsroom/", in.page) {
			if g.action != "/newsroom/sign-out" {
				return g
			}
		}
	}
	return nil
}

// What the tests above look for would be found.
func TestWhatRunsIsFound(t *testing.T) {
	for text, want := range map[string]string{"<p>" + hostile: "an element", "<p>" + html.EscapeString(hostile): "", "<script>quorl()</script>": "a script", `<a href=" JavaScript:quorl()">`: "an attribute href",
		`<script type="application/json">{"a":"quorl()"}</script>`: "", `<b onclick="quorl()">`: "an attribute onclick"} {
		page, err := html.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := ran(page); got != want {
			t.Errorf("%s: found %q, want %q", text, got, want)
		}
	}
}
