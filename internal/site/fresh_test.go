package site_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"broadsheet/internal/ads"
	"broadsheet/internal/db"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
	"broadsheet/internal/site"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
	"broadsheet/internal/web"
	"broadsheet/themes"
)

// The proof that nothing is stale: random histories of every verb that the desk
// has, and after each step every address, as it is kept, is byte for byte what the
// same page is when it is made from nothing.

// process is one program that serves and edits the paper.
type process struct {
	*desk.Desk
	store   *store.Store
	site    *site.Handler
	changes *page.Changes
	gate    gate
}

// gate holds up what was read while it is closed.
type gate struct {
	mu     sync.Mutex
	closed bool
	holds  chan bool // closed to let go what is held up; nil for nothing
	held   atomic.Int32
}

func (g *gate) pass(page.Key) {
	g.mu.Lock()
	closed, holds := g.closed, g.holds
	g.mu.Unlock()
	if closed {
		g.held.Add(1)
		<-holds
	}
}

func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed, g.holds = true, make(chan bool)
	g.held.Store(0)
}

// leave lets pass what comes from now on; what is held up stays so.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = false
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed = false; g.holds != nil {
		close(g.holds)
		g.holds = nil
	}
}

// newsroom is a small paper with its processes, and a site that keeps nothing.
type newsroom struct {
	processes []*process
	nothing   *site.Handler // keeps nothing beyond forget.AnnounceAll
	forget    *page.Changes
	disk      *media.Disk
	room      *media.Darkroom
	source    store.SourceID
	now       atomic.Int64 // Unix milliseconds
	count     int          // of things made, for their names
	told      atomic.Int64 // changes that were announced
	commits   func() int64 // moves with each commit that stores something; nil where nobody knows

	// How many of each there are; their ids are counted from 1.
	articles, sections, topics, people, pictures, comments int
}

// had notes that there are things up to an id.
func had[T ~int64](most *int, id T) { *most = max(*most, int(id)) }

func (n *newsroom) clock() time.Time { return time.UnixMilli(n.now.Load()).UTC() }

// openNewsroom opens a paper with so many processes. announce stands between a
// desk and what is kept: a test of the test leaves something out there.
func openNewsroom(t testing.TB, open []func() (*db.DB, error), announce func(p *process, c news.Change)) *newsroom {
	t.Helper()
	disk, err := media.OpenDisk(t.TempDir())
	must(t, err)
	words, err := locale.Load(themes.Words())
	must(t, err)
	n := &newsroom{disk: disk}
	n.now.Store(time.Date(2026, 7, 5, 22, 30, 0, 0, time.UTC).UnixMilli())
	serve := func(p *process) *site.Handler {
		h, err := site.New(site.Parts{Store: p.store, Desk: p.Desk, Disk: disk, Ads: ads.NewSet(oneForEachSlot), Theme: themes.Paper(), Locales: words,
			Log: slog.New(slog.DiscardHandler), Now: n.clock, Address: "https://paper.example", Changes: p.changes, Memory: 16 << 20, Meanwhile: p.gate.pass,
			Comments: web.NewLimiter(time.Minute, 1000, n.clock)})
		must(t, err)
		return h
	}
	for _, o := range open {
		d, err := o()
		must(t, err)
		_, err = store.Migrate(t.Context(), d)
		must(t, err)
		p := &process{store: store.New(d), changes: page.NewChanges(100_000)}
		p.Desk = desk.New(p.store, n.clock, func(c news.Change) {
			if len(c.Refs) > 0 {
				n.told.Add(1)
			}
			announce(p, c)
		})
		if d.Engine == db.SQLite && n.commits == nil {
			n.commits = commits(t, d)
		}
		p.site = serve(p)
		if len(open) > 1 {
			p.changes.Pause()
			ctx, stop := context.WithCancel(context.Background())
			ended := make(chan bool)
			go func() { p.store.Follow(ctx, p.changes, func(error) {}); close(ended) }()
			t.Cleanup(func() { stop(); <-ended; d.Close() })
		} else {
			t.Cleanup(func() { d.Close() })
		}
		n.processes = append(n.processes, p)
	}
	n.forget = page.NewChanges(1)
	n.nothing = serve(&process{Desk: n.processes[0].Desk, store: n.processes[0].store, changes: n.forget})
	n.room = media.NewDarkroom(disk, []media.Use{})
	n.begin(t)
	return n
}

// oneForEachSlot are creatives between which nothing is left to chance, so that
// equal pages are equal to the byte; one has a flight.
var oneForEachSlot = []ads.Creative{
	{Name: "a", Placement: "leaderboard", Text: "Breakfast by the water", Link: "https://cafe.example/", Weight: 1},
	{Name: "b", Placement: "in-article", Text: "Boats for hire", Link: "/boats/", Weight: 1, Start: time.Date(2026, 7, 6, 4, 0, 0, 0, time.UTC), End: time.Date(2026, 7, 7, 12, 0, 0, 0, time.UTC)},
}

// commits returns what moves with each commit that has stored something in a
// SQLite file.
func commits(t testing.TB, d *db.DB) func() int64 {
	c, err := d.SQL().Conn(t.Context())
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return func() (version int64) {
		must(t, c.QueryRowContext(bg, "pragma data_version").Scan(&version))
		return version
	}
}

// begin makes a paper that every verb finds something in.
func (n *newsroom) begin(t testing.TB) {
	t.Helper()
	p, ctx := n.processes[0], t.Context()
	must(t, p.ChangeSettings(ctx, "Anna", func(s *news.Settings) error {
		s.Title, s.TimeZone, s.ListLength = "The Paper", "Europe/Berlin", 3
		return nil
	}))
	var err error
	n.source, err = p.ImportSource(ctx, "wordpress", "https://old.example")
	must(t, err)
	for _, parent := range []news.SectionID{0, 0, 1} {
		must(t, p.CreateSection(ctx, "Anna", &news.Section{Name: n.name("Section"), Parent: parent}))
	}
	for range 2 {
		must(t, p.CreateTopic(ctx, "Anna", &news.Topic{Name: n.name("Topic")}))
		must(t, p.CreatePerson(ctx, "Anna", &news.Person{Name: n.name("Person"), Biography: "Writes."}))
	}
	w := &paper{Desk: p.Desk, Store: p.store, disk: n.disk}
	w.picture(t, "one.png")
	w.picture(t, "two.png")
	for i := range 5 {
		a := n.draft(news.SectionID(i%3+1), news.ArticleID(i))
		if i == 3 {
			a.Kind, a.Section, a.Sections, a.Topics, a.Byline = news.StandingPage, 0, nil, nil, nil
		}
		if i == 4 {
			a.Kind, a.Section, a.Sections, a.Topics, a.Byline, a.Parent = news.StandingPage, 0, nil, nil, nil, 4
		}
		must(t, p.Create(ctx, "Anna", a))
		must(t, p.Publish(ctx, "Anna", a.ID, a.Version))
		n.now.Add(60_000)
	}
	for i := range 3 { // one of them a draft, one scheduled, one withdrawn
		a := n.draft(news.SectionID(i+1), 1)
		must(t, p.Create(ctx, "Anna", a))
		if i == 1 {
			must(t, p.Schedule(ctx, "Anna", a.ID, 1, n.clock().Add(time.Hour)))
		}
		if i == 2 {
			must(t, p.Publish(ctx, "Anna", a.ID, 1))
			must(t, p.Withdraw(ctx, "Anna", a.ID, 2))
		}
	}
	must(t, p.Pin(ctx, "Anna", 0, news.FirstZone, 1, time.Time{}))
	for range 4 { // more than one stretch of their list
		must(t, p.Correct(ctx, "Anna", &news.Correction{Article: 1, Text: n.name("Correction")}))
	}
	w.comment(t, &news.Article{ID: 1}, "Ida", "Words.", 0)
	must(t, p.PostComment(ctx, &news.Comment{Article: 1, Parent: 1, Name: "Ole", Email: "ole@mail.example", Text: "A reply."}))
	n.articles, n.sections, n.topics, n.people, n.pictures, n.comments = 8, 3, 2, 2, 2, 2
	must(t, p.ChangeMenu(ctx, "Anna", news.Menu{Name: news.FooterMenu, Items: []news.MenuItem{{Target: news.Target{Noun: news.ArticleNoun, ID: 4}}, {Target: news.Target{Noun: news.TopicNoun, ID: 1}}, {Target: news.Target{Noun: news.SectionNoun, ID: 2}}}}))
}

