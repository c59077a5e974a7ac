package store_test

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/search"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// noon is a moment with milliseconds, which must survive.
var noon = time.Date(2026, 7, 5, 12, 0, 0, 123e6, time.UTC)

const body = `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Words."}]}]}`

// write runs f in a transaction and returns the refs that it changed.
func write(t *testing.T, s *store.Store, f func(context.Context, *store.Tx) error) []news.Ref {
	t.Helper()
	c, err := s.Update(t.Context(), noon, func(tx *store.Tx) error { return f(t.Context(), tx) })
	if err != nil {
		t.Fatal(err)
	}
	return c.Refs
}

func story(headline string, at time.Time) *news.Article {
	return &news.Article{Kind: news.Story, State: news.Published, Language: "en", Headline: headline, Slug: news.Slug(headline),
		Body: []byte(body), Comments: news.CommentsModerated, Created: at, Changed: at, Published: at}
}

// add stores articles, each with an address of its slug.
func add(t *testing.T, s *store.Store, list ...*news.Article) []news.Ref {
	t.Helper()
	return write(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		if err := tx.InsertArticles(ctx, list, all, "test", "verb"); err != nil {
			return err
		}
		for _, a := range list {
			if a.Path == "" {
				a.Path = fmt.Sprintf("/%s-%d/", a.Slug, a.ID)
			}
			if err := tx.SetAddress(ctx, news.Address{Path: a.Path, Target: news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}, State: news.Current}); err != nil {
				return err
			}
		}
		return nil
	})
}

// paper makes sections World > Europe and Sport, a topic and a person.
func paper(t *testing.T, s *store.Store) (world, europe, sport *news.Section, topic *news.Topic, anna *news.Person) {
	t.Helper()
	world, europe, sport = &news.Section{Name: "World", Slug: "world"}, &news.Section{Name: "Europe", Slug: "europe"}, &news.Section{Name: "Sport", Slug: "sport", Position: 1}
	topic, anna = &news.Topic{Name: "Harbour", Slug: "harbour"}, &news.Person{Name: "Anna Lind", Slug: "anna-lind"}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, sec := range []*news.Section{world, europe, sport} {
			if sec == europe {
				sec.Parent = world.ID
			}
			if err := tx.InsertSection(ctx, sec); err != nil {
				return err
			}
		}
		if err := tx.InsertTopic(ctx, topic); err != nil {
			return err
		}
		return tx.InsertPerson(ctx, anna)
	})
	return
}

func TestAnArticleComesBackAsItWasStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		_, europe, sport, topic, anna := paper(t, s)
		picture := &news.Picture{Name: "sea.jpg", Blob: "b", Served: "s", Type: "image/jpeg", Width: 3, Height: 2, Size: 7, Title: "T", Alt: "A", Caption: "C", Credit: "K"}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertPicture(ctx, picture) })
		parent := story("Parent", noon)
		parent.Kind = news.StandingPage
		add(t, s, parent)
		want := &news.Article{Kind: news.Story, State: news.Scheduled, Language: "ar", Genre: news.Interview, Sponsor: "sp", TranslationGroup: 1, Kicker: "k", Headline: "تصويت", Standfirst: "s", Slug: "slug",
			Section: europe.ID, Sections: []news.SectionID{europe.ID, sport.ID}, Topics: []news.TopicID{topic.ID}, Byline: []news.Credit{{Person: anna.ID}, {Person: anna.ID, Role: "photographs"}},
			Parent: parent.ID, Body: []byte(body), Original: "<p>Words.</p>", Excerpt: "e", Summary: "su", LeadPicture: picture.ID, LeadCaption: "lc",
			SearchTitle: "st", SearchDescription: "sd", SocialTitle: "ot", SocialDescription: "od", Source: news.Source{Name: "n", URL: "u", Licence: "l"}, RightsHolder: "r", Comments: news.CommentsClosed,
			GUID: "g", Created: noon.Add(time.Hour), Changed: noon.Add(2 * time.Hour), Published: noon.Add(-time.Hour), Updated: noon.Add(3 * time.Hour), Scheduled: noon.Add(4 * time.Hour)}
		add(t, s, want)
		got, err := s.Article(t.Context(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(&got, want) {
			t.Errorf("got  %+v\nwant %+v", got, *want)
		}
		head := *want
		head.Body, head.Original, head.Sections, head.Topics, head.Byline = nil, "", nil, nil, nil
		if got, err := s.ArticleHead(t.Context(), want.ID); err != nil || !reflect.DeepEqual(got, head) {
			t.Errorf("got the head %+v, %v\nwant %+v", got, err, head)
		}
		if _, err := s.ArticleHead(t.Context(), want.ID+100); !fault.Is(err, fault.NotFound) {
			t.Errorf("the head of an unknown one: %v", err)
		}
		if due, err := s.ScheduledUntil(t.Context(), noon.Add(4*time.Hour), 10); err != nil || !slices.Equal(due, []news.ArticleID{want.ID}) {
			t.Errorf("due at its hour: %v, %v", due, err)
		}
		if due, err := s.ScheduledUntil(t.Context(), noon.Add(4*time.Hour-time.Millisecond), 10); err != nil || len(due) != 0 {
			t.Errorf("due before its hour: %v, %v", due, err)
		}
		if p, err := s.Picture(t.Context(), picture.ID); err != nil || p != *picture {
			t.Errorf("picture: %+v, %v", p, err)
		}
	})
}

