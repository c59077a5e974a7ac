package site_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

var linked = regexp.MustCompile(`(?:href|src|action)="(?:https://paper\.example)?(/[^"#]*)"|<(?:loc|link)>https://paper\.example(/[^<]*)<`)

// walk asks for every address that the paper has or that a page leads to, and for
// those of the words in queries, and returns what each answers: status, header and
// body together.
func (p *paper) walk(t *testing.T, queries ...string) map[string]string {
	t.Helper()
	known, err := p.AllAddresses(t.Context())
	must(t, err)
	todo := []string{"/", "/feed/", "/search/", "/authors/", "/sitemap.xml", "/robots.txt", "/favicon.ico", "/corrections/", "/api/", "/wp-json/wp/v2/posts", "/rss", "/atom.xml", "/nowhere/",
		"/2026/", "/2026/07/", "/2026/07/05/", "/2026/07/06/", "/?s=x"}
	for _, a := range known {
		todo = append(todo, a.Path, strings.TrimSuffix(a.Path, "/")+"/feed/", a.Path+"?before=1783000000000-1", a.Path+"?reply=1")
	}
	for _, q := range queries {
		todo = append(todo, "/search/?q="+q, "/?s="+q, "/feed/?s="+q, "/search/?q="+q[:4])
	}
	for id := range 9 {
		todo = append(todo, fmt.Sprintf("/?p=%d", id))
	}
	answers := map[string]string{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if _, asked := answers[path]; asked {
			continue
		}
		resp := p.ask(t, path, nil)
		body := text(t, resp)
		answers[path] = fmt.Sprint(resp.StatusCode, resp.Header, body)
		for _, m := range linked.FindAllStringSubmatch(body, -1) {
			if next := strings.ReplaceAll(m[1]+m[2], "&amp;", "&"); next != "" && !strings.HasPrefix(next, "/newsroom") {
				todo = append(todo, next)
			}
		}
	}
	return answers
}

