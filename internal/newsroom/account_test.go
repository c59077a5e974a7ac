package newsroom

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// nonsense are values that no field takes for what it is.
func nonsense() []string {
	return []string{"", " \t\u200d", "<script>alert(1)</script>\"'", strings.Repeat("ü", 5000), "\x00\xff", "-1", "{{.}}", "' or 1=1 --"}
}

func TestSomebodyLooksAfterTheirOwnAccount(t *testing.T) {
	r := open(t)
	p := r.hire("Ida Holm")
	says(t, p.post("/newsroom/account/", "name", "Ida <b>Ölund</b>", "language", "de", "email", "other@paper.example", "role", "administrator"), http.StatusSeeOther, "done=saved")
	says(t, p.get("/newsroom/account/?done=saved"), http.StatusOK, "Gespeichert.", "Mein Konto", "Ida &lt;b&gt;Ölund&lt;/b&gt;", `lang="de" dir="ltr"`)
	if s, err := r.store.Staff(t.Context(), p.staff.ID); err != nil || s.Email != "ida@paper.example" || len(s.Grants) > 0 {
		t.Errorf("somebody changes more of their account than they may: %+v, %v", s, err)
	}
	says(t, p.post("/newsroom/account/", "name", "Ida", "language", "fa"), http.StatusSeeOther)
	says(t, p.get("/newsroom/"), http.StatusOK, `lang="fa" dir="rtl"`)
	for _, bad := range nonsense() {
		w := p.post("/newsroom/account/", "name", bad, "language", bad)
		if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusSeeOther || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%.30q is answered %d: %s", bad, w.Code, w.Body)
		}
	}
	says(t, p.post("/newsroom/account/", "name", "Ida", "language", "xx"), http.StatusUnprocessableEntity)
}

func TestTheLanguageIsTheBrowsersUntilOneIsChosen(t *testing.T) {
	r := open(t)
	p := r.stranger()
	for asked, want := range map[string]string{"": "en", "de-AT,en;q=0.5": "de", "fr,uk;q=0.7,en;q=0.3": "uk", "fr": "en", ";;nonsense": "en", "ar-EG": "ar"} {
		p.language = asked
		says(t, p.get("/newsroom/sign-in"), http.StatusOK, `<html lang="`+want+`"`)
	}
	if err := r.desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error { s.Language = "ru"; return nil }); err != nil {
		t.Fatal(err)
	}
	p.language = "fr"
	says(t, p.get("/newsroom/sign-in"), http.StatusOK, `<html lang="ru"`)
}

func TestANewPasswordNeedsTheOldOne(t *testing.T) {
	r := open(t)
	p := r.hire("Ida Holm")
	other := *p
	other.signIn()
	const path, fresh = "/newsroom/account/password", "a quite new password"
	for _, bad := range [][]string{{}, {"current", "wrong", "password", fresh, "again", fresh}, {"current", password, "password", "short", "again", "short"}, {"current", password, "password", fresh, "again", "x"}} {
		w := p.post(path, bad...)
		says(t, w, http.StatusUnprocessableEntity, `aria-invalid="true"`, "!"+fresh)
	}
	says(t, p.post(path, "current", password, "password", fresh, "again", fresh), http.StatusSeeOther, "new_password")
	says(t, p.get("/newsroom/"), http.StatusOK)
	says(t, other.get("/newsroom/"), http.StatusSeeOther, "sign-in")
	says(t, r.stranger().post("/newsroom/sign-in", "email", "ida@paper.example", "password", password), http.StatusUnprocessableEntity)
	for range accountBurst {
		p.post(path, "current", "wrong", "password", fresh, "again", fresh)
	}
	says(t, p.post(path, "current", fresh, "password", fresh, "again", fresh), http.StatusTooManyRequests, "try again in")
}

