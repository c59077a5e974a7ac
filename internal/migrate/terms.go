package migrate

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/wordpress"
)

// terms maps categories to sections, tags to topics, and authors to people. They
// are stored when the first article wants them, or at their declaration.
type terms struct {
	w          *WordPress
	categories map[string]*wordpress.Term // declared ones, by taxonomy and slug
	byID       map[string]*wordpress.Term // the same, by taxonomy and id
	depth      map[news.SectionID]int     // how many sections stand above it
	sections   map[string]news.SectionID
	topics     map[string]news.TopicID
	people     map[string]news.PersonID // by login
}

func (t *terms) init() {
	if t.categories == nil {
		t.categories, t.byID = map[string]*wordpress.Term{}, map[string]*wordpress.Term{}
		t.sections, t.depth = map[string]news.SectionID{}, map[news.SectionID]int{}
		t.topics, t.people = map[string]news.TopicID{}, map[string]news.PersonID{}
	}
}

// declare notes a term of the export's head. Only those that an article has are
// stored, with what stands above them.
func (t *terms) declare(term *wordpress.Term) {
	t.init()
	if (term.Taxonomy == "category" || term.Taxonomy == "post_tag") && term.Slug != "" {
		t.categories[term.Taxonomy+"/"+term.Slug] = term
		t.byID[fmt.Sprintf("%s/%d", term.Taxonomy, term.ID)] = term
	}
}

// declared is the term with an id that the export's head or an earlier one has
// told of; nil for none.
func (t *terms) declared(taxonomy, id string) *wordpress.Term {
	return t.byID[taxonomy+"/"+id]
}

// section returns the section of a category, which is made when it is new.
func (t *terms) section(ctx context.Context, slug, name string) (news.SectionID, error) {
	return t.sectionBelow(ctx, slug, name, map[string]bool{})
}

func (t *terms) sectionBelow(ctx context.Context, slug, name string, way map[string]bool) (news.SectionID, error) {
	t.init()
	if id, ok := t.sections[slug]; ok {
		return id, nil
	}
	way[slug] = true
	s := &news.Section{Name: name, Slug: news.Slug(slug)}
	term := t.categories["category/"+slug]
	if term != nil {
		s.Name, s.Description = plain(term.Name), plain(term.Description)
		switch {
		case term.Parent == "" || t.categories["category/"+term.Parent] == nil:
		case way[term.Parent]:
			t.w.report.Add(Entry{What: "circle of categories", Why: "it stands below itself; here it stands at the top", File: t.w.file, Item: "category " + slug})
		default:
			parent, err := t.sectionBelow(ctx, term.Parent, term.Parent, way)
			if err != nil {
				return 0, err
			}
			s.Parent = parent
		}
	}
	if s.Name == "" {
		s.Name = slug
	}
	if s.Slug == "" {
		s.Slug = "section-" + fmt.Sprint(len(t.sections)+1)
	}
	if err := t.w.desk.ImportSection(ctx, t.w.source, slug, s); err != nil {
		return 0, err
	}
	t.sections[slug] = s.ID
	t.depth[s.ID] = strings.Count(t.categoryPath(slug), "/")
	t.w.report.Count("sections", 1)
	to := news.Target{Noun: news.SectionNoun, ID: int64(s.ID)}
	t.move("/category/"+t.categoryPath(slug)+"/", to)
	t.move("/category/"+slug+"/", to)
	if term != nil && term.ID != 0 {
		again := *s
		if err := t.w.desk.ImportSection(ctx, t.w.source, fmt.Sprintf("id:%d", term.ID), &again); err != nil {
			return 0, err
		}
	}
	return s.ID, nil
}

// categoryPath is the slugs from the top down to a category, as WordPress puts
// them into its address.
func (t *terms) categoryPath(slug string) string {
	path := slug
	for seen := map[string]bool{}; !seen[slug]; {
		seen[slug] = true
		term := t.categories["category/"+slug]
		if term == nil || term.Parent == "" {
			break
		}
		slug = term.Parent
		path = slug + "/" + path
	}
	return path
}

func (t *terms) move(path string, to news.Target) {
	t.w.moves = append(t.w.moves, news.Address{Path: cleanPath(path), Target: to, State: news.Moved})
}

func (t *terms) topic(ctx context.Context, slug, name string) (news.TopicID, error) {
	t.init()
	if id, ok := t.topics[slug]; ok {
		return id, nil
	}
	topic := &news.Topic{Name: plain(name), Slug: news.Slug(slug)}
	if term := t.categories["post_tag/"+slug]; term != nil {
		topic.Name, topic.Description = plain(term.Name), plain(term.Description)
	}
	if topic.Name == "" {
		topic.Name = slug
	}
	if topic.Slug == "" {
		topic.Slug = "topic-" + fmt.Sprint(len(t.topics)+1)
	}
	if err := t.w.desk.ImportTopic(ctx, t.w.source, slug, topic); err != nil {
		return 0, err
	}
	t.topics[slug] = topic.ID
	t.w.report.Count("topics", 1)
	t.move("/tag/"+slug+"/", news.Target{Noun: news.TopicNoun, ID: int64(topic.ID)})
	return topic.ID, nil
}

