package news

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Settings is what the paper is: the part of its configuration that belongs to
// the newsroom and not to whoever runs the machine.
type Settings struct {
	Title        string `json:"title"`
	Tagline      string `json:"tagline"`
	Address      string `json:"address"`       // public origin, as "https://paper.example"; "" while it is not known
	Language     string `json:"language"`      // of the site: BCP 47
	TimeZone     string `json:"time_zone"`     // IANA name, as "Europe/Berlin"
	RightsHolder string `json:"rights_holder"` // "" : the first name of an article's byline, else the title
	RightsLine   string `json:"rights_line"`   // with {year} and {holder}; "" : the language's own wording
	ArticlePath  string `json:"article_path"`  // pattern of a new article's address
	SectionPath  string `json:"section_path"`  // likewise of a section, with {path}: the slugs from the top down
	TopicPath    string `json:"topic_path"`    // likewise, with {slug}
	PersonPath   string `json:"person_path"`   // likewise, with {slug}
	CommentsOpen bool   `json:"comments_open"` // whether comments are taken at all: each article says how
	ListLength   int    `json:"list_length"`   // articles on one page of a list
	Email        string `json:"email"`         // for readers' letters; "" for none
	Maintenance  bool   `json:"maintenance"`   // readers get a page that says so, with status 503, and nothing else

	CommentsDefault    CommentMode `json:"comments_default"`     // of a new story
	CommentsCloseAfter int         `json:"comments_close_after"` // days that a story takes comments, from its publication; 0 for ever

	// How it looks: what the theme's theme.toml lets a paper choose. "" is the
	// theme's own. Whether the theme has it, and whether a colour can be read on
	// its backgrounds, the theme knows.
	Logo        PictureID `json:"logo"`         // in place of the title at the top; 0 for none
	Accent      string    `json:"accent"`       // "#rrggbb"
	AccentDark  string    `json:"accent_dark"`  // likewise, for dark surroundings
	Fonts       string    `json:"fonts"`        // name of a set of typefaces
	FrontLayout string    `json:"front_layout"` // name of an arrangement of the front page
}

// DefaultSettings is a paper that nobody has described yet.
func DefaultSettings() Settings {
	return Settings{
		Language:     "en",
		TimeZone:     "UTC",
		ArticlePath:  "/{section}/{year}/{month}/{day}/{slug}/",
		SectionPath:  "/{path}/",
		TopicPath:    "/topic/{slug}/",
		PersonPath:   "/author/{slug}/",
		CommentsOpen: true, CommentsDefault: CommentsModerated,
		ListLength: 20,
	}
}

// Check says in words what is wrong with the settings, by their JSON name; nil
// when nothing is.
func (s *Settings) Check() map[string]string {
	wrong := map[string]string{}
	if _, err := time.LoadLocation(s.TimeZone); err != nil || s.TimeZone == "" || s.TimeZone == "Local" {
		wrong["time_zone"] = fmt.Sprintf("%q is no time zone; write one like \"Europe/Berlin\"", s.TimeZone)
	}
	if u, err := url.Parse(s.Address); s.Address != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "") {
		wrong["address"] = fmt.Sprintf("%q is no web address of a site; write one like \"https://paper.example\"", s.Address)
	}
	if s.Language == "" {
		wrong["language"] = "a language is needed, such as \"en\""
	}
	if s.ListLength < 1 || s.ListLength > 200 {
		wrong["list_length"] = "a number from 1 to 200 is needed"
	}
	if s.CommentsCloseAfter < 0 || s.CommentsCloseAfter > 36500 {
		wrong["comments_close_after"] = "a number of days is needed, up to 36500, or 0 for never"
	}
	if !slices.Contains(CommentModes(), s.CommentsDefault) {
		wrong["comments_default"] = fmt.Sprintf("%q is no way to take comments; there are \"open\", \"moderated\" and \"closed\"", s.CommentsDefault)
	}
	if s.Logo < 0 {
		wrong["logo"] = "the number of a picture is needed, or 0 for none"
	}
	for name, colour := range map[string]string{"accent": s.Accent, "accent_dark": s.AccentDark} {
		if words := colourProblem(colour); words != "" {
			wrong[name] = words
		}
	}
	for name, p := range map[string]struct{ pattern, must string }{
		"article_path": {s.ArticlePath, "{slug}"}, "section_path": {s.SectionPath, "{path}"},
		"topic_path": {s.TopicPath, "{slug}"}, "person_path": {s.PersonPath, "{slug}"},
	} {
		if !strings.HasPrefix(p.pattern, "/") || !strings.Contains(p.pattern, p.must) || strings.ContainsAny(p.pattern, "?#\\ ") {
			wrong[name] = fmt.Sprintf("a path is needed that begins with / and holds %s", p.must)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// Zone is the paper's time zone; UTC where the name is unknown, which Check
// does not let through.
func (s *Settings) Zone() *time.Location {
	z, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return z
}
