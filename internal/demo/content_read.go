package demo

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"broadsheet/internal/ads"
	"broadsheet/internal/news"
)

// reader reads the content of one folder and remembers all that is wrong with
// it, since whoever edits content wants to hear of every mistake at once.
type reader struct {
	files fs.FS
	now   time.Time
	zone  *time.Location
	wrong []error
}

func (r *reader) fail(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Errorf(format, args...))
}

// err is everything that was wrong; nil when nothing was.
func (r *reader) err() error {
	if len(r.wrong) == 0 {
		return nil
	}
	return fmt.Errorf("the sample newspaper is not whole: %w", errors.Join(r.wrong...))
}

// decode reads TOML strictly: a misspelt key must not pass for a missing one.
func (r *reader) decode(name string, text []byte, into any) {
	err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(into)
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		r.fail("%s: unknown keys:\n%s", name, strict.String())
	} else if err != nil {
		r.fail("%s: %w", name, err)
	}
}

func (r *reader) file(name string, into any) {
	text, err := fs.ReadFile(r.files, path.Join("content", name))
	if err != nil {
		r.fail("%w", err)
		return
	}
	r.decode(name, text, into)
}

// paper reads everything that does not hang on a time.
func (r *reader) paper() *Paper {
	var about struct {
		Title        string        `toml:"title"`
		Tagline      string        `toml:"tagline"`
		Language     string        `toml:"language"`
		TimeZone     string        `toml:"time_zone"`
		RightsHolder string        `toml:"rights_holder"`
		Email        string        `toml:"email"`
		Menus        []Menu        `toml:"menu"`
		Ads          []ads.Booking `toml:"ad"`
	}
	r.file("paper.toml", &about)
	p := &Paper{Settings: news.DefaultSettings(), Menus: about.Menus, Ads: about.Ads}
	p.Settings.Title, p.Settings.Tagline = about.Title, about.Tagline
	p.Settings.Language, p.Settings.TimeZone = about.Language, about.TimeZone
	p.Settings.RightsHolder, p.Settings.Email = about.RightsHolder, about.Email
	r.zone = p.Settings.Zone()

	var lists struct {
		Sections []Section `toml:"section"`
		People   []Person  `toml:"person"`
		Topics   []Topic   `toml:"topic"`
		Pictures []Picture `toml:"picture"`
		Pages    []Page    `toml:"page"`
	}
	for _, name := range []string{"sections.toml", "people.toml", "topics.toml", "pictures.toml", "pages.toml"} {
		r.file(name, &lists)
	}
	p.Sections, p.People, p.Topics, p.Pages = lists.Sections, lists.People, lists.Topics, lists.Pages
	for _, s := range lists.Pictures {
		if s.draw = drawing(s.Slug); s.draw == nil {
			r.fail("pictures.toml: nothing draws %q", s.Slug)
		}
		p.Pictures = append(p.Pictures, s)
	}
	for i := range p.People {
		p.People[i].Biography = strings.TrimSpace(p.People[i].Biography)
	}
	return p
}

// frontMatter is what stands above an article's body.
type frontMatter struct {
	Language   string     `toml:"language"`
	Genre      news.Genre `toml:"genre"` // none: news
	Sponsor    string     `toml:"sponsor"`
	Original   string     `toml:"translation_of"`
	Kicker     string     `toml:"kicker"`
	Headline   string     `toml:"headline"`
	Standfirst string     `toml:"standfirst"`
	Section    string     `toml:"section"`
	AlsoIn     []string   `toml:"also_in"`
	Topics     []string   `toml:"topics"`
	Byline     []Credit   `toml:"byline"`
	Picture    string     `toml:"picture"`
	Source     struct {
		Name    string `toml:"name"`
		URL     string `toml:"url"`
		Licence string `toml:"licence"`
	} `toml:"source"`
	CommentsClosed bool   `toml:"comments_closed"`
	Pinned         bool   `toml:"pinned"`
	Published      moment `toml:"published"` // of a draft: none
	Updated        string `toml:"updated"`   // how long after publication, as "3h20m"
	Scheduled      moment `toml:"scheduled"`

	Corrections []struct {
		After string `toml:"after"` // how long after publication
		Text  string `toml:"text"`
	} `toml:"corrections"`
}