// file is one that stands in no picture, of one of two sizes.
func (n *newsroom) file(rt *rapid.T) (news.Picture, error) {
	m := image.NewGray(image.Rect(0, 0, rapid.SampledFrom([]int{60, 70}).Draw(rt, "width"), 40))
	shade := upTo(rt, "shade", 1<<20)
	for i := range m.Pix {
		m.Pix[i] = byte(int(shade) >> (i % 16))
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return news.Picture{}, err
	}
	return n.disk.Keep(bg, "other.png", &b, 1<<20)
}

func (n *newsroom) name(noun string) string {
	n.count++
	return fmt.Sprintf("%s %d", noun, n.count)
}

// draft is an article that names others: a story below a link to another, with a
// picture.
func (n *newsroom) draft(section news.SectionID, related news.ArticleID) *news.Article {
	html := "<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>"
	doc, _ := richtext.FromHTML(html)
	if related != 0 {
		doc.Blocks = append(doc.Blocks, &richtext.Node{Type: richtext.Related, Attrs: &richtext.Attrs{Article: int64(related)}})
	}
	doc.Blocks = append(doc.Blocks, &richtext.Node{Type: richtext.Picture, Attrs: &richtext.Attrs{Picture: 2}})
	genre := news.Report
	if n.count%2 == 0 {
		genre = news.Opinion // whose authors stand on cards
	}
	return &news.Article{Kind: news.Story, Headline: n.name("Story"), Language: "en", Body: doc.Encode(), Comments: news.CommentModes()[n.count%2],
		Section: section, Sections: []news.SectionID{section}, Topics: []news.TopicID{1, 2}, Byline: []news.Credit{{Person: 1}, {Person: 2}}, Genre: genre, LeadPicture: 1, SocialTitle: n.name("Shared"), SocialPicture: 2}
}

// verb is one thing that the desk does, with arguments drawn at random. What can't
// be done now is refused by the desk: that is no step.
type verb func(rt *rapid.T, n *newsroom, p *process) error

// pick draws one of what there is.
func pick[T any](rt *rapid.T, what string, all []T) T {
	return all[rapid.IntRange(0, len(all)-1).Draw(rt, what)]
}

// turned draws another order of the same ids.
func turned[T any](rt *rapid.T, ids []T) []T {
	if len(ids) < 2 {
		return ids
	}
	by := rapid.IntRange(1, len(ids)-1).Draw(rt, "turned by")
	return slices.Concat(ids[by:], ids[:by])
}

// upTo draws the id of a thing that may be there.
func upTo(rt *rapid.T, what string, most int) int64 {
	return int64(rapid.IntRange(1, most).Draw(rt, what))
}

func (n *newsroom) article(rt *rapid.T, p *process) (news.Article, error) {
	return p.store.Article(bg, news.ArticleID(upTo(rt, "article", n.articles)))
}

// section is one as it is now, or only its id where it is gone.
func (n *newsroom) section(rt *rapid.T, p *process) news.Section {
	id := news.SectionID(upTo(rt, "section", n.sections))
	all, err := p.store.Sections(bg)
	if err != nil {
		rt.Fatal(err)
	}
	if s := all[id]; s != nil {
		return *s
	}
	return news.Section{ID: id}
}

// zones are those of the theme's layout, and two that it does not have.
var zones = []string{news.FirstZone, "lead", "second", "third", "opinion", "latest", "elsewhere"}

// front is the front page, or the first page of a section.
func (n *newsroom) front(rt *rapid.T) news.SectionID {
	return news.SectionID(rapid.IntRange(0, n.sections).Draw(rt, "front"))
}

// arrangement is one that can be: of articles in any state, each once.
func (n *newsroom) arrangement(rt *rapid.T) news.Arrangement {
	a := news.Arrangement{ByHand: rapid.IntRange(0, 3).Draw(rt, "by hand") > 0}
	for _, id := range rapid.SliceOfNDistinct(rapid.IntRange(1, n.articles), 0, 6, rapid.ID).Draw(rt, "pins") {
		pin := news.Pin{Article: news.ArticleID(id)}
		if rapid.IntRange(0, 3).Draw(rt, "until") == 0 {
			pin.Until = n.clock().Add(3 * time.Hour)
		}
		a.Put(rapid.SampledFrom(zones).Draw(rt, "zone"), 0, pin)
	}
	if rapid.Bool().Draw(rt, "from") {
		noun := rapid.SampledFrom([]news.Noun{news.SectionNoun, news.TopicNoun}).Draw(rt, "noun")
		a.Zone(rapid.SampledFrom(zones).Draw(rt, "zone")).From = news.Target{Noun: noun, ID: upTo(rt, "from", 2)}
	}
	return a
}

// on is a verb for an article at its present version.
func on(f func(rt *rapid.T, n *newsroom, p *process, a news.Article) error) verb {
	return func(rt *rapid.T, n *newsroom, p *process) error {
		a, err := n.article(rt, p)
		if err != nil {
			return err
		}
		return f(rt, n, p, a)
	}
}

// later keeps a change of an article for an hour.
func (n *newsroom) later(p *process, a news.Article, at time.Time) (*news.LaterChange, error) {
	c := &news.LaterChange{Article: a.ID, BasedOn: a.Version, Fields: a, Due: at}
	c.Fields.Headline, c.Fields.Slug = n.name("Later"), "later"
	return c, p.ScheduleChange(bg, anna, c)
}

// correction is one that readers see.
func (n *newsroom) correction(rt *rapid.T, p *process) (news.Correction, error) {
	list, err := p.store.LatestCorrections(bg, news.CorrectionPlace{}, 50)
	if err != nil || len(list) == 0 {
		return news.Correction{}, fault.Wrap(fault.NotFound, err, "nothing was corrected")
	}
	return pick(rt, "correction", list), nil
}

const anna desk.Who = "Anna"

var bg = context.Background()

