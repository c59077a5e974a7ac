package newsroom

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

// out publishes a story and answers it as it stands.
func (d *deskRoom) out(headline string, in *news.Section) news.Article {
	d.t.Helper()
	a := d.story(headline, in, 0)
	d.must(d.desk.Publish(d.t.Context(), "test", a.ID, 1))
	return d.now(a.ID)
}

// waiting are the changes of an article.
func (d *deskRoom) waiting(id news.ArticleID) []news.LaterChange {
	d.t.Helper()
	list, err := d.store.LaterChangesOf(d.t.Context(), id, 99)
	d.must(err)
	return list
}

// at is an hour as a form sends it, in the paper's zone, so far from now.
func (d *deskRoom) at(after time.Duration) string {
	return d.room.now.Add(after).Format("2006-01-02T15:04")
}

func TestALiveArticleIsChangedByAnExplicitActOnly(t *testing.T) {
	d := openDesk(t)
	p, other := d.hire("Ed Itor", news.Grant{Role: news.Chief}), d.hire("Ole Other", news.Grant{Role: news.Chief})
	a := d.out("Harbour vote", d.world)
	w := p.get(articlePath(a.ID))
	says(t, w, http.StatusOK, "Publish changes", "Publish changes and say “updated”", `name="change_at"`, `!value="publish"`, `!value="schedule"`)
	html := w.Body.String()[strings.Index(w.Body.String(), `<form id="article"`):]
	if first := html[strings.Index(html, `name="do"`):]; !strings.HasPrefix(first, `name="do" value="later"`) {
		t.Errorf("the Enter key presses %.60s", first)
	}
	for _, do := range []string{"later", "", "nonsense", "publish", "schedule"} {
		says(t, p.ask("POST", articlePath(a.ID), d.filled(a, "headline", "Not out: "+do, "do", do)), http.StatusSeeOther, "&done=kept_later")
	}
	says(t, p.ask("POST", articlePath(a.ID), d.filled(a, "headline", "Looked at", "do", "preview", "counter", "1")), http.StatusOK, "/preview/")
	if now := d.now(a.ID); now.Version != a.Version {
		t.Errorf("readers see %+v", now)
	}
	list := d.waiting(a.ID)
	if len(list) != 5 || list[0].Fields.Headline != "Not out: later" || list[0].By != "Ed Itor <ed@paper.example>" || list[0].BasedOn != a.Version {
		t.Fatalf("kept: %+v", list)
	}
	says(t, p.post(articlePath(a.ID)+"/drop"), http.StatusSeeOther)
	for _, c := range list[1:] {
		says(t, p.post(laterPath(c.ID)+"/cancel", "version", "1"), http.StatusSeeOther, "done=change_cancelled")
	}

	// A colleague sees it, takes it up, goes on with it and publishes it.
	says(t, other.get(articlePath(a.ID)), http.StatusOK, `value="Harbour vote"`, "Waiting for this article", "Saved for later", "by Ed Itor,", "!ed@", `href="/newsroom/articles/1?change=1"`)
	says(t, other.get(articlePath(a.ID)+"?change=1"), http.StatusOK, `value="Not out: later"`, "You see what Ed Itor saved for later", `name="change" value="1"`, `name="change_version" value="1"`)
	form := d.filled(a, "headline", "Goes on", "slug", "goes-on", "do", "later", "change", "1", "change_version", "1")
	says(t, other.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "Location: /newsroom/articles/1?change=1&done=kept_later")
	if list := d.waiting(a.ID); len(list) != 1 || list[0].Fields.Headline != "Goes on" || list[0].Version != 2 {
		t.Errorf("it takes its place: %+v", list)
	}
	form.Set("change_version", "1") // as of what it was before: both stay
	form.Set("headline", "Beside")
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "?change=6&done=kept_later")
	says(t, p.post(laterPath(6)+"/cancel", "version", "1"), http.StatusSeeOther)
	form.Set("headline", "Out now")
	form.Set("change_version", "2")
	form.Set("do", "update")
	says(t, other.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "done=changes_published_updated")
	if now := d.now(a.ID); now.Headline != "Out now" || now.Updated.IsZero() || now.Slug != "goes-on" || len(d.waiting(a.ID)) != 0 {
		t.Errorf("%+v, waiting %+v", now, d.waiting(a.ID))
	}
	// Publishing without saying so leaves that as it was.
	was := d.now(a.ID)
	d.room.now = d.room.now.Add(time.Hour)
	says(t, other.ask("POST", articlePath(a.ID), d.filled(was, "headline", "A typo")), http.StatusSeeOther, "done=changes_published")
	if now := d.now(a.ID); now.Headline != "A typo" || !now.Updated.Equal(was.Updated) {
		t.Errorf("%+v", now)
	}
	says(t, other.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "headline", " ")), http.StatusUnprocessableEntity, "This is needed.")
}