func TestALostUpdateIsAConflict(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		world, _, _, topic, _ := paper(t, s)
		a := story("One", noon)
		a.Section, a.Sections = world.ID, []news.SectionID{world.ID}
		add(t, s, a)
		update := func(version int, headline string) error {
			_, err := s.Update(t.Context(), noon, func(tx *store.Tx) error {
				before, err := tx.Article(t.Context(), a.ID)
				if err != nil {
					return err
				}
				all, err := tx.Sections(t.Context())
				if err != nil {
					return err
				}
				changed := before
				changed.Version, changed.Headline, changed.Topics = version, headline, []news.TopicID{topic.ID}
				return tx.UpdateArticle(t.Context(), &before, &changed, all, "test", "verb")
			})
			return err
		}
		if err := update(1, "Two"); err != nil {
			t.Fatal(err)
		}
		if err := update(1, "Three"); !fault.Is(err, fault.Conflict) {
			t.Errorf("the second write over version 1 gave %v, want a conflict", err)
		}
		got, err := s.Article(t.Context(), a.ID)
		if err != nil || got.Headline != "Two" || got.Version != 2 || len(got.Topics) != 1 {
			t.Errorf("stored %+v, %v", got, err)
		}
	})
}

func TestListsArePagedByKeyAndHoldWhatIsBelow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		world, europe, sport, topic, anna := paper(t, s)
		var list []*news.Article
		for i := range 7 {
			a := story(fmt.Sprint("No ", i), noon.Add(time.Duration(i/2)*time.Hour)) // pairs at the same moment
			a.Section, a.Sections = europe.ID, []news.SectionID{europe.ID}
			a.Topics, a.Byline = []news.TopicID{topic.ID}, []news.Credit{{Person: anna.ID}, {Person: anna.ID, Role: "photographs"}}
			list = append(list, a)
		}
		draft, page := story("Draft", noon), story("Page", noon)
		draft.State, page.Kind = news.Draft, news.StandingPage
		draft.Sections, page.Sections = []news.SectionID{europe.ID}, []news.SectionID{europe.ID}
		add(t, s, append(list, draft, page)...)
		stands := func(of news.Target, at news.Place) bool {
			t.Helper()
			here, err := s.StandsLatest(t.Context(), at)
			if of.ID != 0 {
				here, err = s.StandsListed(t.Context(), of, at)
			}
			if err != nil {
				t.Fatal(err)
			}
			return here
		}
		for _, of := range []news.Target{{Noun: news.SectionNoun, ID: int64(world.ID)}, {Noun: news.SectionNoun, ID: int64(europe.ID)},
			{Noun: news.TopicNoun, ID: int64(topic.ID)}, {Noun: news.PersonNoun, ID: int64(anna.ID)}, {}} {
			var got []string
			place := news.Place{}
			for {
				var some []news.Teaser
				var err error
				if of.ID == 0 {
					some, err = s.Latest(t.Context(), place, time.Time{}, 2)
				} else {
					some, err = s.Listed(t.Context(), of, place, 2)
				}
				if err != nil {
					t.Fatal(err)
				}
				for _, te := range some {
					got = append(got, te.Headline)
					place = te.Place()
				}
				if some != nil && !stands(of, place) {
					t.Errorf("%v: nothing stands at %v", of, place)
				}
				if len(some) < 2 {
					break
				}
			}
			if want := []string{"No 6", "No 5", "No 4", "No 3", "No 2", "No 1", "No 0"}; !slices.Equal(got, want) {
				t.Errorf("%v: %q, want %q", of, got, want)
			}
			for _, nothing := range []news.Place{{Published: noon, ID: list[6].ID}, {Published: noon.Add(time.Millisecond), ID: list[0].ID}, {Published: noon, ID: draft.ID}, {Published: noon, ID: page.ID}} {
				if stands(of, nothing) {
					t.Errorf("%v: something stands at %v", of, nothing)
				}
			}
		}
		if some, err := s.Listed(t.Context(), news.Target{Noun: news.SectionNoun, ID: int64(sport.ID)}, news.Place{}, 9); err != nil || len(some) != 0 {
			t.Errorf("sport lists %v, %v", some, err)
		}
		hour := func(from int) store.Stretch {
			return store.Stretch{From: noon.Add(time.Duration(from) * time.Hour), To: noon.Add(time.Duration(from+1) * time.Hour)}
		}
		if some, err := s.Appeared(t.Context(), []store.Stretch{hour(-1), hour(0), hour(100)}); err != nil || !slices.Equal(some, []bool{false, true, false}) {
			t.Errorf("appeared: %v, %v", some, err)
		}
		if at, err := s.LastBefore(t.Context(), noon.Add(time.Hour)); err != nil || !at.Equal(noon) {
			t.Errorf("the last before one is at %v, %v", at, err)
		}
	})
}

