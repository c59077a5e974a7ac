package site

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

const footerKind = "footer"

// Footer is the bottom of every page.
type Footer struct {
	L        *locale.Locale
	Title    string
	Tagline  string
	Menu     []MenuItem
	Sections []MenuItem
	Policies []Link // the standing pages that say them, those that no menu of the footer names
	Social   []Link // the paper's profiles elsewhere
	Email    string

	Corrections string // address of their list; "" for none
}

func (s *Site) loadFooter(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		f := Footer{L: r.l, Title: r.settings.Title, Tagline: r.settings.Tagline, Email: r.settings.Email}
		for _, i := range r.sectionMenu() {
			for _, below := range r.below(i.section) {
				i.Items = append(i.Items, MenuItem{Link: Link{Text: below.Name, URL: urlPath(below.Path)}})
			}
			f.Sections = append(f.Sections, i.MenuItem)
		}
		for _, address := range r.settings.Social {
			f.Social = append(f.Social, Link{Text: profileName(address), URL: address})
		}
		var err error
		if f.Menu, err = r.menu(ctx, news.FooterMenu); err != nil {
			return page.View{}, err
		}
		if f.Corrections, err = correctionsPath(ctx, r); err != nil {
			return page.View{}, err
		}
		f.Policies, err = r.policies(ctx, f.Menu)
		return page.View{Template: "footer", Data: f}, err
	})
}

// policies are the public standing pages that say the paper's policies, in a fixed
// order, but those to which the menu leads already.
func (r *reading) policies(ctx context.Context, menu []MenuItem) ([]Link, error) {
	s := &r.settings
	var ids []news.ArticleID
	for _, id := range []news.ArticleID{s.ImprintPage, s.PrivacyPage, s.TermsPage, s.CommentRulesPage, s.CorrectionsPage} {
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	list, err := r.Teasers(ctx, ids)
	var links []Link
	for _, t := range list {
		l := Link{Text: t.Headline, URL: urlPath(t.Path)}
		if l.Lang, l.Dir = r.foreign(t.Language); !leadsTo(menu, l.URL) {
			links = append(links, l)
		}
	}
	return links, err
}

func leadsTo(menu []MenuItem, address string) bool {
	return slices.ContainsFunc(menu, func(i MenuItem) bool { return i.URL == address || leadsTo(i.Items, address) })
}

// profileName is what a profile elsewhere is called: the host of its address.
func profileName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.")
}

// rights is an article's rights line: the paper's wording or the language's, the
// year of publication, and who holds the rights.
func (r *reading) rights(a *news.Article, byline []Link) string {
	holder := a.RightsHolder
	if holder == "" {
		holder = r.settings.RightsHolder
	}
	if holder == "" && len(byline) > 0 {
		holder = byline[0].Text
	}
	if holder == "" {
		holder = r.settings.Title
	}
	year := r.l.Year(a.Published.In(r.zone))
	if r.settings.RightsLine != "" {
		return strings.NewReplacer("{year}", year, "{holder}", holder).Replace(r.settings.RightsLine)
	}
	return r.l.Say("rights_line", "year", year, "holder", holder)
}