func TestAChangeIsGivenAnHourAndWhoSavesIsTold(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.out("Harbour vote", d.world)
	for at, words := range map[string]string{"": "Choose a day and an hour.", "soon": "Choose a day and an hour.", d.at(-time.Hour): "This hour has passed.", strings.Repeat("9", 5000): "Choose a day"} {
		says(t, p.ask("POST", articlePath(a.ID), d.filled(a, "headline", "Later <b>", "do", "change_at", "change_at", at)), http.StatusUnprocessableEntity, words, `value="Later &lt;b&gt;"`)
	}
	says(t, p.ask("POST", articlePath(a.ID), d.filled(a, "do", "change_at", "change_at", d.at(time.Hour), "translation_of", "3")), http.StatusUnprocessableEntity, "is joined at once")
	form := d.filled(a, "headline", "Vote over", "do", "change_at", "change_at", d.at(2*time.Hour), "updated", "1")
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "?change=1&done=change_scheduled")
	says(t, p.get(articlePath(a.ID)), http.StatusOK, "goes out", "and says “updated”", "!both have changed the same place", `value="Harbour vote"`)
	says(t, p.get(laterPath(1)), http.StatusOK, "What it changes now", "<ins>Vote over</ins>", "Publish now", "Throw it away")
	// Saved again without another hour it keeps its own.
	form = d.filled(a, "headline", "Vote over at last", "do", "later", "change", "1", "change_version", "1")
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "?change=1&done=change_scheduled")
	if list := d.waiting(a.ID); len(list) != 1 || !list[0].Due.Equal(d.room.now.Truncate(time.Minute).Add(2*time.Hour)) || !list[0].Updated {
		t.Errorf("%+v", list)
	}
	// Who saves is told, before and after; and what can't go in any more is said.
	says(t, p.ask("POST", articlePath(a.ID), d.filled(a, "headline", "Vote goes on")), http.StatusSeeOther, "done=changes_published_waiting")
	says(t, p.get(articlePath(a.ID)+"?done=changes_published_waiting"), http.StatusOK, "Something else still waits for this article", "both have changed the same place")
	d.room.now = d.room.now.Add(3 * time.Hour)
	_, failed, err := d.desk.ApplyDueChanges(t.Context())
	if d.must(err); failed != 1 {
		t.Fatal("it went in")
	}
	says(t, p.get("/newsroom/changes/"), http.StatusOK, "Could not be published", "The same places were changed", "This change", "The article now", "Vote over at last", "Vote goes on")
	says(t, p.get("/newsroom/"), http.StatusOK, "Changes of live articles: Could not be published", `href="/newsroom/changes/1"`)
	says(t, d.hire("Sporty", news.Grant{Role: news.Editor, Section: d.sport.ID}).get("/newsroom/"), http.StatusOK, "!Could not be published")
	says(t, p.get(laterPath(1)), http.StatusOK, "Changed on both sides", "!Publish now", "The same places were changed")
	version := fmt.Sprint(d.waiting(a.ID)[0].Version)
	says(t, p.post(laterPath(1)+"/publish", "version", version), http.StatusSeeOther, "done=change_not_now")

	// It is mended in the editor: both texts are seen, and one is chosen.
	says(t, p.get(articlePath(a.ID)+"?change=1"), http.StatusOK, `value="Vote over at last"`, "Somebody else has changed this article since you began")
	form = d.filled(a, "headline", "Vote over at last", "do", "change_at", "change_at", d.at(time.Hour), "change", "1", "change_version", version)
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusConflict, `name="take-headline"`, `name="change" value="1"`, `name="change_at"`)
	form.Set("now", fmt.Sprint(d.now(a.ID).Version))
	form.Set("take-headline", "mine")
	says(t, p.ask("POST", articlePath(a.ID)+"/merge", form), http.StatusSeeOther, "?change=1&done=change_scheduled")
	d.room.now = d.room.now.Add(2 * time.Hour)
	done, _, err := d.desk.ApplyDueChanges(t.Context())
	if now := d.now(a.ID); err != nil || done != 1 || now.Headline != "Vote over at last" || !now.Updated.IsZero() {
		t.Errorf("%d went in, %v: %+v", done, err, now)
	}
	says(t, p.get(laterPath(1)), http.StatusNotFound)
	says(t, p.get("/newsroom/changes/"), http.StatusOK, "None.", "!Could not be published on")
}

