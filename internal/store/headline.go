package store

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/db"
)

// longestHeadlineWords is how many bytes of a headline are looked through. An
// entry of PostgreSQL's index has room for 2,700.
const longestHeadlineWords = 400

// headlineWords is a headline as the newsroom looks for it: each word after a
// space, without case and marks, letters of one sound in Arabic and Persian as
// one. What is written without spaces has one word a character, so that any part
// of it is found. It holds letters, digits and spaces only.
func headlineWords(s string) string { return foldedWords(s, longestHeadlineWords) }

// foldedWords is headlineWords of about so many bytes.
func foldedWords(s string, most int) string {
	var b strings.Builder
	gap := true
	for _, r := range norm.NFKD.String(cases.Fold().String(s)) {
		switch {
		case unicode.Is(unicode.M, r), r == 'ـ', unicode.Is(unicode.Cf, r) && r != '\u200c':
			continue
		case r == 'ي', r == 'ى':
			r = 'ی'
		case r == 'ك':
			r = 'ک'
		case strings.ContainsRune("'’ʼ`´", r):
			continue
		}
		if !unicode.In(r, unicode.L, unicode.N) {
			gap = true
			continue
		}
		alone := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
		if gap || alone {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		if gap = alone; b.Len() > most {
			break
		}
	}
	return b.String()
}

// headlinePatterns are the patterns, one for each word of a query, that a
// headline's words must all match: a word's beginning is enough. What is more
// than eight words counts no more.
func headlinePatterns(query string) []string {
	const most = 8
	var all []string
	for word := range strings.FieldsSeq(query) {
		if w := headlineWords(word); w != "" && len(all) < most {
			all = append(all, "%"+w+"%")
		}
	}
	return all
}

const (
	headlinesUnread = `select id, headline from article where id > $1 and found_by = '' and headline <> '' order by id limit $2`
	setFoundBy      = `update article set found_by = $2 where id = $1`

	topicsUnread  = `select id, name from topic where id > $1 and found_by = '' and name <> '' order by id limit $2`
	setTopicWords = `update topic set found_by = $2 where id = $1`

	peopleUnread   = `select id, name from person where id > $1 and found_by = '' and name <> '' order by id limit $2`
	setPersonWords = `update person set found_by = $2 where id = $1`
)

// readHeadlines fills in the words of headlines and names that were stored before
// these were kept: SQL alone can't fold them the same way on both engines.
func readHeadlines(ctx context.Context, d *db.DB) error {
	for _, of := range [][2]string{{headlinesUnread, setFoundBy}, {topicsUnread, setTopicWords}, {peopleUnread, setPersonWords}} {
		if err := readWords(ctx, d, of[0], of[1]); err != nil {
			return err
		}
	}
	return nil
}

func readWords(ctx context.Context, d *db.DB, unread, set string) error {
	type row struct {
		id       int64
		headline string
	}
	const atOnce = 500
	for after := int64(0); ; {
		rows, err := db.All(ctx, d.Reads(), func(r *row) []any { return []any{&r.id, &r.headline} }, unread, after, atOnce)
		if err != nil || len(rows) == 0 {
			return err
		}
		err = d.Update(ctx, func(s db.Session) error {
			for _, r := range rows {
				if _, err := db.Exec(ctx, s, set, r.id, headlineWords(r.headline)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		after = rows[len(rows)-1].id
	}
}

// HoldsWords reports whether a name is found by words, as the newsroom's lists find
// it: each word is the beginning of one of the name's.
func HoldsWords(name, words string) bool {
	held := headlineWords(name)
	for _, pattern := range headlinePatterns(words) {
		if !strings.Contains(held, strings.Trim(pattern, "%")) {
			return false
		}
	}
	return true
}