// verbs has every method of the desk that readers may see something of.
var verbs = map[string]verb{
	"Create": func(rt *rapid.T, n *newsroom, p *process) error {
		a := n.draft(news.SectionID(upTo(rt, "section", 3)), news.ArticleID(upTo(rt, "related", n.articles+1)))
		if rapid.Bool().Draw(rt, "page") {
			a.Kind, a.Section, a.Sections, a.Topics, a.Byline, a.Parent = news.StandingPage, 0, nil, nil, nil, 4
		} else if rapid.Bool().Draw(rt, "translation") {
			a.Language, a.TranslationGroup = "de", news.ArticleID(upTo(rt, "group", 3))
		}
		err := p.Create(bg, anna, a)
		had(&n.articles, a.ID)
		return err
	},
	"Save": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		a.Headline = n.name("Saved")
		if a.Kind == news.StandingPage {
			a.Parent = news.ArticleID(rapid.SampledFrom([]int64{0, 4}).Draw(rt, "parent"))
			if a.ID == 4 {
				a.Parent = 0
			}
		}
		return p.Save(bg, anna, &a)
	}),
	"SaveForm": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		a.Headline = n.name("Sent")
		f := desk.Form{Article: &a, Changed: true, Updated: rapid.Bool().Draw(rt, "updated"), Staff: 1}
		if rapid.Bool().Draw(rt, "another slug") {
			f.Slug = n.name("sent")
		}
		if rapid.Bool().Draw(rt, "a translation") {
			a.Language, f.Of = rapid.SampledFrom([]string{"fr", "es", "it"}).Draw(rt, "language"), news.ArticleID(upTo(rt, "original", n.articles))
		}
		return p.SaveForm(bg, anna, f)
	}),
	"Update": on(func(_ *rapid.T, n *newsroom, p *process, a news.Article) error {
		a.Standfirst = n.name("Updated")
		return p.Update(bg, anna, &a)
	}),
	"Publish": on(func(_ *rapid.T, _ *newsroom, p *process, a news.Article) error {
		return p.Publish(bg, anna, a.ID, a.Version)
	}),
	"PublishAs": on(func(_ *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.PublishAs(bg, anna, a.ID, a.Version, n.clock().AddDate(0, -1, 0))
	}),
	"Schedule": on(func(_ *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.Schedule(bg, anna, a.ID, a.Version, n.clock().Add(time.Hour))
	}),
	"Withdraw": on(func(_ *rapid.T, _ *newsroom, p *process, a news.Article) error {
		return p.Withdraw(bg, anna, a.ID, a.Version)
	}),
	"Restore": on(func(_ *rapid.T, _ *newsroom, p *process, a news.Article) error {
		return p.Restore(bg, anna, a.ID, a.Version)
	}),
	"SetStage": on(func(rt *rapid.T, _ *newsroom, p *process, a news.Article) error {
		return p.SetStage(bg, anna, a.ID, a.Version, news.StageID(upTo(rt, "stage", 2)))
	}),
	"Assign": on(func(_ *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.Assign(bg, anna, a.ID, a.Version, news.Assignment{Due: n.clock().Add(time.Hour), Brief: n.name("Brief")})
	}),
	"Trash": on(func(_ *rapid.T, _ *newsroom, p *process, a news.Article) error {
		return p.Trash(bg, anna, a.ID, a.Version)
	}),
	"RestoreRevision": on(func(rt *rapid.T, _ *newsroom, p *process, a news.Article) error {
		_, err := p.RestoreRevision(bg, anna, a.ID, a.Version, rapid.IntRange(1, a.Version).Draw(rt, "revision"))
		return err
	}),
	"Move": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.Move(bg, anna, a.ID, a.Version, news.SectionID(rapid.IntRange(0, n.sections+1).Draw(rt, "section")))
	}),
	"ChangeSlug": on(func(rt *rapid.T, _ *newsroom, p *process, a news.Article) error {
		return p.ChangeSlug(bg, anna, a.ID, a.Version, rapid.SampledFrom([]string{"one", "two", "three"}).Draw(rt, "slug"))
	}),
	"SetByline": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.SetByline(bg, anna, a.ID, a.Version, []news.Credit{{Person: news.PersonID(upTo(rt, "person", n.people)), Role: "words"}})
	}),
	"SetTopics": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.SetTopics(bg, anna, a.ID, a.Version, []news.TopicID{news.TopicID(upTo(rt, "topic", n.topics))})
	}),
	"SetLeadPicture": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.SetLeadPicture(bg, anna, a.ID, a.Version, news.PictureID(rapid.IntRange(0, n.pictures+1).Draw(rt, "picture")), n.name("Caption"))
	}),
	"Pin": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		until := time.Time{}
		if rapid.Bool().Draw(rt, "until") {
			until = n.clock().Add(time.Hour)
		}
		return p.Pin(bg, anna, n.front(rt), rapid.SampledFrom(zones).Draw(rt, "zone"), a.ID, until)
	}),
	"Unpin": func(rt *rapid.T, n *newsroom, p *process) error {
		f, err := p.store.Front(bg, n.front(rt))
		if err != nil || len(f.Pins()) == 0 {
			return fault.Wrap(fault.Invalid, err, "nothing is pinned")
		}
		return p.Unpin(bg, anna, f.Section, pick(rt, "pin", f.Pins()).Article)
	},
	"SaveFront": func(rt *rapid.T, n *newsroom, p *process) error {
		f, err := p.store.Front(bg, n.front(rt))
		if err != nil {
			return err
		}
		f.Arrangement = n.arrangement(rt)
		return p.SaveFront(bg, anna, &f)
	},
	"RestoreFront": func(rt *rapid.T, n *newsroom, p *process) error {
		f, err := p.store.Front(bg, n.front(rt))
		if err != nil {
			return err
		}
		return p.RestoreFront(bg, anna, f.Section, f.Version, rapid.IntRange(0, f.Version).Draw(rt, "revision"))
	},
	"ScheduleFront": func(rt *rapid.T, n *newsroom, p *process) error {
		f, err := p.store.Front(bg, n.front(rt))
		if err != nil {
			return err
		}
		f.Arrangement = n.arrangement(rt)
		_, err = p.ScheduleFront(bg, anna, &f, n.clock().Add(time.Hour))
		return err
	},
	"CancelFrontPlan": func(rt *rapid.T, _ *newsroom, p *process) error {
		plans, err := p.store.FrontPlans(bg, 50)
		if err != nil || len(plans) == 0 {
			return fault.Wrap(fault.Invalid, err, "nothing is planned")
		}
		return p.CancelFrontPlan(bg, anna, pick(rt, "plan", plans).ID)
	},
	"WithdrawFor": on(func(_ *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.WithdrawFor(bg, anna, a.ID, a.Version, news.Withdrawal{Reason: n.name("Reason"), Note: "For us."})
	}),
	"ChangeReason": func(rt *rapid.T, n *newsroom, p *process) error {
		var away []news.ArticleID
		for id := range news.ArticleID(n.articles) {
			if a, err := p.store.Article(bg, id+1); err == nil && a.State == news.Withdrawn {
				away = append(away, a.ID)
			}
		}
		if len(away) == 0 {
			return fault.New(fault.Invalid, "nothing is withdrawn")
		}
		id := pick(rt, "withdrawn", away)
		was, err := p.store.Withdrawal(bg, id)
		if err != nil {
			return err
		}
		return p.ChangeReason(bg, anna, id, was, news.Withdrawal{Reason: n.name("Reason")})
	},
	"ApplyChange": on(func(rt *rapid.T, n *newsroom, p *process, a news.Article) error {
		c, err := n.later(p, a, time.Time{})
		if err != nil {
			return err
		}
		return p.ApplyChange(bg, anna, c.ID, c.Version, rapid.Bool().Draw(rt, "updated"))
	}),
	"ApplyDueChanges": on(func(_ *rapid.T, n *newsroom, p *process, a news.Article) error {
		if _, err := n.later(p, a, n.clock().Add(time.Hour)); err != nil {
			return err
		}
		n.now.Add(2 * time.Hour.Milliseconds())
		_, _, err := p.ApplyDueChanges(bg)
		return err
	}),
	"AmendCorrection": func(rt *rapid.T, n *newsroom, p *process) error {
		c, err := n.correction(rt, p)
		if err != nil {
			return err
		}
		return p.AmendCorrection(bg, anna, c.ID, c.Version, n.name("Amended"))
	},
	"RemoveCorrection": func(rt *rapid.T, n *newsroom, p *process) error {
		c, err := n.correction(rt, p)
		if err != nil {
			return err
		}
		return p.RemoveCorrection(bg, anna, c.ID, c.Version)
	},
	"Correct": on(func(_ *rapid.T, n *newsroom, p *process, a news.Article) error {
		return p.Correct(bg, anna, &news.Correction{Article: a.ID, Text: n.name("Correction")})
	}),
	"JoinTranslation": func(rt *rapid.T, n *newsroom, p *process) error {
		a := n.draft(0, 0)
		a.Section, a.Sections, a.Topics, a.Byline = 0, nil, nil, nil // some may be gone
		a.Language = rapid.SampledFrom([]string{"fr", "es", "it", "pt", "pl", "nl", "sv", "fi", "el", "tr"}).Draw(rt, "language")
		if err := p.Create(bg, anna, a); err != nil {
			return err
		}
		had(&n.articles, a.ID)
		if err := p.Publish(bg, anna, a.ID, a.Version); err != nil {
			return err
		}
		now, err := p.store.Article(bg, a.ID)
		if err != nil {
			return err
		}
		return p.JoinTranslation(bg, anna, a.ID, now.Version, news.ArticleID(upTo(rt, "of", n.articles+1)))
	},

	"CreateSection": func(rt *rapid.T, n *newsroom, p *process) error {
		s := &news.Section{Name: n.name("Section"), Parent: news.SectionID(rapid.IntRange(0, n.sections).Draw(rt, "parent"))}
		err := p.CreateSection(bg, anna, s)
		had(&n.sections, s.ID)
		return err
	},
	"ChangeSection": func(rt *rapid.T, n *newsroom, p *process) error {
		s := n.section(rt, p)
		s.Name, s.Position = n.name("Renamed"), rapid.IntRange(0, 3).Draw(rt, "position")
		s.Slug = rapid.SampledFrom([]string{"", "here", "there"}).Draw(rt, "slug")
		return p.ChangeSection(bg, anna, s)
	},
	"MoveSection": func(rt *rapid.T, n *newsroom, p *process) error {
		s := n.section(rt, p)
		return p.MoveSection(bg, anna, s.ID, s.Version, news.SectionID(rapid.IntRange(0, n.sections+1).Draw(rt, "parent")))
	},
	"MergeSections": func(rt *rapid.T, n *newsroom, p *process) error {
		from, into := n.section(rt, p), n.section(rt, p)
		return p.MergeSections(bg, anna, from.ID, from.Version, into.ID, into.Version)
	},
	"RetireSection": func(rt *rapid.T, n *newsroom, p *process) error {
		s := n.section(rt, p)
		return p.RetireSection(bg, anna, s.ID, s.Version, rapid.Bool().Draw(rt, "retired"))
	},
	"CreateTopic": func(_ *rapid.T, n *newsroom, p *process) error {
		x := &news.Topic{Name: n.name("Topic")}
		err := p.CreateTopic(bg, anna, x)
		had(&n.topics, x.ID)
		return err
	},
	"ChangeTopic": func(rt *rapid.T, n *newsroom, p *process) error {
		t, err := p.store.Topic(bg, news.TopicID(upTo(rt, "topic", n.topics)))
		if err != nil {
			return err
		}
		t.Name, t.Slug = n.name("Renamed"), rapid.SampledFrom([]string{"", "this", "that"}).Draw(rt, "slug")
		return p.ChangeTopic(bg, anna, t)
	},
	"MergeTopics": func(rt *rapid.T, n *newsroom, p *process) error {
		both, err := p.store.Topics(bg, []news.TopicID{news.TopicID(upTo(rt, "from", n.topics)), news.TopicID(upTo(rt, "into", n.topics))})
		if err != nil {
			return err
		}
		if len(both) != 2 {
			return fault.New(fault.NotFound, "one of them is gone")
		}
		return p.MergeTopics(bg, anna, both[0].ID, both[0].Version, both[1].ID, both[1].Version)
	},
	"RetireTopic": func(rt *rapid.T, n *newsroom, p *process) error {
		t, err := p.store.Topic(bg, news.TopicID(upTo(rt, "topic", n.topics)))
		if err != nil {
			return err
		}
		return p.RetireTopic(bg, anna, t.ID, t.Version, rapid.Bool().Draw(rt, "retired"))
	},
	"CreatePerson": func(_ *rapid.T, n *newsroom, p *process) error {
		x := &news.Person{Name: n.name("Person")}
		err := p.CreatePerson(bg, anna, x)
		had(&n.people, x.ID)
		return err
	},
	"ChangePerson": func(rt *rapid.T, n *newsroom, p *process) error {
		one, err := p.store.Person(bg, news.PersonID(upTo(rt, "person", n.people)))
		if err != nil {
			return err
		}
		one.Name, one.Biography, one.Slug = n.name("Renamed"), "Wrote.", rapid.SampledFrom([]string{"", "ole", "ida"}).Draw(rt, "slug")
		one.Picture = news.PictureID(rapid.IntRange(0, 2).Draw(rt, "picture"))
		return p.ChangePerson(bg, anna, one)
	},

	"AddPicture": func(rt *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, 1)
		if err != nil {
			return err
		}
		pic.ID, pic.Path = 0, ""
		err = p.AddPicture(bg, anna, &pic)
		had(&n.pictures, pic.ID)
		return err
	},
	"DescribePicture": func(rt *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, news.PictureID(upTo(rt, "picture", n.pictures)))
		if err != nil {
			return err
		}
		pic.Alt, pic.Caption, pic.Credit = n.name("Alt"), n.name("Caption"), "Me"
		return p.DescribePicture(bg, anna, pic)
	},
	"UploadPicture": func(rt *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, 1)
		if err != nil {
			return err
		}
		pic.ID, pic.Path = 0, ""
		_, err = p.UploadPicture(bg, anna, &pic, true)
		had(&n.pictures, pic.ID)
		return err
	},
	"DeletePicture": func(rt *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, news.PictureID(n.pictures))
		if err != nil {
			return err
		}
		return p.DeletePicture(bg, anna, pic.ID, pic.Version)
	},
	"SetFocus": func(rt *rapid.T, n *newsroom, p *process) error {
		return p.SetFocus(bg, anna, news.PictureID(upTo(rt, "picture", n.pictures)), news.Focus{X: int(upTo(rt, "x", 1000)), Y: 500})
	},
	"CropPicture": func(rt *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, news.PictureID(upTo(rt, "picture", n.pictures)))
		if err != nil {
			return err
		}
		crop := news.Crop{X: int(upTo(rt, "left", 10)), Y: 1, W: 40, H: 35}
		if rapid.IntRange(0, 3).Draw(rt, "all") == 0 {
			crop = news.Crop{}
		}
		return p.CropPicture(bg, n.room, anna, pic.ID, pic.Blob, crop)
	},
	"ReplacePicture": func(rt *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, news.PictureID(upTo(rt, "picture", n.pictures)))
		if err != nil {
			return err
		}
		file, err := n.file(rt)
		if err != nil {
			return err
		}
		return p.ReplacePicture(bg, n.room, anna, pic.ID, pic.Blob, &file)
	},
	"PutBackPicture": func(rt *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, news.PictureID(upTo(rt, "picture", n.pictures)))
		if err != nil {
			return err
		}
		if _, there, err := p.store.ReplacedFile(bg, pic.ID); err != nil || !there {
			return errors.Join(err, fault.New(fault.NotFound, "nothing was replaced"))
		}
		return p.PutBackPicture(bg, n.room, anna, pic.ID, pic.Blob)
	},
	"SetRightsEnd": func(rt *rapid.T, n *newsroom, p *process) error {
		ends := map[string]time.Time{"never": {}, "past": n.clock().Add(-time.Hour), "soon": n.clock().Add(time.Hour)}
		return p.SetRightsEnd(bg, anna, news.PictureID(upTo(rt, "picture", n.pictures)), ends[rapid.SampledFrom([]string{"never", "past", "soon"}).Draw(rt, "end")])
	},
	"QueueRenditions": func(_ *rapid.T, n *newsroom, p *process) error { return p.QueueRenditions(bg, n.room) },
	"AskForRenditions": func(rt *rapid.T, n *newsroom, p *process) error {
		// The theme is another with each of these, and so has something to ask for.
		room := media.NewDarkroom(n.disk, []media.Use{{Widths: []int{rapid.IntRange(100, 2000).Draw(rt, "width")}}})
		_, err := p.AskForRenditions(bg, room)
		return err
	},
	"MakeRenditions": func(_ *rapid.T, n *newsroom, p *process) error {
		return p.MakeRenditions(bg, n.room, func(desk.RenditionResult) {})
	},

	"PostComment": func(rt *rapid.T, n *newsroom, p *process) error {
		c := &news.Comment{Article: news.ArticleID(upTo(rt, "article", n.articles)), Name: n.name("Reader"), Email: "r@mail.example", Text: "Words.", Address: "192.0.2.1",
			Parent: news.CommentID(rapid.IntRange(0, n.comments).Draw(rt, "parent"))}
		err := p.PostComment(bg, c)
		had(&n.comments, c.ID)
		return err
	},
	"ApproveComment": func(rt *rapid.T, n *newsroom, p *process) error {
		return p.ApproveComment(bg, anna, news.CommentID(upTo(rt, "comment", n.comments)))
	},
	"HoldComment": func(rt *rapid.T, n *newsroom, p *process) error {
		return p.HoldComment(bg, anna, news.CommentID(upTo(rt, "comment", n.comments)))
	},
	"RejectComment": func(rt *rapid.T, n *newsroom, p *process) error {
		return p.RejectComment(bg, anna, news.CommentID(upTo(rt, "comment", n.comments)))
	},
	"RemoveComment": func(rt *rapid.T, n *newsroom, p *process) error {
		return p.RemoveComment(bg, anna, news.CommentID(upTo(rt, "comment", n.comments)))
	},
	"DecideComments": func(rt *rapid.T, n *newsroom, p *process) error {
		states := []news.CommentState{news.Held, news.Approved, news.Rejected}
		ids := []news.CommentID{news.CommentID(upTo(rt, "comment", n.comments)), news.CommentID(upTo(rt, "comment", n.comments))}
		from, to := rapid.SampledFrom(states).Draw(rt, "from"), rapid.SampledFrom(states).Draw(rt, "to")
		_, err := p.DecideComments(bg, anna, ids, from, to)
		return err
	},

	"ChangeSettings": func(rt *rapid.T, n *newsroom, p *process) error {
		return p.ChangeSettings(bg, anna, func(s *news.Settings) error {
			s.Tagline = n.name("Tagline")
			s.Language = rapid.SampledFrom([]string{"en", "en", "en", "de", "ar"}).Draw(rt, "language")
			s.TimeZone = rapid.SampledFrom([]string{"Europe/Berlin", "Asia/Tokyo"}).Draw(rt, "zone")
			s.CommentsDefault = rapid.SampledFrom(news.CommentModes()).Draw(rt, "mode of comments")
			s.CommentsOpen = rapid.IntRange(0, 3).Draw(rt, "comments") > 0
			s.CommentsCloseAfter = rapid.IntRange(0, 3).Draw(rt, "days")
			s.Maintenance = rapid.IntRange(0, 9).Draw(rt, "maintenance") == 9
			s.Logo = news.PictureID(rapid.IntRange(0, 2).Draw(rt, "logo"))
			s.SocialPicture = news.PictureID(rapid.IntRange(0, 2).Draw(rt, "social picture"))
			s.PrivacyPage = news.ArticleID(rapid.SampledFrom([]int64{0, 4}).Draw(rt, "privacy"))
			s.CommentRulesPage = news.ArticleID(rapid.SampledFrom([]int64{0, 5}).Draw(rt, "rules"))
			s.Social = rapid.SampledFrom([][]string{nil, {"https://social.example/@paper"}}).Draw(rt, "social")
			return nil
		})
	},
	"ChangeMenu": func(rt *rapid.T, n *newsroom, p *process) error {
		noun := rapid.SampledFrom([]news.Noun{news.ArticleNoun, news.SectionNoun, news.TopicNoun}).Draw(rt, "noun")
		m, err := p.store.Menu(bg, rapid.SampledFrom([]string{news.MainMenu, news.FooterMenu}).Draw(rt, "menu"))
		if err != nil {
			return err
		}
		m.Items = []news.MenuItem{{Target: news.Target{Noun: noun, ID: upTo(rt, "target", 5)}}, {Label: n.name("Link"), URL: "https://other.example/"}}
		return p.ChangeMenu(bg, anna, m)
	},
	"RestoreMenu": func(rt *rapid.T, _ *newsroom, p *process) error {
		m, err := p.store.Menu(bg, rapid.SampledFrom([]string{news.MainMenu, news.FooterMenu}).Draw(rt, "menu"))
		if err != nil {
			return err
		}
		return p.RestoreMenu(bg, anna, m.Name, m.Version, int(upTo(rt, "version", m.Version+1)))
	},
	"RestoreSettings": func(rt *rapid.T, _ *newsroom, p *process) error {
		s, err := p.store.Settings(bg)
		if err != nil {
			return err
		}
		return p.RestoreSettings(bg, anna, s.Version, int(upTo(rt, "version", s.Version)))
	},
	"OrderSections": func(rt *rapid.T, _ *newsroom, p *process) error {
		all, err := p.store.Sections(bg)
		if err != nil {
			return err
		}
		var ids []news.SectionID
		for _, s := range all.Children(0) {
			ids = append(ids, s.ID)
		}
		return p.OrderSections(bg, anna, 0, turned(rt, ids))
	},
	"OrderPages": func(rt *rapid.T, _ *newsroom, p *process) error {
		all, err := p.store.StandingPages(bg, 100)
		if err != nil {
			return err
		}
		below := map[news.ArticleID][]news.ArticleID{}
		for _, one := range all {
			below[one.Parent] = append(below[one.Parent], one.ID)
		}
		parents := slices.DeleteFunc(slices.Sorted(maps.Keys(below)), func(id news.ArticleID) bool { return len(below[id]) < 2 })
		if len(parents) == 0 {
			return fault.New(fault.Invalid, "no pages stand beside each other")
		}
		parent := pick(rt, "parent", parents)
		return p.OrderPages(bg, anna, parent, turned(rt, below[parent]))
	},
	"RetirePerson": func(rt *rapid.T, n *newsroom, p *process) error {
		one, err := p.store.Person(bg, news.PersonID(upTo(rt, "person", n.people)))
		if err != nil {
			return err
		}
		return p.RetirePerson(bg, anna, one.ID, one.Version, rapid.Bool().Draw(rt, "retired"))
	},

	"ImportArticles": func(rt *rapid.T, n *newsroom, p *process) error {
		old := rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "old id")
		a := n.draft(news.SectionID(upTo(rt, "section", 2)), 0)
		a.State, a.Published, a.Created, a.Changed = news.Published, n.clock().AddDate(0, 0, -3), n.clock(), n.clock()
		a.Path, a.Slug, a.LeadPicture = "/old/"+old+"/", old, 0
		all, err := p.store.Sections(bg)
		if err != nil || all[a.Section] == nil {
			a.Section, a.Sections = 0, nil
		}
		a.Topics = nil // some may have been merged
		_, err = p.Desk.ImportArticles(bg, n.source, []desk.ImportItem{{OldID: old, Hash: a.Headline, CommentsHash: a.Headline, Article: *a,
			Open:     []store.OpenReference{{Kind: store.OpenLead, OldID: "i"}},
			Comments: []desk.ImportComment{{Comment: news.Comment{Kind: news.ReaderComment, State: news.Approved, Name: "Old reader", Text: "Old words.", Posted: n.clock()}, OldID: int64(n.count)}}}})
		return err
	},
	"ImportSection": func(rt *rapid.T, n *newsroom, p *process) error {
		s := &news.Section{Name: n.name("Imported"), Slug: "imported", Description: n.name("Words")}
		err := p.ImportSection(bg, n.source, "s", s)
		had(&n.sections, s.ID)
		return err
	},
	"ImportTopic": func(_ *rapid.T, n *newsroom, p *process) error {
		x := &news.Topic{Name: n.name("Imported"), Slug: "imported"}
		err := p.ImportTopic(bg, n.source, "t", x)
		had(&n.topics, x.ID)
		return err
	},
	"ImportPerson": func(_ *rapid.T, n *newsroom, p *process) error {
		x := &news.Person{Name: n.name("Imported"), Slug: "imported"}
		err := p.ImportPerson(bg, n.source, "p", x)
		had(&n.people, x.ID)
		return err
	},
	"ImportPicture": func(_ *rapid.T, n *newsroom, p *process) error {
		pic, err := p.store.Picture(bg, 1)
		if err != nil {
			return err
		}
		pic.ID, pic.Path, pic.Caption = 0, "/old/picture.png", n.name("Caption")
		_, err = p.Desk.ImportPicture(bg, n.source, "i", pic.Caption, &pic)
		had(&n.pictures, pic.ID)
		return err
	},
	"ImportMoves": func(rt *rapid.T, _ *newsroom, p *process) error {
		_, err := p.Desk.ImportMoves(bg, []news.Address{{Path: "/old/moved/", State: news.Moved, Target: news.Target{Noun: news.ArticleNoun, ID: upTo(rt, "article", 5)}}})
		return err
	},
	"CompleteImport": func(_ *rapid.T, n *newsroom, p *process) error {
		_, err := p.CompleteImport(bg, n.source, 0, 100,
			func(context.Context, store.Reader, richtext.Link) (t news.Target, ok, own bool, err error) {
				return t, false, false, nil
			},
			func(_ context.Context, _ store.Reader, noun news.Noun, _ string) (news.Target, bool, error) {
				return news.Target{Noun: noun, ID: 1}, true, nil
			})
		return err
	},

	"PublishDue": func(_ *rapid.T, n *newsroom, p *process) error {
		n.now.Add(2 * time.Hour.Milliseconds())
		_, err := p.PublishDue(bg)
		return err
	},
	"ArrangeDue": func(_ *rapid.T, n *newsroom, p *process) error {
		n.now.Add(2 * time.Hour.Milliseconds())
		_, err := p.ArrangeDue(bg)
		return err
	},
	"ExpirePins": func(_ *rapid.T, n *newsroom, p *process) error {
		n.now.Add(2 * time.Hour.Milliseconds())
		_, err := p.ExpirePins(bg)
		return err
	},
	"EndRights": func(_ *rapid.T, n *newsroom, p *process) error {
		n.now.Add(2 * time.Hour.Milliseconds())
		_, err := p.EndRights(bg)
		return err
	},
	"CloseComments": func(rt *rapid.T, n *newsroom, p *process) error {
		days := rapid.IntRange(1, 3).Draw(rt, "days")
		if err := p.ChangeSettings(bg, anna, func(s *news.Settings) error { s.CommentsCloseAfter = days; return nil }); err != nil {
			return err
		}
		a := n.draft(0, 0)
		a.Section, a.Sections, a.Topics, a.Byline = 0, nil, nil, nil // some may be gone
		if err := p.Create(bg, anna, a); err != nil {
			return err
		}
		had(&n.articles, a.ID)
		if err := p.Publish(bg, anna, a.ID, a.Version); err != nil {
			return err
		}
		n.now.Add((time.Duration(days)*24*time.Hour + time.Hour).Milliseconds())
		if closed, err := p.CloseComments(bg); err != nil || closed > 0 {
			return err
		}
		return fault.New(fault.Invalid, "no days were over")
	},
	"ForgetAddresses": func(_ *rapid.T, n *newsroom, p *process) error {
		n.now.Add(31 * 24 * time.Hour.Milliseconds())
		_, err := p.ForgetAddresses(bg)
		return err
	},
}

