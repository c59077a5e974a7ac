package newsroom

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// published makes stories of a section that readers can see.
func (d *deskRoom) published(in *news.Section, headlines ...string) (list []*news.Article) {
	d.t.Helper()
	for _, h := range headlines {
		a := d.story(h, in, 0)
		d.must(d.desk.Publish(d.t.Context(), "test", a.ID, 1))
		list = append(list, a)
	}
	return list
}

// arrange is a form of a front as a browser would send it.
func arrange(version int, do string, pins ...string) url.Values {
	return url.Values{"version": {fmt.Sprint(version)}, "do": {do}, "pin": pins, "q": {""}, "at": {""}}
}

func at(zone string, a *news.Article) string { return fmt.Sprintf("%s:%d", zone, a.ID) }

// order are the articles that a form would send, in their order.
func order(answer *httptest.ResponseRecorder) (pins []string) {
	for _, m := range regexp.MustCompile(`name="pin" value="([^"]*)"`).FindAllStringSubmatch(answer.Body.String(), -1) {
		pins = append(pins, m[1])
	}
	return pins
}

func TestAFrontIsArrangedWithButtonsAlone(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	all := d.published(d.world, "One", "Two", "Three", "Four")
	says(t, p.get("/newsroom/fronts/"), http.StatusOK, "Front page", "World › Europe", "fills itself", "!What waits")
	says(t, p.get("/newsroom/fronts/0"), http.StatusOK, "Lead", "First column", "1 place", ">Four<", "Keep here")
	says(t, p.ask("POST", "/newsroom/fronts/0", arrange(0, "find")), http.StatusOK, ">One<", "4 articles found")
	form := arrange(0, "look")
	form.Set("q", "tw")
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusOK, "1 article found", fmt.Sprintf(`value="put %d"`, all[1].ID))
	step := func(do string, pins []string, said string, want ...string) []string {
		t.Helper()
		answer := p.ask("POST", "/newsroom/fronts/0", arrange(0, do, pins...))
		says(t, answer, http.StatusOK, said, `src="/preview/`)
		if got := order(answer); !slices.Equal(got, want) {
			t.Fatalf("after %s it is %v, want %v", do, got, want)
		}
		return want
	}
	one, two, three := all[0], all[1], all[2]
	pins := step(fmt.Sprintf("put %d second", one.ID), nil, "One: put into First column, place 1", at("second", one))
	pins = step(fmt.Sprintf("put %d second", two.ID), pins, "Two: put into First column, place 1", at("second", two), at("second", one))
	pins = step(fmt.Sprintf("down %d", two.ID), pins, "Two: First column, place 2", at("second", one), at("second", two))
	pins = step(fmt.Sprintf("up %d", two.ID), pins, "Two: First column, place 1", at("second", two), at("second", one))
	// Who is put into a zone that is full moves the others on.
	pins = step(fmt.Sprintf("put %d lead", three.ID), pins, "Three: put into Lead", at("lead", three), at("second", two), at("second", one))
	pins = step(fmt.Sprintf("put %d lead", one.ID), pins, "One: put into Lead", at("lead", one), at("second", three), at("second", two))
	step(fmt.Sprintf("remove %d", two.ID), pins, "Two: taken away", at("lead", one), at("second", three))
	step("remove 999", pins, "", pins...)
	step("nonsense", pins, "", pins...)

	// Nothing of it is stored before it is saved.
	if f, _ := d.store.Front(t.Context(), 0); f.Version != 0 {
		t.Fatalf("it was stored: %+v", f)
	}
	form = arrange(0, "save", pins...)
	form.Set("until-"+fmt.Sprint(one.ID), "2026-07-05T20:00")
	form.Set("from-second", "Sport")
	form.Set("from-latest", "tides")
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusSeeOther, "/newsroom/fronts/0?done=front_saved")
	f, err := d.store.Front(t.Context(), 0)
	d.must(err)
	if f.Version != 1 || len(f.Pins()) != 3 || !f.Pin(one.ID).Until.Equal(time.Date(2026, 7, 5, 20, 0, 0, 0, time.UTC)) || f.Zone("second").From.ID != int64(d.sport.ID) ||
		f.Zone("latest").From != (news.Target{Noun: news.TopicNoun, ID: int64(d.tides.ID)}) || f.ChangedBy != "Ed Itor <ed@paper.example>" {
		t.Errorf("saved as %+v", f)
	}
	says(t, p.get("/newsroom/fronts/0"), http.StatusOK, `value="2026-07-05T20:00"`, `value="Sport"`, `value="Tides"`, "Take back the last change", "Changed last by \u2068Ed Itor\u2069")
	says(t, p.get("/newsroom/fronts/"), http.StatusOK, "3 articles put by hand", "Ed Itor")
	says(t, p.get("/newsroom/fronts/0/revisions/"), http.StatusOK, "arranged", "as it stands")
	says(t, p.get("/newsroom/fronts/0/revisions/1"), http.StatusOK, "<ins", ">One<", "Fills itself from: Sport", "!Arrange it like this again")
	says(t, p.post("/newsroom/fronts/0/undo", "version", "1"), http.StatusSeeOther, "done=front_restored")
	if f, _ = d.store.Front(t.Context(), 0); f.Version != 2 || len(f.Pins()) != 0 {
		t.Errorf("taken back it is %+v", f)
	}
	says(t, p.post("/newsroom/fronts/0/undo", "version", "1"), http.StatusSeeOther, "/revisions/?done=front_changed")
	says(t, p.get("/newsroom/fronts/0/revisions/1"), http.StatusOK, "Arrange it like this again")
	says(t, p.post("/newsroom/fronts/0/revisions/1/restore", "version", "2"), http.StatusSeeOther, "done=front_restored")
	if f, _ = d.store.Front(t.Context(), 0); len(f.Pins()) != 3 {
		t.Errorf("restored it is %+v", f)
	}
	says(t, p.get("/newsroom/fronts/0/revisions/99"), http.StatusNotFound)
	says(t, p.get("/newsroom/fronts/0/revisions/0"), http.StatusNotFound)
	says(t, p.post("/newsroom/fronts/0/revisions/99/restore", "version", "3"), http.StatusNotFound)
}