func TestWithdrawingLeavesTheListsAndAnnouncesThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		world, europe, _, _, _ := paper(t, s)
		a := story("One", noon)
		a.Section, a.Sections = europe.ID, []news.SectionID{europe.ID}
		add(t, s, a)
		refs := write(t, s, func(ctx context.Context, tx *store.Tx) error {
			before, err := tx.Article(ctx, a.ID)
			if err != nil {
				return err
			}
			all, err := tx.Sections(ctx)
			if err != nil {
				return err
			}
			gone := before
			gone.State = news.Withdrawn
			return tx.UpdateArticle(ctx, &before, &gone, all, "test", "verb")
		})
		for _, want := range []news.Ref{news.ArticleRef(a.ID), news.SectionListRef(europe.ID), news.SectionListRef(world.ID), news.LatestRef} {
			if !slices.Contains(refs, want) {
				t.Errorf("%s was not announced: %v", want, refs)
			}
		}
		if some, err := s.Listed(t.Context(), news.Target{Noun: news.SectionNoun, ID: int64(world.ID)}, news.Place{}, 9); err != nil || len(some) != 0 {
			t.Errorf("still listed: %v, %v", some, err)
		}
	})
}

func TestReadsNoteWhatTheyShow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		_, europe, _, _, _ := paper(t, s)
		a := story("One", noon)
		a.Section, a.Sections = europe.ID, []news.SectionID{europe.ID}
		add(t, s, a)
		var refs []news.Ref
		r := s.Noting(func(more ...news.Ref) { refs = append(refs, more...) })
		if _, err := r.Listed(t.Context(), news.Target{Noun: news.SectionNoun, ID: int64(europe.ID)}, news.Place{}, 9); err != nil {
			t.Fatal(err)
		}
		if want := []news.Ref{news.SectionListRef(europe.ID), news.ArticleRef(a.ID)}; !slices.Equal(refs, want) {
			t.Errorf("noted %v, want %v", refs, want)
		}
	})
}

func TestACommentSentTwiceIsStoredOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := story("One", noon)
		add(t, s, a)
		post := func() (id news.CommentID, stored bool) {
			c := &news.Comment{Article: a.ID, Kind: news.ReaderComment, State: news.Held, Name: "N", Email: "n@example.org", Text: "T", Posted: noon}
			write(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
				stored, err = tx.InsertComment(ctx, c, "fingerprint")
				return err
			})
			return c.ID, stored
		}
		first, stored := post()
		if !stored {
			t.Fatal("the first was not stored")
		}
		if again, stored := post(); stored || again != first {
			t.Errorf("the second was stored: %v as %d, the first as %d", stored, again, first)
		}
		held, err := s.CommentsIn(t.Context(), news.Held, 0, 10)
		if err != nil || len(held) != 1 {
			t.Fatalf("held: %v, %v", held, err)
		}
		refs := write(t, s, func(ctx context.Context, tx *store.Tx) error {
			ok, err := tx.SetCommentState(ctx, &held[0], news.Approved, noon, "test")
			if !ok {
				t.Error("the comment had left its state")
			}
			return err
		})
		if !slices.Equal(refs, []news.Ref{news.ArticleCommentsRef(a.ID)}) {
			t.Errorf("approving announced %v", refs)
		}
		if shown, err := s.CommentOutlines(t.Context(), a.ID); err != nil || len(shown) != 1 {
			t.Errorf("shown: %v, %v", shown, err)
		}
	})
}

func TestAddressesOfReadersAreForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := story("One", noon)
		add(t, s, a)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for i, at := range []time.Time{noon, noon.Add(time.Hour)} {
				c := &news.Comment{Article: a.ID, Kind: news.ReaderComment, State: news.Held, Name: "N", Text: "T", Address: "192.0.2.1", Posted: at}
				if _, err := tx.InsertComment(ctx, c, fmt.Sprint(i)); err != nil {
					return err
				}
			}
			n, err := tx.ForgetAddresses(ctx, noon.Add(time.Minute))
			if n != 1 {
				t.Errorf("%d addresses were forgotten, want 1", n)
			}
			return err
		})
	})
}

func TestSearchFindsTheSameOnBothEnginesNewestFirst(t *testing.T) {
	analyser := search.New()
	texts := []struct{ language, headline, body string }{
		{"en", "Harbour vote", "The council votes on the new harbour. It's late."},
		{"en", "Late harvest", "Farmers voted with their feet; a harbour is far."},
		{"de", "Hafen", "Die Stadt stimmt über den Hafen ab."},
		{"ja", "港", "東京都議会が港について投票した。"},
		{"ru", "Гавань", "Совет города голосует о новой гавани."},
		{"ar", "الميناء", "صوّت المجلس على الميناء الجديد."},
	}
	languages := []string{"ar", "de", "en", "ja", "ru"}
	for _, q := range []struct {
		query string
		want  []int
	}{
		{"harbour", []int{1, 0}}, {"harbour voting", []int{1, 0}}, {`"new harbour"`, []int{0}}, {`"harbour new"`, nil}, {"hafen", []int{2}},
		{"東京", []int{3}}, {"港", []int{3}}, {"гавань", []int{4}}, {"الميناء", []int{5}}, {"it's", []int{0}}, {"nowhere", nil}, {"the", []int{0}},
		{"harbour hafen", nil},
	} {
		t.Run(q.query, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				var list []*news.Article
				for i, text := range texts {
					a := story(text.headline, noon.Add(time.Duration(i)*time.Minute))
					a.Language = text.language
					list = append(list, a)
				}
				add(t, s, list...)
				queue, err := s.SearchQueue(t.Context(), 0, 100)
				if err != nil || len(queue) != len(texts) {
					t.Fatalf("queue: %v, %v", queue, err)
				}
				write(t, s, func(ctx context.Context, tx *store.Tx) error {
					var entries []store.SearchEntry
					for i, task := range queue {
						doc := analyser.Document(texts[i].language, texts[i].headline, texts[i].body)
						entries = append(entries, store.SearchEntry{SearchTask: task, Published: list[i].Published, Words: words(s.Engine(), doc)})
					}
					if err := tx.PutSearchEntries(ctx, entries); err != nil {
						return err
					}
					entries[0].Version = 99 // indexed again
					return tx.PutSearchEntries(ctx, entries)
				})
				if got, err := s.Languages(t.Context()); err != nil || !slices.Equal(got, languages) {
					t.Fatalf("languages %v, %v", got, err)
				}
				query := analyser.Parse(q.query)
				expression := query.FTS5(languages)
				if s.Engine() == db.Postgres {
					expression = query.TSQuery(languages)
				}
				var got []int
				for before := int64(0); ; { // one at a time, so that paging is proved, too
					hits, err := s.Search(t.Context(), expression, before, 1)
					if err != nil {
						t.Fatalf("%s: %v", expression, err)
					}
					if len(hits) == 0 {
						break
					}
					before = hits[0].Rank
					got = append(got, int(hits[0].Article-list[0].ID))
				}
				if !slices.Equal(got, q.want) {
					t.Errorf("found %v, want %v (%s)", got, q.want, expression)
				}
			})
		})
	}
}