// articles reads the folder of articles in the order that [Paper] promises.
func (r *reader) articles(p *Paper) {
	names, err := fs.Glob(r.files, "content/articles/*.html")
	if err != nil {
		r.fail("%w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(r.files, name)
		if err != nil {
			r.fail("%w", err)
			continue
		}
		p.Articles = append(p.Articles, r.article(strings.TrimSuffix(path.Base(name), ".html"), p.Settings.Language, string(text)))
	}
	rank := map[news.State]int{news.Scheduled: 1, news.Draft: 2}
	slices.SortStableFunc(p.Articles, func(a, b Article) int {
		return cmp.Or(cmp.Compare(rank[a.State], rank[b.State]), a.Published.Compare(b.Published))
	})
}

// article reads one file: front matter between lines of "+++", then the body.
func (r *reader) article(slug, language, text string) Article {
	a := Article{Slug: slug, Language: language, Comments: news.CommentsModerated, State: news.Draft}
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "+++\n"), "\n+++\n")
	if !ok {
		r.fail("%s: no front matter between two lines of +++", slug)
		return a
	}
	var f frontMatter
	r.decode(slug, []byte(head), &f)
	if f.Language != "" {
		a.Language = f.Language
	}
	if f.CommentsClosed {
		a.Comments = news.CommentsClosed
	}
	a.Kicker, a.Section, a.AlsoIn, a.Topics, a.Byline = f.Kicker, f.Section, f.AlsoIn, f.Topics, f.Byline
	a.Genre, a.Sponsor, a.Original = cmp.Or(f.Genre, news.Report), f.Sponsor, f.Original
	a.Picture, a.Pinned, a.Source = f.Picture, f.Pinned, news.Source(f.Source)

	day := r.now.In(r.zone)
	switch {
	case !f.Published.isZero():
		a.State, a.Published = news.Published, r.instant(slug, f.Published)
		day = a.Published
		if f.Updated != "" {
			a.Updated = a.Published.Add(r.duration(slug, f.Updated))
		}
	case !f.Scheduled.isZero():
		a.State, a.Scheduled = news.Scheduled, r.instant(slug, f.Scheduled)
		day = a.Scheduled
	}
	for _, c := range f.Corrections {
		made := a.Published.Add(r.duration(slug, c.After))
		a.Corrections = append(a.Corrections, news.Correction{Made: made, Text: r.dated(slug, c.Text, made)})
	}
	a.Headline, a.Standfirst = r.dated(slug, f.Headline, day), r.dated(slug, f.Standfirst, day)
	a.Body = r.dated(slug, strings.TrimSpace(body), day)
	return a
}

// comments reads the readers' letters; their times hang on their article's.
func (r *reader) comments(p *Paper) {
	var list struct {
		Comments []struct {
			ID      string `toml:"id"`
			Article string `toml:"article"`
			Parent  string `toml:"parent"`
			Name    string `toml:"name"`
			Email   string `toml:"email"`
			After   string `toml:"after"` // how long after the article's publication
			Held    bool   `toml:"held"`
			Text    string `toml:"text"`
		} `toml:"comment"`
	}
	r.file("comments.toml", &list)
	published := map[string]time.Time{}
	for _, a := range p.Articles {
		published[a.Slug] = a.Published
	}
	for _, c := range list.Comments {
		posted := published[c.Article].Add(r.duration(c.ID, c.After))
		state := news.Approved
		if c.Held {
			state = news.Held
		}
		p.Comments = append(p.Comments, Comment{
			ID: c.ID, Article: c.Article, Parent: c.Parent, Name: c.Name, Email: c.Email,
			Text: r.dated(c.ID, strings.TrimSpace(c.Text), posted), State: state, Posted: posted,
		})
	}
	slices.SortStableFunc(p.Comments, func(a, b Comment) int { return a.Posted.Compare(b.Posted) })
}
