package site

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/richtext"
)

const articleKind = "article"

// Article is an article's page, or a standing page's. Lang and Dir stand on the
// article's own element.
type Article struct {
	Frame
	Lang, Dir   string
	Crumbs      []Link // the last is the headline, without address
	Kicker      string
	Headline    string
	Standfirst  string
	Genre       Genre
	Byline      []Credit
	ReadingTime string // in words, as "6 min read"; "" for a standing page
	Long        bool   // a long read, which is set apart
	At          Moment
	UpdatedAt   Moment // empty while there is nothing to show
	Lead        *Image
	Body        template.HTML
	TopicLinks  []Link
	Rights      string
	Source      news.Source
	Corrections []Correction // oldest first; nil for most

	AllCorrections string // address of the list of all there are; "" for none
	Languages      []Link // the same text in other languages, each named in its own
	Below          []Link // standing pages below this one
	HasComments    bool
}

// Credit is a name of the byline with its role; Portrait is nil for none.
type Credit struct {
	Author
	Role string
}

// Correction says what was wrong and was put right.
type Correction struct {
	At         Moment
	Amended    Moment // when its text was changed last; zero for never
	Paragraphs []string
}

// article answers with an article's page. A comment that is being answered, or
// was just sent, makes the page of this request only.
func (s *Site) article(w http.ResponseWriter, r *http.Request, id news.ArticleID, by *way) error {
	q := r.URL.Query()
	path, number := norm.NFC.String(r.URL.Path), commentPage(q.Get(commentsParam))
	if number != "" {
		path += "?" + commentsParam + "=" + number
	}
	key := articleKey(id, number)
	if sent := q.Get("comment"); !q.Has("reply") && sent != "held" && sent != "shown" {
		return s.send(w, r, key, by.to(path))
	}
	settings, err := s.settings(r.Context())
	if err != nil {
		return err
	}
	key.Language = settings.Language
	p, err := s.press.Piece(r.Context(), key)
	if err != nil {
		return err
	}
	own, ok := p.Pieces["form"]
	if !ok {
		return s.send(w, r, key, by.to(path))
	}
	form, err := s.emptyForm(r.Context(), own, q)
	if err != nil {
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.sendOnce(w, r, http.StatusOK, p, map[string]*page.Piece{"form": form})
}

func (s *Site) loadArticle(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		a, err := r.Article(ctx, news.ArticleID(k.ID))
		if err != nil {
			return page.View{}, err
		}
		if !a.Public() {
			return page.View{}, fault.New(fault.NotFound, "")
		}
		if k.Rest != "" { // a further page of comments: the first does not hang on them
			outlines, err := r.CommentOutlines(ctx, a.ID)
			if err != nil {
				return page.View{}, err
			}
			if firstOn(k.Rest) >= len(outlines) {
				return page.View{}, fault.New(fault.NotFound, "") // no comment stands there
			}
		}
		view, err := r.article(ctx, &a)
		if err != nil {
			return page.View{}, err
		}
		more := map[string]page.Key{}
		template := "standing-page"
		if a.Kind == news.Story {
			template = "article"
			more["check-also"] = checkAlsoKey(k)
		}
		if view.HasComments, err = r.hasComments(ctx, &a); err != nil {
			return page.View{}, err
		}
		if view.HasComments {
			more["comments"] = commentsKey(k)
			more["form"] = formKey(k)
		}
		return page.View{Template: template, Data: *view, Pieces: r.pieces(k, more)}, nil
	})
}

// hasComments reports whether an article's page has a place for them: a story's
// always, a standing page's where it takes any, or has taken some.
func (r *reading) hasComments(ctx context.Context, a *news.Article) (bool, error) {
	if a.Kind == news.Story || a.Comments != news.CommentsClosed {
		return true, nil
	}
	outlines, err := r.CommentOutlines(ctx, a.ID)
	return len(outlines) > 0, err
}

