package newsroom

import (
	"encoding/json"
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

// desk is a room with sections World > Europe and Sport, a topic and a person.
type deskRoom struct {
	*room
	world, europe, sport *news.Section
	tides                *news.Topic
	anna                 *news.Person
}

func openDesk(t *testing.T) *deskRoom {
	t.Helper()
	d := &deskRoom{room: open(t), world: &news.Section{Name: "World"}, europe: &news.Section{Name: "Europe"}, sport: &news.Section{Name: "Sport"},
		tides: &news.Topic{Name: "Tides"}, anna: &news.Person{Name: "Anna Bell"}}
	d.must(d.desk.CreateSection(t.Context(), "test", d.world))
	d.europe.Parent = d.world.ID
	d.must(d.desk.CreateSection(t.Context(), "test", d.europe))
	d.must(d.desk.CreateSection(t.Context(), "test", d.sport))
	d.must(d.desk.CreateTopic(t.Context(), "test", d.tides))
	d.must(d.desk.CreatePerson(t.Context(), "test", d.anna))
	return d
}

func (d *deskRoom) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

const text = `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"The council votes."}]},{"type":"paragraph","content":[{"type":"text","text":"It rained."}]}]}`

// story makes a draft in a section.
func (d *deskRoom) story(headline string, in *news.Section, creator news.StaffID) *news.Article {
	d.t.Helper()
	a := &news.Article{Kind: news.Story, Headline: headline, Language: "en", Body: []byte(text), Comments: news.CommentsModerated, Creator: creator}
	if in != nil {
		a.Section, a.Sections = in.ID, []news.SectionID{in.ID}
	}
	d.must(d.desk.Create(d.t.Context(), "Somebody Else <else@paper.example>", a))
	return a
}

func (d *deskRoom) now(id news.ArticleID) news.Article {
	d.t.Helper()
	a, err := d.store.Article(d.t.Context(), id)
	d.must(err)
	return a
}

// filled is the form as a browser would send it for an article as it stands.
func (d *deskRoom) filled(a news.Article, pairs ...string) url.Values {
	form := url.Values{"version": {fmt.Sprint(a.Version)}, "headline": {a.Headline}, "kicker": {a.Kicker}, "standfirst": {a.Standfirst}, "body": {string(a.Body)},
		"section": {fmt.Sprint(int64(a.Section))}, "language": {a.Language}, "genre": {string(a.Genre)}, "comments": {string(a.Comments)}, "slug": {a.Slug},
		"lead_picture": {fmt.Sprint(int64(a.LeadPicture))}, "byline_name": {"", ""}, "byline_role": {"", ""}, "do": {"save"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form[pairs[i]] = []string{pairs[i+1]}
	}
	return form
}

func TestAnArticleIsWrittenAndPublished(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	says(t, p.get("/newsroom/articles/"), http.StatusOK, "Articles", "There are no articles here yet.", `href="/newsroom/articles/new"`)
	says(t, p.get("/newsroom/articles/new"), http.StatusOK, "Begin to write", "World › Europe")
	says(t, p.post("/newsroom/articles/new", "headline", "Harbour vote", "section", fmt.Sprint(int64(d.world.ID))), http.StatusSeeOther, "Location: /newsroom/articles/1")
	a := d.now(1)
	if a.Creator != p.staff.ID || a.Section != d.world.ID || a.State != news.Draft || a.ChangedBy != "Ed Itor <ed@paper.example>" {
		t.Errorf("it began as %+v", a)
	}
	says(t, p.get("/newsroom/articles/1"), http.StatusOK, `value="Harbour vote"`, "It has no text.", "It has no byline.", "data-editor", "autosave")
	// What must be mended keeps it from being published.
	says(t, p.ask("POST", "/newsroom/articles/1", d.filled(a, "do", "publish")), http.StatusSeeOther, "done=saved_not_published")
	form := d.filled(a, "do", "publish", "standfirst", "Tonight.", "body", text, "topic_names", "tides", "byline_name", "Anna Bell", "byline_role", "words", "slug", "the-vote")
	says(t, p.ask("POST", "/newsroom/articles/1", form), http.StatusSeeOther, "/newsroom/articles/1?done=published")
	a = d.now(1)
	if a.State != news.Published || !strings.HasSuffix(a.Path, "/the-vote/") || len(a.Topics) != 1 || len(a.Byline) != 1 || a.Byline[0] != (news.Credit{Person: d.anna.ID, Role: "words"}) || a.Standfirst != "Tonight." {
		t.Errorf("published: %+v", a)
	}
	says(t, p.get("/newsroom/articles/?state=published&q=harb"), http.StatusOK, "Harbour vote", "Ed Itor", "!ed@paper.example", "Anna Bell")
	says(t, p.post("/newsroom/articles/1/withdraw", "version", fmt.Sprint(a.Version)), http.StatusSeeOther, "done=withdrawn")
	says(t, p.post("/newsroom/articles/1/restore", "version", fmt.Sprint(a.Version+1)), http.StatusSeeOther, "done=restored")
	says(t, p.ask("POST", "/newsroom/articles/1", d.filled(d.now(1), "do", "schedule", "at", "2026-07-05T20:00", "byline_name", "Anna Bell")), http.StatusSeeOther, "done=scheduled")
	if a = d.now(1); a.State != news.Scheduled || !a.Scheduled.Equal(time.Date(2026, 7, 5, 20, 0, 0, 0, time.UTC)) {
		t.Errorf("scheduled: %+v", a)
	}
	says(t, p.ask("POST", "/newsroom/articles/1", d.filled(a, "do", "schedule", "at", "soon")), http.StatusSeeOther, "done=no_hour")
	says(t, p.post("/newsroom/articles/1/trash", "version", fmt.Sprint(d.now(1).Version)), http.StatusSeeOther, "done=trashed")
	says(t, p.get("/newsroom/articles/?state=trashed"), http.StatusOK, "Harbour vote")
	says(t, p.get("/newsroom/articles/"), http.StatusOK, "!>Harbour vote<")
}

func TestASectionEditorSeesAndChangesTheirOwnSectionsOnly(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Sporty", news.Grant{Role: news.Editor, Section: d.world.ID})
	inside, outside, own := d.story("Europe inside", d.europe, 0), d.story("Sport outside", d.sport, 0), d.story("Own without section", nil, p.staff.ID)
	says(t, p.get("/newsroom/articles/"), http.StatusOK, "Europe inside", "Own without section", "!Sport outside")
	says(t, p.get("/newsroom/articles/?section="+fmt.Sprint(int64(d.sport.ID))), http.StatusOK, "!Sport outside", "Nothing was found")
	says(t, p.get(articlePath(inside.ID)), http.StatusOK, `value="publish"`)
	says(t, p.get(articlePath(own.ID)), http.StatusOK, `value="save"`, `!value="publish"`)
	for _, path := range []string{"", "/revisions/", "/revisions/1"} {
		says(t, p.get(articlePath(outside.ID)+path), http.StatusForbidden, "This is not for you", "!Sport outside")
	}
	for _, path := range []string{"", "/keep", "/present", "/drop", "/merge", "/withdraw", "/trash", "/restore", "/preview", "/preview/end", "/revisions/1/restore"} {
		says(t, p.ask("POST", articlePath(outside.ID)+path, d.filled(*outside, "headline", "Taken over")), http.StatusForbidden, "!Sport outside")
	}
	if a := d.now(outside.ID); a.Version != 1 {
		t.Errorf("it was changed: %+v", a)
	}
	says(t, p.get("/newsroom/articles/find?q=outside"), http.StatusOK, "!outside")
	says(t, p.ask("POST", articlePath(inside.ID), d.filled(*inside, "section", fmt.Sprint(int64(d.sport.ID)))), http.StatusUnprocessableEntity, "This can’t be chosen.")
	// What somebody has begun is theirs to change until it is out.
	writer := d.hire("Writer", news.Grant{Role: news.Contributor})
	mine := d.story("Mine", d.sport, writer.staff.ID)
	says(t, writer.get("/newsroom/articles/"), http.StatusOK, "Mine", "!Sport outside", "!Europe inside")
	says(t, writer.ask("POST", articlePath(mine.ID), d.filled(*mine, "headline", "Mine again")), http.StatusSeeOther, "done=saved")
	says(t, writer.ask("POST", articlePath(mine.ID), d.filled(d.now(mine.ID), "do", "publish", "headline", "Out")), http.StatusForbidden)
	d.must(d.desk.Publish(t.Context(), "test", mine.ID, d.now(mine.ID).Version))
	says(t, writer.get(articlePath(mine.ID)), http.StatusOK, "<fieldset disabled", `!value="save"`)
	says(t, writer.ask("POST", articlePath(mine.ID), d.filled(d.now(mine.ID), "headline", "Later")), http.StatusForbidden)
}

// Neither putting two texts together nor an old one leads an article out of the
// sections of whoever does it.
func TestASectionEditorMovesNothingOutByMergingOrRestoring(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Worldly", news.Grant{Role: news.Editor, Section: d.world.ID})
	moved := *d.story("Harbour vote", d.sport, 0)
	moved.Section, moved.Sections = d.world.ID, []news.SectionID{d.world.ID}
	d.must(d.desk.Save(t.Context(), "test", &moved))
	says(t, p.post(articlePath(moved.ID)+"/revisions/1/restore", "version", "2"), http.StatusForbidden)
	form := d.filled(d.now(moved.ID), "section", fmt.Sprint(int64(d.sport.ID)), "now", "2")
	says(t, p.ask("POST", articlePath(moved.ID)+"/merge", form), http.StatusUnprocessableEntity, "This can’t be chosen.")
	if a := d.now(moved.ID); a.Version != 2 || a.Section != d.world.ID {
		t.Errorf("it was moved: %+v", a)
	}
	says(t, p.post(articlePath(moved.ID)+"/revisions/2/restore", "version", "2"), http.StatusSeeOther, "done=revision_restored")
}

// An article that is also listed elsewhere is published by those whose section it
// is shown under.
func TestASectionEditorPublishesUnderTheirOwnSectionsOnly(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Worldly", news.Grant{Role: news.Editor, Section: d.world.ID})
	a := *d.story("Shared", d.sport, 0)
	a.Sections = []news.SectionID{d.sport.ID, d.world.ID}
	d.must(d.desk.Save(t.Context(), "test", &a))
	says(t, p.get(articlePath(a.ID)), http.StatusOK, `value="save"`, `!value="publish"`)
	form := d.filled(d.now(a.ID), "do", "publish")
	form.Add("sections", fmt.Sprint(int64(d.world.ID)))
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusForbidden)
	if now := d.now(a.ID); now.Public() {
		t.Error("it was published under another section")
	}
	own := d.story("Own", d.world, 0)
	d.must(d.desk.Publish(t.Context(), "test", own.ID, own.Version))
	form = d.filled(d.now(own.ID), "section", fmt.Sprint(int64(d.sport.ID)))
	form.Add("sections", fmt.Sprint(int64(d.world.ID)))
	says(t, p.ask("POST", articlePath(own.ID), form), http.StatusUnprocessableEntity, "This can’t be chosen.")
	if now := d.now(own.ID); now.Section != d.world.ID {
		t.Errorf("what is out was moved: %+v", now)
	}
}

// To be the first of a group of translations is written into an article.
func TestAnArticleTranslatesWhatItsWriterMaySeeOrIsPublic(t *testing.T) {
	d := openDesk(t)
	writer := d.hire("Writer", news.Grant{Role: news.Contributor})
	mine, theirs, public := d.story("Mein", nil, writer.staff.ID), d.story("Theirs", d.sport, 0), d.story("Out", d.sport, 0)
	d.must(d.desk.Publish(t.Context(), "test", public.ID, 1))
	ask := func(of news.ArticleID) *httptest.ResponseRecorder {
		return writer.ask("POST", articlePath(mine.ID), d.filled(d.now(mine.ID), "language", "de", "translation_of", fmt.Sprint(int64(of))))
	}
	hidden, nowhere := ask(theirs.ID), ask(999)
	says(t, hidden, http.StatusUnprocessableEntity)
	says(t, nowhere, http.StatusUnprocessableEntity)
	if a := d.now(theirs.ID); a.Version != 1 || a.TranslationGroup != 0 {
		t.Errorf("it was written: %+v", a)
	}
	if a := d.now(mine.ID); a.Version != 1 {
		t.Errorf("half of the form was saved: %+v", a)
	}
	says(t, ask(public.ID), http.StatusSeeOther, "done=saved")
	if a := d.now(mine.ID); a.TranslationGroup != public.ID {
		t.Errorf("it was not joined: %+v", a)
	}
}

func TestASectionEditorPublishesNoStandingPage(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Worldly", news.Grant{Role: news.Editor, Section: d.world.ID})
	says(t, p.post("/newsroom/articles/new", "headline", "Imprint", "kind", "page"), http.StatusSeeOther, "Location: /newsroom/articles/1")
	form := d.filled(d.now(1), "section", fmt.Sprint(int64(d.world.ID)), "body", text, "do", "publish")
	says(t, p.ask("POST", "/newsroom/articles/1", form), http.StatusForbidden)
	if a := d.now(1); a.State != news.Draft || a.Section != 0 || a.Sections != nil {
		t.Errorf("the page is %+v", a)
	}
}

// Who may only look at what they have begun hands it to nobody.
func TestASecretLinkIsMadeByWhoMayChangeTheArticle(t *testing.T) {
	d := openDesk(t)
	writer := d.hire("Writer", news.Grant{Role: news.Contributor})
	a := d.story("Harbour vote", d.world, writer.staff.ID)
	says(t, writer.post(articlePath(a.ID)+"/preview", "days", "7"), http.StatusOK, "This link shows")
	d.must(d.desk.Publish(t.Context(), "test", a.ID, 1))
	d.must(d.desk.Withdraw(t.Context(), "test", a.ID, 2))
	says(t, writer.post(articlePath(a.ID)+"/preview", "days", "7"), http.StatusForbidden)
	says(t, writer.post(articlePath(a.ID)+"/preview"), http.StatusOK, "!This link shows")
}

func TestWhatIsTypedIsKeptAndShownAgain(t *testing.T) {
	d := openDesk(t)
	p, other := d.hire("Ed Itor", news.Grant{Role: news.Chief}), d.hire("Ole Other", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	keep := func(who *person, counter, headline string) keptAnswer {
		t.Helper()
		w := who.ask("POST", articlePath(a.ID)+"/keep", d.filled(*a, "headline", headline, "counter", counter))
		says(t, w, http.StatusOK)
		var answer keptAnswer
		d.must(json.Unmarshal(w.Body.Bytes(), &answer))
		return answer
	}
	keep(other, "1", "Theirs")
	if got := keep(p, "5", "Typed headline"); got.Counter != 5 || got.Kept != "12:00 PM" || len(got.Present) != 1 || got.Present[0] != "Ole Other has this article open" || got.Version != 1 {
		t.Errorf("the script is told %+v", got)
	}
	says(t, p.ask("POST", articlePath(a.ID)+"/keep", d.filled(*a, "headline", "late", "counter", "4")), http.StatusConflict)
	says(t, p.ask("POST", articlePath(a.ID)+"/keep", d.filled(*a, "body", "{", "counter", "6")), http.StatusUnprocessableEntity)
	says(t, p.get(articlePath(a.ID)), http.StatusOK, `value="Typed headline"`, "You see what you typed until", `name="counter" value="5"`, "Ole Other has this article open")
	says(t, p.get("/newsroom/articles/"), http.StatusOK, ">Harbour vote<", "typed, not saved")
	if d.now(a.ID).Headline != "Harbour vote" {
		t.Error("the article was touched")
	}
	says(t, p.ask("POST", articlePath(a.ID), d.filled(*a, "headline", "Saved headline")), http.StatusSeeOther, "done=saved")
	says(t, p.get(articlePath(a.ID)), http.StatusOK, `value="Saved headline"`, "!You see what you typed", `name="counter" value="5"`)
	says(t, other.get(articlePath(a.ID)), http.StatusOK, `value="Theirs"`, "Somebody else has changed this article since you began")
	says(t, other.post(articlePath(a.ID)+"/drop"), http.StatusSeeOther, "done=dropped")
	if _, err := d.store.WorkingCopy(t.Context(), other.staff.ID, a.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("it is still there: %v", err)
	}
	says(t, other.post(articlePath(a.ID)+"/present"), http.StatusOK, `"present":["Ed Itor has this article open"]`)
}

func TestTheLaterOfTwoSeesBothTextsAndMergesThem(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	base := *d.story("Harbour vote", d.world, 0)
	theirs := base
	theirs.Headline, theirs.Kicker, theirs.Body = "Harbour vote tonight", "Port", []byte(strings.Replace(text, "It rained.", "It poured.", 1))
	d.must(d.desk.Save(t.Context(), "Ole Other <ole@paper.example>", &theirs))
	mine := d.filled(base, "headline", "Harbour vote delayed", "standfirst", "Mine <b>.", "body", strings.Replace(text, "It rained.", "It snowed.", 1))
	w := p.ask("POST", articlePath(base.ID), mine)
	says(t, w, http.StatusConflict, "Two people have changed this", "Ole Other", "!ole@", "Kicker", `name="take-headline"`, "<ins> delayed</ins>", "<ins> tonight</ins>", `name="take-body-1"`,
		"<del>rained</del><ins>snowed</ins>", "<del>rained</del><ins>poured</ins>", `name="standfirst" value="Mine &lt;b&gt;."`, `name="now" value="2"`)
	mine.Set("now", "2")
	says(t, p.ask("POST", articlePath(base.ID)+"/merge", mine), http.StatusConflict, "Please choose for each place")
	mine.Set("take-headline", "theirs")
	mine.Set("take-body-1", "both")
	says(t, p.ask("POST", articlePath(base.ID)+"/merge", mine), http.StatusSeeOther, "done=merged")
	a := d.now(base.ID)
	if a.Headline != "Harbour vote tonight" || a.Kicker != "Port" || a.Standfirst != "Mine <b>." || !strings.Contains(string(a.Body), "It snowed.") || !strings.Contains(string(a.Body), "It poured.") || a.Version != 3 {
		t.Errorf("merged: %+v %s", a, a.Body)
	}
	// Changed once more in between, it asks again.
	d.must(d.desk.Save(t.Context(), "Ole Other <ole@paper.example>", &a))
	says(t, p.ask("POST", articlePath(base.ID)+"/merge", mine), http.StatusConflict, `name="now" value="4"`)
}

func TestRevisionsAreComparedAndTakenUpAgain(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := *d.story("Harbour vote", d.world, 0)
	a.Section, a.Sections, a.Topics = d.sport.ID, []news.SectionID{d.sport.ID}, []news.TopicID{d.tides.ID}
	a.Headline, a.Body = "Harbour vote <tonight>", []byte(strings.Replace(text, "It rained.", "It poured.", 1))
	d.must(d.desk.Save(t.Context(), "Ole Other <ole@paper.example>", &a))
	says(t, p.get(articlePath(a.ID)+"/revisions/"), http.StatusOK, "Ole Other", "as it stands", "create", "Harbour vote &lt;tonight&gt;")
	says(t, p.get(articlePath(a.ID)+"/revisions/2"), http.StatusOK, "from revision 1 to revision 2", "<ins> &lt;tonight&gt;</ins>", "It <del>rained</del><ins>poured</ins>.", "<del>World</del> <ins>Sport</ins>", "<ins>Tides</ins>", "Take up revision 1 again")
	says(t, p.get(articlePath(a.ID)+"/revisions/2?with=2"), http.StatusOK, "Text and fields are the same.")
	says(t, p.get(articlePath(a.ID)+"/revisions/9"), http.StatusNotFound)
	says(t, p.post(articlePath(a.ID)+"/revisions/1/restore", "version", "1"), http.StatusSeeOther, "done=changed_meanwhile")
	says(t, p.post(articlePath(a.ID)+"/revisions/1/restore", "version", "2"), http.StatusSeeOther, "done=revision_restored")
	if got := d.now(a.ID); got.Headline != "Harbour vote" || got.Version != 3 {
		t.Errorf("%+v", got)
	}
}

func TestAPreviewIsShownInThreeWidthsAndByASecretLink(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	w := p.ask("POST", articlePath(a.ID), d.filled(*a, "do", "preview"))
	says(t, w, http.StatusOK, "Preview: Harbour vote", `value="390" checked`, `value="768"`, `value="1280"`, "Make a link", "!This link shows")
	if !regexp.MustCompile(`<iframe src="/preview/[\w-]{43}"`).MatchString(w.Body.String()) {
		t.Errorf("there is no frame: %s", w.Body)
	}
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "frame-src 'self'") {
		t.Error(csp)
	}
	w = p.post(articlePath(a.ID)+"/preview", "days", "7")
	says(t, w, http.StatusOK, "This link shows the article until July 12, 2026", origin+"/preview/", "End it")
	list, err := d.store.PreviewsOf(t.Context(), a.ID, 10)
	d.must(err)
	links := 0
	for _, l := range list {
		if l.CopyOf == 0 {
			links++
			says(t, p.post(articlePath(a.ID)+"/preview/end", "hash", l.Hash), http.StatusSeeOther, "done=preview_ended")
		}
	}
	if links != 1 {
		t.Errorf("%d links for others", links)
	}
}

func TestWhoWritesNamesSomebodyNewInTheByline(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Re Porter", news.Grant{Role: news.Reporter})
	says(t, p.post("/newsroom/articles/new", "headline", "Harbour vote", "language", "en"), http.StatusSeeOther, "")
	a := d.now(1)
	two := func(name string) url.Values {
		form := d.filled(a, "byline_name", name)
		form["byline_name"], form["byline_role"] = []string{"Anna Bell", name}, []string{"", "photographs"}
		return form
	}
	says(t, p.ask("POST", articlePath(1), two("Anna  Belle")), http.StatusUnprocessableEntity, "nobody of this name: Anna Belle", `name="byline_new" value="Anna Belle">`)
	form := two("Anna Belle")
	form.Set("byline_new", "Anna Belle")
	says(t, p.ask("POST", articlePath(1), form), http.StatusSeeOther, "done=saved")
	b := d.now(1)
	if len(b.Byline) != 2 || b.Byline[0].Person != d.anna.ID || b.Byline[1].Role != "photographs" {
		t.Fatalf("the byline is %v", b.Byline)
	}
	if made, err := d.room.store.Persons(t.Context(), []news.PersonID{b.Byline[1].Person}); err != nil || len(made) != 1 || made[0].Name != "Anna Belle" {
		t.Errorf("made was %v, %v", made, err)
	}
	a = b
	form = two("anna-bell") // whose address another has
	form.Set("byline_new", "anna-bell")
	says(t, p.ask("POST", articlePath(1), form), http.StatusSeeOther, "done=saved")
	a = d.now(1)
	for _, name := range []string{strings.Repeat("ä", 300), "???", "Anna Belle #99"} { // which no name can be
		form = two(name)
		form.Set("byline_new", name)
		says(t, p.ask("POST", articlePath(1), form), http.StatusUnprocessableEntity, "“"+name+"” can’t be the name of somebody new.")
	}
	form = two("x")
	form["byline_name"] = slices.Repeat([]string{"x"}, 2*mostCredits+1)
	says(t, p.ask("POST", articlePath(1), form), http.StatusUnprocessableEntity, "At most 50 are possible.")

	// Somebody who is retired stays in the byline that they stand in, and is known by name.
	anna, err := d.room.store.Person(t.Context(), d.anna.ID)
	d.must(err)
	d.must(d.desk.RetirePerson(t.Context(), "test", anna.ID, anna.Version, true))
	says(t, p.get(articlePath(1)), http.StatusOK, "Anna Bell #", "!name=\"byline_new\"")
	form = d.filled(a, "byline_name", fmt.Sprintf("Anna Bell #%d", anna.ID), "byline_new", fmt.Sprintf("Anna Bell #%d", anna.ID))
	says(t, p.ask("POST", articlePath(1), form), http.StatusSeeOther, "done=saved")
	a = d.now(1)
	if len(a.Byline) != 1 || a.Byline[0].Person != anna.ID {
		t.Errorf("the byline is %v", a.Byline)
	}
	form = d.filled(a, "byline_name", "Anna Bell", "byline_new", "Anna Bell")
	says(t, p.ask("POST", articlePath(1), form), http.StatusSeeOther, "done=saved")
	if b := d.now(1); len(b.Byline) != 1 || b.Byline[0].Person != anna.ID {
		t.Errorf("the byline is %v", b.Byline)
	}
}

func TestWhoStandsInABylineTwiceHasTwoRows(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	form := d.filled(*a)
	form["byline_name"], form["byline_role"] = []string{"Anna Bell", "Anna Bell"}, []string{"words", "photographs"}
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "done=saved")
	w := p.get(articlePath(a.ID))
	if rows := strings.Count(w.Body.String(), `value="Anna Bell" aria-label`); rows != 2 {
		t.Errorf("she has %d rows", rows)
	}
	says(t, w, http.StatusOK, `value="words"`, `value="photographs"`)
}

