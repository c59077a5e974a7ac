package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Segment is a piece of an excerpt; Marked says that the query found it. Text is
// plain: it must be escaped before it stands in HTML.
type Segment struct {
	Text   string
	Marked bool
}

// ellipsis stands where an excerpt leaves text out.
const ellipsis = "…"

// maxAnchors bounds how many finds are tried as the excerpt's centre.
const maxAnchors = 200

// Excerpt finds the place in a plain text that holds most of the query's terms
// and returns it in at most n characters (runes), "…" included where text is
// left out, cut at words' ends wherever a word fits. Without a find, or for an
// empty query, it is the text's beginning; nil when n or the text is 0. The
// language is the text's own (BCP 47 tag). Bytes that are no UTF-8 come out as
// U+FFFD.
func (q Query) Excerpt(language, text string, n int) []Segment {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if n <= 0 || text == "" {
		return nil
	}
	if q.analyser == nil { // an empty query still needs to know where words end
		q.analyser = &Analyser{general: newLanguage("", false)}
	}
	words := q.analyser.language(language)
	l := words.lexer()
	defer words.release(l)
	rows := q.rows(l)
	p := newPassage(text, l.text(text))
	p.find(rows)
	from, to := p.window(n)
	return p.segments(from, to)
}

// span is a stretch of a passage in runes; term is the row that was found there.
type span struct{ from, to, term int }

// passage is a text measured in runes, with its words and what was found.
type passage struct {
	text    string
	offsets []int // byte offset of each rune, and of the end
	tokens  []token
	words   []span // the tokens
	finds   []span // in order of place
}

// newPassage measures a text.
func newPassage(text string, tokens []token) *passage {
	p := &passage{text: text, tokens: tokens, words: make([]span, len(tokens))}
	p.offsets = make([]int, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		p.offsets = append(p.offsets, i)
	}
	p.offsets = append(p.offsets, len(text))
	at := 0
	for i, t := range tokens { // in order, so that one walk places them all
		for p.offsets[at] < int(t.start) {
			at++
		}
		end := at
		for p.offsets[end] < int(t.end) {
			end++
		}
		p.words[i] = span{from: at, to: end}
	}
	return p
}

// rune is the number of the rune that begins at a byte offset.
func (p *passage) rune(offset int32) int {
	i, _ := slices.BinarySearch(p.offsets, int(offset))
	return i
}

// find notes where the rows stand.
func (p *passage) find(rows []row) {
	for term, r := range rows {
		for i := 0; i+len(r.lexemes) <= len(p.tokens); i++ {
			if !r.at(p.tokens[i:]) {
				continue
			}
			last := p.tokens[i+len(r.lexemes)-1]
			end := last.reach
			if r.prefix {
				end = last.end
			}
			p.finds = append(p.finds, span{from: p.words[i].from, to: p.rune(end), term: term})
		}
	}
	slices.SortFunc(p.finds, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
}

// at reports whether the tokens begin with the row; there are enough of them.
func (r row) at(tokens []token) bool {
	last := len(r.lexemes) - 1
	for i, lexeme := range r.lexemes {
		found := tokens[i].lexeme
		if found != lexeme && !(r.prefix && i == last && strings.HasPrefix(found, lexeme)) {
			return false
		}
	}
	return true
}

// window chooses the runes to show: those around the find in whose window most
// different terms lie, then most finds, then the first.
func (p *passage) window(n int) (from, to int) {
	if total := len(p.offsets) - 1; total <= n {
		return 0, total
	}
	from, to = p.around(0, n)
	bestTerms, bestFinds := 0, 0
	for i, f := range p.finds {
		if i == maxAnchors {
			break
		}
		begin, end := p.around(f.from, n)
		terms, finds := p.count(begin, end)
		if terms > bestTerms || terms == bestTerms && finds > bestFinds {
			from, to, bestTerms, bestFinds = begin, end, terms, finds
		}
	}
	return from, to
}

// around is the window of n runes, ellipses included, that shows the rune at
// focus with some words before it.
func (p *passage) around(focus, n int) (from, to int) {
	total := len(p.offsets) - 1
	from = p.wordStart(max(0, min(focus-n/4, total-n+1)), focus)
	room := n
	if from > 0 {
		room--
	}
	if from+room >= total {
		return from, total
	}
	to = from + max(0, room-1)
	return from, p.wordEnd(from, to)
}

// wordStart is where the first word at or after a rune begins, focus at the
// latest; 0 is a beginning too.
func (p *passage) wordStart(at, focus int) int {
	if at == 0 {
		return 0
	}
	i, _ := slices.BinarySearchFunc(p.words, at, func(w span, at int) int { return w.from - at })
	if i < len(p.words) {
		return min(p.words[i].from, focus)
	}
	return focus
}

// wordEnd is where the last word ends that ends at or before to; to itself when
// that would leave nothing.
func (p *passage) wordEnd(from, to int) int {
	i, _ := slices.BinarySearchFunc(p.words, to+1, func(w span, at int) int { return w.to - at })
	if i > 0 && p.words[i-1].to > from {
		return p.words[i-1].to
	}
	return to
}

// count is how many different terms, and how many finds, lie wholly in a window.
func (p *passage) count(from, to int) (terms, finds int) {
	var seen uint64
	first, _ := slices.BinarySearchFunc(p.finds, from, func(f span, at int) int { return f.from - at })
	for _, f := range p.finds[first:] {
		if f.from >= to {
			break
		}
		if f.to > to {
			continue
		}
		finds++
		if bit := uint64(1) << f.term; seen&bit == 0 {
			seen |= bit
			terms++
		}
	}
	return terms, finds
}

// segments cuts a window at the edges of its finds.
func (p *passage) segments(from, to int) []Segment {
	var out []Segment
	at := from
	add := func(end int, marked bool) {
		if end > at {
			out = append(out, Segment{Text: p.text[p.offsets[at]:p.offsets[end]], Marked: marked})
			at = end
		}
	}
	for i := 0; i < len(p.finds); {
		f := p.finds[i]
		for i++; i < len(p.finds) && p.finds[i].from < f.to; i++ {
			f.to = max(f.to, p.finds[i].to)
		}
		add(min(max(f.from, from), to), false)
		add(min(f.to, to), true)
	}
	add(to, false)
	return withEllipses(out, from > 0, to < len(p.offsets)-1)
}

// withEllipses puts "…" before and after, into segments that are not marked.
func withEllipses(out []Segment, before, after bool) []Segment {
	if before {
		if len(out) > 0 && !out[0].Marked {
			out[0].Text = ellipsis + out[0].Text
		} else {
			out = slices.Insert(out, 0, Segment{Text: ellipsis})
		}
	}
	if after {
		if last := len(out) - 1; last >= 0 && !out[last].Marked {
			out[last].Text += ellipsis
		} else {
			out = append(out, Segment{Text: ellipsis})
		}
	}
	return out
}
