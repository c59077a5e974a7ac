package news

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Settings is what the paper is: the part of its configuration that belongs to
// the newsroom and not to whoever runs the machine.
type Settings struct {
	Version int `json:"-"` // rises by one with each write; 0 while nobody has described the paper

	Title        string   `json:"title"`
	Tagline      string   `json:"tagline"`
	Address      string   `json:"address"`       // public origin, as "https://paper.example"; "" while it is not known
	Language     string   `json:"language"`      // of the site: BCP 47
	Languages    []string `json:"languages"`     // others that articles are written in, for the newsroom to choose from
	TimeZone     string   `json:"time_zone"`     // IANA name, as "Europe/Berlin"
	RightsHolder string   `json:"rights_holder"` // "" : the first name of an article's byline, else the title
	RightsLine   string   `json:"rights_line"`   // with {year} and {holder}; "" : the language's own wording
	ArticlePath  string   `json:"article_path"`  // pattern of a new article's address
	SectionPath  string   `json:"section_path"`  // likewise of a section, with {path}: the slugs from the top down
	TopicPath    string   `json:"topic_path"`    // likewise, with {slug}
	PersonPath   string   `json:"person_path"`   // likewise, with {slug}
	CommentsOpen bool     `json:"comments_open"` // whether comments are taken at all: each article says how
	ListLength   int      `json:"list_length"`   // articles on one page of a list
	Email        string   `json:"email"`         // for readers' letters; "" for none
	Maintenance  bool     `json:"maintenance"`   // readers get a page that says so, with status 503, and nothing else

	CommentsDefault    CommentMode `json:"comments_default"`     // of a new story
	CommentsCloseAfter int         `json:"comments_close_after"` // days that a story takes comments, from its publication; 0 for ever

	// Policies: the standing pages that say them, 0 for none. While one is public,
	// every page leads to it at its end.
	ImprintPage      ArticleID `json:"imprint_page"` // who is responsible, as the law asks for
	PrivacyPage      ArticleID `json:"privacy_page"`
	TermsPage        ArticleID `json:"terms_page"`
	CommentRulesPage ArticleID `json:"comment_rules_page"` // told beside the form for comments, too
	CorrectionsPage  ArticleID `json:"corrections_page"`   // how mistakes are put right

	Social        []string  `json:"social"`         // addresses of the paper's profiles elsewhere
	SocialPicture PictureID `json:"social_picture"` // shown elsewhere for pages without one; 0 for none
	TwitterSite   string    `json:"twitter_site"`   // the paper's name there, as "@lantern"; "" for none

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

// Pages are the settings that name a standing page, by their JSON name.
func (s *Settings) Pages() map[string]ArticleID {
	return map[string]ArticleID{"imprint_page": s.ImprintPage, "privacy_page": s.PrivacyPage, "terms_page": s.TermsPage,
		"comment_rules_page": s.CommentRulesPage, "corrections_page": s.CorrectionsPage}
}

// Pictures are likewise those that name a picture.
func (s *Settings) Pictures() map[string]PictureID {
	return map[string]PictureID{"logo": s.Logo, "social_picture": s.SocialPicture}
}

// settingLimits are how many characters settings may have, by their JSON name.
var settingLimits = map[string]int{"title": 200, "tagline": 500, "address": 300, "language": 35, "time_zone": 100, "rights_holder": 200, "rights_line": 500,
	"article_path": 200, "section_path": 200, "topic_path": 200, "person_path": 200, "email": MaxStaffEmail, "twitter_site": 16}

// Limits of the lists among the settings.
const (
	MaxLanguages   = 30
	MaxProfiles    = 30
	MaxProfile     = 500 // characters of an address
	MaxListLength  = 200
	MaxCommentDays = 36500
)

// SettingLimit is how many characters a setting may have, or how high its number
// may be; 0 for no limit.
func SettingLimit(field string) int {
	switch field {
	case "list_length":
		return MaxListLength
	case "comments_close_after":
		return MaxCommentDays
	case "social":
		return MaxProfiles
	case "languages":
		return MaxLanguages
	}
	return settingLimits[field]
}

// Check returns what is wrong with the settings, by their JSON name; nil when
// nothing is.
func (s *Settings) Check() map[string]FieldProblem {
	wrong := map[string]FieldProblem{}
	for name, text := range map[string]string{"title": s.Title, "tagline": s.Tagline, "address": s.Address, "language": s.Language, "time_zone": s.TimeZone,
		"rights_holder": s.RightsHolder, "rights_line": s.RightsLine, "article_path": s.ArticlePath, "section_path": s.SectionPath,
		"topic_path": s.TopicPath, "person_path": s.PersonPath, "email": s.Email, "twitter_site": s.TwitterSite} {
		if len([]rune(text)) > settingLimits[name] {
			wrong[name] = TooLong
		}
	}
	bad := func(when bool, name string, p FieldProblem) {
		if when && wrong[name] == "" {
			wrong[name] = p
		}
	}
	_, err := time.LoadLocation(s.TimeZone)
	bad(err != nil || s.TimeZone == "" || s.TimeZone == "Local", "time_zone", BadZone)
	bad(s.Address != "" && !isOrigin(s.Address), "address", BadOrigin)
	bad(s.Language == "", "language", Missing)
	bad(!IsLanguage(s.Language), "language", BadLanguage)
	bad(len(s.Languages) > MaxLanguages, "languages", TooMany)
	bad(slices.ContainsFunc(s.Languages, func(tag string) bool { return !IsLanguage(tag) }), "languages", BadLanguage)
	bad(s.ListLength < 1 || s.ListLength > MaxListLength, "list_length", BadNumber)
	bad(s.CommentsCloseAfter < 0 || s.CommentsCloseAfter > MaxCommentDays, "comments_close_after", BadNumber)
	bad(!slices.Contains(CommentModes(), s.CommentsDefault), "comments_default", BadChoice)
	bad(s.Email != "" && !plainEmail(s.Email), "email", BadEmail)
	bad(len(s.Social) > MaxProfiles, "social", TooMany)
	bad(slices.ContainsFunc(s.Social, func(u string) bool { return len([]rune(u)) > MaxProfile || !IsWeb(u) }), "social", BadURL)
	bad(s.TwitterSite != "" && !isHandle(s.TwitterSite), "twitter_site", BadHandle)
	bad(!isColour(s.Accent), "accent", BadColour)
	bad(!isColour(s.AccentDark), "accent_dark", BadColour)
	for name, id := range s.Pages() {
		bad(id < 0, name, NotThere)
	}
	for name, id := range s.Pictures() {
		bad(id < 0, name, NotThere)
	}
	for name, pattern := range map[string]string{"article_path": s.ArticlePath, "section_path": s.SectionPath, "topic_path": s.TopicPath, "person_path": s.PersonPath} {
		bad(!strings.HasPrefix(pattern, "/") || !strings.Contains(pattern, PathPart(name)) || strings.ContainsAny(pattern, "?#\\ ") || ReservedPath(pattern), name, BadPath)
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// PathPart is what the pattern of an address must hold, by the setting's JSON name.
func PathPart(field string) string {
	if field == "section_path" {
		return "{path}"
	}
	return "{slug}"
}

// isOrigin holds for the address of a site without any path.
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

// IsWeb holds for a whole address on the web.
func IsWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && !strings.ContainsAny(s, " \t\n\"<>")
}

// IsLanguage holds for what has the form of a language tag (BCP 47), as "en" or
// "pt-BR".
func IsLanguage(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && len(part) < 2 || strings.Trim(part, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			return false
		}
	}
	return true
}

// isHandle holds for a name as X, formerly Twitter, has them.
func isHandle(s string) bool {
	name, ok := strings.CutPrefix(s, "@")
	return ok && len(name) > 0 && len(name) <= 15 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
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

// MergeSettings puts together what two people have made of base: what one side
// alone has changed is taken over. Where both have, mine stands, and the JSON names
// of those are returned. The version is that of theirs.
func MergeSettings(base, mine, theirs *Settings) (merged Settings, both []string) {
	b, m, t := settingFields(base), settingFields(mine), settingFields(theirs)
	for name, value := range m {
		switch {
		case bytes.Equal(value, b[name]):
			m[name] = t[name]
		case !bytes.Equal(t[name], b[name]) && !bytes.Equal(t[name], value):
			both = append(both, name)
		}
	}
	merged = fieldSettings(m)
	merged.Version = theirs.Version
	slices.Sort(both)
	return merged, both
}

// SettingChange is one setting that differs between two states of the paper; its
// values are texts, or as JSON writes them.
type SettingChange struct{ Name, From, To string }

// CompareSettings are the settings that differ, in the order of their names.
func CompareSettings(from, to *Settings) []SettingChange {
	a, b := settingFields(from), settingFields(to)
	var list []SettingChange
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if !bytes.Equal(a[name], b[name]) {
			list = append(list, SettingChange{name, settingText(a[name]), settingText(b[name])})
		}
	}
	return list
}

func settingText(value json.RawMessage) string {
	var text string
	var list []string
	switch {
	case json.Unmarshal(value, &text) == nil:
		return text
	case json.Unmarshal(value, &list) == nil:
		return strings.Join(list, "\n")
	}
	return string(value)
}

// settingFields are the settings as JSON, by name. An empty list is as good as
// none.
func settingFields(s *Settings) map[string]json.RawMessage {
	whole := *s
	whole.Languages, whole.Social = slices.Clip(append([]string{}, s.Languages...)), slices.Clip(append([]string{}, s.Social...))
	text, err := json.Marshal(whole)
	if err != nil {
		return nil // texts, numbers and lists of them: can't fail
	}
	var all map[string]json.RawMessage
	if json.Unmarshal(text, &all) != nil {
		return nil
	}
	return all
}

func fieldSettings(all map[string]json.RawMessage) (s Settings) {
	text, err := json.Marshal(all)
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return DefaultSettings() // what settingFields wrote can be read
	}
	return s
}