func TestWhoSavesAFrontThatWasChangedMeanwhileSeesBoth(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	all := d.published(d.world, "Mine", "Theirs")
	other := &news.Front{}
	other.Put("lead", 0, news.Pin{Article: all[1].ID})
	d.must(d.desk.SaveFront(t.Context(), "Otto Brandt <otto@paper.example>", other))
	answer := p.ask("POST", "/newsroom/fronts/0", arrange(0, "save", at("lead", all[0])))
	says(t, answer, http.StatusConflict, "\u2068Otto Brandt\u2069 changed this front", "not lost", `<ins lang="en" dir="ltr">Theirs`, `<del lang="en" dir="ltr">Mine`,
		`name="version" value="1"`, "Drop mine and show theirs")
	if got := order(answer); !slices.Equal(got, []string{at("lead", all[0])}) {
		t.Errorf("the form has %v", got)
	}
	says(t, p.ask("POST", "/newsroom/fronts/0", arrange(1, "save", at("lead", all[0]))), http.StatusSeeOther, "done=front_saved")
	if f, _ := d.store.Front(t.Context(), 0); f.Version != 2 || f.Pins()[0].Article != all[0].ID {
		t.Errorf("saved as %+v", f)
	}
}

func TestASectionEditorArrangesTheirOwnFrontsOnly(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Worldly", news.Grant{Role: news.Editor, Section: d.world.ID})
	writer := d.hire("Writer", news.Grant{Role: news.Reporter})
	mine, out := d.published(d.europe, "Europe inside")[0], d.published(d.sport, "Sport outside")[0]
	secret := d.story("Sport secret", d.sport, 0)
	front := func(s *news.Section) string { return fmt.Sprintf("/newsroom/fronts/%d", s.ID) }
	says(t, p.get("/newsroom/fronts/"), http.StatusOK, "World › Europe", "!Sport", "!Front page")
	for _, path := range []string{"/newsroom/fronts/0", front(d.sport)} {
		for _, get := range []string{"", "/revisions/", "/revisions/1"} {
			says(t, p.get(path+get), http.StatusForbidden, "!Lead")
			says(t, writer.get(path+get), http.StatusForbidden, "!Lead")
		}
		for _, do := range []string{"save", "look", "find", "schedule"} {
			says(t, p.ask("POST", path, arrange(0, do, at("lead", out))), http.StatusForbidden, "!Sport outside")
		}
		for _, post := range []string{"/undo", "/revisions/1/restore", "/plans/1/cancel"} {
			says(t, p.post(path+post, "version", "0"), http.StatusForbidden)
		}
	}
	says(t, p.get("/newsroom/fronts/77"), http.StatusForbidden)
	says(t, d.hire("Chief", news.Grant{Role: news.Chief}).get("/newsroom/fronts/77"), http.StatusNotFound)
	says(t, writer.get("/newsroom/fronts/"), http.StatusForbidden)
	for _, s := range []*news.Section{d.world, d.europe} {
		form := arrange(0, "save", at("lead", mine))
		form.Set("by_hand", "1")
		says(t, p.ask("POST", front(s), form), http.StatusSeeOther, "done=front_saved")
		if f, _ := d.store.Front(t.Context(), s.ID); !f.ByHand || f.Version != 1 {
			t.Errorf("saved as %+v", f)
		}
	}
	says(t, p.get(front(d.europe)), http.StatusOK, "Europe inside", `name="by_hand" value="1" checked`, "!latest")
	says(t, p.ask("POST", front(d.europe), arrange(1, "find")), http.StatusOK, "Europe inside", "!Sport outside")
	// What nobody may see who asks is not shown for its number either.
	says(t, p.ask("POST", front(d.europe), arrange(1, "look", at("lead", secret))), http.StatusForbidden, "!Sport secret")
	says(t, p.ask("POST", front(d.europe), arrange(1, fmt.Sprintf("put %d lead", secret.ID))), http.StatusForbidden, "!Sport secret")
	says(t, p.ask("POST", front(d.europe), arrange(1, "look", at("lead", out))), http.StatusOK, "it is not in this section")
	d.must(d.desk.Pin(t.Context(), "test", d.europe.ID, "lead", secret.ID, time.Time{}))
	says(t, p.get(front(d.europe)), http.StatusOK, "An article that you may not see", "!Sport secret")
	says(t, p.get(front(d.europe)+"/revisions/2"), http.StatusOK, "An article that you may not see", "!Sport secret")

	// From the screen of an article.
	says(t, p.get(articlePath(mine.ID)), http.StatusOK, "Put on the front page", "World › Europe", "!name=\"front\" value=\"0\"")
	says(t, p.post(articlePath(mine.ID)+"/pin", "front", "0"), http.StatusForbidden)
	says(t, p.post(articlePath(mine.ID)+"/unpin", "front", "nonsense"), http.StatusForbidden)
	says(t, p.post(articlePath(out.ID)+"/pin", "front", fmt.Sprint(d.europe.ID)), http.StatusForbidden)
	says(t, p.post(articlePath(mine.ID)+"/unpin", "front", fmt.Sprint(d.europe.ID)), http.StatusSeeOther, "done=front_unpinned")
	says(t, p.post(articlePath(mine.ID)+"/unpin", "front", fmt.Sprint(d.europe.ID)), http.StatusSeeOther, "done=not_done")
	says(t, p.post(articlePath(mine.ID)+"/pin", "front", fmt.Sprint(d.europe.ID), "until", "soon"), http.StatusSeeOther, "done=no_pin_hour")
	says(t, p.post(articlePath(mine.ID)+"/pin", "front", fmt.Sprint(d.europe.ID), "until", "2020-01-01T00:00"), http.StatusSeeOther, "done=no_pin_hour")
	says(t, p.post(articlePath(mine.ID)+"/pin", "front", fmt.Sprint(d.europe.ID), "until", "2026-07-05T20:00"), http.StatusSeeOther, "done=front_pinned")
	says(t, p.get(articlePath(mine.ID)), http.StatusOK, "stands there until", "Take it away")
}

