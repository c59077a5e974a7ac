package migrate

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/wordpress"
)

// site is what is known of the old site.
type site struct {
	address string // as "https://old.example/blog", without a slash at the end
	origin  string // as "https://old.example"
	host    string // without "www."
}

// begin takes the head of a file: what the old site was called goes into the
// settings of a paper that has no name yet.
func (w *WordPress) begin(ctx context.Context, s *wordpress.Site) error {
	var err error
	if w.site, err = oldSite(s, w.o.SiteURL); err != nil {
		return err
	}
	if w.source, err = w.desk.ImportSource(ctx, "wordpress", w.site.address); err != nil {
		return err
	}
	settings, err := w.store.Settings(ctx)
	w.language, w.comments = settings.Language, news.CommentsModerated
	if settings.CommentsDefault == news.CommentsOpen {
		w.comments = news.CommentsOpen
	}
	if err != nil || settings.Title != "" {
		return err
	}
	return w.desk.ChangeSettings(ctx, desk.Importer, func(p *news.Settings) error {
		p.Title, p.Tagline, p.Address = cmp.Or(s.Title, w.site.host), s.Description, w.site.origin
		if s.Language != "" {
			p.Language = strings.ReplaceAll(s.Language, "_", "-")
		}
		w.language = p.Language
		return nil
	})
}

// oldSite tells where the site of an export was; given, where it is not empty, is
// what the person at the keyboard says.
func oldSite(s *wordpress.Site, given string) (site, error) {
	u, err := url.Parse(strings.TrimSpace(cmp.Or(given, s.BaseBlogURL, s.Link, s.BaseSiteURL)))
	if err != nil || u.Host == "" {
		return site{}, fault.New(fault.Invalid, "the export does not say where its site was; name it with -site-url")
	}
	origin := u.Scheme + "://" + u.Host
	return site{address: strings.TrimRight(origin+u.Path, "/"), origin: origin, host: bareHost(u.Host)}, nil
}

func bareHost(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }

// own reports whether an address is of the old site, and returns its path and
// query then.
func (s *site) own(href string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Opaque != "" {
		return nil, false
	}
	if u.Host == "" {
		return u, strings.HasPrefix(u.Path, "/") || u.RawQuery != "" && u.Path == ""
	}
	return u, (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "") && bareHost(u.Host) == s.host
}