func TestDevicesAreListedAndSignedOut(t *testing.T) {
	r := open(t)
	p, otto := r.hire("Ida Holm"), r.hire("Otto Brandt")
	other := *p
	other.signIn()
	w := p.get("/newsroom/account/")
	says(t, w, http.StatusOK, "Firefox on Linux", "this device", "192.0.2.1")
	ids := regexp.MustCompile(`/sessions/(\d+)/end`).FindAllStringSubmatch(w.Body.String(), -1)
	if len(ids) != 2 {
		t.Fatalf("devices %v", ids)
	}
	for _, id := range ids { // somebody else's are none of theirs
		says(t, otto.post("/newsroom/account/sessions/"+id[1]+"/end"), http.StatusSeeOther)
	}
	says(t, other.get("/newsroom/"), http.StatusOK)
	says(t, p.post("/newsroom/account/sessions/end"), http.StatusSeeOther, "sessions_ended")
	says(t, other.get("/newsroom/"), http.StatusSeeOther, "sign-in")
	own := regexp.MustCompile(`/sessions/(\d+)/end`).FindStringSubmatch(p.get("/newsroom/account/").Body.String())[1]
	says(t, p.post("/newsroom/account/sessions/nonsense/end"), http.StatusSeeOther, "account")
	says(t, p.post("/newsroom/account/sessions/"+own+"/end"), http.StatusSeeOther, "signed_out")
	says(t, p.get("/newsroom/"), http.StatusSeeOther, "sign-in")
}

func TestSomebodyElsesPasskeyCannotBeRemoved(t *testing.T) {
	r := open(t)
	p, otto := r.hire("Ida Holm"), r.hire("Otto Brandt")
	key := &news.Passkey{Staff: p.staff.ID, Credential: "c", Name: "My <b>phone</b>", Record: []byte("{}")}
	if err := r.desk.AddPasskey(t.Context(), "test", key); err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/newsroom/account/passkeys/%d/remove", key.ID)
	says(t, otto.post(path), http.StatusSeeOther)
	says(t, p.get("/newsroom/account/"), http.StatusOK, "My &lt;b&gt;phone&lt;/b&gt;", "last used: never")
	says(t, p.post(path), http.StatusSeeOther, "passkey_removed")
	says(t, p.get("/newsroom/account/"), http.StatusOK, "!phone&lt;")
}

func TestAnAdministratorInvitesAndChanges(t *testing.T) {
	r := open(t)
	ada := r.hire("Ada Admin", news.Grant{Role: news.Administrator})
	world := &news.Section{Name: "World", Slug: "world"}
	if err := r.desk.CreateSection(t.Context(), "test", world); err != nil {
		t.Fatal(err)
	}
	europe := &news.Section{Name: "Europe", Slug: "europe", Parent: world.ID}
	if err := r.desk.CreateSection(t.Context(), "test", europe); err != nil {
		t.Fatal(err)
	}
	says(t, ada.get("/newsroom/staff/new"), http.StatusOK, "World › Europe")
	w := ada.post("/newsroom/staff/new", "name", "Otto", "email", "otto@paper.example", "role", "editor", "role", "moderator", "section", fmt.Sprint(europe.ID))
	says(t, w, http.StatusOK, "Invitation for Otto", origin+"/newsroom/welcome?link=", "7 days")
	says(t, ada.get("/newsroom/staff/"), http.StatusOK, "Editor, Europe", "Moderator")
	says(t, ada.get("/newsroom/staff/2"), http.StatusOK, fmt.Sprintf(`value="%d" checked`, europe.ID), `value="editor" checked`)
	w = ada.post("/newsroom/staff/2", "version", "1", "name", "Otto B", "email", "otto@paper.example", "role", "editor", "scope", "sections")
	says(t, w, http.StatusUnprocessableEntity, "Choose the sections, or the whole paper.", `value="editor" checked`, `value="sections" checked`)
	says(t, ada.post("/newsroom/staff/new", "name", "New", "email", "new@paper.example", "role", "editor"), http.StatusUnprocessableEntity, "Choose the sections, or the whole paper.")
	says(t, ada.post("/newsroom/staff/2", "version", "1", "name", "Otto B", "email", "otto@paper.example", "role", "editor", "scope", "paper"), http.StatusSeeOther, "saved")
	says(t, ada.get("/newsroom/staff/2"), http.StatusOK, `value="paper" checked`, "!"+fmt.Sprintf(`value="%d" checked`, europe.ID))
	w = ada.post("/newsroom/staff/2", "version", "1", "name", "Late & kept", "email", "otto@paper.example", "role", "chief")
	says(t, w, http.StatusConflict, "Somebody else has changed", "Late &amp; kept", `value="chief" checked`, `name="version" value="2"`)
	says(t, ada.post("/newsroom/staff/2", "version", "2", "name", "Late", "email", "ada@paper.example"), http.StatusUnprocessableEntity, "There is an account with this address already.")
	says(t, ada.post("/newsroom/staff/1", "version", "1", "name", "Ada", "email", "ada@paper.example", "role", "chief"), http.StatusUnprocessableEntity, "Nobody would be left")
	says(t, ada.post("/newsroom/staff/1/disable"), http.StatusUnprocessableEntity, "Nobody would be left")
	says(t, ada.post("/newsroom/staff/2/disable"), http.StatusSeeOther, "disabled")
	says(t, ada.get("/newsroom/staff/2"), http.StatusOK, "This account is disabled", "Enable this account")
	says(t, ada.post("/newsroom/staff/2/link"), http.StatusForbidden)
	says(t, ada.post("/newsroom/staff/2/enable"), http.StatusSeeOther, "enabled")
	says(t, ada.post("/newsroom/staff/2/link"), http.StatusOK, "Invitation for Otto B")
	says(t, ada.post("/newsroom/staff/2/forget-devices"), http.StatusSeeOther, "devices_forgotten")
	for _, path := range []string{"99", "x", "0", "-1", "99999999999999999999"} {
		says(t, ada.get("/newsroom/staff/"+path), http.StatusNotFound, "There is nothing here")
		says(t, ada.post("/newsroom/staff/"+path, "name", "x"), http.StatusNotFound)
		says(t, ada.post("/newsroom/staff/"+path+"/link"), http.StatusNotFound)
		says(t, ada.post("/newsroom/staff/"+path+"/disable"), http.StatusNotFound)
	}
}

