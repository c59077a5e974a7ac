package newsroom

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

func TestAnArticleIsHandedInReviewedAndPublished(t *testing.T) {
	d := openDesk(t)
	writer, editor := d.hire("Wri Ter", news.Grant{Role: news.Contributor}), d.hire("Ed Itor", news.Grant{Role: news.Editor, Section: d.world.ID})
	a := d.story("Harbour vote", d.world, writer.staff.ID)
	says(t, writer.get(articlePath(a.ID)), http.StatusOK, ">Draft<", `value="stage-1">Send to review<`, "!stage-2", `!value="publish"`)
	says(t, writer.ask("POST", articlePath(a.ID), d.filled(*a, "do", "stage-1", "headline", "Harbour vote tonight")), http.StatusSeeOther, "done=moved")
	if got := d.now(a.ID); got.Stage != news.ReviewStage || got.Headline != "Harbour vote tonight" || got.Version != 3 {
		t.Errorf("handed in: %+v", got)
	}
	// Handed in, it is still theirs to change; what is ready is the editors'.
	says(t, writer.get(articlePath(a.ID)), http.StatusOK, ">In review<", `value="stage-0"`, "!stage-2")
	says(t, writer.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "stage-2")), http.StatusForbidden)
	says(t, editor.get("/newsroom/articles/?stage=1"), http.StatusOK, "Harbour vote tonight", `aria-current="page">In review <span class="count">1</span>`)
	says(t, editor.get("/newsroom/articles/?stage=0"), http.StatusOK, "!>Harbour vote tonight<")
	says(t, editor.get(articlePath(a.ID)), http.StatusOK, `value="stage-2">Mark as ready<`)
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "stage-2")), http.StatusSeeOther, "done=moved")
	says(t, writer.get(articlePath(a.ID)), http.StatusOK, "<fieldset disabled", "!stage-")
	says(t, writer.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "stage-0")), http.StatusForbidden)
	for _, nonsense := range []string{"stage-9", "stage-x", "stage-", "stage-2"} {
		says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", nonsense)), http.StatusSeeOther, "done=not_done")
	}
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "publish")), http.StatusSeeOther, "done=published")
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "stage-1")), http.StatusSeeOther, "done=kept_later")
}

func TestAStageMayKeepArticlesFromBeingPublished(t *testing.T) {
	d := openDesk(t)
	d.must(d.desk.ChangeStages(t.Context(), "test", 1, func(s *news.Stages) error { s.List[0].Publishes = false; return nil }))
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	says(t, p.get(articlePath(a.ID)), http.StatusOK, `!value="publish"`, "From the stage “Draft” nothing is published.")
	for _, do := range []string{"publish", "schedule"} {
		says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", do, "at", "2026-07-06T20:00")), http.StatusSeeOther, "done=held_by_stage")
	}
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "stage-1")), http.StatusSeeOther, "done=moved")
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "publish")), http.StatusSeeOther, "done=published")
}

