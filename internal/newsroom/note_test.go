package newsroom

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

func TestColleaguesTalkBesideAnArticle(t *testing.T) {
	d := openDesk(t)
	editor, writer, other := d.hire("Ed Itor", news.Grant{Role: news.Chief}), d.hire("Wri Ter", news.Grant{Role: news.Contributor}), d.hire("Ole Other", news.Grant{Role: news.Reporter})
	a := d.story("Harbour vote", d.world, writer.staff.ID)
	notes := articlePath(a.ID) + "/notes"
	says(t, editor.get(articlePath(a.ID)), http.StatusOK, "No notes yet.", "Note on the whole article", `<details class="notes" id="notes">`, "data-notes")
	passage := []string{"text", "Who <b>says</b> so?", "block", "1", "quote", "council votes", "prefix", "The ", "suffix", "."}
	says(t, editor.post(notes, passage...), http.StatusSeeOther, "done=noted")
	says(t, writer.post(notes, "text", "The mayor.", "parent", "1"), http.StatusSeeOther, "done=noted")
	for _, path := range []string{notes, articlePath(a.ID)} {
		says(t, writer.get(path), http.StatusOK, "Who &lt;b&gt;says&lt;/b&gt; so?", `data-quote="council votes"`, `data-prefix="The "`, "The mayor.", "Answer to Ed Itor", "!Who <b>")
	}
	says(t, editor.get(articlePath(a.ID)), http.StatusOK, `<details class="notes" id="notes" open>`, `data-open-notes>1<`)
	// Whoever may only look talks along; who may not see the article gets nothing.
	d.must(d.desk.SetStage(t.Context(), "test", a.ID, 1, news.ReadyStage))
	says(t, writer.get(articlePath(a.ID)), http.StatusOK, "<fieldset disabled", "data-readonly", "The mayor.")
	says(t, writer.post(notes, "text", "On all of it."), http.StatusSeeOther, "done=noted")
	for _, path := range []string{notes, notes + "/resolve", notes + "/reopen"} {
		says(t, other.post(path, "text", "x", "note", "1"), http.StatusForbidden, "!mayor")
	}
	says(t, other.get(notes), http.StatusForbidden, "!mayor")

	says(t, editor.post(notes+"/resolve", "note", "1"), http.StatusSeeOther, "done=note_resolved")
	says(t, writer.get(notes), http.StatusOK, "settled by Ed Itor, July 5, 2026", "Open again", "!Answer to Ed Itor")
	says(t, writer.post(notes+"/reopen", "note", "1"), http.StatusSeeOther, "done=note_reopened")
	says(t, writer.get(notes), http.StatusOK, "!settled by", "Answer to Ed Itor")
	for _, nonsense := range []string{"", "x", "99", "2"} {
		if w := editor.post(notes+"/resolve", "note", nonsense); w.Code != http.StatusNotFound && w.Code != http.StatusUnprocessableEntity {
			t.Errorf("to settle %q is answered %d", nonsense, w.Code)
		}
	}

	// The page's script gets the notes alone, and what can't be stored comes back as typed.
	part := func(form url.Values, status int, wants ...string) {
		t.Helper()
		editor.header = http.Header{"X-Part": {"notes"}}
		defer func() { editor.header = nil }()
		w := editor.ask("POST", notes, form)
		says(t, w, status, append(wants, `id="notes-list"`, "!<html")...)
	}
	part(url.Values{"text": {"Another"}}, http.StatusOK, "Another", "The mayor.")
	part(url.Values{"text": {" \u200b"}, "quote": {"It rained"}, "block": {"2"}}, http.StatusUnprocessableEntity, "This is needed.", `value="It rained"`)
	part(url.Values{"text": {""}, "parent": {"1"}}, http.StatusUnprocessableEntity, `<details class="answering" open>`, "This is needed.")
	long := strings.Repeat("ä", news.MaxNote+1)
	part(url.Values{"text": {long}}, http.StatusUnprocessableEntity, "At most 4,000 characters", long)
	part(url.Values{"text": {"Long"}, "quote": {strings.Repeat("ö", 5000)}, "prefix": {strings.Repeat("ö", 5000)}, "block": {"-7"}}, http.StatusOK, strings.Repeat("ö", news.MaxNoteQuote))
	says(t, editor.post(notes, "text", ""), http.StatusUnprocessableEntity, "<html", "This is needed.")
	editor.cookie = ""
	says(t, editor.post(notes, "text", "Typed while signed out"), http.StatusUnauthorized, "Typed while signed out")
}

// The notes are no part of the article: neither its version nor its revisions know of
// them.
func TestANoteDisturbsNobodyWhoWrites(t *testing.T) {
	d := openDesk(t)
	p, other := d.hire("Ed Itor", news.Grant{Role: news.Chief}), d.hire("Ole Other", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	form := d.filled(*a, "headline", "Typed meanwhile")
	says(t, other.post(articlePath(a.ID)+"/notes", "text", "Noteworthy"), http.StatusSeeOther)
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "done=saved")
	for _, path := range []string{"/revisions/", "/revisions/2"} {
		says(t, p.get(articlePath(a.ID)+path), http.StatusOK, "!Noteworthy")
	}
	says(t, p.get("/newsroom/articles/find?q=noteworthy"), http.StatusOK, "!Harbour")
	says(t, p.get(fmt.Sprintf("/newsroom/articles/?q=%s", "noteworthy")), http.StatusOK, "!>Harbour")
}