func TestAPreviewOfALiveArticleMakesNobody(t *testing.T) {
	d := openDesk(t)
	p, reader := d.hire("Ed Itor", news.Grant{Role: news.Chief}), d.hire("Re Porter", news.Grant{Role: news.Reporter})
	a := d.out("Harbour vote", d.world)
	nobody := func() {
		t.Helper()
		if _, err := d.room.store.PersonNamed(t.Context(), "New Soul"); !fault.Is(err, fault.NotFound) {
			t.Errorf("New Soul is there: %v", err)
		}
	}
	form := d.filled(a, "byline_name", "New Soul", "byline_new", "New Soul", "do", "preview")
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusOK)
	nobody()
	form.Set("do", doAt)
	form.Set("change_at", "2020-01-01T10:00")
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusUnprocessableEntity)
	nobody()
	form.Set("do", doPublish)
	says(t, reader.ask("POST", articlePath(a.ID), form), http.StatusForbidden)
	nobody()
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "done=changes_published")
	if b := d.now(a.ID); len(b.Byline) != 1 {
		t.Errorf("the byline is %v", b.Byline)
	}
}

func TestNamesThatNobodyHasAreKeptAsTyped(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Re Porter", news.Grant{Role: news.Reporter})
	says(t, p.post("/newsroom/articles/new", "headline", "Harbour vote", "language", "en"), http.StatusSeeOther, "")
	a := d.now(1)
	form := d.filled(a, "counter", "1", "topic_names", "Nothing, Tides", "byline_name", "Nobody", "byline_role", "words", "byline_new", "Nobody", "translation_of", "Der Hafen")
	says(t, p.ask("POST", articlePath(1)+"/keep", form), http.StatusOK, `"counter":1`, `"text":"It has no text."`, "!It has no byline.")
	says(t, p.ask("POST", articlePath(1)+"/keep", form), http.StatusOK, `"counter":1`) // once more, since its answer was lost
	says(t, p.get(articlePath(1)), http.StatusOK, `value="Nobody"`, `value="words"`, `value="Nothing"`, ">Tides<", `value="Der Hafen"`, `name="byline_new" value="Nobody" checked`)
	if b := d.now(1); len(b.Byline) != 0 {
		t.Errorf("the article has the byline %v", b.Byline)
	}
}

