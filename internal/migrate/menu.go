package migrate

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/wordpress"
)

// menus gathers menus and their items, which name things from all over the
// export, until everything was read.
type menus struct {
	w     *WordPress
	names map[string]string            // slug -> name
	items map[string][]*wordpress.Post // by the menu's slug

	placed map[*wordpress.Post]bool // of the menu that is being put together
}

func (m *menus) term(t *wordpress.Term) {
	if t.Taxonomy != "nav_menu" {
		return
	}
	if m.names == nil {
		m.names = map[string]string{}
	}
	m.names[t.Slug] = t.Name
}

func (m *menus) item(p *wordpress.Post) {
	if m.items == nil {
		m.items = map[string][]*wordpress.Post{}
	}
	for _, t := range p.Terms {
		if t.Taxonomy == "nav_menu" && p.Status == "publish" {
			m.items[t.Slug] = append(m.items[t.Slug], p)
		}
	}
}

// store stores two of the menus as the main and the footer menu of a paper that
// has none, and the others under the names that they had.
func (m *menus) store(ctx context.Context) error {
	slugs := make([]string, 0, len(m.items))
	for slug := range m.items {
		slugs = append(slugs, slug)
	}
	slices.Sort(slugs)
	chosen := map[string]bool{} // as one of ours
	for _, as := range []struct {
		name  string
		words []string
	}{{news.MainMenu, []string{"main", "primary", "header", "top", "nav"}}, {news.FooterMenu, []string{"footer", "bottom", "secondary", "legal"}}} {
		there, err := m.w.store.Menu(ctx, as.name)
		if err != nil {
			return err
		}
		slug := likeliest(slugs, as.words)
		chosen[slug] = true
		if slug == "" || len(there.Items) > 0 {
			continue
		}
		if err := m.put(ctx, as.name, slug); err != nil {
			return err
		}
	}
	for _, slug := range slugs {
		there, err := m.w.store.Menu(ctx, slug)
		if err != nil {
			return err
		}
		if len(there.Items) > 0 || chosen[slug] || slug == news.MainMenu || slug == news.FooterMenu {
			continue
		}
		if err := m.put(ctx, slug, slug); err != nil {
			return err
		}
		m.w.report.Count("menus", 1)
	}
	return nil
}

// likeliest is the menu whose name says most that it is meant, "" for none.
func likeliest(slugs, words []string) string {
	for _, word := range words {
		for _, slug := range slugs {
			if strings.Contains(strings.ToLower(slug), word) {
				return slug
			}
		}
	}
	return ""
}

func (m *menus) put(ctx context.Context, name, slug string) error {
	m.placed = nil
	items, err := m.below(ctx, m.items[slug], 0, 0)
	if err != nil || len(items) == 0 {
		return err
	}
	there, err := m.w.store.Menu(ctx, name)
	if err != nil {
		return err
	}
	there.Items = items
	return m.w.desk.ChangeMenu(ctx, desk.Importer, there)
}

// below returns the items under a parent item, in their order.
func (m *menus) below(ctx context.Context, all []*wordpress.Post, parent int64, depth int) ([]news.MenuItem, error) {
	const deepest = 5
	if depth > deepest {
		return nil, nil
	}
	if m.placed == nil {
		m.placed = map[*wordpress.Post]bool{}
	}
	var here []*wordpress.Post
	for _, p := range all {
		if number(p.MetaValue("_menu_item_menu_item_parent")) == parent && !m.placed[p] {
			m.placed[p] = true // once, whatever circles there are
			here = append(here, p)
		}
	}
	slices.SortStableFunc(here, func(a, b *wordpress.Post) int { return cmp.Compare(a.MenuOrder, b.MenuOrder) })
	var out []news.MenuItem
	for _, p := range here {
		it, ok, err := m.resolve(ctx, p)
		if err != nil {
			return nil, err
		}
		if p.ID > 0 { // one without an id has nothing below it
			if it.Items, err = m.below(ctx, all, p.ID, depth+1); err != nil {
				return nil, err
			}
		}
		if !ok {
			m.w.report.Add(m.w.entry(p, "menu item left out", "what it leads to is not here"))
			out = append(out, it.Items...)
			continue
		}
		out = append(out, it)
	}
	return out, nil
}

// resolve finds what a menu's item leads to.
func (m *menus) resolve(ctx context.Context, p *wordpress.Post) (it news.MenuItem, ok bool, err error) {
	it.Label = plain(p.Title)
	object, id := p.MetaValue("_menu_item_object"), p.MetaValue("_menu_item_object_id")
	noun, old := news.Noun(""), id
	switch p.MetaValue("_menu_item_type") {
	case "custom":
		it.URL = strings.TrimSpace(p.MetaValue("_menu_item_url"))
		if u, own := m.w.site.own(it.URL); own {
			it.URL = cleanPath(u.Path)
		}
		return it, it.URL != "" && !strings.HasPrefix(strings.ToLower(it.URL), "javascript:"), nil
	case "post_type":
		noun = news.ArticleNoun
	case "taxonomy":
		switch object {
		case "category":
			// A section that has no article yet has its place in the menu all the same.
			if c := m.w.terms.declared("category", id); c != nil {
				if _, err := m.w.terms.section(ctx, c.Slug, c.Name); err != nil {
					return it, false, err
				}
			}
			noun, old = news.SectionNoun, "id:"+id
		case "post_tag":
			if c := m.w.terms.declared("post_tag", id); c != nil {
				if _, err := m.w.terms.topic(ctx, c.Slug, c.Name); err != nil {
					return it, false, err
				}
				noun, old = news.TopicNoun, c.Slug
			}
		}
	}
	if noun == "" {
		return it, false, nil
	}
	known, err := m.w.store.Imported(ctx, m.w.source, noun, []string{old})
	if err != nil {
		return it, false, err
	}
	thing, ok := known[old]
	it.Target = news.Target{Noun: noun, ID: thing.NewID}
	return it, ok, nil
}
