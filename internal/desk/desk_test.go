package desk_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// fixture is a desk over an empty paper, with a clock that tests move and what
// was announced.
type fixture struct {
	*desk.Desk
	*store.Store
	mu        sync.Mutex
	now       time.Time
	announced []news.Change
}

func each(t *testing.T, f func(t *testing.T, d *fixture)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := &fixture{Store: s, now: time.Date(2026, 7, 5, 12, 0, 0, 0, time.UTC)}
		d.Desk = desk.New(s, d.clock, func(c news.Change) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.announced = append(d.announced, c)
		})
		f(t, d)
	})
}

func (d *fixture) clock() time.Time { return d.now }

const words = `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"The council votes tonight."}]}]}`

func (d *fixture) draft(t *testing.T, headline string, section news.SectionID) *news.Article {
	t.Helper()
	a := &news.Article{Kind: news.Story, Headline: headline, Body: []byte(words), Comments: news.CommentsModerated, Section: section}
	if section != 0 {
		a.Sections = []news.SectionID{section}
	}
	if err := d.Create(t.Context(), "Anna", a); err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *fixture) section(t *testing.T, name string, parent news.SectionID) *news.Section {
	t.Helper()
	s := &news.Section{Name: name, Parent: parent}
	if err := d.CreateSection(t.Context(), "Anna", s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnArticleGetsItsAddressAtFirstPublicationAndKeepsIt(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		world := d.section(t, "World", 0)
		europe := d.section(t, "Europe", world.ID)
		if europe.Path != "/world/europe/" {
			t.Errorf("the section stands at %s", europe.Path)
		}
		a, b := d.draft(t, "Harbour Vote", europe.ID), d.draft(t, "Harbour vote!", europe.ID)
		for _, x := range []*news.Article{a, b} {
			if err := d.Publish(t.Context(), "Anna", x.ID, 1); err != nil {
				t.Fatal(err)
			}
		}
		got, _ := d.Article(t.Context(), a.ID)
		if got.Path != "/world/europe/2026/07/05/harbour-vote/" || got.Summary != "The council votes tonight." {
			t.Errorf("published at %q with the summary %q", got.Path, got.Summary)
		}
		second, _ := d.Article(t.Context(), b.ID)
		if second.Path != "/world/europe/2026/07/05/harbour-vote-2/" {
			t.Errorf("the second of that name is at %q", second.Path)
		}
		got.Headline = "Another headline"
		if err := d.Save(t.Context(), "Anna", &got); err != nil {
			t.Fatal(err)
		}
		again, _ := d.Article(t.Context(), a.ID)
		if again.Path != got.Path || again.Headline != "Another headline" || again.State != news.Published {
			t.Errorf("after saving: %+v", again)
		}
	})
}

func TestPublishingAnnouncesTheListsAndNoOtherArticle(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		s := d.section(t, "World", 0)
		other := d.draft(t, "Other", s.ID)
		if err := d.Publish(t.Context(), "Anna", other.ID, 1); err != nil {
			t.Fatal(err)
		}
		a := d.draft(t, "One", s.ID)
		d.announced = nil
		if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		if len(d.announced) != 1 {
			t.Fatalf("announced %d times", len(d.announced))
		}
		refs := d.announced[0].Refs
		for _, want := range []news.Ref{news.ArticleRef(a.ID), news.SectionListRef(s.ID), news.LatestRef, news.AddressRef("/world/2026/07/05/one/")} {
			if !slices.Contains(refs, want) {
				t.Errorf("%s is not among %v", want, refs)
			}
		}
		if slices.ContainsFunc(refs, func(r news.Ref) bool { return strings.HasPrefix(string(r), string(news.ArticleRef(other.ID))) }) {
			t.Errorf("another article is among %v", refs)
		}
	})
}

func TestPublishingOverAnOldVersionIsAConflict(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "One", 0)
		if err := d.Save(t.Context(), "Anna", a); err != nil {
			t.Fatal(err)
		}
		if err := d.Publish(t.Context(), "Ben", a.ID, 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v, want a conflict", err)
		}
		if err := d.Publish(t.Context(), "Ben", a.ID+99, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown article: %v", err)
		}
	})
}

