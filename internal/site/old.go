package site

import (
	"context"
	"net/url"
	"path"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// oldAddress finds where a path or query of an older system leads now: a
// permanent redirect that a link from anywhere can be answered with. It is ""
// when nothing is known.
func (s *Site) oldAddress(ctx context.Context, p string, q url.Values) (string, error) {
	if target, err := s.oldQuery(ctx, q); err != nil || target != "" {
		return target, err
	}
	if to := oldFront(p); to != "" {
		return to, nil
	}
	for _, try := range simpler(p) {
		a, err := s.store.Address(ctx, try)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return "", err
		}
		to, err := s.follow(ctx, a)
		if err != nil || to != "" {
			return feedOf(p, a, to), err
		}
	}
	return "", nil
}

// oldFront is where further pages of an old front page and the names that other
// programs give to a paper's feed lead; "" for every other path.
func oldFront(p string) string {
	bare := strings.TrimSuffix(strings.TrimPrefix(p, "/index.php"), "/")
	switch bare {
	case "", "/amp", "/embed", "/home":
		return "/"
	case "/feed", "/feed/rss", "/feed/rss2", "/feed/rdf", "/feed/atom", "/rss", "/rss2", "/rdf", "/atom", "/feed.xml", "/rss.xml", "/atom.xml", "/comments/feed", "/comments/feed/rss2":
		return "/feed/"
	}
	if n, ok := strings.CutPrefix(bare, "/page/"); ok && number(n) {
		return "/"
	}
	return ""
}

// follow returns the address that readers of a are to be sent to, "" when they
// see nothing there.
func (s *Site) follow(ctx context.Context, a news.Address) (string, error) {
	switch {
	case a.State == news.Current:
		return a.Path, nil
	case a.State != news.Moved:
		return "", nil
	case a.To != "":
		return a.To, nil
	}
	return s.addressOf(ctx, a.Target)
}

// addressOf is the public address of a thing, "" when it has none.
func (s *Site) addressOf(ctx context.Context, t news.Target) (string, error) {
	a, err := s.store.AddressOf(ctx, t)
	if fault.Is(err, fault.NotFound) || err == nil && a.State != news.Current {
		return "", nil
	}
	return a.Path, err
}

// oldQuery answers WordPress's addresses without words: /?p=12, /?page_id=12,
// /?attachment_id=12, /?cat=3, /?tag=harbour, /?author_name=anna and
// /?feed=rss2. They lead to what the item with that id became; an article's that
// is not here is a fault of kind NotFound.
func (s *Site) oldQuery(ctx context.Context, q url.Values) (string, error) {
	for _, old := range []struct {
		parameter, prefix string
		noun              news.Noun
	}{
		{"p", "", news.ArticleNoun}, {"page_id", "", news.ArticleNoun}, {"p", "", news.PictureNoun}, {"attachment_id", "", news.PictureNoun},
		{"cat", "id:", news.SectionNoun}, {"tag", "", news.TopicNoun}, {"category_name", "", news.SectionNoun}, {"author_name", "", news.PersonNoun},
	} {
		id := q.Get(old.parameter)
		if id == "" || len(id) > 200 || !plainText(id) {
			continue
		}
		m, err := s.store.ImportedAnywhere(ctx, old.noun, old.prefix+id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return "", err
		}
		if to, err := s.addressOf(ctx, news.Target{Noun: old.noun, ID: m.NewID}); err != nil || to != "" {
			return to, err
		}
	}
	switch {
	case q.Has("feed"):
		return "/feed/", nil
	case q.Has("p"), q.Has("page_id"), q.Has("attachment_id"): // of something that readers do not see
		return "", fault.New(fault.NotFound, "")
	}
	return "", nil
}

// simpler returns the paths that may be meant by an old form of p, likeliest
// first: without what WordPress adds at the end for further pages, feeds and
// other presentations, with or without the slash, without index.php, and the
// original of a picture in one of its sizes.
func simpler(p string) []string {
	var tries []string
	add := func(p string) {
		if p == "" || p == "/" {
			return
		}
		bare := strings.TrimSuffix(p, "/")
		tries = append(tries, p)
		if bare == p {
			tries = append(tries, p+"/")
		} else {
			tries = append(tries, bare)
		}
	}
	if rest, ok := strings.CutPrefix(p, "/index.php/"); ok {
		p = "/" + rest
	}
	add(p)
	if original := withoutSize(p); original != "" {
		tries = append(tries, original)
	}
	const most = 4 // presentations of presentations
	for range most {
		shorter := withoutPresentation(p)
		if shorter == p {
			break
		}
		add(shorter)
		p = shorter
	}
	return tries
}

// withoutPresentation cuts one thing from the end of a path that says how a
// page is presented: /page/3, /comment-page-2, /amp, /embed, /trackback,
// /feed, /feed/atom, /2 (the second page of an article). Otherwise it is p.
func withoutPresentation(p string) string {
	bare := strings.TrimSuffix(p, "/")
	dir, last := path.Split(bare)
	if dir == "" {
		return p
	}
	switch last {
	case "amp", "embed", "trackback", "feed":
		return dir
	case "rss", "rss2", "rdf", "atom":
		if before, ok := strings.CutSuffix(dir, "/feed/"); ok {
			return before + "/"
		}
		return p
	}
	if n, ok := strings.CutPrefix(last, "comment-page-"); ok && number(n) {
		return dir
	}
	if number(last) {
		if before, ok := strings.CutSuffix(dir, "/page/"); ok {
			return before + "/"
		}
		if len(last) <= 2 && dir != "/" {
			return dir
		}
	}
	return p
}

func number(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && len(s) <= 6
}

// withoutSize is the original's path for one of WordPress's renditions:
// harbour-300x200.jpg -> harbour.jpg; "" for any other path.
func withoutSize(p string) string {
	ext := path.Ext(p)
	stem := strings.TrimSuffix(p, ext)
	i := strings.LastIndexByte(stem, '-')
	if ext == "" || i < 0 {
		return ""
	}
	w, h, ok := strings.Cut(stem[i+1:], "x")
	if !ok || !number(w) || !number(h) {
		return ""
	}
	return stem[:i] + ext
}

// feedOf sends readers' programs that ask for an old feed to the feed of what
// it leads to, where that has one.
func feedOf(asked string, a news.Address, to string) string {
	if to == "" || a.Target.Noun != news.SectionNoun || !strings.Contains(asked+"/", "/feed/") {
		return to
	}
	return strings.TrimSuffix(to, "/") + "/feed/"
}
