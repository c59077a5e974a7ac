package site_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"testing"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// What random histories come to too seldom: a page that shows what was not there
// when it was made, and what only one ref tells of.
func TestNoPageIsStaleAfterWhatHistoriesSeldomDo(t *testing.T) {
	if testing.Short() {
		t.Skip("with the race detector, the histories are enough")
	}
	n := openNewsroom(t, sqliteFile(t, 1)(), announceAll)
	p, ctx := n.processes[0], t.Context()
	step := func(name string, err error) {
		t.Helper()
		must(t, err)
		n.compare(t, name, p)
	}
	publish := func(name string, change func(*news.Article)) *news.Article {
		t.Helper()
		a := n.draft(1, 0)
		if change != nil {
			change(a)
		}
		must(t, p.Create(ctx, anna, a))
		n.compare(t, "a draft", p)
		step(name, p.Publish(ctx, anna, a.ID, a.Version))
		return a
	}
	page := func(a *news.Article) {
		a.Kind, a.Section, a.Sections, a.Topics, a.Byline, a.Parent = news.StandingPage, 0, nil, nil, nil, 4
	}
	n.compare(t, "the beginning", p)
	publish("a page below another", page)
	publish("a first translation", func(a *news.Article) { a.Language, a.TranslationGroup = "de", 1 })
	step("the original joins it", p.JoinTranslation(ctx, anna, 9+1, 2, 1))
	publish("one more translation", func(a *news.Article) { a.Language, a.TranslationGroup = "fr", 1 })

	nobody := &news.Person{Name: "A first byline", Biography: "Begins."}
	step("a person", p.CreatePerson(ctx, anna, nobody))
	first := publish("a first byline", func(a *news.Article) { a.Byline = []news.Credit{{Person: nobody.ID}} })
	step("the last byline", p.Withdraw(ctx, anna, first.ID, 2))

	// "Check Also" by topic, where the section has nothing else.
	alone := &news.Section{Name: "Alone"}
	step("a section", p.CreateSection(ctx, anna, alone))
	three := &news.Topic{Name: "Three"}
	step("a topic", p.CreateTopic(ctx, anna, three))
	publish("alone in its section", func(a *news.Article) {
		a.Section, a.Sections, a.Topics = alone.ID, []news.SectionID{alone.ID}, []news.TopicID{three.ID}
	})
	step("topics that are one", p.MergeTopics(ctx, anna, three.ID, three.Version, 2, 1))

	// A picture with cuts, whose focus is in their addresses.
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 900, 600)), nil))
	pic, err := n.disk.Keep(ctx, "photo.jpg", &b, 1<<20)
	must(t, err)
	step("a photograph", p.AddPicture(ctx, anna, &pic))
	publish("a story with a photograph", func(a *news.Article) { a.LeadPicture = pic.ID })
	step("another focus", p.SetFocus(ctx, anna, pic.ID, news.Focus{X: 100, Y: 900}))

	n.importAgain(t, step, &pic)
	n.takeOver(t, step)
}

// importAgain brings an article whose references are found later, and its picture
// with other words.
func (n *newsroom) importAgain(t *testing.T, step func(string, error), pic *news.Picture) {
	t.Helper()
	p, ctx := n.processes[0], t.Context()
	imported := func(old string, change func(*news.Article), open ...store.OpenKind) news.ArticleID {
		a := n.draft(1, 0)
		a.State, a.Published, a.Created, a.Changed, a.LeadPicture, a.Path, a.Slug = news.Published, n.clock().AddDate(0, 0, -1), n.clock(), n.clock(), 0, "/old/"+old+"/", old
		doc, _ := richtext.FromHTML(`<p>See <a href="https://old.example/other/">the other</a>.</p>`)
		a.Body = doc.Encode()
		change(a)
		item := desk.ImportItem{OldID: old, Hash: old, Article: *a}
		for _, kind := range open {
			item.Open = append(item.Open, store.OpenReference{Kind: kind, OldID: "i"})
		}
		done, err := p.Desk.ImportArticles(ctx, n.source, []desk.ImportItem{item})
		step("an import", err)
		return done[0].ID
	}
	complete := func(name string) {
		_, err := p.CompleteImport(ctx, n.source, 0, 100,
			func(context.Context, store.Reader, richtext.Link) (news.Target, bool, bool, error) {
				return news.Target{Noun: news.ArticleNoun, ID: 2}, true, true, nil
			},
			func(_ context.Context, _ store.Reader, noun news.Noun, _ string) (news.Target, bool, error) {
				if noun == news.PictureNoun {
					return news.Target{Noun: noun, ID: int64(pic.ID)}, true, nil
				}
				return news.Target{Noun: noun, ID: 4}, true, nil
			})
		step(name, err)
	}
	imported("body", func(*news.Article) {}, store.OpenBody)
	complete("a link that is found")
	imported("lead", func(*news.Article) {}, store.OpenLead)
	complete("a lead picture that is found")
	imported("below", func(a *news.Article) {
		a.Kind, a.Section, a.Sections, a.Topics, a.Byline = news.StandingPage, 0, nil, nil, nil
	}, store.OpenParent)
	complete("a page above that is found")

	same := *pic
	same.ID, same.Path, same.Caption = 0, "/old/photo.jpg", "One caption"
	_, err := p.Desk.ImportPicture(ctx, n.source, "photo", "1", &same)
	step("an imported picture", err)
	id := imported("pictured", func(a *news.Article) { a.LeadPicture = same.ID })
	_ = id
	again := same
	again.Caption = "Another caption"
	_, err = p.Desk.ImportPicture(ctx, n.source, "photo", "2", &again)
	step("the picture imported again", err)
}

// takeOver gives the addresses of pages that are worked out to something else.
func (n *newsroom) takeOver(t *testing.T, step func(string, error)) {
	t.Helper()
	p, ctx := n.processes[0], t.Context()
	for _, path := range []string{"/authors/", "/2026/07/", "/section-1/feed/"} {
		if got := ask(p.site, path); got.status != 200 {
			t.Fatalf("%s answers %d", path, got.status)
		}
		_, err := p.Desk.ImportMoves(ctx, []news.Address{{Path: path, State: news.Moved, Target: news.Target{Noun: news.ArticleNoun, ID: 2}}})
		step(path+" leads elsewhere", err)
		if got := ask(p.site, path); got.status != 301 {
			t.Errorf("%s answers %d", path, got.status)
		}
	}
}
