// Package demo is the sample newspaper, The Kelmouth Lantern: its articles,
// people, comments, advertisements and drawn pictures, all invented, embedded
// in the binary.
//
// It is for trying Broadsheet out and for looking at what the theme does; it is
// no fixture whose exact words a test of another package may rely on. The
// content stands in the folder content, where an editor can change it without
// reading Go. Start reading at [Load].
package demo

import (
	"embed"
	"image"
	"strings"
	"time"

	"broadsheet/internal/ads"
	"broadsheet/internal/news"
)

//go:embed content
var contentFiles embed.FS

// Reference begins each address in a body that is to be replaced: what follows
// it is a slug. The content's files write "demo:" for it; this is a path, and
// one that nothing else can have, since package richtext keeps no link with a
// scheme that it doesn't know.
const Reference = "/-/demo/"

// Paper is the whole content. Things name each other by slug, and every name in
// it leads to something in it.
type Paper struct {
	Settings news.Settings // Address is ""
	Menus    []Menu
	Ads      []ads.Booking // checked; texts only, no picture
	Sections []Section     // each after its parent, siblings in their order
	People   []Person
	Topics   []Topic
	Pictures []Picture
	Articles []Article // by time of publication, oldest first; then scheduled ones, then drafts
	Pages    []Page
	Comments []Comment // by time, so that each stands after the one it answers
}

// Menu is a list of links; Name is [news.MainMenu] or [news.FooterMenu].
type Menu struct {
	Name  string     `toml:"name"`
	Items []MenuItem `toml:"item"`
}

// MenuItem leads to exactly one of a section, a topic, a standing page (each by
// its slug) or an address. Label is "" where the target's own name is to stand.
type MenuItem struct {
	Label   string     `toml:"label"`
	Section string     `toml:"section"`
	Topic   string     `toml:"topic"`
	Page    string     `toml:"page"`
	URL     string     `toml:"url"` // a path that Broadsheet has by itself, as "/feed/"
	Items   []MenuItem `toml:"item"`
}

// Section is a part of the paper; Parent is "" at the top.
type Section struct {
	Slug        string `toml:"slug"`
	Parent      string `toml:"parent"`
	Name        string `toml:"name"`
	Description string `toml:"description"`
}

// Topic is what articles from any section may have in common.
type Topic struct {
	Slug        string `toml:"slug"`
	Name        string `toml:"name"`
	Description string `toml:"description"`
}

// Person is somebody with a byline. Biography is plain text, its paragraphs
// parted by a blank line.
type Person struct {
	Slug      string `toml:"slug"`
	Name      string `toml:"name"`
	Email     string `toml:"email"`
	Biography string `toml:"biography"`
	Picture   string `toml:"picture"` // slug; "" for none
}

// Picture is a drawing with what must be told about it.
type Picture struct {
	Slug    string `toml:"slug"`
	Title   string `toml:"title"`
	Alt     string `toml:"alt"`
	Caption string `toml:"caption"`
	Credit  string `toml:"credit"`

	draw func() *image.RGBA
}

// Article is a piece of news in any state.
//
// Body is HTML in which [Reference] and a slug stand for another article's
// address (in href) and for a picture's (in src); a link may lead to an article
// that is not public yet.
type Article struct {
	Slug       string
	Language   string // BCP 47; never ""
	Kicker     string
	Genre      news.Genre
	Sponsor    string // of a sponsored article; "" otherwise
	Original   string // slug of the article that it translates; "" for most
	Headline   string
	Standfirst string
	Section    string
	AlsoIn     []string // further sections; nil for most
	Topics     []string
	Byline     []Credit // empty for syndicated copy only
	Picture    string   // slug of the lead picture; "" for none
	Source     news.Source
	Comments   news.CommentMode
	Pinned     bool

	State     news.State // Published, Scheduled or Draft
	Published time.Time  // zero unless State is Published
	Updated   time.Time  // zero for most
	Scheduled time.Time  // zero unless State is Scheduled

	Corrections []news.Correction // oldest first; nil for most
	Body        string
}

// Credit is one name of a byline; Role is "" for the writer.
type Credit struct {
	Person string `toml:"person"`
	Role   string `toml:"role"`
}

// Page is a standing page; Body is HTML as in [Article].
type Page struct {
	Slug       string `toml:"slug"`
	Headline   string `toml:"headline"`
	Standfirst string `toml:"standfirst"`
	Body       string `toml:"body"`
}

// Comment is a reader's. ID is unique in the paper; Parent is the ID of the
// comment that it answers, "" for the article. State is Approved or Held.
type Comment struct {
	ID      string
	Article string
	Parent  string
	Name    string
	Email   string
	Text    string
	State   news.CommentState
	Posted  time.Time
}

// Load reads the paper as of now: times of recent articles and comments, and
// the weekdays and dates in their texts, are counted back from it, and the
// newest is about two hours old. No picture is drawn yet. It takes a few
// milliseconds and only fails when the embedded content is not whole; the error
// then names everything that is wrong.
func Load(now time.Time) (*Paper, error) {
	r := reader{files: contentFiles, now: now}
	p := r.paper()
	r.articles(p)
	r.comments(p)
	r.check(p)
	if err := r.err(); err != nil {
		return nil, err
	}
	p.refer()
	return p, nil
}

// refer puts Reference into all bodies.
func (p *Paper) refer() {
	for i := range p.Articles {
		p.Articles[i].Body = strings.ReplaceAll(p.Articles[i].Body, `"demo:`, `"`+Reference)
	}
	for i := range p.Pages {
		p.Pages[i].Body = strings.ReplaceAll(p.Pages[i].Body, `"demo:`, `"`+Reference)
	}
}
