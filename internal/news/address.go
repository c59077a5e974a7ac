package news

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Noun names a kind of thing that an address can lead to.
type Noun string

// The nouns that have addresses.
const (
	ArticleNoun Noun = "article" // standing pages too
	SectionNoun Noun = "section"
	TopicNoun   Noun = "topic"
	PersonNoun  Noun = "person"
	StaffNoun   Noun = "staff" // has no address; for the audit log
	PictureNoun Noun = "picture"
	FrontNoun   Noun = "front" // likewise; its id is that of its section, 0 for the front page
)

// Target names one thing that an address leads to. The zero Target is nothing.
type Target struct {
	Noun Noun  `json:"noun"`
	ID   int64 `json:"id"`
}

// AddressState says how an address answers.
type AddressState string

// The states of an address.
const (
	Reserved AddressState = "reserved" // of a draft: answers exactly like an unknown path
	Current  AddressState = "current"  // the one address of its target
	Moved    AddressState = "moved"    // 301 to its target's current address, or to To
	GoneAway AddressState = "gone"     // 410
)

// Address is one public path. Path is decoded UTF-8 in NFC and begins with "/".
type Address struct {
	Path   string
	Target Target
	State  AddressState
	To     string // of a moved address without target: where to; else ""
}

// NewArticlePath fills the settings' pattern for an article published at the given
// time: {section} (the slugs of sections from the top down, "news" for none),
// {year}, {month}, {day} in the paper's zone, {slug} and {id}.
func (s *Settings) NewArticlePath(a *Article, line []*Section, at time.Time) string {
	if a.Kind == StandingPage {
		return "/" + a.Slug + "/"
	}
	var slugs []string
	for _, sec := range line {
		slugs = append(slugs, sec.Slug)
	}
	section := strings.Join(slugs, "/")
	if section == "" {
		section = "news"
	}
	at = at.In(s.Zone())
	return strings.NewReplacer(
		"{section}", section, "{slug}", a.Slug, "{id}", strconv.FormatInt(int64(a.ID), 10),
		"{year}", at.Format("2006"), "{month}", at.Format("01"), "{day}", at.Format("02"),
	).Replace(s.ArticlePath)
}

// NewSectionPath fills the settings' pattern for the last section of line.
func (s *Settings) NewSectionPath(line []*Section) string {
	var slugs []string
	for _, sec := range line {
		slugs = append(slugs, sec.Slug)
	}
	return strings.ReplaceAll(s.SectionPath, "{path}", strings.Join(slugs, "/"))
}

// CorrectionsPaths are where the list of corrections stands: at the first of them
// where nothing else does. Nothing new gets such an address; what was imported keeps
// its own.
func CorrectionsPaths() [2]string { return [2]string{"/corrections/", "/all-corrections/"} }

// String is the target's ref, as "article/91".
func (t Target) String() string { return fmt.Sprintf("%s/%d", t.Noun, t.ID) }

// ReservedPath reports whether a path is Broadsheet's own, so that no article,
// section, topic or person can have it.
func ReservedPath(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "", "-", "assets", "newsroom", "preview", "search", "feed", "robots.txt", "favicon.ico", "sitemap.xml":
		return true
	}
	return false
}
