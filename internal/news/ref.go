package news

import (
	"slices"
	"strconv"
	"time"
)

// Ref names something that pages show and that can change: a thing, or a list.
// What a thing is and what it lists are different refs, so that a new article
// in a section changes the section's list and nothing that only names the
// section.
type Ref string

// The refs that stand for the whole paper.
const (
	SettingsRef Ref = "settings"
	LatestRef   Ref = "latest" // the list of all articles
	PeopleRef   Ref = "people" // who has a byline that readers can see

	CorrectionsRef Ref = "corrections" // the list of all that was corrected
)

// ArticleRef is an article's headline, picture, address and whether it is there.
func ArticleRef(id ArticleID) Ref { return ref("article/", int64(id), "") }

// ArticleBodyRef is all else that an article's own page shows.
func ArticleBodyRef(id ArticleID) Ref { return ref("article/", int64(id), "/body") }

// ArticlesBelowRef is the public standing pages below one.
func ArticlesBelowRef(id ArticleID) Ref { return ref("article/", int64(id), "/below") }

// TranslationsRef is the public articles of a group of translations.
func TranslationsRef(group ArticleID) Ref { return ref("translations/", int64(group), "") }

// ArticleCommentsRef is the approved comments below an article.
func ArticleCommentsRef(id ArticleID) Ref { return ref("article/", int64(id), "/comments") }

// ArticleCorrectionsRef is what was corrected in an article.
func ArticleCorrectionsRef(id ArticleID) Ref { return ref("article/", int64(id), "/corrections") }

// ArticleClosingRef is whether an article's comments were closed by time.
func ArticleClosingRef(id ArticleID) Ref { return ref("article/", int64(id), "/closing") }

// SectionRef is a section's name and place.
func SectionRef(id SectionID) Ref { return ref("section/", int64(id), "") }

// SectionListRef is the articles of a section and of those below it.
func SectionListRef(id SectionID) Ref { return ref("section/", int64(id), "/list") }

// SectionsRef is which sections there are, how they nest and in which order: it
// changes with each of them.
const SectionsRef Ref = "sections"

// TopicRef is a topic's name and address.
func TopicRef(id TopicID) Ref { return ref("topic/", int64(id), "") }

// TopicListRef is the articles of a topic.
func TopicListRef(id TopicID) Ref { return ref("topic/", int64(id), "/list") }

// PersonRef is a person's name, address and biography.
func PersonRef(id PersonID) Ref { return ref("person/", int64(id), "") }

// PersonListRef is the articles with a person's byline.
func PersonListRef(id PersonID) Ref { return ref("person/", int64(id), "/list") }

// PictureRef is a picture's file and what is told about it.
func PictureRef(id PictureID) Ref { return ref("picture/", int64(id), "") }

// MenuRef is a menu's items.
func MenuRef(name string) Ref { return Ref("menu/" + name) }

// FrontRef is how a front is arranged by hand, the front page for 0.
func FrontRef(id SectionID) Ref { return ref("front/", int64(id), "") }

// FrontsRef is the arrangements of all fronts.
const FrontsRef Ref = "fronts"

// AddressRef is what an address leads to, also when that is nothing.
func AddressRef(path string) Ref { return Ref("address/" + path) }

func ref(noun string, id int64, part string) Ref {
	return Ref(noun + strconv.FormatInt(id, 10) + part)
}

// Change is what one write has made different for readers. It is announced
// once, after the transaction was committed; Refs is sorted and without
// repeats.
type Change struct {
	At   time.Time
	Refs []Ref
}

// NewChange makes a change of refs, which it sorts and rids of repeats.
func NewChange(at time.Time, refs []Ref) Change {
	slices.Sort(refs)
	return Change{At: at, Refs: slices.Compact(refs)}
}