func TestNothingThatIsTypedBreaksTheFormOrIsLost(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	script := `"><script>alert(1)</script>`
	for name, form := range map[string]url.Values{
		"nothing":      {},
		"nonsense":     d.filled(*a, "section", "x", "topics", "-1", "lead_picture", "many", "genre", "poem", "comments", "wild", "translation_of", "?", "version", "1"),
		"far too long": d.filled(*a, "headline", strings.Repeat("ä", 501)),
		"unknown":      d.filled(*a, "topic_names", "Nothing, Tides", "byline_name", "Nobody"),
		"not there":    d.filled(*a, "section", "99"),
		"no body":      d.filled(*a, "body", "<p>x"),
		"many topics":  d.filled(*a, "topic_names", strings.Repeat("x,", 5000)),
	} {
		w := p.ask("POST", articlePath(a.ID), form)
		if w.Code >= 500 {
			t.Errorf("%s is answered %d", name, w.Code)
		}
	}
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "headline", strings.Repeat("ä", 501))), http.StatusUnprocessableEntity, "At most 500 characters", strings.Repeat("ä", 501))
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "topic_names", "Nothing, Tides", "byline_name", "Nobody", "kicker", "Typed")), http.StatusUnprocessableEntity,
		"no topic of this name: Nothing", "nobody of this name: Nobody", `value="Typed"`, `value="Nobody"`, ">Tides<")
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "topic_names", strings.Repeat("x,", 1001))), http.StatusUnprocessableEntity, "At most 2,000 characters", "x,x,x")
	every := d.filled(d.now(a.ID))
	for _, name := range []string{"headline", "kicker", "standfirst", "excerpt", "lead_caption", "sponsor", "search_title", "search_description", "social_title", "social_description", "source_name", "source_licence", "rights_holder", "language"} {
		every.Set(name, script+"\x00"+name)
	}
	every.Set("language", "en")
	every.Set("source_url", "javascript:alert(1)")
	says(t, p.ask("POST", articlePath(a.ID), every), http.StatusSeeOther, "done=saved")
	for _, path := range []string{articlePath(a.ID), "/newsroom/articles/", articlePath(a.ID) + "/revisions/", articlePath(a.ID) + "/revisions/" + fmt.Sprint(d.now(a.ID).Version)} {
		says(t, p.get(path), http.StatusOK, "!"+script, "&lt;script&gt;")
	}
	// A session that has ended: what was typed goes along.
	p.cookie = ""
	says(t, p.ask("POST", articlePath(a.ID), d.filled(*a, "headline", "Typed while signed out")), http.StatusUnauthorized, "Typed while signed out")
}