func TestAWithdrawnArticleIsGone(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "One", 0)
		if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		if err := d.Withdraw(t.Context(), "Anna", a.ID, 2); err != nil {
			t.Fatal(err)
		}
		got, _ := d.Article(t.Context(), a.ID)
		at, err := d.Address(t.Context(), got.Path)
		if err != nil || at.State != news.GoneAway {
			t.Errorf("its address: %+v, %v", at, err)
		}
		if list, _ := d.Latest(t.Context(), news.Place{}, time.Time{}, 9); len(list) != 0 {
			t.Errorf("still listed: %v", list)
		}
	})
}

func TestTheClockPublishesWhatIsDueOnceWithSeveralProcesses(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a, b := d.draft(t, "Now", 0), d.draft(t, "Later", 0)
		for x, at := range map[*news.Article]time.Duration{a: time.Hour, b: 3 * time.Hour} {
			if err := d.Schedule(t.Context(), "Anna", x.ID, 1, d.now.Add(at)); err != nil {
				t.Fatal(err)
			}
		}
		hour := d.now.Add(time.Hour)
		d.now = d.now.Add(2 * time.Hour) // the server was off at that hour
		var all sync.WaitGroup
		counts := make([]int, 4)
		for i := range counts {
			all.Go(func() {
				n, err := d.PublishDue(t.Context())
				if err != nil {
					t.Error(err)
				}
				counts[i] = n
			})
		}
		all.Wait()
		if total := counts[0] + counts[1] + counts[2] + counts[3]; total != 1 {
			t.Errorf("published %v times", counts)
		}
		got, _ := d.Article(t.Context(), a.ID)
		if got.State != news.Published || !got.Published.Equal(hour) || got.Version != 3 {
			t.Errorf("published as %+v, want its hour %s", got, hour)
		}
		if later, _ := d.Article(t.Context(), b.ID); later.State != news.Scheduled {
			t.Errorf("the later one is %s", later.State)
		}
	})
}

func TestSchedulingThePastIsRefused(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "One", 0)
		if err := d.Schedule(t.Context(), "Anna", a.ID, 1, d.now); !fault.Is(err, fault.Invalid) {
			t.Errorf("got %v", err)
		}
	})
}

func TestACommentWaitsForApproval(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "One", 0)
		c := func() *news.Comment {
			return &news.Comment{Article: a.ID, Name: " Ada\n Reader ", Email: "ada@example.org", Text: "Well.\r\n\r\n\r\n\x00Said.", Address: "192.0.2.7"}
		}
		if err := d.PostComment(t.Context(), c()); !fault.Is(err, fault.NotFound) {
			t.Errorf("on a draft: %v", err)
		}
		if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		d.announced = nil
		one, two := c(), c()
		for _, x := range []*news.Comment{one, two} {
			if err := d.PostComment(t.Context(), x); err != nil {
				t.Fatal(err)
			}
		}
		if one.ID != two.ID || len(d.announced) != 0 {
			t.Errorf("sent twice it is %d and %d; announced %v", one.ID, two.ID, d.announced)
		}
		stored, _ := d.Comment(t.Context(), one.ID)
		if stored.Name != "Ada Reader" || stored.Text != "Well.\n\nSaid." || stored.State != news.Held {
			t.Errorf("stored %+v", stored)
		}
		reply := c()
		reply.Parent, reply.Text = one.ID, "A reply."
		if err := d.PostComment(t.Context(), reply); !fault.Is(err, fault.Invalid) {
			t.Errorf("a reply to what nobody sees: %v", err)
		}
		for range 2 {
			if err := d.ApproveComment(t.Context(), "Anna", one.ID); err != nil {
				t.Fatal(err)
			}
		}
		if len(d.announced) != 1 || !slices.Equal(d.announced[0].Refs, []news.Ref{news.ArticleCommentsRef(a.ID)}) {
			t.Errorf("approving twice announced %v", d.announced)
		}
		if err := d.PostComment(t.Context(), reply); err != nil {
			t.Errorf("a reply to an approved comment: %v", err)
		}
		if err := d.RejectComment(t.Context(), "Anna", 9999); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown comment: %v", err)
		}
	})
}

