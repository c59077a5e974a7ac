package store

import (
	"context"
	"math"
	"slices"
	"strings"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

// A list of the library is put together from these, as those of articles are: see
// desklist.go. It walks the index picture_desk, newest first.
const (
	libraryFrom = `select p.id from picture p where 1 = 1`

	libraryKind     = ` and p.kind = $1`
	libraryCreator  = ` and p.created_by = $1`
	librarySince    = ` and p.added_at >= $1`
	libraryUntil    = ` and p.added_at < $1`
	libraryWords    = ` and p.found_by like $1`
	libraryNoAlt    = ` and p.has_alt = 0`
	libraryNoCredit = ` and p.has_credit = 0`
	libraryUsable   = ` and p.usable = 1 and p.ended = 0`
	libraryEndsBy   = ` and p.rights_end <= $1 and p.ended = 0`
	libraryEnded    = ` and p.ended = 1`
	libraryUnused   = ` and not exists (select 1 from picture_use u where u.picture_id = p.id)`
	libraryBefore   = ` and p.id < $1`

	libraryEnd = ` order by p.id desc limit $1`
)

// LibraryPictures returns up to n files of the library that the newsroom asks for,
// the newest first, beginning after one (0: with the newest). It is for no page of
// readers, and notes no refs.
func (r Reader) LibraryPictures(ctx context.Context, f news.PictureFilter, after news.PictureID, n int) ([]news.Picture, error) {
	var b builder
	b.add(libraryFrom)
	b.library(&f)
	if after != 0 {
		b.add(libraryBefore, after)
	}
	b.add(libraryEnd, max(0, min(n, math.MaxInt32)))
	ids, err := db.Values[news.PictureID](ctx, r.s, b.text.String(), b.args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	list, err := db.All(ctx, r.s, pictureFields, picturesByID, idList(ids))
	return inOrder(ids, list, func(p *news.Picture) news.PictureID { return p.ID }), err
}

// library appends the conditions of f.
func (b *builder) library(f *news.PictureFilter) {
	if f.Kind != "" {
		b.add(libraryKind, f.Kind)
	}
	if f.Creator != 0 {
		b.add(libraryCreator, f.Creator)
	}
	if !f.Since.IsZero() {
		b.add(librarySince, f.Since.UnixMilli())
	}
	if !f.Until.IsZero() {
		b.add(libraryUntil, f.Until.UnixMilli())
	}
	for _, pattern := range picturePatterns(f.Words) {
		b.add(libraryWords, pattern)
	}
	if !f.EndsBy.IsZero() {
		b.add(libraryEndsBy, f.EndsBy.UnixMilli())
	}
	for _, c := range []struct {
		asked    bool
		fragment string
	}{{f.NoAlt, libraryNoAlt}, {f.NoCredit, libraryNoCredit}, {f.Usable, libraryUsable}, {f.Ended, libraryEnded}, {f.Unused, libraryUnused}} {
		if c.asked {
			b.add(c.fragment)
		}
	}
}

// longestPictureWords is how many bytes of all that is told about a picture are
// looked through.
const longestPictureWords = 800

// pictureWords is what is told about a picture as it is looked for, see
// [headlineWords]; each word once.
func pictureWords(p *news.Picture) string {
	all := foldedWords(strings.Join([]string{p.Name, p.Title, p.Credit, p.Keywords, p.Source, p.Alt, p.Caption}, " "), 4*longestPictureWords)
	var b strings.Builder
	seen := map[string]bool{}
	for w := range strings.FieldsSeq(all) {
		if !seen[w] && b.Len()+1+len(w) <= longestPictureWords {
			b.WriteString(" " + w)
			seen[w] = true
		}
	}
	return b.String()
}

// picturePatterns are the patterns that a picture's words must all match, one for
// each word of a query.
func picturePatterns(query string) []string {
	const most = 8
	words := slices.Collect(strings.FieldsSeq(foldedWords(query, longestHeadlineWords)))
	var all []string
	for _, w := range words[:min(most, len(words))] {
		all = append(all, "% "+w+"%")
	}
	return all
}