// unseen are methods of the desk of which no kept page shows anything, each with
// the reason.
var unseen = map[string]string{
	"ImportSource":  "names an old system",
	"IndexSome":     "search is made for each request",
	"IndexAll":      "search is made for each request",
	"RebuildSearch": "search is made for each request",
	"DropBlobs":     "the pictures were deleted before",
	"DiscardFile":   "it is no picture's",
	"DropReplaced":  "the files were replaced before",

	"AddStaff":          "accounts are the newsroom's",
	"LinkStaff":         "accounts are the newsroom's",
	"AcceptLink":        "accounts are the newsroom's",
	"ChangeStaff":       "accounts are the newsroom's",
	"ChangePassword":    "accounts are the newsroom's",
	"RenewHash":         "accounts are the newsroom's",
	"DisableStaff":      "accounts are the newsroom's",
	"EnableStaff":       "accounts are the newsroom's",
	"WriteLetters":      "letters go to the newsroom",
	"WritesLetters":     "letters go to the newsroom",
	"AskForLetter":      "letters go to the newsroom",
	"SendLetters":       "letters go to the newsroom",
	"AddPasskey":        "accounts are the newsroom's",
	"UsePasskey":        "accounts are the newsroom's",
	"RemovePasskey":     "accounts are the newsroom's",
	"SetTOTP":           "accounts are the newsroom's",
	"RemoveTOTP":        "accounts are the newsroom's",
	"TakeCode":          "accounts are the newsroom's",
	"MakeRecoveryCodes": "accounts are the newsroom's",
	"UseRecoveryCode":   "accounts are the newsroom's",
	"ForgetDevices":     "accounts are the newsroom's",
	"SignIn":            "readers do not sign in",
	"KnowDevice":        "readers do not sign in",
	"SeeSession":        "readers do not sign in",
	"EndSession":        "readers do not sign in",
	"EndSessions":       "readers do not sign in",
	"TidySessions":      "readers do not sign in",
	"Begin":             "readers do not sign in",
	"Finish":            "readers do not sign in",

	"ScheduleChange": "what is to become of an article is the newsroom's",
	"CancelChange":   "what is to become of an article is the newsroom's",
	"TakeUpChange":   "what is to become of an article is the newsroom's",
	"ChangeHour":     "what is to become of an article is the newsroom's",
	"PreviewChange":  "previews are made for each request",

	"KeepWorkingCopy": "touches no article",
	"DropWorkingCopy": "touches no article",
	"NotePresence":    "tells the newsroom only",
	"NoteAbsence":     "tells the newsroom only",
	"ForgetPresences": "tells the newsroom only",
	"MakePreview":     "previews are made for each request",
	"EndPreview":      "previews are made for each request",
	"EndPreviews":     "previews are made for each request",
	"PreviewFront":    "previews are made for each request",

	"SetEmbargo":     "keeps what is not out from being published",
	"FollowPassages": "notes are for colleagues",
	"AddNote":        "notes are for colleagues",
	"ResolveNote":    "notes are for colleagues",
	"ReopenNote":     "notes are for colleagues",
	"ChangeStages":   "stages are the newsroom's",
	"RemoveStage":    "stages are the newsroom's",

	"MakePaperPreview": "previews are made for each request",

	"TellCDN":         "tells others",
	"PurgeEverything": "tells others",
}

