package migrate

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
	"broadsheet/internal/wordpress"
)

// post sorts an item by its type.
func (w *WordPress) post(ctx context.Context, m mapped) error {
	p := m.item.Post
	if w.source == 0 {
		return nil // an export without a head was refused already
	}
	switch p.Type {
	case "post", "page":
		return w.article(ctx, p, m.article)
	case "attachment":
		return w.attachment(ctx, p)
	case "nav_menu_item":
		w.menus.item(p)
		return nil
	case "guest-author":
		return w.terms.guest(ctx, p)
	case "wp_block":
		w.report.Count("reusable blocks put where they were used", 1)
		return nil
	}
	w.report.Count("items of unknown types left out", 1)
	w.report.Add(w.entry(p, "left out", fmt.Sprintf("items of the type %q have no place in a newspaper", p.Type)))
	return nil
}

// identify tells what an item is known by, and reports what is odd about that.
// ok is false for one that was taken already.
func (w *WordPress) identify(p *wordpress.Post) (key string, ok bool) {
	key, remark, again := w.ids.key(p)
	if remark != "" {
		what := "id used twice"
		if p.ID <= 0 {
			what = "id missing"
		}
		w.report.Add(w.entry(p, what, remark))
	}
	return key, !again
}

// states maps WordPress's statuses; what is not here becomes a draft.
var states = map[string]news.State{"publish": news.Published, "future": news.Scheduled, "draft": news.Draft, "auto-draft": news.Draft,
	"pending": news.Draft, "trash": news.Trashed}

// article gathers a post or page for the batch.
func (w *WordPress) article(ctx context.Context, p *wordpress.Post, c *converted) error {
	key, ok := w.identify(p)
	if !ok {
		return nil
	}
	w.zone.note(p.Date, p.DateGMT)
	a := news.Article{Kind: news.Story, Headline: plain(p.Title), Slug: p.Slug, Body: c.body, Original: p.Content, Excerpt: c.excerpt, Summary: c.summary,
		SearchTitle: plugin(p, "_yoast_wpseo_title", "rank_math_title"), SearchDescription: plugin(p, "_yoast_wpseo_metadesc", "rank_math_description"),
		SocialTitle:       plugin(p, "_yoast_wpseo_opengraph-title", "_yoast_wpseo_twitter-title", "rank_math_facebook_title", "rank_math_twitter_title"),
		SocialDescription: plugin(p, "_yoast_wpseo_opengraph-description", "_yoast_wpseo_twitter-description", "rank_math_facebook_description", "rank_math_twitter_description"),
		Comments:          w.comments, GUID: p.GUID}
	if p.Type == "page" {
		a.Kind = news.StandingPage
	}
	if p.CommentStatus == "closed" {
		a.Comments = news.CommentsClosed
	}
	if a.Headline == "" {
		a.Headline = headlineFrom(p, c)
		w.report.Add(w.entry(p, "headline missing", "it has none; it is called by its first words"))
	}
	const longestHeadline, longestSlug = 500, 200 // characters; bytes
	if short := richtext.Shorten(a.Headline, longestHeadline); len(short) < len(a.Headline) && utf8.RuneCountInString(a.Headline) > longestHeadline {
		a.Headline = short
		w.report.Add(w.entry(p, "headline shortened", "it had more than 500 characters"))
	}
	if a.Slug == "" || len(a.Slug) > longestSlug {
		a.Slug = news.Slug(a.Headline)
	}
	if err := w.setState(ctx, p, &a); err != nil {
		return err
	}
	if err := w.setTerms(ctx, p, &a); err != nil {
		return err
	}
	if a.Language = languageOf(p, w.language, c.words); a.Language == "" {
		a.Language = w.language
	} else if a.Language != w.language {
		w.report.Count("articles in "+a.Language, 1)
	}
	item := desk.ImportItem{OldID: key, Hash: p.Hash, CommentsHash: p.CommentsHash, Article: a, Comments: c.comments, Pinned: p.Sticky}
	if id := p.MetaValue("_thumbnail_id"); number(id) > 0 {
		item.Open = append(item.Open, store.OpenReference{Kind: store.OpenLead, OldID: id})
	}
	if id := plugin(p, "_yoast_wpseo_opengraph-image-id", "_yoast_wpseo_twitter-image-id", "rank_math_facebook_image_id", "rank_math_twitter_image_id"); number(id) > 0 {
		item.Open = append(item.Open, store.OpenReference{Kind: store.OpenSocial, OldID: id})
	}
	if p.Parent > 0 && p.Type == "page" {
		item.Open = append(item.Open, store.OpenReference{Kind: store.OpenParent, OldID: fmt.Sprint(p.Parent)})
	}
	if c.open {
		item.Open = append(item.Open, store.OpenReference{Kind: store.OpenBody})
	}
	for _, n := range c.notes {
		w.report.Add(w.entry(p, n.what, n.why))
	}
	w.oldSlugs(p)
	w.batch = append(w.batch, item)
	w.posts[key] = p
	const most = 4 << 20 // bytes, however few articles they are
	w.batchHeld += len(item.Article.Body) + len(item.Article.Original)
	if len(w.batch) >= w.batchSize || w.batchHeld > most {
		return w.flush(ctx)
	}
	return nil
}