// Nothing of an article under embargo leaves before its hour: by no page, feed,
// list, search or link of another, but its preview to whoever has the secret.
func TestNothingOfAnEmbargoedArticleLeavesBeforeItsHour(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPaper(t, s, setup{})
		ctx, hour := t.Context(), p.now.Add(3*time.Hour)
		secret := &news.Topic{Name: "Harbours"}
		must(t, p.CreateTopic(ctx, "Anna", secret))
		ghost := &news.Person{Name: "Quillfeather Ghost", Biography: "Quillfeather writes."}
		must(t, p.CreatePerson(ctx, "Anna", ghost))
		doc, _ := richtext.FromHTML("<p>Bodyzephyr is what nobody may read.</p><figure><figcaption>Bodyzephyr caption</figcaption></figure>")
		source, err := p.ImportSource(ctx, "wordpress", "https://old.example")
		must(t, err)
		result, err := p.ImportArticles(ctx, source, []desk.ImportItem{{OldID: "7", Hash: "a", Article: news.Article{Kind: news.Story, State: news.Scheduled, Scheduled: hour, Language: "en",
			Headline: "Headlinequokka wins", Standfirst: "Standfirstyak.", Excerpt: "Excerptxylem.", Kicker: "Kickervole", SearchTitle: "Titlewombat", SearchDescription: "Describedxerus",
			Slug: "held", Path: "/held/", Body: doc.Encode(), Comments: news.CommentsModerated, Section: p.europe.ID, Sections: []news.SectionID{p.europe.ID, p.sport.ID},
			Topics: []news.TopicID{secret.ID, p.tides.ID}, Byline: []news.Credit{{Person: ghost.ID, Role: "Roleibex"}}, Brief: "Briefnarwhal"}, Pinned: true}})
		must(t, err)
		held := result[0].ID
		now, err := p.Article(ctx, held)
		must(t, err)
		must(t, p.SetEmbargo(ctx, "Anna", held, now.Version, hour))
		_, err = p.Desk.AddStaff(ctx, "Anna", &news.Staff{Name: "Rosa", Email: "rosa@paper.example", Grants: []news.Grant{{Role: news.Chief}}})
		must(t, err)

		// Another article names it in every way that there is.
		body, _ := richtext.FromHTML(four)
		body.Blocks = append(body.Blocks, &richtext.Node{Type: richtext.Related, Attrs: &richtext.Attrs{Article: int64(held)}},
			&richtext.Node{Type: richtext.Paragraph, Content: []*richtext.Node{{Type: richtext.Text, Text: "see there", Marks: []richtext.Mark{{Type: richtext.LinkStyle, Attrs: &richtext.MarkAttrs{Article: int64(held)}}}}}})
		public := &news.Article{Kind: news.Story, Headline: "Public story", Language: "de", Body: body.Encode(), Comments: news.CommentsModerated, Section: p.europe.ID, Sections: []news.SectionID{p.europe.ID},
			Topics: []news.TopicID{p.tides.ID}, Byline: []news.Credit{{Person: p.anna.ID}}}
		must(t, p.Create(ctx, "Anna", public))
		must(t, p.PublishAs(ctx, "Anna", public.ID, 1, p.now.Add(-time.Hour)))
		must(t, p.JoinTranslation(ctx, "Anna", public.ID, 2, held))
		must(t, p.ChangeMenu(ctx, "Anna", news.Menu{Name: "main", Items: []news.MenuItem{{Target: news.Target{Noun: news.ArticleNoun, ID: int64(held)}}}}))
		token, err := p.MakePreview(ctx, "Anna", held, 0, hour.Add(time.Hour))
		must(t, err)
		err = p.IndexAll(ctx, func(int) {})
		must(t, err)

		words := []string{"quokka", "standfirstyak", "excerptxylem", "kickervole", "wombat", "xerus", "bodyzephyr", "quillfeather", "roleibex", "narwhal"}
		leaks := func(answers map[string]string) (found []string) {
			for path, answer := range answers {
				for _, w := range words {
					if i := strings.Index(strings.ToLower(answer), w); i >= 0 && !strings.Contains(path, w[:4]) {
						found = append(found, path+": "+answer[max(0, i-60):min(len(answer), i+40)])
					}
				}
			}
			slices.Sort(found)
			return found
		}
		look := func() map[string]string {
			return p.walk(t, "headlinequokka", "bodyzephyr", "quillfeather", "standfirstyak")
		}
		for _, at := range []time.Time{p.now, hour.Add(-time.Second)} {
			p.now = at
			if n, err := p.PublishDue(ctx); n != 0 || err != nil {
				t.Fatalf("the clock published %d, %v", n, err)
			}
			answers := look()
			if len(answers) < 40 {
				t.Fatalf("only %d addresses were asked for", len(answers))
			}
			for _, leak := range leaks(answers) {
				t.Errorf("before its hour, %s", leak)
			}
			for path, answer := range answers {
				if strings.HasPrefix(path, "/search/?q=") && strings.Contains(answer, `"/held/"`) {
					t.Errorf("%s leads to it", path)
				}
			}
			if resp, unknown := p.ask(t, "/held/", nil), p.ask(t, "/hxld/", nil); resp.StatusCode != http.StatusNotFound || text(t, resp) != text(t, unknown) {
				t.Errorf("its address answers %s, otherwise than one that is unknown", resp.Status)
			}
		}
		preview := p.page(t, "/preview/"+token)
		holds(t, preview, "It is under embargo: nothing of it may be published before July 6, 2026", "Headlinequokka")
		if resp := p.ask(t, "/preview/"+token[:42]+"x", nil); resp.StatusCode != http.StatusNotFound {
			t.Errorf("a wrong secret answers %s", resp.Status)
		}

		// At its hour all of them have it: the walk can see.
		p.now = hour
		if n, err := p.PublishDue(ctx); n != 1 || err != nil {
			t.Fatalf("at its hour the clock published %d, %v", n, err)
		}
		err = p.IndexAll(ctx, func(int) {})
		must(t, err)
		answers := look()
		for path, word := range map[string]string{"/": "Headlinequokka", "/feed/": "Headlinequokka", "/held/": "Bodyzephyr", "/search/?q=headlinequokka": "Headlinequokka", "/authors/": "Quillfeather",
			p.again(t, public).Path: "Headlinequokka"} {
			if !strings.Contains(answers[path], word) {
				t.Errorf("at its hour %s lacks %q", path, word)
			}
		}
		lacks(t, p.page(t, "/preview/"+token), "under embargo")
		for path, answer := range answers {
			if strings.Contains(strings.ToLower(answer), "narwhal") {
				t.Errorf("%s tells readers what its writer was told", path)
			}
		}
	})
}