func TestACommentOnAnOpenArticleIsShownAndTold(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		if err := d.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error { s.CommentsDefault = news.CommentsOpen; return nil }); err != nil {
			t.Fatal(err)
		}
		a := &news.Article{Kind: news.Story, Headline: "One", Body: []byte(words)}
		page := &news.Article{Kind: news.StandingPage, Headline: "About", Body: []byte(words)}
		for _, x := range []*news.Article{a, page} {
			if err := d.Create(t.Context(), "Anna", x); err != nil {
				t.Fatal(err)
			}
		}
		if a.Comments != news.CommentsOpen || page.Comments != news.CommentsClosed {
			t.Errorf("new ones are %s and %s", a.Comments, page.Comments)
		}
		if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		d.announced = nil
		c := &news.Comment{Article: a.ID, Name: "Ada", Email: "ada@example.org", Text: "Well said."}
		if err := d.PostComment(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		stored, err := d.Comment(t.Context(), c.ID)
		if err != nil || stored.State != news.Approved || stored.DecidedBy != "" || c.State != news.Approved {
			t.Errorf("%+v, %v", stored, err)
		}
		if len(d.announced) != 1 || !slices.Equal(d.announced[0].Refs, []news.Ref{news.ArticleCommentsRef(a.ID)}) {
			t.Errorf("announced %v", d.announced)
		}
	})
}

func TestAClosedArticleTakesNoComment(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "One", 0)
		a.Comments = news.CommentsClosed
		if err := d.Save(t.Context(), "Anna", a); err != nil {
			t.Fatal(err)
		}
		if err := d.Publish(t.Context(), "Anna", a.ID, 2); err != nil {
			t.Fatal(err)
		}
		err := d.PostComment(t.Context(), &news.Comment{Article: a.ID, Name: "A", Email: "a@example.org", Text: "T"})
		if !fault.Is(err, fault.Denied) {
			t.Errorf("got %v", err)
		}
	})
}

func TestSettingsThatCantBeUsedAreRefusedWhole(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		err := d.ChangeSettings(t.Context(), "Anna", func(s *news.Settings) error {
			s.Title, s.TimeZone = "Lantern", "Mars/Olympus"
			return nil
		})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "time_zone: bad zone") {
			t.Errorf("got %v", err)
		}
		if s, _ := d.Settings(t.Context()); s.Title != "" {
			t.Errorf("half of it was stored: %+v", s)
		}
	})
}

func TestAnEditBesideTheEndOfAnImportStays(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Harbour", 0)
		read, err := d.Body(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		a.Body = []byte(strings.Replace(words, "tonight", "tomorrow", 1))
		if err := d.Save(t.Context(), "Anna", a); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Store.Update(t.Context(), d.now, func(tx *store.Tx) error { return tx.CompleteBody(t.Context(), read) }); err != nil {
			t.Fatal(err)
		}
		if now, err := d.Article(t.Context(), a.ID); err != nil || !strings.Contains(string(now.Body), "tomorrow") {
			t.Errorf("the article says %s, %v", now.Body, err)
		}
	})
}

// A body that a disk has damaged must not keep the articles behind it from being
// found.
func TestAnArticleThatCantBeReadHoldsNoOtherUp(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		broken, whole := d.draft(t, "Harbour", 0), d.draft(t, "Market", 0)
		for _, a := range []*news.Article{broken, whole} {
			if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.Store.Update(t.Context(), d.now, func(tx *store.Tx) error {
			b, err := tx.Body(t.Context(), broken.ID)
			b.Doc = []byte("{")
			return errors.Join(err, tx.CompleteBody(t.Context(), b))
		}); err != nil {
			t.Fatal(err)
		}
		if n, err := d.IndexSome(t.Context(), 10); err != nil || n != 2 {
			t.Errorf("%d were indexed, %v", n, err)
		}
		if n, err := d.SearchQueueSize(t.Context()); err != nil || n != 0 {
			t.Errorf("%d wait, %v", n, err)
		}
	})
}

func TestTheIndexFollowsTheArticles(t *testing.T) {
	each(t, func(t *testing.T, d *fixture) {
		a := d.draft(t, "Harbour", 0)
		if n, err := d.IndexSome(t.Context(), 10); err != nil || n != 0 {
			t.Errorf("a draft was indexed: %d, %v", n, err)
		}
		if err := d.Publish(t.Context(), "Anna", a.ID, 1); err != nil {
			t.Fatal(err)
		}
		if n, err := d.IndexSome(t.Context(), 10); err != nil || n != 1 {
			t.Errorf("after publishing: %d, %v", n, err)
		}
		if n, err := d.IndexSome(t.Context(), 10); err != nil || n != 0 {
			t.Errorf("again: %d, %v", n, err)
		}
		if err := d.RebuildSearch(t.Context(), "Anna"); err != nil {
			t.Fatal(err)
		}
		if n, err := d.IndexSome(t.Context(), 10); err != nil || n != 1 {
			t.Errorf("after asking for a rebuild: %d, %v", n, err)
		}
	})
}
