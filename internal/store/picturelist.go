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
	libraryAmong    = `
and p.id in (select value from json_each($1)) -- sqlite
and p.id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
`

	libraryEnd = ` order by p.id desc limit $1`

	picturesWithWord = `select picture_id from picture_word where word >= $1 and word < $2 limit $3`
	wordsOfPicture   = `select found_by from picture where id = $1`
	addPictureWord   = `insert into picture_word (word, picture_id) values ($1, $2) on conflict (word, picture_id) do nothing`
	dropPictureWord  = `delete from picture_word where word = $1 and picture_id = $2`
)

// rareWord is how many rows at most a word has that is rare: their pictures are looked
// through one by one, and else the whole library, where the first few are soon found.
const rareWord = 1000

// LibraryPictures returns up to n files of the library that the newsroom asks for,
// the newest first, beginning after one (0: with the newest). It is for no page of
// readers, and notes no refs.
func (r Reader) LibraryPictures(ctx context.Context, f news.PictureFilter, after news.PictureID, n int) ([]news.Picture, error) {
	var b builder
	b.add(libraryFrom)
	b.library(&f)
	among, rare, err := r.withRarest(ctx, f.Words)
	if err != nil || rare && len(among) == 0 {
		return nil, err
	}
	if rare {
		b.add(libraryAmong, idList(among))
	}
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

// withRarest returns the pictures with the rarest of a query's words; rare is false
// where each of them is common.
func (r Reader) withRarest(ctx context.Context, query string) (among []news.PictureID, rare bool, err error) {
	for _, w := range queryWords(query) {
		const last = "\U0010FFFF" // behind each letter that a word can go on with
		ids, err := db.Values[news.PictureID](ctx, r.s, picturesWithWord, w, w+last, rareWord+1)
		if err != nil {
			return nil, false, err
		}
		if len(ids) > rareWord {
			continue
		}
		slices.Sort(ids)
		if ids = slices.Compact(ids); !rare || len(ids) < len(among) {
			among, rare = ids, true
		}
	}
	return among, rare, nil
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
	for _, w := range queryWords(f.Words) {
		b.add(libraryWords, "% "+w+"%")
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

// queryWords are the words of a query, folded as those of pictures. What is more
// than eight words counts no more.
func queryWords(query string) []string {
	const most = 8
	words := slices.Collect(strings.FieldsSeq(foldedWords(query, longestHeadlineWords)))
	return words[:min(most, len(words))]
}

// storedWords are the words by which a picture is found as it is in the store.
func (r Reader) storedWords(ctx context.Context, id news.PictureID) ([]string, error) {
	stored, err := db.Values[string](ctx, r.s, wordsOfPicture, id)
	return strings.Fields(strings.Join(stored, " ")), err
}

// reword calls f, which writes a picture, and has the picture found afterwards by the
// words that it has then, and no more by those before.
func (tx *Tx) reword(ctx context.Context, id news.PictureID, f func() error) error {
	before, err := tx.storedWords(ctx, id)
	if err != nil {
		return err
	}
	if err := f(); err != nil {
		return err
	}
	now, err := tx.storedWords(ctx, id)
	if err != nil {
		return err
	}
	for _, w := range before {
		if !slices.Contains(now, w) {
			if _, err := db.Exec(ctx, tx.s, dropPictureWord, w, id); err != nil {
				return err
			}
		}
	}
	var rows [][]any
	for _, w := range now {
		if !slices.Contains(before, w) {
			rows = append(rows, []any{w, id})
		}
	}
	return db.Insert(ctx, tx.s, addPictureWord, rows)
}

// writePicture is reword of one statement; it tells how many rows that has touched.
func (tx *Tx) writePicture(ctx context.Context, id news.PictureID, q string, args ...any) (n int64, err error) {
	err = tx.reword(ctx, id, func() error {
		n, err = db.Exec(ctx, tx.s, q, args...)
		return err
	})
	return n, err
}
