package locale

import (
	"fmt"
	"strings"

	"golang.org/x/text/language/display"
)

// Name is the language's name in itself, as "Deutsch": what its words file says,
// else CLDR; the tag where neither knows it.
func (l *Locale) Name() string {
	if l.words.Name != "" {
		return l.words.Name
	}
	if name := display.Self.Name(parse(l.Tag)); name != "" {
		return name
	}
	return l.Tag
}

// Quotes are the language's quotation marks: that which opens and that which
// closes, then the same for a quotation inside of another.
func (l *Locale) Quotes() [4]string {
	if l.words.Quotes != nil {
		return [4]string(l.words.Quotes)
	}
	return [4]string(l.english.Quotes)
}

// Word is a word or phrase, which may be empty, in English where the language
// lacks it; the key itself where there is no such word.
func (l *Locale) Word(key string) string {
	if text, ok := l.words.Words[key]; ok {
		return text
	}
	if text, ok := l.english.Words[key]; ok {
		return text
	}
	return key
}

// Say is a phrase with its {name} placeholders filled, from pairs of name and
// value. An int is written as Number does, anything else as fmt does: a year
// comes as a string, from Year. What a value holds is never taken for a
// placeholder. The phrase is text, not HTML.
func (l *Locale) Say(key string, pairs ...any) string {
	var to []string
	for i := 0; i+1 < len(pairs); i += 2 {
		value := fmt.Sprint(pairs[i+1])
		if n, ok := pairs[i+1].(int); ok {
			value = l.Number(n)
		}
		to = append(to, fmt.Sprintf("{%v}", pairs[i]), value)
	}
	return strings.NewReplacer(to...).Replace(l.Word(key))
}