// A locale is kept for each language that is asked for, so that nobody may name
// languages at will.
func TestALanguageIsOneOfThoseOffered(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	says(t, p.get("/newsroom/articles/?language=xx-typed"), http.StatusOK, `!lang="xx-typed"`)
	says(t, p.ask("POST", articlePath(a.ID), d.filled(*a, "language", "xx-typed")), http.StatusUnprocessableEntity, "This can’t be chosen.", `!lang="xx-typed"`)
	says(t, p.ask("POST", articlePath(a.ID), d.filled(*a, "language", "uk")), http.StatusSeeOther, "done=saved")
	// One that is there already, as after an import, stays.
	rare := &news.Article{Kind: news.Story, Headline: "Rare", Language: "gsw", Body: []byte(text), Comments: news.CommentsModerated}
	d.must(d.desk.Create(t.Context(), "test", rare))
	says(t, p.ask("POST", articlePath(rare.ID), d.filled(*rare, "headline", "Rarer")), http.StatusSeeOther, "done=saved")
}

func TestTheEditorsDialogsFindArticlesAndPictures(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	draft, public := d.story("Harbour draft", d.world, 0), d.story("Harbour public", d.world, 0)
	d.must(d.desk.Publish(t.Context(), "test", public.ID, 1))
	pic := &news.Picture{Name: "boats.jpg", Alt: "Boats at night", Width: 3, Height: 2, Served: "x", Blob: "x"}
	d.must(d.desk.AddPicture(t.Context(), "test", pic))
	says(t, p.get("/newsroom/articles/find?q=harb"), http.StatusOK, "Harbour draft", "Harbour public", `"section":"World"`, `"state":"Published"`)
	says(t, p.get(fmt.Sprintf("/newsroom/articles/find?id=%d&id=99", draft.ID)), http.StatusOK, "Harbour draft", "!public")
	says(t, p.get("/newsroom/articles/find?q=nowhere"), http.StatusOK, `{"articles":[]}`)
	says(t, p.get("/newsroom/pictures/find?q=nigh"), http.StatusOK, `"alt":"Boats at night"`, `"width":3`)
	says(t, p.get(fmt.Sprintf("/newsroom/pictures/find?id=%d", pic.ID)), http.StatusOK, "Boats")
	says(t, p.get("/newsroom/pictures/find?q=day"), http.StatusOK, `{"more":false,"pictures":[]}`)
}

