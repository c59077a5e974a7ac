package site

import (
	"context"
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
		var err error
		if f.Menu, err = r.menu(ctx, news.FooterMenu); err != nil {
			return page.View{}, err
		}
		f.Corrections, err = correctionsPath(ctx, r)
		return page.View{Template: "footer", Data: f}, err
	})
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
