package wordpress

import "time"

// Item is one thing of an export. Exactly one field is set.
type Item struct {
	Site     *Site
	Author   *Author
	Category *Term
	Tag      *Term
	Term     *Term // of another taxonomy, menus among them
	Post     *Post
	Problem  *Problem
}

// Site is what the head of an export says. It comes once in a file, before the
// first post.
type Site struct {
	Title       string
	Link        string
	Description string
	Language    string // as "en-US"
	BaseSiteURL string
	BaseBlogURL string
	Version     string // of WXR; "" when it is not told
}

// Author is a user of the old site.
type Author struct {
	ID                                     int64
	Login, Email, DisplayName, First, Last string
}

// Name is the author's name as readers saw it.
func (a *Author) Name() string {
	switch {
	case a.DisplayName != "":
		return a.DisplayName
	case a.First != "" || a.Last != "":
		return joinWords(a.First, a.Last)
	}
	return a.Login
}

// Term is a category, a tag or a term of another taxonomy.
type Term struct {
	ID          int64
	Taxonomy    string // "category", "post_tag", "nav_menu", …
	Slug        string // decoded
	Parent      string // slug; "" at the top
	Name        string
	Description string
}

// Post is an item of any post type: an article, a page, an attachment, a menu's
// item. Texts are as they stood in the database.
type Post struct {
	Offset       int64  // of the item in the file, in bytes after decompression
	Hash         string // equal when the item says the same, comments aside
	CommentsHash string

	ID            int64 // 0 when it is missing; an export that was edited may use one twice
	Type          string
	Status        string
	Title         string
	Link          string
	GUID          string
	Slug          string // decoded
	Creator       string // login
	Content       string
	Excerpt       string
	Date          time.Time // the site's wall clock, kept as if it were UTC; zero for none
	DateGMT       time.Time // zero for drafts
	Modified      time.Time
	ModifiedGMT   time.Time
	Published     time.Time // pubDate
	Parent        int64
	MenuOrder     int
	Password      string
	Sticky        bool
	CommentStatus string
	AttachmentURL string
	Terms         []PostTerm
	Meta          []Meta
	Comments      []Comment
}

// PostTerm is a term that a post has.
type PostTerm struct {
	Taxonomy string
	Slug     string // decoded
	Name     string
}

// Meta is one custom field. A key may come many times.
type Meta struct{ Key, Value string }

// MetaValue is the first value of a custom field, "" for none.
func (p *Post) MetaValue(key string) string {
	for _, m := range p.Meta {
		if m.Key == key {
			return m.Value
		}
	}
	return ""
}

// Comment is a reader's comment, or a ping.
type Comment struct {
	ID, Parent, UserID      int64
	Author, Email, URL, IP  string
	Date, DateGMT           time.Time
	Content, Approved, Type string
}

// Problem is something that was repaired or left out.
type Problem struct {
	Offset int64
	ItemID int64  // 0 when it is in none, or the id is not known
	Kind   string // for counting
	Text   string // in words
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