// The form sends what it shows: a role for a section that is gone must not become
// one for the whole paper by that.
func TestARoleForASectionThatIsGoneStaysAsNarrow(t *testing.T) {
	d := openDesk(t)
	admin := d.hire("Ada Admin", news.Grant{Role: news.Administrator})
	p := d.hire("Worldly", news.Grant{Role: news.Editor, Section: d.sport.ID})
	p.staff.Grants = []news.Grant{{Role: news.Editor, Section: 99}} // as in a store of old
	d.must(d.desk.ChangeStaff(t.Context(), "test", *p.staff))
	w := admin.get(staffPath(p.staff.ID))
	says(t, w, http.StatusOK)
	form := url.Values{"version": {hidden(t, w, "version")}, "name": {"Worldly"}, "email": {p.staff.Email}, "role": {string(news.Editor)}}
	for _, m := range regexp.MustCompile(`name="section" value="(\d+)" checked`).FindAllStringSubmatch(w.Body.String(), -1) {
		form.Add("section", m[1])
	}
	says(t, admin.ask("POST", staffPath(p.staff.ID), form), http.StatusSeeOther, "done=saved")
	s, err := d.store.Staff(t.Context(), p.staff.ID)
	d.must(err)
	if everywhere, _ := s.Where(news.MayEdit); everywhere {
		t.Errorf("they may edit everywhere: %v", s.Grants)
	}
}

