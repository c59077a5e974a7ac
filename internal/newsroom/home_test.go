package newsroom

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

// listsOf are the headlines on somebody's first screen, by the list's id.
func listsOf(p *person) map[string][]string {
	p.t.Helper()
	w := p.get("/newsroom/")
	says(p.t, w, http.StatusOK)
	all := map[string][]string{}
	for _, s := range regexp.MustCompile(`(?s)<section aria-labelledby="home-(\w+)".*?</section>`).FindAllStringSubmatch(w.Body.String(), -1) {
		for _, h := range regexp.MustCompile(`<b><a [^>]*>([^<]*)</a>`).FindAllStringSubmatch(s[0], -1) {
			all[s[1]] = append(all[s[1]], h[1])
		}
	}
	return all
}

func TestTheFirstScreenShowsWhatSomebodyHasToDo(t *testing.T) {
	d := openDesk(t)
	editor, rosa := d.hire("Ed Itor", news.Grant{Role: news.Editor, Section: d.world.ID}), d.hire("Rosa Quill", news.Grant{Role: news.Reporter})
	chief, pictures := d.hire("Chi Ef", news.Grant{Role: news.Chief}), d.hire("Pic Ture", news.Grant{Role: news.PictureDesk})
	says(t, rosa.get("/newsroom/"), http.StatusOK, "Nothing waits for you just now.")
	says(t, pictures.get("/newsroom/"), http.StatusOK, "!Nothing waits", "!New article")
	put := func(headline string, in *news.Section, creator news.StaffID, work news.Assignment, stage news.StageID) *news.Article {
		a := d.story(headline, in, creator)
		if work != (news.Assignment{}) {
			d.must(d.desk.Assign(t.Context(), "test", a.ID, d.now(a.ID).Version, work))
		}
		if stage != news.FirstStage {
			d.must(d.desk.SetStage(t.Context(), "test", a.ID, d.now(a.ID).Version, stage))
		}
		return a
	}
	put("Late", d.world, 0, news.Assignment{To: rosa.staff.ID, Due: d.room.now.Add(-time.Hour)}, 0)
	put("Soon", d.sport, 0, news.Assignment{To: rosa.staff.ID, Due: d.room.now.Add(time.Hour)}, 0)
	put("Sometime", d.sport, 0, news.Assignment{To: rosa.staff.ID}, 0)
	put("Own", nil, rosa.staff.ID, news.Assignment{}, 0)
	put("Handed in", d.europe, rosa.staff.ID, news.Assignment{}, news.ReviewStage)
	put("Handed to the chief", d.world, rosa.staff.ID, news.Assignment{Reviewer: chief.staff.ID}, news.ReviewStage)
	put("Elsewhere", d.sport, 0, news.Assignment{Reviewer: editor.staff.ID}, news.ReviewStage)
	put("Ready", d.world, 0, news.Assignment{}, news.ReadyStage)
	for headline, in := range map[string]time.Duration{"Tonight": 5 * time.Hour, "Tomorrow": 20 * time.Hour} {
		a := put(headline, d.world, 0, news.Assignment{}, 0)
		d.must(d.desk.Schedule(t.Context(), "test", a.ID, 1, d.room.now.Add(in)))
	}
	for who, c := range map[*person]map[string]string{
		rosa:   {"overdue": "Late", "assigned": "Soon,Sometime", "drafts": "Handed to the chief,Handed in,Own"},
		editor: {"overdue": "Late", "review": "Elsewhere,Handed in", "today": "Tonight"},
		chief:  {"overdue": "Late", "review": "Handed to the chief,Handed in", "today": "Tonight"},
	} {
		got := listsOf(who)
		for list, want := range c {
			if s := strings.Join(got[list], ","); s != want {
				t.Errorf("%s: %s is %q, want %q", who.staff.Name, list, s, want)
			}
		}
		if len(got) != len(c) {
			t.Errorf("%s has the lists %v", who.staff.Name, got)
		}
	}
	for n := range homeLength {
		put(fmt.Sprint("Own ", n), nil, rosa.staff.ID, news.Assignment{}, 0)
	}
	says(t, rosa.get("/newsroom/"), http.StatusOK, `href="/newsroom/articles/?mine=1&amp;state=draft">Show all`)
	says(t, rosa.get("/newsroom/articles/?mine=1&state=draft"), http.StatusOK, ">Own 0<", ">Own<", "!>Soon<")
}

func TestADraftBeginsAsWorkForSomebody(t *testing.T) {
	d := openDesk(t)
	editor, rosa := d.hire("Ed Itor", news.Grant{Role: news.Editor, Section: d.world.ID}), d.hire("Rosa Quill", news.Grant{Role: news.Reporter})
	id, world := fmt.Sprint(int64(rosa.staff.ID)), fmt.Sprint(int64(d.europe.ID))
	says(t, rosa.get("/newsroom/articles/new"), http.StatusOK, "!As work for somebody")
	says(t, editor.get("/newsroom/articles/new"), http.StatusOK, "As work for somebody", ">Rosa Quill<")
	says(t, editor.post("/newsroom/articles/new", "headline", "Tides", "section", world, "assigned", id, "due", "2026-07-06T09:30", "brief", "Ask the harbour."), http.StatusSeeOther, "/newsroom/articles/1?done=assigned")
	a := d.now(1)
	if a.Assigned != rosa.staff.ID || !a.Due.Equal(time.Date(2026, 7, 6, 9, 30, 0, 0, time.UTC)) || a.Brief != "Ask the harbour." || a.Section != d.europe.ID || a.Version != 1 {
		t.Errorf("it began as %+v", a)
	}
	says(t, rosa.get("/newsroom/articles/1"), http.StatusOK, "Ask the harbour.", `value="save"`)
	elsewhere := []string{"headline", "<b>Tides", "section", fmt.Sprint(int64(d.sport.ID)), "assigned", id, "due", "2026-07-06T09:30", "brief", "Typed <i>"}
	says(t, editor.post("/newsroom/articles/new", elsewhere...), http.StatusUnprocessableEntity, "in your own sections only", "&lt;b&gt;Tides", "Typed &lt;i&gt;", `value="2026-07-06T09:30"`, " selected>Rosa Quill", "<details class=\"assign\" open>")
	says(t, rosa.post("/newsroom/articles/new", elsewhere...), http.StatusUnprocessableEntity)
	says(t, editor.post("/newsroom/articles/new", "headline", "Tides", "section", world, "assigned", "x", "due", "soon"), http.StatusUnprocessableEntity, "This can’t be chosen.", "This is no day and hour.")
	if _, err := d.store.Article(t.Context(), 2); err == nil {
		t.Error("what was refused was made")
	}
}
