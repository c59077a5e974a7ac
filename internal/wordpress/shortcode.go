package wordpress

import (
	"html"
	"regexp"
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
	length := len(s)
	ends := map[string]int{} // where each name ends next, from the text's beginning; never is length
	for {
		i := strings.IndexByte(s, '[')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		code, ok := shortcodeAt(s)
		if !ok {
			b.WriteByte('[')
			s = s[1:]
			continue
		}
		if code.escaped {
			b.WriteString(s[1 : code.end-1])
			s = s[code.end:]
			continue
		}
		rest := s[code.end:]
		inner, after, enclosing := "", rest, false
		if at := length - len(rest); !code.alone {
			end, looked := ends[code.name]
			if !looked || end < at {
				end = length
				if j := strings.Index(rest, "[/"+code.name+"]"); j >= 0 {
					end = at + j
				}
				ends[code.name] = end
			}
			if end < length {
				inner, after, enclosing = rest[:end-at], rest[end-at+len(code.name)+3:], true
			}
		}
		if out, ok := c.shortcode(code, inner); ok {
			b.WriteString("\n\n" + out + "\n\n")
			s = after
			continue
		}
		if enclosing || code.alone || strings.ContainsRune(code.raw, '=') {
			c.note(UnknownShortcode, "the shortcode ["+code.name+"] was kept as text")
		}
		b.WriteByte('[')
		s = s[1:]
	}
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
	n := begin
	for n < len(s) && (s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z' || n > begin && (s[n] >= '0' && s[n] <= '9' || s[n] == '_' || s[n] == '-')) {
		n++
	}
	const longest = 4096
	end := strings.IndexByte(s[n:min(len(s), n+longest)], ']')
	if n == begin || end < 0 || n < len(s) && s[n] != ' ' && s[n] != ']' && s[n] != '/' && s[n] != '\n' && s[n] != '\t' {
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
		return embedFigure(strings.TrimSpace(inner), ""), true
	case "audio", "video":
		for _, name := range []string{"src", "mp4", "webm", "ogv", "m4v", "mp3", "m4a", "ogg", "wav", "flac", "0"} {
			if src := k.attrs[name]; src != "" {
				return mediaFigure(k.name, src), true
			}
		}
		if src := strings.TrimSpace(inner); strings.HasPrefix(src, "http") {
			return mediaFigure(k.name, src), true
		}
	case "youtube", "vimeo", "twitter", "tweet", "instagram", "soundcloud", "tiktok", "facebook":
		if url := embedAddress(k, inner); url != "" {
			return embedFigure(url, ""), true
		}
	case "playlist":
		if ids := idNumbers(k.attrs["ids"]); len(ids) > 0 {
			return galleryFigure(ids), true
		}
	}
	return "", false
}

func embedAddress(k code, inner string) string {
	for _, v := range []string{k.attrs["url"], k.attrs["0"], k.attrs["id"], strings.TrimSpace(inner), k.attrs["v"]} {
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

func (c *content) gallery(k code) string {
	ids := idNumbers(k.attrs["ids"])
	if len(ids) == 0 {
		ids = idNumbers(k.attrs["include"])
	}
	if len(ids) == 0 {
		ids = c.o.Attached
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