// author stores a user of the old site.
func (t *terms) author(ctx context.Context, a *wordpress.Author) error {
	t.init()
	if a.Login == "" {
		return nil
	}
	_, err := t.person(ctx, a.Login, &news.Person{Name: plain(a.Name()), Email: a.Email})
	return err
}

// guest stores a guest author of Co-Authors Plus.
func (t *terms) guest(ctx context.Context, p *wordpress.Post) error {
	login, who := guestAuthor(p)
	if login == "" {
		return nil
	}
	_, err := t.person(ctx, login, who)
	return err
}

// guestAuthor reads an item about a guest author of Co-Authors Plus.
func guestAuthor(p *wordpress.Post) (login string, who *news.Person) {
	login = cmp.Or(p.MetaValue("cap-user_login"), strings.TrimPrefix(p.Slug, "cap-"))
	biography, _ := richtext.FromHTML(p.MetaValue("cap-description"))
	return login, &news.Person{Name: plain(cmp.Or(p.MetaValue("cap-display_name"), p.Title)), Email: p.MetaValue("cap-user_email"),
		Website: p.MetaValue("cap-website"), Biography: biography.Text()}
}

// person returns the id of the person with a login, who is stored when new.
func (t *terms) person(ctx context.Context, login string, p *news.Person) (news.PersonID, error) {
	t.init()
	if id, ok := t.people[login]; ok {
		return id, nil
	}
	p.Slug = news.Slug(login)
	if p.Name == "" {
		p.Name = login
	}
	if p.Slug == "" {
		p.Slug = "person-" + fmt.Sprint(len(t.people)+1)
	}
	if err := t.w.desk.ImportPerson(ctx, t.w.source, login, p); err != nil {
		return 0, err
	}
	t.people[login] = p.ID
	t.w.report.Count("people", 1)
	to := news.Target{Noun: news.PersonNoun, ID: int64(p.ID)}
	t.move("/author/"+login+"/", to)
	t.move("/author/"+p.Slug+"/", to)
	return p.ID, nil
}

// setTerms gives an article its sections, topics and byline.
func (w *WordPress) setTerms(ctx context.Context, p *wordpress.Post, a *news.Article) error {
	var byline []string
	for _, term := range p.Terms {
		switch term.Taxonomy {
		case "category":
			if p.Type == "page" {
				continue
			}
			id, err := w.terms.section(ctx, term.Slug, term.Name)
			if err != nil {
				return err
			}
			a.Sections = append(a.Sections, id)
		case "post_tag":
			id, err := w.terms.topic(ctx, term.Slug, term.Name)
			if err != nil {
				return err
			}
			a.Topics = append(a.Topics, id)
		case "author": // Co-Authors Plus
			byline = append(byline, strings.TrimPrefix(term.Slug, "cap-"))
		case "post_format", "nav_menu", "language", "post_translations":
		default:
			w.report.Add(w.entry(p, "term left out", fmt.Sprintf("the term %q of the taxonomy %q has no place here", term.Name, term.Taxonomy)))
		}
	}
	a.Sections = w.mainFirst(p, unique(a.Sections))
	a.Topics = unique(a.Topics)
	if len(a.Sections) > 0 {
		a.Section = a.Sections[0]
	}
	if len(byline) == 0 && p.Creator != "" && a.Kind == news.Story {
		byline = []string{p.Creator}
	}
	for _, login := range byline {
		id, err := w.terms.person(ctx, login, w.ahead.guest(login))
		if err != nil {
			return err
		}
		if c := (news.Credit{Person: id}); !slices.Contains(a.Byline, c) {
			a.Byline = append(a.Byline, c)
		}
	}
	return nil
}

// mainFirst puts first the section that the article belongs to: the one that
// its editors marked as primary, else the one that stands lowest, since
// WordPress names those above it, too.
func (w *WordPress) mainFirst(p *wordpress.Post, ids []news.SectionID) []news.SectionID {
	if c := w.terms.declared("category", p.MetaValue("_yoast_wpseo_primary_category")); c != nil {
		if i := slices.Index(ids, w.terms.sections[c.Slug]); i > 0 {
			ids[0], ids[i] = ids[i], ids[0]
			return ids
		}
	}
	for i := 1; i < len(ids); i++ {
		if w.terms.depth[ids[i]] > w.terms.depth[ids[0]] {
			ids[0], ids[i] = ids[i], ids[0]
		}
	}
	return ids
}

func unique[T comparable](list []T) []T {
	seen := map[T]bool{}
	out := list[:0]
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

func shorten(s string) string { return richtext.Shorten(s, 80) }
