package wordpress

import (
	"regexp"
	"strings"
)

// blockTags are the elements that stand for themselves among paragraphs.
var blockTags = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(`table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area blockquote address math
		style p h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside hgroup header footer nav figure figcaption details menu summary center iframe video audio script object`) {
		m[name] = true
	}
	return m
}()

// autop makes paragraphs as WordPress does when it shows classic content: blank
// lines part them, single line breaks stay, block elements stand by themselves.
func autop(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	if strings.Count(s, "<br") > 1 {
		s = twoBreaks.ReplaceAllString(s, "\n\n")
	}
	var b strings.Builder
	for _, part := range splitVerbatim(s) {
		if part.verbatim {
			b.WriteString(part.text)
			b.WriteString("\n\n")
			continue
		}
		for chunk := range strings.SplitSeq(apart(part.text), "\n\n") {
			chunk = strings.TrimSpace(chunk)
			switch {
			case chunk == "":
			case startsBlock(chunk):
				if address := bareParagraph(chunk); address != "" {
					chunk = embedFigure(address, "")
				}
				breakLines(&b, strings.Split(chunk, "\n"))
				b.WriteByte('\n')
			default:
				paragraph(&b, strings.Split(chunk, "\n"))
			}
		}
	}
	return b.String()
}

var twoBreaks = regexp.MustCompile(`(?i)<br\s*/?>\s*<br\s*/?>`)

// paragraph writes a paragraph of some lines. A line that is nothing but the
// address of a film or the like is an embed between two paragraphs.
func paragraph(b *strings.Builder, lines []string) {
	begin := 0
	flush := func(end int) {
		if strings.TrimSpace(strings.Join(lines[begin:end], "")) != "" {
			b.WriteString("<p>")
			breakLines(b, lines[begin:end])
			b.WriteString("</p>\n")
		}
		begin = end + 1
	}
	for i, line := range lines {
		if address := strings.TrimSpace(line); shownByItself(address) {
			flush(i)
			b.WriteString(embedFigure(address, "") + "\n")
		}
	}
	flush(len(lines))
}

// breakLines writes lines with a break between any two, unless there is one or a
// block begins or ends there.
func breakLines(b *strings.Builder, lines []string) {
	for i, line := range lines {
		if i > 0 && !endsLine(lines[i-1]) && !startsBlock(line) {
			b.WriteString("<br>")
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
}

// endsLine reports whether a line ends with a break or a block's tag.
func endsLine(line string) bool {
	line = strings.TrimRight(line, " \t")
	if !strings.HasSuffix(line, ">") {
		return false
	}
	name, _ := tagName(line[max(0, strings.LastIndexByte(line, '<')):])
	return name == "br" || blockTags[name]
}

type textPart struct {
	text     string
	verbatim bool
}

// splitVerbatim parts what must stay as it is (pre, script, style) from the
// rest.
func splitVerbatim(s string) []textPart {
	var parts []textPart
	open := map[string]bool{} // tags that never close from here on
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '<')
		if i < 0 {
			return append(parts, textPart{text: s})
		}
		i += from
		from = i + 1
		for _, tag := range []string{"<pre", "<script", "<style", "<textarea"} {
			if !strings.HasPrefix(s[i:], tag) || open[tag] {
				continue
			}
			closing := "</" + tag[1:] + ">"
			j := strings.Index(s[i:], closing)
			if j < 0 {
				open[tag] = true
				continue
			}
			end := i + j + len(closing)
			parts = append(parts, textPart{text: s[:i]}, textPart{text: s[i:end], verbatim: true})
			s, from = s[end:], 0
			break
		}
	}
}

// apart puts a blank line before each block element's start and behind its end,
// makes every run of blank lines one, and joins the lines of a tag.
func apart(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 64)
	newlines := 0
	write := func(text string) {
		for i := 0; i < len(text); i++ {
			switch c := text[i]; {
			case c == '\n':
				newlines++
			case (c == ' ' || c == '\t') && newlines > 0:
				// at a line's start: nothing to see
			default:
				switch {
				case newlines > 1:
					b.WriteString("\n\n")
				case newlines == 1:
					b.WriteByte('\n')
				}
				newlines = 0
				b.WriteByte(c)
			}
		}
	}
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		write(s[:i])
		s = s[i:]
		if !beginsTag(s) {
			write(s[:1])
			s = s[1:]
			continue
		}
		end := strings.IndexByte(s, '>')
		if end < 0 {
			break
		}
		if strings.HasPrefix(s, "<!--") {
			_, rest, ended := cutComment(s)
			if !ended {
				break
			}
			end = len(s) - len(rest) - 1
		}
		tag := s[:end+1]
		name, closing := tagName(tag)
		if blockTags[name] && !closing {
			newlines = 2
		}
		write(strings.ReplaceAll(tag, "\n", " "))
		if blockTags[name] && (closing || name == "hr") {
			newlines = 2
		}
		s = s[end+1:]
	}
	write(s)
	return b.String()
}

func tagName(tag string) (name string, closing bool) {
	name = strings.TrimPrefix(tag, "<")
	name, closing = strings.CutPrefix(name, "/")
	n := 0
	for n < len(name) && (name[n] >= 'a' && name[n] <= 'z' || name[n] >= 'A' && name[n] <= 'Z' || name[n] >= '0' && name[n] <= '9') {
		n++
	}
	return strings.ToLower(name[:n]), closing
}

// beginsTag reports whether the "<" at the beginning of s begins a tag.
func beginsTag(s string) bool {
	return len(s) > 1 && (nameByte(s[1]) || s[1] == '/' || s[1] == '!')
}

func startsBlock(chunk string) bool {
	if !strings.HasPrefix(chunk, "<") {
		return false
	}
	name, _ := tagName(chunk)
	return blockTags[name]
}