// What two people have saved over each other keeps what its button says.
func TestAConflictOfALiveArticleSaysUpdatedWhereThatWasAsked(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.out("Harbour vote", d.world)
	theirs := a
	theirs.Headline = "Theirs"
	d.must(d.desk.Save(t.Context(), "Ole Other <ole@paper.example>", &theirs))
	form := d.filled(a, "headline", "Mine", "do", "update")
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusConflict, `name="do" value="update"`)
	form.Set("now", "3")
	form.Set("take-headline", "mine")
	says(t, p.ask("POST", articlePath(a.ID)+"/merge", form), http.StatusSeeOther, "done=changes_published_updated")
	if now := d.now(a.ID); now.Headline != "Mine" || !now.Updated.Equal(d.room.now) {
		t.Errorf("%+v", now)
	}
}

func TestOnesOwnTextIsNotLostOverAChange(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.out("Harbour vote", d.world)
	c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: a}
	c.Fields.Headline = "Theirs"
	d.must(d.desk.ScheduleChange(t.Context(), "Ole Other <ole@paper.example>", c))
	says(t, p.ask("POST", articlePath(a.ID)+"/keep", d.filled(a, "headline", "Typed", "counter", "1")), http.StatusOK)
	says(t, p.get(articlePath(a.ID)+"?change=1"), http.StatusOK, `value="Typed"`, "You have text of your own here", `!name="change" value="1"`)
	says(t, p.post(articlePath(a.ID)+"/drop"), http.StatusSeeOther)
	says(t, p.ask("POST", articlePath(a.ID)+"/keep", d.filled(a, "headline", "Typed over it", "counter", "2", "change", "1", "change_version", "1")), http.StatusOK)
	for _, path := range []string{"", "?change=1", "?change=x", "?change=99"} {
		says(t, p.get(articlePath(a.ID)+path), http.StatusOK, `value="Typed over it"`, `name="change" value="1"`, "You see what Ole Other saved for later", "!You have text of your own")
	}
	b := d.out("Other", d.world)
	says(t, p.get(articlePath(b.ID)+"?change=1"), http.StatusOK, `value="Other"`, "!Theirs")
	// Nor does the form of one article end the change of another.
	says(t, p.ask("POST", articlePath(b.ID), d.filled(b, "headline", "Other again", "change", "1", "change_version", "1")), http.StatusSeeOther)
	if _, err := d.store.LaterChange(t.Context(), 1); err != nil {
		t.Errorf("it is gone: %v", err)
	}
}