// A verb that the desk has and that is in no history proves nothing.
func TestEveryVerbOfTheDeskIsInTheHistories(t *testing.T) {
	for i := range reflect.TypeFor[*desk.Desk]().NumMethod() {
		name := reflect.TypeFor[*desk.Desk]().Method(i).Name
		if (verbs[name] == nil) == (unseen[name] == "") {
			t.Errorf("the verb %s is neither in the histories nor named as one that readers see nothing of", name)
		}
	}
	for name := range verbs {
		if _, ok := reflect.TypeFor[*desk.Desk]().MethodByName(name); !ok {
			t.Errorf("the desk has no verb %s", name)
		}
	}
}

// histories runs random histories, each on a new paper: every verb twice, or the
// first few, in a random order, with random arguments.
func histories(t *testing.T, checks, steps int, open func() []func() (*db.DB, error), announce func(*process, news.Change)) {
	t.Helper()
	wanted := checks
	if testing.Short() {
		checks *= 5 // of which rapid runs a fifth then
	}
	for name, value := range map[string]string{"rapid.checks": fmt.Sprint(checks), "rapid.nofailfile": "true", "rapid.shrinktime": "20s"} {
		f := flag.Lookup(name)
		before := f.Value.String()
		must(t, f.Value.Set(value))
		t.Cleanup(func() { f.Value.Set(before) })
	}
	done, ran := map[string]int{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		ran++
		n := openNewsroom(t, open(), announce)
		stop := n.readers()
		defer stop()
		defer func() {
			for _, p := range n.processes {
				p.gate.open()
			}
		}()
		step := func(name string) {
			p := pick(rt, "process", n.processes)
			overlap := n.begun(rt, p)
			ok, changed := n.do(rt, name, p)
			overlap(rt, name)
			if changed {
				done[name]++
			}
			if ok {
				n.compare(rt, name, p)
			}
		}
		names := slices.Sorted(maps.Keys(verbs))
		order := rapid.Permutation(append(names, names...)).Draw(rt, "order")
		for _, name := range order[:min(steps, len(order))] {
			step(name)
		}
		// What had nothing to do, or was refused each time, has its chance now.
		for i := 0; i < 12*len(names) && ran == wanted && steps > len(order); i++ {
			name := names[i%len(names)]
			if done[name] == 0 {
				for _, first := range preparations[name] {
					step(first)
				}
				step(name)
			}
		}
	})
	t.Logf("%d of %d histories of %d verbs; done: %v", ran, wanted, min(steps, 2*len(verbs)), done)
	if len(done) == 0 {
		t.Error("nothing was done, and so nothing is proved")
	}
	for name := range verbs {
		if steps == most && done[name] == 0 && !t.Failed() {
			t.Errorf("%s was never done, or has changed nothing", name)
		}
	}
}