// article makes an article's view.
func (r *reading) article(ctx context.Context, a *news.Article) (*Article, error) {
	path := urlPath(a.Path)
	kind := "article"
	if a.Kind == news.StandingPage {
		kind = "page"
	}
	genre := r.genre(a.Genre, a.Sponsor)
	r.meet(a.Language)
	v := &Article{Frame: r.frame(kind, first(a.SearchTitle, a.Headline), path), Lang: a.Language, Dir: locale.Dir(a.Language), Kicker: genre.kicker(a.Kicker),
		Genre: genre, Headline: a.Headline, Standfirst: a.Standfirst, At: r.moment(a.Published), UpdatedAt: r.moment(a.Updated), Source: a.Source}
	v.Description, v.Type = first(a.SearchDescription, a.Summary), "article"
	v.Published, v.Modified = v.At.ISO, first(v.UpdatedAt.ISO, v.At.ISO)
	steps := []func(context.Context, *news.Article, *Article) error{r.setByline, r.setTopics, r.setLead, r.setBody, r.setCrumbs, r.setCorrections, r.setLanguages}
	for _, step := range steps {
		if err := step(ctx, a, v); err != nil {
			return nil, err
		}
	}
	links := make([]Link, len(v.Byline))
	for i, c := range v.Byline {
		links[i] = c.Link
	}
	v.Rights = r.rights(a, links)
	if a.Kind == news.Story {
		v.Data = []any{newsArticle(r, v), breadcrumbs(r.settings, v.Crumbs, path)}
	} else {
		v.Data = []any{breadcrumbs(r.settings, v.Crumbs, path)}
	}
	return v, r.setShared(ctx, a, v)
}

func (r *reading) setByline(ctx context.Context, a *news.Article, v *Article) error {
	ids := make([]news.PersonID, len(a.Byline))
	for i, c := range a.Byline {
		ids[i] = c.Person
	}
	known, err := r.writers(ctx, ids)
	if err != nil {
		return err
	}
	for _, c := range a.Byline {
		if author, ok := known[c.Person]; ok {
			v.Byline = append(v.Byline, Credit{author, c.Role})
			v.Authors = append(v.Authors, author.Text)
		}
	}
	return nil
}

func (r *reading) setCorrections(ctx context.Context, a *news.Article, v *Article) error {
	list, err := r.Corrections(ctx, a.ID)
	for _, c := range list {
		v.Corrections = append(v.Corrections, r.correction(&c))
	}
	if err == nil && len(list) > 0 {
		v.AllCorrections, err = correctionsPath(ctx, r)
	}
	return err
}

// setLanguages finds the public articles that are the same text in another
// language.
func (r *reading) setLanguages(ctx context.Context, a *news.Article, v *Article) error {
	group, err := r.Translations(ctx, a.TranslationGroup)
	if err != nil {
		return err
	}
	var ids []news.ArticleID
	for _, t := range group {
		if t.ID != a.ID {
			ids = append(ids, t.ID)
		}
	}
	teasers, err := r.Teasers(ctx, ids)
	for _, t := range teasers {
		v.Languages = append(v.Languages, Link{Text: r.site.Locales.For(t.Language).Name(), URL: urlPath(t.Path), Lang: t.Language, Dir: locale.Dir(t.Language)})
		v.Alternates = append(v.Alternates, Link{URL: r.settings.Address + urlPath(t.Path), Lang: t.Language})
	}
	if len(v.Alternates) > 0 {
		v.Alternates = append(v.Alternates, Link{URL: v.Canonical, Lang: a.Language})
	}
	return err
}

func (r *reading) setTopics(ctx context.Context, a *news.Article, v *Article) error {
	topics, err := r.Topics(ctx, a.Topics)
	for _, t := range topics {
		if t.Retired {
			continue
		}
		v.TopicLinks = append(v.TopicLinks, Link{Text: t.Name, URL: urlPath(t.Path)})
		v.Topics = append(v.Topics, t.Name)
	}
	return err
}

func (r *reading) setLead(ctx context.Context, a *news.Article, v *Article) error {
	pictures, err := r.Pictures(ctx, ids(a.LeadPicture))
	if err != nil {
		return err
	}
	if p, ok := pictures[a.LeadPicture]; ok {
		if v.Lead = r.image(&p); v.Lead != nil && a.LeadCaption != "" {
			v.Lead.Caption = a.LeadCaption
		}
		if v.Lead != nil {
			v.Image = r.whole(v.Lead, "lead")
		}
	}
	return nil
}

// setShared sets what other sites show of the article, where somebody has said it.
func (r *reading) setShared(ctx context.Context, a *news.Article, v *Article) error {
	v.ShareTitle, v.ShareText = a.SocialTitle, a.SocialDescription
	pictures, err := r.Pictures(ctx, ids(a.SocialPicture))
	if err != nil {
		return err
	}
	if p, ok := pictures[a.SocialPicture]; ok {
		if i := r.image(&p); i != nil {
			v.Image = r.whole(i, "lead")
		}
	}
	return nil
}

func ids(p news.PictureID) []news.PictureID {
	if p == 0 {
		return nil
	}
	return []news.PictureID{p}
}