func TestAChangeIsForThoseWhoMayChangeTheArticle(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Worldly", news.Grant{Role: news.Editor, Section: d.world.ID})
	a, b := d.out("Europe inside", d.europe), d.out("Sport outside", d.sport)
	both := d.out("Shared", d.sport)
	both.Sections = []news.SectionID{d.sport.ID, d.world.ID}
	d.must(d.desk.Save(t.Context(), "test", &both))
	for _, x := range []news.Article{a, b} {
		c := &news.LaterChange{Article: x.ID, BasedOn: x.Version, Fields: x, Due: d.room.now.Add(time.Hour)}
		c.Fields.Kicker = "Later"
		d.must(d.desk.ScheduleChange(t.Context(), "Ole Other <ole@paper.example>", c))
	}
	says(t, p.get("/newsroom/changes/"), http.StatusOK, "Europe inside", "!Sport outside")
	says(t, p.get(laterPath(2)), http.StatusForbidden, "!Sport outside")
	for _, act := range []string{"/hour", "/publish", "/cancel", "/preview"} {
		says(t, p.post(laterPath(2)+act, "version", "1", "change_at", d.at(time.Hour)), http.StatusForbidden, "!Sport outside")
	}
	// What is out under another section is changed by those who publish there.
	shared := d.now(both.ID)
	form := d.filled(shared, "headline", "Shared again")
	form.Add("sections", fmt.Sprint(int64(d.world.ID)))
	says(t, p.get(articlePath(both.ID)), http.StatusOK, "Save for later", "!Publish changes", `!name="change_at"`)
	for _, do := range []string{"save", "update", "change_at"} {
		form.Set("do", do)
		form.Set("change_at", d.at(time.Hour))
		says(t, p.ask("POST", articlePath(both.ID), form), http.StatusForbidden)
	}
	form.Set("do", "later")
	says(t, p.ask("POST", articlePath(both.ID), form), http.StatusSeeOther, "done=kept_later")
	says(t, p.get(laterPath(3)), http.StatusOK, "!Set the hour", "Throw it away")
	says(t, p.post(laterPath(3)+"/publish", "version", "1"), http.StatusForbidden)
	// Nor is what the clock will publish there changed by them.
	chief := d.hire("Chief", news.Grant{Role: news.Chief})
	says(t, chief.post(laterPath(3)+"/hour", "version", "1", "change_at", d.at(time.Hour)), http.StatusSeeOther, "done=hour_changed")
	form.Set("change", "3")
	form.Set("change_version", "2")
	says(t, p.ask("POST", articlePath(both.ID), form), http.StatusSeeOther, "?change=4&done=kept_later")
	if c, err := d.store.LaterChange(t.Context(), 3); err != nil || c.Version != 2 {
		t.Errorf("%+v, %v", c, err)
	}
	reporter := d.hire("Reporter", news.Grant{Role: news.Reporter})
	says(t, reporter.get("/newsroom/changes/"), http.StatusOK, "!Europe inside", "!Shared")
}