// preparations are verbs after which another has something to do.
var preparations = map[string][]string{
	"PublishDue": {"Schedule"}, "ExpirePins": {"Pin"}, "Unpin": {"Pin"}, "ArrangeDue": {"ScheduleFront"}, "CancelFrontPlan": {"ScheduleFront"}, "RestoreFront": {"Pin"}, "EndRights": {"SetRightsEnd"}, "Restore": {"Withdraw"},
	"Publish": {"Create"}, "PublishAs": {"Create"}, "Schedule": {"Create"}, "CompleteImport": {"ImportArticles"}, "MakeRenditions": {"AddPicture", "QueueRenditions"},
	"DeletePicture": {"AddPicture"}, "PutBackPicture": {"ReplacePicture"},
	"PostComment": {"ChangeSettings"}, "ApproveComment": {"ChangeSettings", "PostComment"}, "HoldComment": {"ChangeSettings", "PostComment", "ApproveComment"},
	"RejectComment": {"ChangeSettings", "PostComment", "ApproveComment"}, "RemoveComment": {"ChangeSettings", "PostComment", "ApproveComment"},
	"DecideComments": {"ChangeSettings", "PostComment", "ApproveComment"}, "ForgetAddresses": {"ChangeSettings", "PostComment"},
	"Trash": {"Create"}, "ChangeReason": {"Withdraw"}, "AmendCorrection": {"Correct"}, "RemoveCorrection": {"Correct"}, "SetStage": {"Create"}, "RestoreMenu": {"ChangeMenu"}, "RestoreSettings": {"ChangeSettings"},
}