func TestDumpsOfBothEnginesAreEqualAndLoadIntoEither(t *testing.T) {
	dump := func(s *store.Store) map[string]string {
		all := map[string]string{}
		for _, table := range store.Tables {
			var b bytes.Buffer
			if _, err := s.Dump(t.Context(), table, &b); err != nil {
				t.Fatalf("%s: %v", table.Name, err)
			}
			all[table.Name] = b.String()
		}
		return all
	}
	var dumps []map[string]string
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		world, _, _, topic, anna := paper(t, s)
		a := story("Ünïcode \u2028 <b>", noon)
		a.Original = "<p>\\ & \" '</p>"
		a.Section, a.Sections, a.Topics, a.Byline = world.ID, []news.SectionID{world.ID}, []news.TopicID{topic.ID}, []news.Credit{{Person: anna.ID}}
		add(t, s, a)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.PutMenu(ctx, &news.Menu{Name: news.MainMenu, Items: []news.MenuItem{{Label: "x", URL: "/"}}}, "test", "change", noon); err != nil {
				return err
			}
			if _, err := tx.ImportSource(ctx, "wordpress", "https://old.example"); err != nil {
				return err
			}
			if _, err := tx.InsertComment(ctx, &news.Comment{Article: a.ID, Kind: news.ReaderComment, State: news.Held, Name: "N", Text: "T", Posted: noon}, ""); err != nil {
				return err
			}
			return tx.Audit(ctx, noon, "w", "v", news.Target{Noun: "article", ID: 1}, "d")
		})
		dumps = append(dumps, dump(s))
	})
	for i := 1; i < len(dumps); i++ {
		for name := range dumps[0] {
			if dumps[0][name] != dumps[i][name] {
				t.Errorf("%s differs:\n%s\n%s", name, dumps[0][name], dumps[i][name])
			}
		}
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, table := range store.Tables {
				if _, err := tx.Load(ctx, table, bytes.NewReader([]byte(dumps[0][table.Name]))); err != nil {
					return fmt.Errorf("%s: %w", table.Name, err)
				}
			}
			return nil
		})
		if got := dump(s); !reflect.DeepEqual(got, dumps[0]) {
			t.Errorf("loaded and dumped again, it is another:\n%v\n%v", got, dumps[0])
		}
	})
}

// words is a document as the index of an engine holds it.
func words(e db.Engine, doc search.Doc) string {
	if e == db.Postgres {
		return doc.TSVector()
	}
	return doc.FTS5()
}
