package newsroom

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

// daysOf is the calendar as text: each day's number, with the headlines on it.
func daysOf(t *testing.T, html string) string {
	t.Helper()
	var all []string
	for _, day := range strings.Split(html, `<li class="day`)[1:] {
		number := regexp.MustCompile(`<span class="number" aria-hidden="true">([^<]*)<`).FindStringSubmatch(day)
		for _, e := range regexp.MustCompile(`is-(due|scheduled|published)[^>]*>.*?class="what"[^>]*>([^<]*)<`).FindAllStringSubmatch(day, -1) {
			all = append(all, number[1]+" "+e[1]+" "+e[2])
		}
	}
	return strings.Join(all, ", ")
}

func TestTheCalendarShowsWhatIsDueAndWhatIsPublished(t *testing.T) {
	d := openDesk(t)
	d.must(d.desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error { s.TimeZone = "Asia/Tehran"; return nil }))
	chief, sporty, rosa := d.hire("Chi Ef", news.Grant{Role: news.Chief}), d.hire("Sporty", news.Grant{Role: news.Editor, Section: d.sport.ID}), d.hire("Rosa Quill", news.Grant{Role: news.Reporter})
	due := func(headline string, in *news.Section, at string, to news.StaffID) *news.Article {
		a := d.story(headline, in, 0)
		hour, err := time.Parse(time.RFC3339, at)
		d.must(err)
		d.must(d.desk.Assign(t.Context(), "test", a.ID, 1, news.Assignment{To: to, Due: hour}))
		return a
	}
	late := due("Late", d.world, "2026-07-03T21:00:00Z", 0) // after midnight in Tehran: on the 4th
	due("Soon", d.sport, "2026-07-07T08:00:00Z", rosa.staff.ID)
	out := d.story("Out", d.world, 0)
	d.must(d.desk.PublishAs(t.Context(), "test", out.ID, 1, time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)))
	next := d.story("Next", d.sport, 0)
	d.must(d.desk.Schedule(t.Context(), "test", next.ID, 1, time.Date(2026, 7, 7, 6, 0, 0, 0, time.UTC)))
	shows := func(p *person, query, want string) {
		t.Helper()
		w := p.get("/newsroom/calendar/?" + query)
		says(t, w, http.StatusOK, "All hours are those of Asia/Tehran.")
		if got := daysOf(t, w.Body.String()); got != want {
			t.Errorf("%s: it shows %q, want %q", query, got, want)
		}
	}
	shows(chief, "", "1 published Out, 4 due Late, 7 scheduled Next, 7 due Soon")
	shows(chief, "view=week", "7 scheduled Next, 7 due Soon") // from Sunday the 5th
	shows(chief, "view=week&day=2026-07-04", "1 published Out, 4 due Late")
	shows(chief, "show=due", "4 due Late, 7 due Soon")
	shows(chief, "show=publication&section="+fmt.Sprint(int64(d.sport.ID)), "7 scheduled Next")
	shows(chief, "assigned="+fmt.Sprint(int64(rosa.staff.ID)), "7 due Soon")
	shows(chief, "day=2026-06-30", "")
	shows(chief, "day=nonsense&view=<b>&section=x&assigned=-1&show=y", "1 published Out, 4 due Late, 7 scheduled Next, 7 due Soon")
	shows(sporty, "", "7 scheduled Next, 7 due Soon")
	shows(rosa, "", "7 due Soon")
	says(t, chief.get("/newsroom/calendar/?day=2026-06-30"), http.StatusOK, "Nothing stands on these days.", "June 2026", "day=2026-05-01", "day=2026-07-01")
	says(t, chief.get("/newsroom/calendar/"), http.StatusOK, "July 2026", "July 5, 2026", `aria-current="date"`, "starts-3", ", overdue", "!calendar_move_to")

	// In the language's own calendar, from the right.
	chief.language = "fa"
	says(t, chief.get("/newsroom/calendar/"), http.StatusOK, "تیر ۱۴۰۵", "۱۴ تیر ۱۴۰۵")
	chief.language = ""

	// To another day, by those who may.
	move := func(p *person, a *news.Article, at string) *url.URL {
		t.Helper()
		w := p.post("/newsroom/calendar/move", "id", fmt.Sprint(int64(a.ID)), "version", fmt.Sprint(d.now(a.ID).Version), "at", at, "day", "2026-07-05")
		says(t, w, http.StatusSeeOther)
		u, err := url.Parse(w.Header().Get("Location"))
		d.must(err)
		return u
	}
	says(t, sporty.get("/newsroom/calendar/?view=week"), http.StatusOK, "New day and hour", `value="2026-07-07T09:30"`)
	says(t, rosa.get("/newsroom/calendar/?view=week"), http.StatusOK, "!New day and hour")
	if u := move(sporty, next, "2026-07-09T10:00"); u.Query().Get("done") != "moved_date" || u.Query().Get("day") != "2026-07-09" {
		t.Errorf("it leads to %s", u)
	}
	move(chief, late, "2026-07-08T10:00")
	if a, b := d.now(next.ID), d.now(late.ID); !a.Scheduled.Equal(time.Date(2026, 7, 9, 6, 30, 0, 0, time.UTC)) || !b.Due.Equal(time.Date(2026, 7, 8, 6, 30, 0, 0, time.UTC)) {
		t.Errorf("moved: %s, %s", a.Scheduled, b.Due)
	}
	for at, want := range map[string]string{"": "no_date", "soon": "no_date", "2026-07-01T10:00": "not_done"} {
		if u := move(sporty, next, at); u.Query().Get("done") != want || u.Query().Get("day") != "2026-07-05" {
			t.Errorf("to %q: it leads to %s", at, u)
		}
	}
	if u := move(chief, out, "2026-07-20T10:00"); u.Query().Get("done") != "not_done" {
		t.Errorf("what is out was moved: %s", u)
	}
	says(t, sporty.post("/newsroom/calendar/move", "id", fmt.Sprint(int64(late.ID)), "version", "2", "at", "2026-07-20T10:00"), http.StatusForbidden)
	says(t, sporty.post("/newsroom/calendar/move", "id", fmt.Sprint(int64(next.ID)), "version", "1", "at", "2026-07-20T10:00"), http.StatusSeeOther, "done=changed_meanwhile")
	says(t, sporty.post("/newsroom/calendar/move", "id", "x"), http.StatusNotFound)
}

func TestAFullDayOfTheCalendarLeadsOn(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Chi Ef", news.Grant{Role: news.Chief})
	for n := range dayInMonth + 3 {
		a := d.story(fmt.Sprint("Story ", n), d.world, 0)
		d.must(d.desk.PublishAs(t.Context(), "test", a.ID, 1, time.Date(2026, 7, 2, 8, n, 0, 0, time.UTC)))
	}
	says(t, p.get("/newsroom/calendar/"), http.StatusOK, "Story 4", "!Story 5", "3 more", "day=2026-07-02&amp;view=week")
	says(t, p.get("/newsroom/calendar/?day=2026-07-02&view=week"), http.StatusOK, "Story 7", "!3 more")
}