// quiet are verbs that announce nothing, since readers see nothing of it yet: they
// count as done where they have stored something.
var quiet = map[string]bool{"Create": true, "PostComment": true, "ForgetAddresses": true, "QueueRenditions": true, "AskForRenditions": true, "Trash": true,
	"SetStage": true, "Assign": true, "ScheduleFront": true, "CancelFrontPlan": true}

// begun has readers ask for some pages that are not kept any more, up to where
// they were read. What it returns is called after the next verb's reply: readers
// who ask then must not get what is under way, and it must not be kept.
func (n *newsroom) begun(rt *rapid.T, p *process) (end func(rt *rapid.T, step string)) {
	one := news.ArticleID(upTo(rt, "one", n.articles))
	paths := []string{"/", "/feed/", "/authors/"}
	if a, err := p.store.Article(bg, one); err == nil && a.Path != "" {
		paths = append(paths, a.Path)
	}
	p.gate.close()
	p.changes.Announce([]news.Ref{news.LatestRef, news.PeopleRef, news.ArticleRef(one)})
	var all sync.WaitGroup
	for _, path := range paths {
		all.Go(func() { ask(p.site, path) })
	}
	for began := time.Now(); p.gate.held.Load() < 3 && time.Since(began) < 20*time.Millisecond; {
		time.Sleep(time.Millisecond)
	}
	p.gate.leave()
	return func(rt *rapid.T, step string) {
		defer all.Wait()
		defer p.gate.open()
		// Whoever waits for them gets what they have read, and shows it.
		opens := time.AfterFunc(50*time.Millisecond, p.gate.open)
		defer opens.Stop()
		n.forget.AnnounceAll()
		for _, path := range paths {
			if got, want := ask(p.site, path), ask(n.nothing, path); got != want {
				rt.Fatalf("after %s, %s shows what was read before:\n%s", step, path, difference(got, want))
			}
		}
	}
}