// A picture and a film of an article under embargo have addresses that can be guessed.
// Until its hour only who has the secret of its preview gets them.
func TestPicturesOfAnEmbargoedArticleAreForItsPreviewAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPaper(t, s, setup{theme: small})
		ctx, hour := t.Context(), p.now.Add(time.Hour)
		lead, film, other := p.photo(t), p.film(t), p.photo(t)
		doc, _ := richtext.FromHTML("<p>Words.</p>")
		doc.Blocks = append(doc.Blocks, &richtext.Node{Type: richtext.Media, Attrs: &richtext.Attrs{Media: "video", Picture: int64(film.ID)}})
		a := &news.Article{Kind: news.Story, Headline: "Held", Language: "en", Body: doc.Encode(), LeadPicture: lead.ID, Comments: news.CommentsClosed}
		must(t, p.Create(ctx, "Anna", a))
		must(t, p.SetEmbargo(ctx, "Anna", a.ID, 1, hour))
		guessed := fmt.Sprintf("%s%d-0000000000/%s", media.RenditionPath, lead.ID, p.size(t, lead, "body", 480)[strings.LastIndexByte(p.size(t, lead, "body", 480), '/')+1:])
		status := func(want int, paths ...string) {
			t.Helper()
			for _, path := range paths {
				if resp := p.ask(t, path, nil); resp.StatusCode != want {
					t.Errorf("%s answers %s at %v, want %d", path, resp.Status, p.now, want)
				}
			}
		}
		status(http.StatusNotFound, lead.Path, film.Path, film.Path+"?of=0123456789", guessed)
		status(http.StatusOK, other.Path)

		token, err := p.MakePreview(ctx, "Anna", a.ID, 0, hour.Add(time.Hour))
		must(t, err)
		shown := regexp.MustCompile(`(?:src|href)="(/(?:-/)?pictures/[^" ]+)`).FindAllStringSubmatch(p.page(t, "/preview/"+token), -1)
		if len(shown) < 3 {
			t.Fatalf("the preview shows %v", shown)
		}
		for _, m := range shown {
			status(http.StatusOK, html.UnescapeString(m[1]))
		}

		// It is also in what readers see already: that stays.
		b := p.story(t, "Out", 8, four, func(a *news.Article) { a.LeadPicture = lead.ID })
		status(http.StatusOK, lead.Path)
		must(t, p.Withdraw(ctx, "Anna", b.ID, b.Version))
		status(http.StatusNotFound, lead.Path)

		p.now = hour
		must(t, p.Publish(ctx, "Anna", a.ID, 2))
		status(http.StatusOK, lead.Path, film.Path)
		holds(t, p.page(t, p.again(t, a).Path), `src="`+film.Path+`"`)
	})
}

// What colleagues tell each other about an article, and what its writer is told, is
// on no page, in no feed, in no search and in no preview.
func TestNotesAndBriefsNeverReachReaders(t *testing.T) {
	p := sqlite(t, setup{})
	ctx := t.Context()
	a := p.story(t, "Public story", 8, four, func(a *news.Article) { a.Brief = "Briefnarwhal" })
	for _, n := range []*news.Note{{Article: a.ID, By: 7, Text: "Notewombat one", Passage: news.Passage{Block: 1, Quote: "One", Suffix: "."}}, {Article: a.ID, By: 8, Parent: 1, Text: "Notewombat two"},
		{Article: a.ID, By: 8, Text: "Notewombat three"}} {
		must(t, p.AddNote(ctx, "Notewombat Rosa", n))
	}
	must(t, p.ResolveNote(ctx, "Notewombat Rosa", 8, a.ID, 3))
	must(t, p.IndexAll(ctx, func(int) {}))
	token, err := p.MakePreview(ctx, "Anna", a.ID, 0, p.now.Add(time.Hour))
	must(t, err)
	answers := p.walk(t, "notewombat", "briefnarwhal", "public")
	answers["the preview"] = p.page(t, "/preview/"+token)
	if !strings.Contains(answers["/search/?q=public"], "Public story") || !strings.Contains(answers[a.Path], "One.") {
		t.Error("the walk sees nothing")
	}
	for path, answer := range answers {
		if strings.Contains(path, "notew") || strings.Contains(path, "brief") { // which say what was asked for
			answer = strings.NewReplacer("notewombat", "", "briefnarwhal", "").Replace(answer)
		}
		for _, word := range []string{"notewombat", "briefnarwhal"} {
			if strings.Contains(strings.ToLower(answer), word) {
				t.Errorf("%s holds %q", path, word)
			}
		}
	}
}
