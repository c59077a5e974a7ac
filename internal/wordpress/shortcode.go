package wordpress

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shortcodes replaces WordPress's own shortcodes by HTML. Others stay as text,
// and are noted where they are surely meant as such: with attributes or an end.
func (c *content) shortcodes(s string) string {
	if strings.IndexByte(s, '[') < 0 {
		return s
	}
	var b strings.Builder
	ends := closings(s)
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '[')
		if i < 0 {
			b.WriteString(s[at:])
			return b.String()
		}
		b.WriteString(s[at : at+i])
		at += i
		code, ok := shortcodeAt(s[at:])
		if ok && code.escaped {
			b.WriteString(s[at+1 : at+code.end-1])
			at += code.end
			continue
		}
		if ok {
			begin := at + code.end
			inner, after := "", begin
			end, enclosing := ends.next(code.name, begin)
			if enclosing = enclosing && !code.alone; enclosing {
				inner, after = s[begin:end], end+len("[/]")+len(code.name)
			}
			if out, known := c.shortcode(code, inner); known {
				b.WriteString("\n\n" + out + "\n\n")
				at = after
				continue
			}
			if enclosing || code.alone || strings.ContainsRune(code.raw, '=') {
				c.note(UnknownShortcode, "the shortcode ["+code.name+"] was kept as text")
			}
		}
		b.WriteByte('[')
		at++
	}
}

// ends are the places in a text where each name's closing shortcodes stand.
type ends map[string][]int

// closings finds all of them at once: looking for each when its opening is met
// would take the square of the length.
func closings(s string) ends {
	found := ends{}
	for at := 0; ; {
		i := strings.Index(s[at:], "[/")
		if i < 0 {
			return found
		}
		at += i + len("[/")
		n := nameLength(s[at:])
		if n > 0 && strings.HasPrefix(s[at+n:], "]") {
			found[s[at:at+n]] = append(found[s[at:at+n]], at-len("[/"))
		}
	}
}

// next is the first closing of a name at or behind a place. Places must not
// decrease from call to call.
func (e ends) next(name string, from int) (int, bool) {
	list := e[name]
	for len(list) > 0 && list[0] < from {
		list = list[1:]
	}
	e[name] = list
	if len(list) == 0 {
		return 0, false
	}
	return list[0], true
}

// nameLength is how many bytes of a shortcode's name s begins with.
func nameLength(s string) int {
	n := 0
	for n < len(s) && (nameByte(s[n]) || n > 0 && (s[n] >= '0' && s[n] <= '9' || s[n] == '_' || s[n] == '-')) {
		n++
	}
	return n
}

// code is one shortcode's start.
type code struct {
	name    string
	raw     string            // between name and ]
	attrs   map[string]string // by name in lower case; positional ones as "0", "1", …
	end     int               // index behind the ]
	alone   bool              // [x /]
	escaped bool              // [[x]]
}

func shortcodeAt(s string) (code, bool) {
	c := code{}
	begin := 1
	if strings.HasPrefix(s, "[[") {
		begin, c.escaped = 2, true
	}
	n := begin + nameLength(s[begin:])
	const longest = 4096
	window := s[n:min(len(s), n+longest)]
	end := strings.IndexAny(window, "[]") // a bracket in the attributes: no shortcode, or not the one that begins here
	if n == begin || end < 0 || window[end] == '[' || !strings.ContainsRune(" ]/\n\t", rune(window[0])) {
		return c, false
	}
	c.name, c.raw, c.end = s[begin:n], s[n:n+end], n+end+1
	if c.escaped {
		if !strings.HasPrefix(s[c.end:], "]") {
			return c, false
		}
		c.end++
		return c, true
	}
	c.raw, c.alone = strings.CutSuffix(c.raw, "/")
	c.attrs = shortcodeAttrs(c.raw)
	return c, true
}

var shortcodeAttr = regexp.MustCompile(`([\w-]+)\s*=\s*"([^"]*)"|([\w-]+)\s*=\s*'([^']*)'|([\w-]+)\s*=\s*([^\s'"]+)|"([^"]*)"|'([^']*)'|(\S+)`)

func shortcodeAttrs(s string) map[string]string {
	attrs := map[string]string{}
	s = strings.NewReplacer("“", `"`, "”", `"`, "″", `"`, "\u00a0", " ").Replace(s)
	position := 0
	for _, m := range shortcodeAttr.FindAllStringSubmatch(s, 64) {
		switch {
		case m[1] != "":
			attrs[strings.ToLower(m[1])] = html.UnescapeString(m[2])
		case m[3] != "":
			attrs[strings.ToLower(m[3])] = html.UnescapeString(m[4])
		case m[5] != "":
			attrs[strings.ToLower(m[5])] = html.UnescapeString(m[6])
		default:
			attrs[strconv.Itoa(position)] = m[7] + m[8] + m[9]
			position++
		}
	}
	return attrs
}

