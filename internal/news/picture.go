package news

import (
	"strings"
	"time"
	"unicode/utf8"
)

// PictureID names a picture, or another file of the library; 0 is none.
type PictureID int64

// Picture is a file of the library with what must be told about it. Most are
// pictures; sound, film and documents that came with an import are kept the
// same way and have no size.
type Picture struct {
	ID      PictureID
	Name    string // file name as it came, as "harbour.jpg"
	Path    string // address under which it is served
	Blob    string // key of the original's bytes in the blob store; "" when they are missing
	Served  string // key of the bytes that readers get: the original, or a copy without what must not leave
	Type    string // media type, as "image/jpeg"
	Width   int    // in pixels as seen, after orientation; 0 when it is no picture
	Height  int
	Size    int64 // bytes of the original
	Title   string
	Alt     string
	Caption string
	Credit  string

	Rights   string    // whose it is, and on which terms it may be shown; for the newsroom
	Source   string    // from whom the paper has it: an agency, an archive; likewise
	Keywords string    // what it is found by besides, parted by commas; likewise
	Taken    time.Time // by the camera's clock, in whatever zone, as if that were UTC; zero for unknown

	Version   int       // of what is told about it: rises with each change, 1 for a new one
	Added     time.Time // zero where nobody knows
	AddedBy   string    // as in the audit log
	Creator   StaffID   // who has uploaded it; 0 for an import or a command
	ChangedBy string    // who changed last what is told about it, as in the audit log; "" for nobody

	Crop     Crop   // the part that readers see
	Focus    Focus  // what a cut must keep, as a point of the whole picture
	FocusSet bool   // whether an editor said so; else it was found
	Colour   string // stands for the picture until it has come, as "#4a5b6c"; "" while nobody has looked
	Moving   bool   // an animation: shown as it came, and still where it is cut

	RightsEnd time.Time // when the right to show it ends; zero for never
	Ended     bool      // that has come: readers get it nowhere any more
}

// Focus is a point of a picture, in thousandths of its width and height from the
// top left, 1 to 1000 each; zero while nobody has looked.
type Focus struct{ X, Y int }

// Image reports whether p can stand in an img element.
func (p *Picture) Image() bool { return p.Width > 0 && p.Height > 0 && p.Served != "" }

// Differs names what is told otherwise by q than by p, in the order of the form.
func (p *Picture) Differs(q *Picture) []string {
	was, is := p.texts(), q.texts()
	var names []string
	for _, name := range []string{"title", "alt", "caption", "credit", "source", "rights", "keywords"} {
		if *was[name].text != *is[name].text {
			names = append(names, name)
		}
	}
	if !p.RightsEnd.Equal(q.RightsEnd) {
		names = append(names, "rights_end")
	}
	return names
}

// FileKind is what a file of the library is to those who look for it.
type FileKind string

// The kinds of files.
const (
	PictureFile FileKind = "picture"
	SoundFile   FileKind = "sound"
	FilmFile    FileKind = "film"
	OtherFile   FileKind = "other"
)

// Kind is the kind of p's file.
func (p *Picture) Kind() FileKind {
	class, _, _ := strings.Cut(p.Type, "/")
	switch {
	case class == "audio":
		return SoundFile
	case class == "video":
		return FilmFile
	case class == "image" || p.Width > 0:
		return PictureFile
	}
	return OtherFile
}

// Usable reports whether readers can be shown p at all, while its rights last.
func (p *Picture) Usable() bool {
	return p.Served != "" && (p.Kind() != PictureFile || p.Image())
}

// texts are the texts of p, by name, with how many characters each has room for.
func (p *Picture) texts() map[string]struct {
	text  *string
	limit int
} {
	type field = struct {
		text  *string
		limit int
	}
	return map[string]field{
		"title": {&p.Title, 300}, "alt": {&p.Alt, 1000}, "caption": {&p.Caption, 4000}, "credit": {&p.Credit, 300},
		"rights": {&p.Rights, 2000}, "source": {&p.Source, 300}, "keywords": {&p.Keywords, 1000},
	}
}

// TooLong returns the texts that are longer than they may be, each with how many
// characters it has room for; nil for none.
func (p *Picture) TooLong() map[string]int {
	var long map[string]int
	for name, f := range p.texts() {
		if utf8.RuneCountInString(*f.text) > f.limit {
			if long == nil {
				long = map[string]int{}
			}
			long[name] = f.limit
		}
	}
	return long
}

// Shorten cuts the texts to what there is room for: a file may tell more.
func (p *Picture) Shorten() {
	for _, f := range p.texts() {
		if utf8.RuneCountInString(*f.text) > f.limit {
			*f.text = string([]rune(*f.text)[:f.limit])
		}
	}
}

// PictureFilter says which files a list of the library shows. What is zero filters
// nothing.
type PictureFilter struct {
	Words    string // each of them begins one of the picture's
	Kind     FileKind
	Creator  StaffID
	Since    time.Time // added then or later
	Until    time.Time // added before
	NoAlt    bool
	NoCredit bool
	Usable   bool      // can be put into an article now
	EndsBy   time.Time // its rights have not ended, and will by then
	Ended    bool      // its rights have ended
	Unused   bool      // it stands nowhere
}