func TestAFrontIsPlannedAndCancelled(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	all := d.published(d.world, "One", "Two")
	form := arrange(0, "schedule", at("lead", all[0]))
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusUnprocessableEntity, "no day and hour", `value="lead:1"`)
	form.Set("at", "2020-01-01T10:00")
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusUnprocessableEntity, "This hour has passed.", `value="lead:1"`)
	form.Set("at", "2026-07-05T20:00")
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusSeeOther, "done=front_scheduled")
	says(t, p.get("/newsroom/fronts/"), http.StatusOK, "1 change waits", "What waits for its hour", "Ed Itor")
	answer := p.get("/newsroom/fronts/0?plan=1")
	says(t, answer, http.StatusOK, "You see what was planned", `value="2026-07-05T20:00"`, `name="plan" value="1"`)
	if got := order(answer); !slices.Equal(got, []string{at("lead", all[0])}) {
		t.Errorf("the plan has %v", got)
	}
	says(t, p.get("/newsroom/fronts/0?plan=99"), http.StatusNotFound)
	says(t, p.get(fmt.Sprintf("/newsroom/fronts/%d?plan=1", d.world.ID)), http.StatusNotFound)
	says(t, p.ask("POST", "/newsroom/fronts/0", arrange(0, "save", at("lead", all[1]))), http.StatusSeeOther)
	d.room.now = d.room.now.Add(12 * time.Hour)
	if n, err := d.desk.ArrangeDue(t.Context()); n != 0 || err != nil {
		t.Errorf("arranged %d, %v", n, err)
	}
	says(t, p.get("/newsroom/fronts/0"), http.StatusOK, "somebody changed this front after it was planned", "Put it away")
	// It is looked at, and saved by hand: then it has had its day.
	form = arrange(1, "save", at("lead", all[0]))
	form.Set("plan", "1")
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusSeeOther, "done=front_saved")
	says(t, p.get("/newsroom/fronts/0"), http.StatusOK, "!Put it away")
	form = arrange(2, "schedule")
	form.Set("at", "2026-07-09T20:00")
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusSeeOther, "done=front_scheduled")
	says(t, p.post("/newsroom/fronts/0/plans/2/cancel"), http.StatusSeeOther, "done=front_plan_cancelled")
	says(t, p.post("/newsroom/fronts/0/plans/2/cancel"), http.StatusNotFound)
	says(t, p.get("/newsroom/fronts/"), http.StatusOK, "!What waits")
}