// shortcode is the HTML of one of WordPress's own shortcodes.
func (c *content) shortcode(k code, inner string) (string, bool) {
	switch k.name {
	case "caption", "wp_caption":
		return c.caption(k, inner), true
	case "gallery":
		return c.gallery(k), true
	case "embed":
		if url := cmp.Or(address(inner), address(k.attrs["src"])); url != "" {
			return embedFigure(url, ""), true
		}
	case "audio", "video":
		for _, name := range []string{"src", "mp4", "webm", "ogv", "m4v", "mp3", "m4a", "ogg", "wav", "flac", "0"} {
			if src := k.attrs[name]; src != "" {
				return mediaFigure(k.name, src), true
			}
		}
		if src := address(inner); src != "" {
			return mediaFigure(k.name, src), true
		}
	case "youtube", "vimeo", "twitter", "tweet", "instagram", "soundcloud", "tiktok", "facebook":
		if url := embedAddress(k, inner); url != "" {
			return embedFigure(url, ""), true
		}
	}
	return "", false
}

// address is what a shortcode encloses when that is an address, else "".
func address(inner string) string {
	const longest = 2000
	if len(inner) > longest {
		return ""
	}
	inner = strings.TrimSpace(inner)
	if !strings.HasPrefix(inner, "http://") && !strings.HasPrefix(inner, "https://") || strings.ContainsAny(inner, " \n<>\"") {
		return ""
	}
	return inner
}

func embedAddress(k code, inner string) string {
	for _, v := range []string{k.attrs["url"], k.attrs["0"], k.attrs["id"], address(inner), k.attrs["v"]} {
		v = strings.TrimPrefix(v, "=")
		switch {
		case strings.HasPrefix(v, "http://"), strings.HasPrefix(v, "https://"):
			return v
		case v == "" || strings.ContainsAny(v, " <>\""):
		case k.name == "youtube":
			return "https://www.youtube.com/watch?v=" + v
		case k.name == "vimeo":
			return "https://vimeo.com/" + v
		case k.name == "tweet", k.name == "twitter":
			return "https://x.com/i/status/" + v
		}
	}
	return ""
}

func (c *content) caption(k code, inner string) string {
	class := ""
	if align := strings.TrimPrefix(k.attrs["align"], "align"); align == "left" || align == "right" || align == "center" {
		class = ` class="align-` + align + `"`
	}
	words := k.attrs["caption"]
	if i := strings.LastIndex(inner, "<img"); words == "" && i >= 0 {
		end := i + strings.IndexByte(inner[i:]+">", '>') + 1
		end = min(end, len(inner))
		if rest := strings.TrimSpace(inner[end:]); strings.HasPrefix(rest, "</a>") {
			end = len(inner) - len(strings.TrimLeft(inner[end:], " \n\t")) + len("</a>")
		}
		inner, words = inner[:end], strings.TrimSpace(inner[end:])
	}
	if id, ok := strings.CutPrefix(k.attrs["id"], "attachment_"); ok && !strings.Contains(inner, "wp-image-") {
		inner = strings.Replace(inner, "<img", `<img data-picture-ref="`+html.EscapeString(id)+`"`, 1)
	}
	if words != "" {
		words = "<figcaption>" + words + "</figcaption>"
	}
	return "<figure" + class + ">" + inner + words + "</figure>"
}

// gallery shows the pictures that it names, else those attached to the post that
// it names, else those attached to the post that it stands in.
func (c *content) gallery(k code) string {
	const most = 10_000 // pictures, in all galleries that name none
	ids := idNumbers(k.attrs["ids"])
	if len(ids) == 0 {
		ids = idNumbers(k.attrs["include"])
	}
	if len(ids) == 0 {
		ids = c.o.Attached
		if post := idNumbers(k.attrs["id"]); len(post) > 0 && c.o.AttachedTo != nil {
			ids = c.o.AttachedTo(post[0])
		}
		without := idNumbers(k.attrs["exclude"])
		ids = slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return slices.Contains(without, id) })
		if c.attached += len(ids); c.attached > most {
			ids = nil
		}
	}
	if len(ids) == 0 {
		c.note(EmptyGallery, "a gallery has no pictures: it names none, and none are attached")
		return ""
	}
	return galleryFigure(ids)
}

func galleryFigure(ids []int64) string {
	var b strings.Builder
	b.WriteString(`<figure class="gallery">`)
	for _, id := range ids {
		b.WriteString(`<img data-picture-ref="` + strconv.FormatInt(id, 10) + `">`)
	}
	b.WriteString("</figure>")
	return b.String()
}

func idNumbers(s string) []int64 {
	var ids []int64
	for part := range strings.SplitSeq(s, ",") {
		if id, err := strconv.ParseInt(strings.TrimSpace(part), 10, 64); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

func embedFigure(url, caption string) string {
	if url == "" {
		return ""
	}
	if caption != "" {
		caption = "<figcaption>" + caption + "</figcaption>"
	}
	url = html.EscapeString(html.UnescapeString(url))
	return `<figure class="embed"><a href="` + url + `">` + url + "</a>" + caption + "</figure>"
}

func mediaFigure(kind, src string) string {
	return "<figure><" + kind + ` src="` + html.EscapeString(src) + `"></` + kind + "></figure>"
}