func TestTheHourOfAChangeIsChangedAndItIsPublishedByHand(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.out("Harbour vote", d.world)
	c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: a}
	c.Fields.Kicker, c.Fields.Topics = "Port", []news.TopicID{d.tides.ID}
	d.must(d.desk.ScheduleChange(t.Context(), "Ole Other <ole@paper.example>", c))
	says(t, p.get(laterPath(1)), http.StatusOK, "<ins>Port</ins>", "<ins>Tides</ins>", "!Without an hour")
	says(t, p.post(laterPath(1)+"/hour", "version", "1", "change_at", "soon"), http.StatusUnprocessableEntity, "Choose a day and an hour.", `value="soon"`)
	says(t, p.post(laterPath(1)+"/hour", "version", "1", "change_at", d.at(time.Hour), "updated", "1"), http.StatusSeeOther, "done=hour_changed")
	says(t, p.get(laterPath(1)), http.StatusOK, "goes out", "and says “updated”", "Without an hour")
	says(t, p.post(laterPath(1)+"/hour", "version", "1", "change_at", d.at(time.Hour)), http.StatusSeeOther, "done=change_not_now")
	says(t, p.post(laterPath(1)+"/hour", "version", "2", "do", "none"), http.StatusSeeOther, "done=hour_changed")
	says(t, p.post(laterPath(1)+"/preview"), http.StatusOK, "/preview/", "!Make a link")
	says(t, p.post(laterPath(1)+"/publish", "version", "2"), http.StatusSeeOther, "done=change_not_now")
	says(t, p.post(laterPath(1)+"/publish", "version", "3", "updated", "1"), http.StatusSeeOther, "/newsroom/articles/1?done=changes_published")
	if now := d.now(a.ID); now.Kicker != "Port" || now.Updated.IsZero() || now.ChangedBy != "Ed Itor <ed@paper.example>" {
		t.Errorf("%+v", now)
	}
	says(t, p.post(laterPath(1)+"/cancel", "version", "3"), http.StatusNotFound)
	// Long lists have further pages.
	for range laterLength + 3 {
		c.ID = 0
		c.Due = d.room.now.Add(time.Hour)
		d.must(d.desk.ScheduleChange(t.Context(), "Ole Other <ole@paper.example>", c))
		c.ID, c.Due = 0, time.Time{}
		d.must(d.desk.ScheduleChange(t.Context(), "Ole Other <ole@paper.example>", c))
	}
	w := p.get("/newsroom/changes/")
	says(t, w, http.StatusOK, "?show=waiting&amp;after=", "?show=kept&amp;before=")
	for _, q := range []string{fmt.Sprintf("?show=waiting&after=%d&behind=26", d.room.now.Add(time.Hour).UnixMilli()), "?show=kept&before=5", "?show=nonsense&before=x&after=x", "?show=failed&before=-4"} {
		says(t, p.get("/newsroom/changes/"+q), http.StatusOK)
	}
	if n := strings.Count(p.get(fmt.Sprintf("/newsroom/changes/?show=waiting&after=%d&behind=%d", d.room.now.Add(time.Hour).UnixMilli(), 2*laterLength)).Body.String(), "What it changes"); n != 3 {
		t.Errorf("%d on the second page", n)
	}
}

func TestAnArticleIsWithdrawnWithAReason(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.out("Harbour vote", d.world)
	c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: a, Due: d.room.now.Add(time.Hour)}
	d.must(d.desk.ScheduleChange(t.Context(), "Ole Other <ole@paper.example>", c))
	path := articlePath(a.ID) + "/withdraw"
	says(t, p.get(articlePath(a.ID)), http.StatusOK, `href="`+path+`"`)
	says(t, p.get(path), http.StatusOK, "Reason for readers", "1 change waits for this article", "Harbour vote")
	long := strings.Repeat("ж", news.MaxReason+1)
	says(t, p.post(path, "version", "2", "reason", long, "note", "Note <b>."), http.StatusUnprocessableEntity, "At most 1,000 characters fit in here.", "Note &lt;b&gt;.", long)
	says(t, p.post(path, "version", "1", "reason", "Kept."), http.StatusConflict, "Somebody else has changed the article", "Kept.", `value="2"`)
	says(t, p.post(path, "version", "2", "reason", "It <i>names</i> somebody.\x00\n\nSorry.", "note", "A letter."), http.StatusSeeOther, "done=withdrawn")
	w, err := d.store.Withdrawal(t.Context(), a.ID)
	if d.must(err); w.Reason != "It <i>names</i> somebody.\n\nSorry." || w.Note != "A letter." {
		t.Errorf("%+v", w)
	}
	says(t, p.get(articlePath(a.ID)), http.StatusOK, "Withdrawn by Ed Itor", "It &lt;i&gt;names&lt;/i&gt; somebody.", "A letter.", "!ed@paper")
	says(t, p.post(path, "version", "3"), http.StatusSeeOther, "done=not_done")
	was := []string{"was_reason", "It <i>names</i> somebody.\r\n\r\nSorry.", "was_note", "A letter."}
	says(t, p.get(path), http.StatusOK, "Change the reason", `name="was_note" value="A letter."`, "!1 change waits")
	says(t, p.post(path, append(was, "reason", long)...), http.StatusUnprocessableEntity, "At most 1,000 characters fit in here.", long)
	says(t, p.post(path, append(was, "reason", "It names somebody else.", "note", "A lawyer.")...), http.StatusSeeOther, "done=reason_changed")
	says(t, p.post(path, append(was, "reason", long)...), http.StatusUnprocessableEntity, `name="was_note" value="A letter."`) // and so the next is a conflict still
	says(t, p.post(path, append(was, "reason", "Mine.")...), http.StatusConflict, "Readers are told now: It names somebody else. Colleagues: A lawyer.", ">Mine.<", `value="It names somebody else."`)
	says(t, p.get(articlePath(a.ID)), http.StatusOK, "It names somebody else.", `href="`+path+`"`)
	says(t, p.post(articlePath(a.ID)+"/restore", "version", "3"), http.StatusSeeOther, "done=restored")
	says(t, p.get(articlePath(a.ID)), http.StatusOK, "!Withdrawn by")
	world := d.hire("Sporty", news.Grant{Role: news.Editor, Section: d.sport.ID})
	says(t, world.get(path), http.StatusForbidden, "!Harbour")
}