func TestNonsenseArrangesNothing(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.published(d.world, `<script>alert("x")</script> & "quoted"`)[0]
	says(t, p.get("/newsroom/fronts/0"), http.StatusOK, "&lt;script&gt;", "!<script>alert")
	long := strings.Repeat("x", 5000)
	for _, form := range []url.Values{arrange(0, "save", "lead"), arrange(0, "save", "lead:x"), arrange(0, "save", "lead:-1"), arrange(0, "save", slices.Repeat([]string{"lead:1"}, news.MaxPins+1)...)} {
		says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusUnprocessableEntity)
	}
	for field, value := range map[string]string{"until-1": "soon", "from-lead": long + `<b>"`, "from-second": "<script>"} {
		form := arrange(0, "save", at("lead", a))
		form.Set(field, value)
		says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusUnprocessableEntity, `value="lead:1"`, "!<script>", "!<b>", "Something needs your attention")
	}
	form := arrange(0, "look", at("lead", a), at("<script>", a), at(long, a))
	form.Set("q", long)
	form.Set("at", "<script>")
	says(t, p.ask("POST", "/newsroom/fronts/0", form), http.StatusOK, "!<script>a", "Nothing was found", `value="lead:1"`)
	says(t, p.ask("POST", "/newsroom/fronts/0", arrange(0, "save", "lead:999")), http.StatusUnprocessableEntity, "can’t be saved")
	says(t, p.ask("POST", "/newsroom/fronts/0", url.Values{}), http.StatusOK, "Lead")
	says(t, p.get("/newsroom/fronts/x"), http.StatusNotFound)
	says(t, p.get("/newsroom/fronts/-1"), http.StatusNotFound)
	if f, err := d.store.Front(t.Context(), 0); f.Version != 0 || err != nil {
		t.Errorf("it was stored: %+v, %v", f, err)
	}
	// Pressed twice at once: the second is told.
	says(t, p.ask("POST", "/newsroom/fronts/0", arrange(0, "save", at("lead", a))), http.StatusSeeOther)
	says(t, p.ask("POST", "/newsroom/fronts/0", arrange(0, "save", at("lead", a))), http.StatusConflict)
	if err := d.desk.Unpin(t.Context(), desk.Who("test"), 0, 99); !fault.Is(err, fault.Invalid) {
		t.Errorf("unpinned: %v", err)
	}
}