func (r *reading) setBody(ctx context.Context, a *news.Article, v *Article) error {
	doc, err := richtext.Decode(a.Body)
	if err != nil {
		return err
	}
	options, err := r.bodyOptions(ctx, doc, a.Language)
	if err != nil {
		return err
	}
	if a.Kind == news.Story {
		options.InArticle = r.site.slotMark()
		words := len(strings.Fields(doc.Text()))
		v.Long = words >= longRead
		v.ReadingTime = r.l.Plural("reading_time", max(1, (words+wordsAMinute/2)/wordsAMinute))
	}
	// Old systems often repeat the lead picture as the body's first block.
	if v.Lead != nil && len(doc.Blocks) > 0 && shows(doc.Blocks[0], a.LeadPicture) {
		doc.Blocks = doc.Blocks[1:]
	}
	v.Body = doc.HTML(options)
	return nil
}

const (
	wordsAMinute = 220  // of an adult who reads silently (Brysbaert 2019: 238, without pictures and figures)
	longRead     = 1400 // words
)

// shows reports whether a block is that picture.
func shows(n *richtext.Node, id news.PictureID) bool {
	return n.Type == richtext.Picture && n.Attrs != nil && n.Attrs.Picture == int64(id)
}

// bodyOptions reads what a body names.
func (r *reading) bodyOptions(ctx context.Context, doc *richtext.Doc, language string) (richtext.Options, error) {
	articles := make([]news.ArticleID, 0, 8)
	for _, id := range doc.Articles() {
		articles = append(articles, news.ArticleID(id))
	}
	teasers, err := r.Teasers(ctx, articles)
	if err != nil {
		return richtext.Options{}, err
	}
	known := make(map[int64]*news.Teaser, len(teasers))
	for i := range teasers {
		known[int64(teasers[i].ID)] = &teasers[i]
	}
	var wanted []news.PictureID
	for _, id := range doc.Pictures() {
		wanted = append(wanted, news.PictureID(id))
	}
	pictures, err := r.Pictures(ctx, wanted)
	if err != nil {
		return richtext.Options{}, err
	}
	l := r.site.Locales.For(language)
	return richtext.Options{
		ReadMore: l.Word("read_more"), CreditLabel: l.Word("photo_credit"),
		Lightbox: &richtext.Lightbox{
			Enlarge: func(n, of int) string {
				return l.Word("enlarge_picture") + ": " + l.Say("gallery_picture", "n", l.Number(n), "total", l.Number(of))
			},
			Count:    func(n, of int) string { return l.Say("gallery_picture", "n", l.Number(n), "total", l.Number(of)) },
			Previous: l.Word("previous_picture"), Next: l.Word("next_picture"), Close: l.Word("close"),
		},
		LoadFrom: func(host string) string { return l.Say("load_from", "host", host) },
		Article: func(id int64) (richtext.Target, bool) {
			t := known[id]
			if t == nil || t.Path == "" {
				return richtext.Target{}, false
			}
			to := richtext.Target{URL: urlPath(t.Path), Headline: t.Headline}
			if t.Language != language {
				to.Lang, to.Dir = t.Language, locale.Dir(t.Language)
			}
			return to, true
		},
		Picture: func(id int64) (richtext.Image, bool) {
			p := pictures[news.PictureID(id)]
			return r.inBody(&p)
		},
	}, nil
}

func (r *reading) setCrumbs(ctx context.Context, a *news.Article, v *Article) error {
	if a.Kind == news.Story {
		v.Crumbs = r.crumbs(a.Section)
		if s := r.sections.at(a.Section); s != nil {
			v.Section = s.Name
		}
	} else {
		v.Crumbs = []Link{{Text: r.l.Word("home"), URL: "/"}}
		above, err := r.pagesAbove(ctx, a)
		if err != nil {
			return err
		}
		v.Crumbs = append(v.Crumbs, above...)
		below, err := r.ChildPages(ctx, a.ID)
		if err != nil {
			return err
		}
		for _, t := range below {
			v.Below = append(v.Below, Link{Text: t.Headline, URL: urlPath(t.Path)})
		}
	}
	lang, dir := r.foreign(a.Language)
	v.Crumbs = append(v.Crumbs, Link{Text: a.Headline, Lang: lang, Dir: dir})
	return nil
}

// pagesAbove are the public pages that a standing page stands below, from the
// top down.
func (r *reading) pagesAbove(ctx context.Context, a *news.Article) ([]Link, error) {
	const deepest = 8
	var up []Link
	for id := a.Parent; id != 0 && len(up) < deepest; {
		above, err := r.Article(ctx, id)
		if fault.Is(err, fault.NotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		if above.Public() {
			up = append(up, Link{Text: above.Headline, URL: urlPath(above.Path)})
		}
		id = above.Parent
	}
	slices.Reverse(up)
	return up, nil
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
