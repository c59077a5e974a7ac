package richtext

import (
	"net/url"
	"strconv"
	"strings"
)

// picture renders a picture with caption and credit, its own or, where the body
// says none, those of the library. One that is not here is left out; one on
// another host is a link, since a page loads nothing from elsewhere by itself.
func (r *renderer) picture(n *Node, class string) {
	a := n.attrs()
	img, ok := Image{}, false
	if a.Picture != 0 && r.o.Picture != nil {
		img, ok = r.o.Picture(a.Picture)
	}
	if !ok {
		if a.Picture == 0 && a.Src != "" && elsewhere(a.Src) {
			r.linkTo(n, a.Src, a.Alt)
		}
		return
	}
	r.b.WriteString(`<figure class="` + class)
	if a.Align != "" && aligned[a.Align] {
		r.b.WriteString(" align-" + a.Align)
	}
	r.b.WriteString(`">`)
	href, linked := r.pictureLink(a)
	if linked {
		r.b.WriteString("<a")
		r.attr("href", href)
		r.b.WriteByte('>')
	}
	alt := a.Alt
	if alt == "" {
		alt = img.Alt
	}
	r.b.WriteString("<img")
	r.attr("src", img.URL)
	r.attr("width", strconv.Itoa(img.Width))
	r.attr("height", strconv.Itoa(img.Height))
	r.attr("alt", alt)
	r.b.WriteString(` loading="lazy" decoding="async">`)
	if linked {
		r.b.WriteString("</a>")
	}
	credit := a.Credit
	if credit == "" {
		credit = img.Credit
	}
	r.caption(n.Content, img.Caption, credit)
	r.b.WriteString("</figure>\n")
}

// aligned are the ways in which a picture may stand.
var aligned = map[string]bool{"left": true, "right": true, "center": true, "wide": true, "full": true}

// pictureLink is where a click on a picture leads. A link to the picture's own
// file, as old systems made them, is none.
func (r *renderer) pictureLink(a *Attrs) (string, bool) {
	if a.Article != 0 {
		if r.o.Article == nil {
			return "", false
		}
		url, _, ok := r.o.Article(a.Article)
		return link(url), ok
	}
	if a.Href == "" || strings.Contains(a.Href, "/wp-content/uploads/") {
		return "", false
	}
	return link(a.Href), true
}

func (r *renderer) caption(own []*Node, library, credit string) {
	if len(own) == 0 && library == "" && credit == "" {
		return
	}
	r.b.WriteString("<figcaption>")
	if len(own) > 0 {
		r.inline(own)
	} else {
		r.esc(library)
	}
	if credit != "" {
		if len(own) > 0 || library != "" {
			r.b.WriteByte(' ')
		}
		r.b.WriteString(`<span class="credit">`)
		if r.o.CreditLabel != "" {
			r.esc(r.o.CreditLabel + " ")
		}
		r.esc(credit)
		r.b.WriteString("</span>")
	}
	r.b.WriteString("</figcaption>")
}

func (r *renderer) gallery(n *Node) {
	outer := r.b
	r.b = new(strings.Builder)
	var caption []*Node
	for _, c := range n.Content {
		if c.Type == Picture {
			r.picture(c, "picture")
		} else {
			caption = c.Content
		}
	}
	inner := r.b.String()
	r.b = outer
	if inner == "" {
		return
	}
	r.b.WriteString(`<figure class="gallery"><div class="gallery-pictures">` + inner + "</div>")
	r.caption(caption, "", "")
	r.b.WriteString("</figure>\n")
}

// embed renders what another host holds as a link. A script may make it load
// there on a click; by itself the page sends that host nothing.
func (r *renderer) embed(n *Node) {
	a := n.attrs()
	href, ok := safeURL(a.Href)
	u, err := url.Parse(href)
	if !ok || err != nil || u.Host == "" {
		return
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	words := host
	if r.o.LoadFrom != nil {
		words = r.o.LoadFrom(host)
	}
	r.b.WriteString(`<figure class="embed"`)
	r.attr("data-embed-url", href)
	r.b.WriteString("><a")
	r.attr("href", href)
	r.b.WriteString(` rel="noopener noreferrer">`)
	if a.Title != "" {
		r.esc(a.Title + " – ")
	}
	r.esc(words)
	r.b.WriteString("</a>")
	r.caption(n.Content, "", "")
	r.b.WriteString("</figure>\n")
}

// media renders a sound or a film with the browser's own player.
func (r *renderer) media(n *Node) {
	a := n.attrs()
	src := a.Src
	if a.Picture != 0 {
		if r.o.Picture == nil {
			return
		}
		img, ok := r.o.Picture(a.Picture)
		if !ok {
			return
		}
		src = img.URL
	}
	if a.Picture == 0 && elsewhere(src) {
		r.linkTo(n, src, a.Title)
		return
	}
	safe, ok := safeURL(src)
	if !ok || safe == "" {
		return
	}
	tag := "audio"
	if a.Media == "video" {
		tag = "video"
	}
	r.b.WriteString(`<figure class="` + tag + `"><` + tag + ` controls preload="none"`)
	r.attr("src", safe)
	r.b.WriteString("></" + tag + ">")
	r.caption(n.Content, "", "")
	r.b.WriteString("</figure>\n")
}

// linkTo stands for a file on another host.
func (r *renderer) linkTo(n *Node, src, words string) {
	safe, ok := safeURL(src)
	if !ok {
		return
	}
	if words == "" {
		words = safe
	}
	r.b.WriteString(`<figure class="elsewhere"><a`)
	r.attr("href", safe)
	r.b.WriteString(` rel="noopener noreferrer">`)
	r.esc(words)
	r.b.WriteString("</a>")
	r.caption(n.Content, "", "")
	r.b.WriteString("</figure>\n")
}

func elsewhere(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "//")
}