// setState gives the article its state, its times and its address.
func (w *WordPress) setState(_ context.Context, p *wordpress.Post, a *news.Article) error {
	state, known := states[p.Status]
	if !known {
		state = news.Draft
	}
	switch {
	case p.Status == "private":
		w.report.Add(w.entry(p, "private", "it was private; it is a draft here"))
	case p.Password != "":
		state = news.Draft
		w.report.Add(w.entry(p, "password", "it was protected by a password; it is a draft here"))
	case !known:
		w.report.Add(w.entry(p, "status unknown", fmt.Sprintf("its status was %q; it is a draft here", p.Status)))
	}
	at := w.instant(p.DateGMT, p.Date)
	a.State, a.Created = state, at
	if p.Status == "pending" {
		a.Stage = news.ReviewStage
	}
	switch state {
	case news.Published:
		a.Published = at
		if a.Published.IsZero() {
			a.Published = p.Published
		}
		if a.Published.IsZero() {
			a.Published = time.Unix(0, 0).UTC()
			w.report.Add(w.entry(p, "date missing", "it was published without a date; it stands at the very end of the archive"))
		}
		w.setUpdated(p, a)
	case news.Scheduled:
		a.Scheduled = at
		if at.IsZero() {
			a.State = news.Draft
			w.report.Add(w.entry(p, "date missing", "it was scheduled without a date; it is a draft here"))
		}
	}
	if state != news.Trashed {
		a.Path = w.path(p)
	}
	return nil
}

// setUpdated shows readers a later change only where there was one a day after
// publication: WordPress counts every save.
func (w *WordPress) setUpdated(p *wordpress.Post, a *news.Article) {
	const real = 24 * time.Hour
	if m := w.instant(p.ModifiedGMT, p.Modified); m.Sub(a.Published) >= real && a.Kind == news.Story {
		a.Updated = m
	}
}

// instant is a moment of the old site: what it says in UTC, else its wall clock
// read in the zone that the other items were written in.
func (w *WordPress) instant(utc, local time.Time) time.Time {
	if !utc.IsZero() || local.IsZero() {
		return utc
	}
	zone, err := time.LoadLocation(w.zone.zone())
	if err != nil {
		return local
	}
	return time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, zone).UTC()
}

// path is the address that a post had, decoded; "" when it had only one with a
// number.
func (w *WordPress) path(p *wordpress.Post) string {
	u, err := url.Parse(p.Link)
	if err != nil || u.RawQuery != "" || u.Path == "" || u.Path == "/" {
		return ""
	}
	return cleanPath(u.Path)
}

// cleanPath is a path as addresses are kept: from the root, in NFC, without
// doubled slashes and control characters; "" for one that is too long to be one.
func cleanPath(p string) string {
	const longest = 1000 // bytes, which both engines can index
	p = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, p)
	if len(p) > longest {
		return ""
	}
	slash := strings.HasSuffix(p, "/")
	p = path.Clean("/" + strings.ToValidUTF8(p, ""))
	if slash && p != "/" {
		p += "/"
	}
	return norm.NFC.String(p)
}

// oldSlugs keeps the addresses that the article had before its slug was changed.
func (w *WordPress) oldSlugs(p *wordpress.Post) {
	at := w.path(p)
	if at == "" || p.Status != "publish" {
		return
	}
	bare, slash := strings.CutSuffix(at, "/")
	for _, m := range p.Meta {
		if m.Key != "_wp_old_slug" || m.Value == "" || m.Value == p.Slug {
			continue
		}
		old, err := url.PathUnescape(m.Value)
		if err != nil || strings.Contains(old, "/") {
			continue
		}
		to := path.Join(path.Dir(bare), old)
		if slash {
			to += "/"
		}
		w.moves = append(w.moves, news.Address{Path: cleanPath(to), State: news.Moved, To: at})
	}
}

// storeMoves stores the old addresses that lead elsewhere now.
func (w *WordPress) storeMoves(ctx context.Context) error {
	const atOnce = 500
	w.moves = slices.DeleteFunc(w.moves, func(m news.Address) bool { return m.Path == "" })
	for len(w.moves) > 0 {
		n := min(atOnce, len(w.moves))
		taken, err := w.desk.ImportMoves(ctx, w.moves[:n])
		if err != nil {
			return err
		}
		for _, m := range taken {
			w.report.Add(Entry{What: "path collides", Why: "something else stands at this old path", Path: m.Path})
		}
		w.report.Count("old addresses that lead to new ones", n-len(taken))
		w.moves = w.moves[n:]
		time.Sleep(pause)
	}
	return nil
}

// headlineFrom is what an article without a headline is called by.
func headlineFrom(p *wordpress.Post, c *converted) string {
	if words := plain(c.excerpt); words != "" {
		return shorten(words)
	}
	if words := plain(p.Content); words != "" {
		return shorten(words)
	}
	return fmt.Sprintf("(%d)", p.ID)
}

// plugin is what one of WordPress's plugins for search engines and social networks
// (Yoast SEO, Rank Math) has under the first of these custom fields that says
// something. What is made of variables ("%%title%%", "%title%") is nobody's words.
func plugin(p *wordpress.Post, keys ...string) string {
	for _, key := range keys {
		if said := strings.TrimSpace(p.MetaValue(key)); said != "" && !variable.MatchString(said) {
			return said
		}
	}
	return ""
}

var variable = regexp.MustCompile(`%\w+%`)

func number(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