func TestAnArticleIsCorrected(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a, draft := d.out("Harbour vote", d.world), d.story("Draft", d.world, 0)
	path := correctionsPath(a.ID)
	says(t, p.get(articlePath(a.ID)), http.StatusOK, `href="`+path+`"`)
	says(t, p.get(path), http.StatusOK, "What was wrong, and what is right", "Nothing has been corrected")
	long := strings.Repeat("x", news.MaxCorrection+1)
	for text, words := range map[string]string{"": "This is needed.", " \n\t ": "This is needed.", long: "At most 4,000 characters"} {
		says(t, p.post(path, "text", text), http.StatusUnprocessableEntity, words)
	}
	says(t, p.post(path, "text", "It <b>were</b> seven."), http.StatusSeeOther, "done=corrected")
	says(t, p.get(path), http.StatusOK, "It &lt;b&gt;were&lt;/b&gt; seven.", "!<b>were", "Amend or remove", "#corrections")
	says(t, p.post(correctionsPath(draft.ID), "text", "Kept words."), http.StatusUnprocessableEntity, "Only a published article", "Kept words.")
	says(t, p.post(path+"1/amend", "version", "1", "text", ""), http.StatusUnprocessableEntity, "This is needed.", "<details open>")
	says(t, p.post(path+"1/amend", "version", "1", "text", "It <b>were</b> seven."), http.StatusSeeOther, "done=correction_same")
	d.room.now = d.room.now.Add(time.Hour)
	says(t, p.post(path+"1/amend", "version", "1", "text", "It was seven."), http.StatusSeeOther, "done=amended")
	says(t, p.post(path+"1/amend", "version", "1", "text", "It was eight."), http.StatusConflict, "Somebody else has changed this correction", "It was eight.", "It was seven.")
	says(t, p.get(path), http.StatusOK, "It was seven.", "What it said before", "It &lt;b&gt;were", "then changed by Ed Itor")
	says(t, p.post(path+"1/remove", "version", "1"), http.StatusSeeOther, "done=correction_not_now")
	says(t, p.post(path+"1/remove", "version", "2"), http.StatusSeeOther, "done=correction_removed")
	says(t, p.get(path), http.StatusOK, "removed", "It was seven.", "!Amend or remove")
	says(t, p.post(path+"1/remove", "version", "3"), http.StatusSeeOther, "done=correction_same")
	for _, wrong := range []string{correctionsPath(draft.ID) + "1/amend", path + "9/amend", path + "x/remove"} {
		says(t, p.post(wrong, "version", "1", "text", "x"), http.StatusNotFound)
	}
	sporty := d.hire("Sporty", news.Grant{Role: news.Editor, Section: d.sport.ID})
	for _, at := range []string{path, path + "1/amend", path + "1/remove"} {
		says(t, sporty.post(at, "version", "1", "text", "x"), http.StatusForbidden, "!Harbour")
	}
}