func TestANameIsSeenWholeWhateverSignsAreInIt(t *testing.T) {
	for who, want := range map[string]string{"Ida Holm <ida@paper.example>": "Ida Holm", "Ida <b>Holm</b> <ida@paper.example>": "Ida <b>Holm</b>", "the clock": "the clock", "Ida <3": "Ida <3", "": ""} {
		if got := shortWho(who); got != want {
			t.Errorf("%q is shown as %q", who, got)
		}
	}
	d := openDesk(t)
	chief := d.hire("Cora Chief", news.Grant{Role: news.Chief})
	chief.staff.Name = "Cora <script>alert(1)</script> <b>"
	d.must(d.desk.ChangeStaff(t.Context(), "test", *chief.staff))
	s, err := d.store.Staff(t.Context(), chief.staff.ID)
	d.must(err)
	a := &news.Article{Kind: news.Story, Headline: "Vote", Body: []byte(`{"type":"doc","content":[]}`), Comments: news.CommentsModerated}
	d.must(d.desk.Create(t.Context(), desk.By(&s), a))
	_, err = d.desk.MakePreview(t.Context(), desk.By(&s), a.ID, 0, d.room.now.Add(time.Hour))
	d.must(err)
	const shown = "Cora &lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;"
	for _, path := range []string{"/newsroom/", "/newsroom/audit/", "/newsroom/articles/", articlePath(a.ID) + "/revisions/", "/newsroom/account/"} {
		w := chief.get(path)
		says(t, w, http.StatusOK, "!<script>alert")
		if path != "/newsroom/account/" && path != "/newsroom/articles/" {
			says(t, w, http.StatusOK, shown)
		}
	}
	says(t, chief.post(articlePath(a.ID)+"/preview"), http.StatusOK, shown, "!<script>alert")
}