func TestANewsroomNamesOrdersAddsAndRemovesItsStages(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ada Admin", news.Grant{Role: news.Administrator})
	chief := d.hire("Chi Ef", news.Grant{Role: news.Chief})
	says(t, chief.get("/newsroom/stages/"), http.StatusForbidden)
	says(t, p.get("/newsroom/stages/"), http.StatusOK, `placeholder="Draft"`, `placeholder="In review"`, `placeholder="Ready"`, "Every article begins here.")
	form := func(version string, pairs ...string) url.Values {
		f := url.Values{"version": {version}, "order": {"0", "1", "2"}, "name-0": {""}, "name-1": {""}, "name-2": {""},
			"publishes-0": {"1"}, "publishes-1": {"1"}, "publishes-2": {"1"}, "needs-2": {"edit"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			if f[pairs[i]] = []string{pairs[i+1]}; pairs[i] == "order" {
				f[pairs[i]] = strings.Fields(pairs[i+1])
			}
		}
		return f
	}
	send := func(f url.Values, status int, wants ...string) {
		t.Helper()
		says(t, p.ask("POST", "/newsroom/stages/", f), status, wants...)
	}
	send(form("1", "name-1", "Desk", "add", "1", "new", "Legal"), http.StatusSeeOther, "done=saved")
	send(form("1", "name-2", "Typed"), http.StatusConflict, "Somebody else has changed the stages", `value="Typed"`)
	send(form("2", "order", "0 1 2 3", "name-1", "Desk", "name-3", "Legal", "down", "2"), http.StatusSeeOther, "done=saved")
	says(t, p.get("/newsroom/articles/"), http.StatusOK, ">Desk <", ">Legal <", ">Ready <")
	s, err := d.store.Stages(t.Context())
	d.must(err)
	if s.List[1].Name != "Desk" || s.List[2].Name != "Legal" || s.List[3].ID != news.ReadyStage || s.List[3].Needs != news.MayEdit || s.List[2].Publishes {
		t.Errorf("the stages are %+v", s)
	}
	script := `"><script>`
	send(form("3", "order", "0 1 3 2", "name-3", script, "name-1", "Desk"), http.StatusSeeOther, "done=saved")
	says(t, p.get("/newsroom/stages/"), http.StatusOK, "!"+script, "&lt;script&gt;")
	a := d.story("Harbour vote", d.world, 0)
	d.must(d.desk.SetStage(t.Context(), "test", a.ID, 1, 3))
	says(t, p.get(articlePath(a.ID)), http.StatusOK, "!"+script, "&lt;script&gt;")

	// What can't be is refused with everything as typed.
	send(form("4", "name-1", "Desk", "name-3", ""), http.StatusUnprocessableEntity, "This is needed.", `value="Desk"`)
	send(form("4", "name-3", strings.Repeat("ä", 41)), http.StatusUnprocessableEntity, "At most 40 characters")
	send(form("4", "name-3", "Legal", "add", "1", "new", "Legal"), http.StatusUnprocessableEntity)
	send(form("4", "name-3", "Legal", "add", "1", "new", ""), http.StatusUnprocessableEntity, "This is needed.")
	none := form("4", "name-3", "Legal")
	none.Del("publishes-0")
	none.Del("publishes-1")
	none.Del("publishes-2")
	send(none, http.StatusUnprocessableEntity, "Nothing could be published any more")
	send(url.Values{}, http.StatusConflict)
	send(url.Values{"version": {"4"}, "order": {"x", "9", "2", "2"}, "up": {"x"}, "down": {"0"}}, http.StatusSeeOther)

	remove := func(version, stage, to string, status int, wants ...string) {
		t.Helper()
		says(t, p.post("/newsroom/stages/remove", "version", version, "stage", stage, "to", to), status, wants...)
	}
	remove("5", "3", "3", http.StatusUnprocessableEntity, "Choose two stages")
	remove("5", "0", "1", http.StatusUnprocessableEntity, "Choose two stages")
	remove("5", "x", "", http.StatusUnprocessableEntity, "Choose two stages")
	remove("4", "3", "1", http.StatusConflict)
	remove("5", "3", "1", http.StatusSeeOther, "done=stage_removed")
	if got := d.now(a.ID); got.Stage != news.ReviewStage {
		t.Errorf("it is in the stage %d", got.Stage)
	}
	for n := range news.MostStages {
		s, err := d.store.Stages(t.Context())
		d.must(err)
		w := p.ask("POST", "/newsroom/stages/", url.Values{"version": {fmt.Sprint(s.Version)}, "add": {"1"}, "new": {fmt.Sprint("More ", n)}})
		if len(s.List) == news.MostStages {
			says(t, w, http.StatusUnprocessableEntity, "At most 12 are possible.")
			return
		}
		says(t, w, http.StatusSeeOther, "done=saved")
	}
	t.Error("more stages than there may be were taken")
}

func TestWorkIsGivenToAColleagueWhoSeesItThen(t *testing.T) {
	d := openDesk(t)
	editor := d.hire("Ed Itor", news.Grant{Role: news.Editor, Section: d.world.ID})
	rosa, other := d.hire("Rosa Quill", news.Grant{Role: news.Reporter}), d.hire("Ole Other", news.Grant{Role: news.Reporter})
	a := d.story("Harbour vote", d.world, 0)
	id := func(p *person) string { return fmt.Sprint(int64(p.staff.ID)) }
	says(t, rosa.get(articlePath(a.ID)), http.StatusForbidden)
	says(t, editor.get(articlePath(a.ID)), http.StatusOK, `<select id="assigned"`, ">Rosa Quill<", ">Ole Other<")
	give := d.filled(*a, "assigned", id(rosa), "reviewer", id(editor), "due", "2026-07-05T11:00", "brief", "<b>400 words</b>\r\nby noon")
	says(t, editor.ask("POST", articlePath(a.ID), give), http.StatusSeeOther, "done=saved")
	got := d.now(a.ID)
	if got.Assigned != rosa.staff.ID || got.Reviewer != editor.staff.ID || !got.Due.Equal(d.room.now.Add(-3600e9)) || got.Brief != "<b>400 words</b>\nby noon" {
		t.Errorf("the work is %+v", got.Assignment())
	}
	says(t, rosa.get(articlePath(a.ID)), http.StatusOK, "&lt;b&gt;400 words&lt;/b&gt;", "overdue", "due July 5, 2026", "reviewed by Ed Itor", `value="save"`, `!id="assigned"`)
	says(t, rosa.get("/newsroom/articles/"), http.StatusOK, "Harbour vote", "Rosa Quill", "overdue")
	says(t, other.get("/newsroom/articles/"), http.StatusOK, "!Harbour vote")
	says(t, editor.get("/newsroom/articles/?assigned="+id(rosa)), http.StatusOK, ">Harbour vote<", "<details class=\"more\" open>")
	says(t, editor.get("/newsroom/articles/?assigned="+id(other)), http.StatusOK, "!>Harbour vote<")
	says(t, editor.get("/newsroom/articles/?on=due&from=2026-07-05&until=2026-07-05"), http.StatusOK, ">Harbour vote<", `value="2026-07-05"`)
	says(t, editor.get("/newsroom/articles/?on=due&from=2026-07-06&until=<b>"), http.StatusOK, "!>Harbour vote<", "!<b>\"")

	// Who may write may not give it to others, nor does the form of somebody else undo it.
	says(t, rosa.ask("POST", articlePath(a.ID), d.filled(got, "assigned", id(other), "due", "", "headline", "Hers")), http.StatusSeeOther, "done=saved")
	if now := d.now(a.ID); now.Assigned != rosa.staff.ID || now.Due.IsZero() || now.Headline != "Hers" {
		t.Errorf("the work is %+v", now.Assignment())
	}
	for field, value := range map[string]string{"assigned": "999", "reviewer": id(rosa), "due": "soon"} {
		f := d.filled(d.now(a.ID), "assigned", id(rosa), "reviewer", "", "due", "", "brief", "Typed")
		f.Set(field, value)
		says(t, editor.ask("POST", articlePath(a.ID), f), http.StatusUnprocessableEntity, "Typed", map[string]string{"due": "This is no day and hour."}[field])
	}
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "assigned", "", "reviewer", "", "due", "", "brief", strings.Repeat("ä", 5001))), http.StatusUnprocessableEntity, "At most 5,000 characters")
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "assigned", "", "reviewer", "", "due", "", "brief", "")), http.StatusSeeOther)
	says(t, rosa.get(articlePath(a.ID)), http.StatusForbidden, "!Hers")
}