// do does a verb, with other arguments where the desk refuses some or has nothing
// to change. It tells whether the desk took it at all, and whether something was
// announced, or at least stored where nothing is to be announced.
func (n *newsroom) do(rt *rapid.T, name string, p *process) (ok, changed bool) {
	stored := func() int64 { return 0 }
	if n.commits != nil {
		stored = n.commits
	}
	for range 8 {
		told, before := n.told.Load(), stored()
		err := verbs[name](rt, n, p)
		switch {
		case err == nil:
			if ok = true; n.told.Load() > told || quiet[name] && (n.commits == nil || stored() != before) {
				return true, true
			}
		case fault.Is(err, fault.Invalid), fault.Is(err, fault.NotFound), fault.Is(err, fault.Conflict), fault.Is(err, fault.Denied):
		default:
			rt.Fatalf("%s: %v", name, err)
		}
	}
	return ok, false
}

// readers ask for pages meanwhile, from everywhere, until stop is called.
func (n *newsroom) readers() (stop func()) {
	ctx, cancel := context.WithCancel(bg)
	var all sync.WaitGroup
	for _, p := range n.processes {
		all.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				ask(p.site, []string{"/", "/section-2/", "/feed/", "/authors/"}[i%4])
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	return func() { cancel(); all.Wait() }
}

// seen is all that a reader can tell two answers apart by.
type seen struct {
	status                  int
	location, tag, cache    string
	kind, retry, body, vary string // the body inflated
	coding, length          string
}

func ask(h *site.Handler, path string) seen { return askAs(h, http.MethodGet, path, "") }

func askAs(h *site.Handler, method, path, coding string) seen {
	r, w := httptest.NewRequest(method, "https://paper.example"+path, nil), httptest.NewRecorder()
	if coding != "" {
		r.Header.Set("Accept-Encoding", coding)
	}
	h.ServeHTTP(w, r)
	g := w.Header().Get
	s := seen{w.Code, g("Location"), g("ETag"), g("Cache-Control"), g("Content-Type"), g("Retry-After"), w.Body.String(), g("Vary"), g("Content-Encoding"), g("Content-Length")}
	if s.coding == "gzip" && s.body != "" {
		z, err := gzip.NewReader(w.Body)
		if err == nil {
			var b []byte
			b, err = io.ReadAll(z)
			s.body = string(b)
		}
		if err != nil {
			s.body = "can't be inflated: " + err.Error()
		}
	}
	return s
}

// everyWay asks in all ways in which pages differ.
func everyWay(h *site.Handler, path string) [3]seen {
	return [3]seen{ask(h, path), askAs(h, http.MethodGet, path, "gzip"), askAs(h, http.MethodHead, path, "gzip")}
}

var furtherPage = regexp.MustCompile(`href="(/[^"]*\?before=[^"]*)"`)

// addresses are all paths that there are or ever were, and those that are worked
// out.
func (n *newsroom) addresses(rt rapid.TB) []string {
	p := n.processes[0]
	known, err := p.store.AllAddresses(bg)
	if err != nil {
		rt.Fatal(err)
	}
	list := []string{"/", "/feed/", "/2026/", "/2026/07/", "/2026/07/05/", "/2026/06/", "/authors/", "/corrections/", "/all-corrections/", "/nowhere/", n.clock().Format("/2006/01/"), n.clock().Format("/2006/01/02/")}
	for _, a := range known {
		list = append(list, a.Path)
		if a.Target.Noun == news.SectionNoun {
			list = append(list, a.Path+"feed/")
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// compare asks the process that has written at once, and the others within the
// time that they are promised to need.
func (n *newsroom) compare(rt rapid.TB, step string, wrote *process) {
	paths := n.addresses(rt)
	want := map[string][3]seen{}
	n.forget.AnnounceAll()
	for i := 0; i < len(paths); i++ {
		path := paths[i]
		all := everyWay(n.nothing, path)
		want[path] = all
		if all[0].status == http.StatusOK && ((all[1].coding == "gzip") == strings.HasPrefix(all[1].kind, "image/") || all[1].body != all[0].body || all[2].length != all[1].length || all[2].body != "") {
			rt.Fatalf("after %s, %s differs by how it is asked for: %+v", step, path, all)
		}
		for _, m := range furtherPage.FindAllStringSubmatch(all[0].body, 2) {
			if !slices.Contains(paths, m[1]) && len(paths) < 200 {
				paths = append(paths, m[1])
			}
		}
	}
	for _, p := range n.processes {
		for _, path := range paths {
			got := everyWay(p.site, path)
			for began := time.Now(); p != wrote && got != want[path] && time.Since(began) < 2*time.Second; time.Sleep(5 * time.Millisecond) {
				got = everyWay(p.site, path)
			}
			for way := range got {
				if got[way] != want[path][way] {
					rt.Fatalf("after %s, %s is stale (its own process: %v; plain, gzip, HEAD: %d):\n%s", step, path, p == wrote, way, difference(got[way], want[path][way]))
				}
			}
		}
	}
}

// difference is where two answers part.
func difference(got, want seen) string {
	a, b := got, want
	a.body, b.body = "", ""
	if got.body == want.body {
		return fmt.Sprintf("%+v\nwant\n%+v", a, b)
	}
	i := 0
	for i < len(got.body) && i < len(want.body) && got.body[i] == want.body[i] {
		i++
	}
	from := max(0, i-120)
	return fmt.Sprintf("%d: …%s\nwant\n%d: …%s", got.status, got.body[from:min(len(got.body), i+120)], want.status, want.body[from:min(len(want.body), i+120)])
}

func announceAll(p *process, c news.Change) { p.changes.Announce(c.Refs) }

// sqliteFile opens one new file once for each of so many processes.
func sqliteFile(t *testing.T, processes int) func() []func() (*db.DB, error) {
	return func() []func() (*db.DB, error) {
		file := filepath.Join(t.TempDir(), "paper.db")
		return slices.Repeat([]func() (*db.DB, error){func() (*db.DB, error) { return db.OpenSQLite(bg, file) }}, processes)
	}
}

func postgresSchema(t *testing.T, processes int) func() []func() (*db.DB, error) {
	storetest.PostgresDSN(t) // skips without a server
	return func() []func() (*db.DB, error) {
		dsn := storetest.PostgresDSN(t)
		return slices.Repeat([]func() (*db.DB, error){func() (*db.DB, error) { return db.OpenPostgres(bg, dsn) }}, processes)
	}
}

// most is more than the desk has verbs.
const most = 1000

func TestNoPageIsStaleAfterAnyHistoryOnSQLite(t *testing.T) {
	if testing.Short() { // as with the race detector, which takes ten times as long
		histories(t, 1, 20, sqliteFile(t, 1), announceAll)
		return
	}
	histories(t, 2, most, sqliteFile(t, 1), announceAll)
}

func TestNoPageIsStaleInTwoProcessesOnSQLite(t *testing.T) {
	if testing.Short() {
		t.Skip("with the race detector, PostgreSQL's two processes are enough")
	}
	histories(t, 1, 40, sqliteFile(t, 2), announceAll)
}

func TestNoPageIsStaleInTwoProcessesOnPostgres(t *testing.T) {
	if testing.Short() {
		histories(t, 1, 15, postgresSchema(t, 2), announceAll)
		return
	}
	histories(t, 1, most, postgresSchema(t, 2), announceAll)
}