func TestWhatOtherSitesShowIsWrittenInTheForm(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	a := d.story("Harbour vote", d.world, 0)
	pic := &news.Picture{Name: "boats.jpg", Alt: "Boats at night", Width: 3, Height: 2, Served: "x", Blob: "x", Type: "image/jpeg"}
	d.must(d.desk.AddPicture(t.Context(), "test", pic))
	form := d.filled(*a, "social_title", "See <b>this</b>", "social_description", "In short.", "social_picture", fmt.Sprint(pic.ID), "comments", "open")
	says(t, p.ask("POST", articlePath(a.ID), form), http.StatusSeeOther, "done=saved")
	if now := d.now(a.ID); now.SocialTitle != "See <b>this</b>" || now.SocialDescription != "In short." || now.SocialPicture != pic.ID || now.Comments != news.CommentsOpen {
		t.Errorf("%+v", now)
	}
	says(t, p.get(articlePath(a.ID)), http.StatusOK, `name="social_title" type="text" value="See &lt;b&gt;this&lt;/b&gt;"`, ">In short.</textarea>", fmt.Sprintf(`name="social_picture" value="%d" checked`, pic.ID), `value="open" selected`)
	says(t, p.get(articlePath(a.ID)+"/revisions/2"), http.StatusOK, "Title when shared", "Picture when shared")
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "social_title", strings.Repeat("x", 501))), http.StatusUnprocessableEntity, "At most 500 characters")
	// Nonsense chooses none, and how comments are taken stays.
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "social_picture", "many", "comments", "wild")), http.StatusSeeOther, "done=saved")
	if now := d.now(a.ID); now.SocialPicture != 0 || now.Comments != news.CommentsOpen {
		t.Errorf("%+v", now)
	}
}