func TestAnEmbargoIsShownAndHolds(t *testing.T) {
	d := openDesk(t)
	editor, writer := d.hire("Ed Itor", news.Grant{Role: news.Chief}), d.hire("Wri Ter", news.Grant{Role: news.Contributor})
	a := d.story("Harbour vote", d.world, writer.staff.ID)
	says(t, writer.ask("POST", articlePath(a.ID), d.filled(*a, "embargo", "2026-07-05T20:00")), http.StatusSeeOther, "done=saved")
	says(t, editor.get(articlePath(a.ID)), http.StatusOK, "embargo until July 5, 2026", `value="2026-07-05T20:00"`, `!value="publish"`, "It can be scheduled for that hour or later.")
	says(t, editor.get("/newsroom/articles/"), http.StatusOK, "embargo until July 5, 2026")
	// The dialogs of colleagues who may not see it find nothing of it.
	other := d.hire("Ole Other", news.Grant{Role: news.Reporter})
	for _, path := range []string{"/newsroom/articles/find?q=harb", fmt.Sprintf("/newsroom/articles/find?id=%d", a.ID), "/newsroom/articles/?q=harb", "/newsroom/"} {
		says(t, other.get(path), http.StatusOK, "!Harbour")
	}
	says(t, writer.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "embargo", "2026-07-05T19:00")), http.StatusUnprocessableEntity, "Only who may publish here")
	says(t, writer.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "embargo", "")), http.StatusUnprocessableEntity, "Only who may publish here")
	says(t, writer.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "embargo", "never")), http.StatusUnprocessableEntity, "This is no day and hour.")
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "publish")), http.StatusSeeOther, "done=held_by_embargo")
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "schedule", "at", "2026-07-05T19:59")), http.StatusSeeOther, "done=held_by_embargo")
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "do", "schedule", "at", "2026-07-05T20:00")), http.StatusSeeOther, "done=scheduled")
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "embargo", "2026-07-05T21:00")), http.StatusUnprocessableEntity, "It is scheduled for")
	says(t, editor.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "embargo", "")), http.StatusSeeOther, "done=saved")
	if got := d.now(a.ID); !got.Embargo.IsZero() || got.State != news.Scheduled {
		t.Errorf("it is %+v", got)
	}
}