func TestTheLogIsLookedThroughAndAnArticleShowsItsHistory(t *testing.T) {
	d := openDesk(t)
	p, ole := d.hire("Ed Itor", news.Grant{Role: news.Chief}), d.hire("Ole Other", news.Grant{Role: news.Editor, Section: d.world.ID})
	a, b := d.story("Harbour vote", d.world, 0), d.story("Market", d.sport, 0)
	says(t, ole.ask("POST", articlePath(a.ID), d.filled(*a, "headline", "Harbour vote tonight")), http.StatusSeeOther)
	d.room.now = d.room.now.Add(48 * time.Hour)
	says(t, p.ask("POST", articlePath(b.ID), d.filled(*b, "headline", "Market day")), http.StatusSeeOther)
	lines := func(query string) int {
		t.Helper()
		w := p.get("/newsroom/audit/" + query)
		says(t, w, http.StatusOK, "Look through the log")
		return strings.Count(w.Body.String(), "<li><time")
	}
	ed, other, day := "Ed+Itor+%3Ced%40paper.example%3E", "Ole+Other+%3Cole%40paper.example%3E", d.room.now.Format(time.DateOnly)
	for query, want := range map[string]int{
		"?who=" + other + "&verb=save": 1, "?who=" + ed + "&verb=save": 1, "?verb=save": 2, "?verb=create&article=1": 1, "?article=1": 2, "?article=2&verb=save&from=" + day: 1,
		"?article=1&from=" + day: 0, "?article=1&until=" + day: 2, "?article=2&from=" + day + "&until=" + day: 1, "?who=nobody": 0, "?verb=%3Cb%3E&article=x&from=y&until=z": 0,
	} {
		if got := lines(query); got != want {
			t.Errorf("%s: %d lines, want %d", query, got, want)
		}
	}
	d.must(d.desk.Publish(t.Context(), "the clock, for Ole Other <ole@paper.example>", a.ID, 2))
	says(t, p.get(articlePath(a.ID)+"/history/"), http.StatusOK, "the clock, for Ole Other", ">published<", ">\u2068Draft\u2069 → \u2068Published\u2069<", ">created<", ">Draft<", "!-&gt;")
	says(t, p.post("/newsroom/account/", "name", "Ed Itor", "language", "ar"), http.StatusSeeOther)
	says(t, p.get(articlePath(a.ID)+"/history/"), http.StatusOK, "الساعة، عن Ole Other", ">نشر<", ">\u2068مسودة\u2069 ← \u2068منشور\u2069<")
	says(t, p.get("/newsroom/audit/?verb=publish"), http.StatusOK, ">نشر<", ">مقال 1<", `<option value="publish" selected`)
	says(t, p.post("/newsroom/account/", "name", "Ed Itor", "language", "en"), http.StatusSeeOther)
	says(t, p.get("/newsroom/audit/?who=nobody"), http.StatusOK, "Nothing was found.", "Show all again")
	says(t, p.get("/newsroom/audit/?article=1"), http.StatusOK, `href="/newsroom/articles/1"`, `value="1"`)
	says(t, ole.get(articlePath(a.ID)+"/history/"), http.StatusOK, "History of this article", "save", ">saved<", "Ole Other", "!ole@")
	says(t, ole.get(articlePath(b.ID)+"/history/"), http.StatusForbidden, "!Market")
	says(t, ole.get("/newsroom/audit/"), http.StatusForbidden)
	// Further pages keep what was asked for.
	for range auditLength + 5 {
		now := d.now(a.ID)
		now.Kicker += "x"
		d.must(d.desk.Save(t.Context(), "test", &now))
	}
	w := p.get("/newsroom/audit/?verb=save")
	says(t, w, http.StatusOK, `?before=`, `&amp;verb=save`)
	says(t, ole.get(articlePath(a.ID)+"/history/"), http.StatusOK, articlePath(a.ID)+"/history/?before=")
	says(t, p.get(articlePath(99)+"/history/"), http.StatusNotFound)
}
