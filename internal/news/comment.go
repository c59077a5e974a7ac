package news

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// CommentID names a reader's comment; 0 is none.
type CommentID int64

// CommentState says whether a comment is seen.
type CommentState string

// The states of a comment. Only [Approved] ones are seen by readers.
const (
	Held     CommentState = "held"
	Approved CommentState = "approved"
	Rejected CommentState = "rejected"
	Spam     CommentState = "spam"
	Removed  CommentState = "removed"
)

// CommentKind parts what readers wrote from what machines sent.
type CommentKind string

// The kinds of comment. Pings (pingbacks, trackbacks) come with imports only and
// are kept, but not shown.
const (
	ReaderComment CommentKind = "comment"
	Ping          CommentKind = "ping"
)

// Comment is a reader's reply to an article or to another comment. Text is
// plain; paragraphs are parted by a blank line. Address is the network address
// that it came from, kept for 30 days and then "".
type Comment struct {
	ID      CommentID
	Article ArticleID
	Parent  CommentID // the comment it answers; 0 for the article
	Kind    CommentKind
	State   CommentState
	Name    string
	Email   string // never published
	Website string
	Text    string
	Address string
	Posted  time.Time

	Decided   time.Time // when it came into its state; of a held one, when it was posted
	DecidedBy string    // who decided; "" for nobody yet, and for what was imported
}

// Limits of a comment, in characters.
const (
	MaxCommentName  = 80
	MaxCommentEmail = 254 // RFC 5321
	MaxCommentText  = 5000
)

// CommentsClosedBefore is the moment before which a story must have been published
// to take no comments any more at now; the zero time where they never close.
func (s *Settings) CommentsClosedBefore(now time.Time) time.Time {
	if s.CommentsCloseAfter <= 0 {
		return time.Time{}
	}
	return now.Add(-time.Duration(s.CommentsCloseAfter) * 24 * time.Hour)
}

// FieldProblem names what is wrong with one field of what somebody typed; the
// words for it are the face's.
type FieldProblem string

// The problems of a field.
const (
	Missing   FieldProblem = "missing"
	TooLong   FieldProblem = "too long"
	TooShort  FieldProblem = "too short"
	BadEmail  FieldProblem = "bad email"
	BadChoice FieldProblem = "bad choice" // what the form does not offer
	Taken     FieldProblem = "taken"      // somebody else has it
	Wrong     FieldProblem = "wrong"      // not what it is compared with
	LastOne   FieldProblem = "last one"   // nobody would be left who may
	LastStage FieldProblem = "last stage" // nothing could be published from any stage
	TooMany   FieldProblem = "too many"
	TooEarly  FieldProblem = "too early"  // before the hour that an embargo has
	NoSection FieldProblem = "no section" // neither a section nor the whole paper was chosen
)

// Check returns what is wrong, by field: name, email, text. It is nil when the
// comment may be stored. Space and signs that nobody sees count as nothing.
func (c *Comment) Check() map[string]FieldProblem {
	wrong := map[string]FieldProblem{}
	needs(wrong, "name", c.Name, MaxCommentName)
	needs(wrong, "email", c.Email, MaxCommentEmail)
	needs(wrong, "text", c.Text, MaxCommentText)
	if wrong["email"] == "" && !plainEmail(c.Email) {
		wrong["email"] = BadEmail
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// needs notes whether a field is empty or has more than limit characters.
func needs(wrong map[string]FieldProblem, field, value string, limit int) {
	switch n := utf8.RuneCountInString(value); {
	case !visible(value):
		wrong[field] = Missing
	case n > limit:
		wrong[field] = TooLong
	}
}

// visible reports whether a reader sees anything of s: joiners, direction marks and
// the like alone are no name. Hangul fillers are letters to Unicode, and empty.
func visible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Mn, r) && r != '\u3164' && r != '\uffa0' && r != '\u115f' && r != '\u1160' && r != '\u2800'
	})
}

// plainEmail holds for one bare address: no name, no brackets, a dot in the
// domain, since net/mail alone also takes "Anna <anna@localhost>".
func plainEmail(s string) bool {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return false
	}
	_, domain, _ := strings.Cut(s, "@")
	return strings.Contains(strings.Trim(domain, "."), ".")
}