func TestAFormOfAnAccountTakesNoNonsense(t *testing.T) {
	r := open(t)
	ada := r.hire("Ada Admin", news.Grant{Role: news.Administrator})
	r.hire("Otto Brandt")
	for i, bad := range nonsense() {
		for _, path := range []string{"/newsroom/staff/new", "/newsroom/staff/2"} {
			w := ada.post(path, "name", bad, "email", bad, "role", bad, "section", bad, "version", "1")
			says(t, w, http.StatusUnprocessableEntity, "!<script>")
			w = ada.post(path, "name", "Good", "email", fmt.Sprintf("good%d@paper.example", i), "role", "king", "section", bad, "version", "1")
			says(t, w, http.StatusUnprocessableEntity, "This can’t be chosen.")
		}
	}
	says(t, ada.post("/newsroom/staff/new"), http.StatusUnprocessableEntity, "This is needed.")
	says(t, ada.post("/newsroom/staff/2", "version", "nonsense", "name", "Otto", "email", "otto@paper.example"), http.StatusConflict)
	var wait sync.WaitGroup
	codes := make([]int, 4)
	for i := range codes {
		wait.Go(func() {
			p := *ada
			codes[i] = p.post("/newsroom/staff/new", "name", "Lena", "email", "lena@paper.example").Code
		})
	}
	wait.Wait()
	if strings.Count(fmt.Sprint(codes), "200") != 1 || strings.Count(fmt.Sprint(codes), "422") != 3 {
		t.Errorf("four invitations at once are answered %v", codes)
	}
}

func TestTheLogIsReadPageByPage(t *testing.T) {
	r := open(t)
	chief := r.hire("Cora Chief", news.Grant{Role: news.Chief})
	who := desk.By(chief.staff)
	for i := range 2*auditLength + 10 {
		if err := r.desk.ChangeSettings(t.Context(), who, func(s *news.Settings) error { s.Tagline = fmt.Sprint(i, "<i>"); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	seen := 0
	w := chief.get("/newsroom/audit/")
	says(t, w, http.StatusOK, "!<i>", "Cora Chief &lt;cora@paper.example&gt;")
	for page := 1; ; page++ {
		seen += strings.Count(w.Body.String(), "<li><time")
		next := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(w.Body.String())
		if next == nil {
			if page != 3 {
				t.Errorf("%d pages", page)
			}
			break
		}
		w = chief.get(next[1])
	}
	if lines, err := r.store.AuditSince(t.Context(), 0, 1000); err != nil || seen != len(lines) {
		t.Errorf("%d lines of %d are shown, %v", seen, len(lines), err)
	}
	back := regexp.MustCompile(`rel="prev" href="([^"]+)"`).FindStringSubmatch(w.Body.String())
	w = chief.get(back[1])
	if n := strings.Count(w.Body.String(), "<li><time"); n != auditLength {
		t.Errorf("one page back there are %d lines", n)
	}
	says(t, w, http.StatusOK, `rel="prev" href="/newsroom/audit/"`)
	for _, bad := range []string{"x", "-5", "0", "99999999999999999999999"} {
		says(t, chief.get("/newsroom/audit/?before="+bad), http.StatusOK, "!rel=\"prev\"")
	}
}

func TestAskingForWhatIsNotThere(t *testing.T) {
	p := open(t).hire("Ida Holm")
	says(t, p.get("/newsroom/nowhere"), http.StatusNotFound, "There is nothing here")
	says(t, p.ask("DELETE", "/newsroom/account/", nil), http.StatusNotFound)
	says(t, p.get("/newsroom"), http.StatusMovedPermanently, "Location: /newsroom/")
	says(t, p.get("/newsroom/?done=%3Cscript%3E"), http.StatusOK, "!<script>")
	css := regexp.MustCompile(`/newsroom/assets/newsroom\.[0-9a-f]+\.css`).FindString(p.get("/newsroom/").Body.String())
	w := p.get(css)
	says(t, w, http.StatusOK, "font-face")
	if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("the stylesheet has Cache-Control %q", got)
	}
	if at, err := p.handler.assets.URL("htmx/htmx.min.js"); err != nil || p.get(at).Code != http.StatusOK {
		t.Errorf("htmx: %v", err)
	}
}

func TestWhatABrowserCallsItself(t *testing.T) {
	r := open(t)
	v := &visit{Handler: r.handler, l: r.handler.words.For("en")}
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1": "Safari on iPhone",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0":           "Edge on Windows",
		"Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36":                         "Chrome on Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0":                                                    "Firefox on macOS",
		"curl/8": "Another device", "": "Another device", "Something on Linux": "Linux",
	} {
		if got := v.device(agent); got != want {
			t.Errorf("%s: %s, want %s", agent, got, want)
		}
	}
}