// Who is refused has saved nothing, and goes on from the version that they began
// with: they don't meet themselves as somebody else who was quicker.
func TestWhatIsRefusedHalfWayIsNotStoredByHalf(t *testing.T) {
	d := openDesk(t)
	p := d.hire("Ed Itor", news.Grant{Role: news.Chief})
	original := d.story("The vote", d.world, 0)
	a := d.story("Die Wahl", d.world, 0)
	for name, bad := range map[string][]string{
		"a slug of no letters":        {"slug", "???"},
		"a translation of its own":    {"translation_of", fmt.Sprint(a.ID)},
		"a translation in one tongue": {"translation_of", fmt.Sprint(original.ID), "slug", "die-wahl-2"},
		"of nothing":                  {"translation_of", "999", "slug", "die-wahl-3"},
	} {
		w := p.ask("POST", articlePath(a.ID), d.filled(*a, append([]string{"headline", "Typed", "do", "publish"}, bad...)...))
		says(t, w, http.StatusUnprocessableEntity, `value="Typed"`, `name="version" value="1"`)
		if now := d.now(a.ID); now.Version != 1 || now.Headline != "Die Wahl" || now.Slug != a.Slug || now.State != news.Draft {
			t.Errorf("%s: %+v", name, now)
		}
	}
	says(t, p.ask("POST", articlePath(a.ID), d.filled(*a, "headline", "Typed", "slug", "gewaehlt", "language", "de", "translation_of", fmt.Sprint(original.ID))), http.StatusSeeOther, "done=saved")
	if now := d.now(a.ID); now.Version != 2 || now.Headline != "Typed" || now.Slug != "gewaehlt" || now.TranslationGroup != original.ID {
		t.Errorf("%+v", now)
	}
	// With nothing but another slug it is a version too; with nothing at all none.
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID), "slug", "wahl")), http.StatusSeeOther, "done=saved")
	says(t, p.ask("POST", articlePath(a.ID), d.filled(d.now(a.ID))), http.StatusSeeOther, "done=saved")
	if now := d.now(a.ID); now.Version != 3 || now.Slug != "wahl" {
		t.Errorf("%+v", now)
	}
}
