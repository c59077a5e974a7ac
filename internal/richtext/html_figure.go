package richtext

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// picture renders a picture with caption and credit, its own or, where the body
// says none, those of the library. One that is not here is left out; one on
// another host is a link, since a page loads nothing from elsewhere by itself.
func (r *renderer) picture(n *Node, place Place) {
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
	r.b.WriteString(`<figure class="picture`)
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
	r.img(img, a, place)
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

// img writes a picture in the sizes of its place.
func (r *renderer) img(img Image, a *Attrs, place Place) {
	cut := Cut{Src: img.URL, Width: img.Width, Height: img.Height}
	if img.Cut != nil {
		cut = img.Cut(place)
	}
	alt := a.Alt
	if alt == "" {
		alt = img.Alt
	}
	r.b.WriteString("<img")
	r.attr("src", cut.Src)
	if cut.Srcset != "" {
		r.attr("srcset", cut.Srcset)
		r.attr("sizes", cut.Sizes)
	}
	r.attr("width", strconv.Itoa(cut.Width))
	r.attr("height", strconv.Itoa(cut.Height))
	r.attr("alt", alt)
	if colour.MatchString(img.Colour) {
		r.attr("style", "background-color:"+img.Colour)
	}
	r.b.WriteString(` loading="lazy" decoding="async">`)
}

var colour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// placeOf is where a picture of the body itself stands.
func placeOf(a *Attrs) Place {
	switch a.Align {
	case "wide", "full":
		return InWide
	case "left", "right":
		return InHalf
	}
	return InColumn
}

// aligned are the ways in which a picture may stand.
var aligned = map[string]bool{"left": true, "right": true, "center": true, "wide": true, "full": true}

// pictureLink is where a click on a picture leads. A link to the picture's own
// file, as old systems made them, is none.
func (r *renderer) pictureLink(a *Attrs) (string, bool) {
	if a.Article != 0 {
		to, ok := r.article(a.Article)
		return link(to.URL), ok
	}
	if a.Href == "" || strings.Contains(a.Href, "/wp-content/uploads/") {
		return "", false
	}
	return link(a.Href), true
}

func (r *renderer) caption(own []*Node, library, credit string) {
	r.captioned(own, library, credit, r.o.CreditLabel)
}

// captioned is caption with words before the credit, "" for none.
func (r *renderer) captioned(own []*Node, library, credit, label string) {
	if len(own) == 0 && library == "" && credit == "" {
		return
	}
	if len(own) > 0 {
		r.b.WriteString("<figcaption>")
		r.inline(own)
	} else { // written for the picture, in whatever language
		r.b.WriteString(`<figcaption dir="auto">`)
		r.esc(library)
	}
	if credit != "" {
		if len(own) > 0 || library != "" {
			r.b.WriteByte(' ')
		}
		r.b.WriteString(`<bdi class="credit">`)
		if label != "" {
			r.esc(label + " ")
		}
		r.esc(credit)
		r.b.WriteString("</bdi>")
	}
	r.b.WriteString("</figcaption>")
}

// gallery renders pictures beside each other. Where there are words for it, each
// leads to a view of it that fills the window: a target of the page's own
// address, so that it needs no script, and the way back is the browser's.
func (r *renderer) gallery(n *Node) {
	var shown []*Node
	var caption []*Node
	for _, c := range n.Content {
		switch {
		case c.Type != Picture:
			caption = c.Content
		case r.known(c):
			shown = append(shown, c)
		}
	}
	if len(shown) == 0 {
		return
	}
	r.shows++
	show := "gallery-" + strconv.Itoa(r.shows)
	r.b.WriteString(`<figure class="gallery"`)
	if r.o.Lightbox != nil {
		r.attr("id", show)
	}
	r.b.WriteString(`><div class="gallery-pictures">`)
	for i, c := range shown {
		if r.o.Lightbox == nil || c.attrs().Picture == 0 {
			r.picture(c, InGallery)
			continue
		}
		r.enlargeable(c, show, i, len(shown))
	}
	r.b.WriteString("</div>")
	r.caption(caption, "", "")
	r.b.WriteString("</figure>\n")
	if r.o.Lightbox != nil {
		for i, c := range shown {
			r.enlarged(c, show, i, len(shown))
		}
	}
}

// known reports whether anything will be shown of a picture.
func (r *renderer) known(n *Node) bool {
	a := n.attrs()
	if a.Picture == 0 {
		return a.Src != "" && elsewhere(a.Src)
	}
	_, ok := r.image(a)
	return ok
}

func (r *renderer) image(a *Attrs) (Image, bool) {
	if r.o.Picture == nil {
		return Image{}, false
	}
	return r.o.Picture(a.Picture)
}

// enlargeable is a picture of a gallery that leads to its enlarged view.
func (r *renderer) enlargeable(n *Node, show string, i, of int) {
	a := n.attrs()
	img, _ := r.image(a)
	r.b.WriteString(`<figure class="picture"><a`)
	r.attr("href", "#"+view(show, i))
	r.attr("aria-label", r.o.Lightbox.Enlarge(i+1, of))
	r.b.WriteString(">")
	r.img(img, a, InGallery)
	r.b.WriteString("</a>")
	r.caption(n.Content, img.Caption, first(a.Credit, img.Credit))
	r.b.WriteString("</figure>\n")
}

// enlarged is the view that fills the window.
func (r *renderer) enlarged(n *Node, show string, i, of int) {
	a, w := n.attrs(), r.o.Lightbox
	if a.Picture == 0 {
		return
	}
	img, _ := r.image(a)
	r.b.WriteString(`<div class="lightbox" role="group"`)
	r.attr("id", view(show, i))
	r.attr("aria-label", w.Count(i+1, of))
	r.b.WriteString("><figure>")
	r.img(img, a, InWindow)
	r.caption(n.Content, img.Caption, first(a.Credit, img.Credit))
	r.b.WriteString(`</figure><p class="lightbox-ways">`)
	r.way("previous", view(show, (i+of-1)%of), w.Previous)
	r.b.WriteString("<span>")
	r.esc(w.Count(i+1, of))
	r.b.WriteString("</span>")
	r.way("next", view(show, (i+1)%of), w.Next)
	r.way("close", show, w.Close)
	r.b.WriteString("</p></div>\n")
}

func (r *renderer) way(class, to, words string) {
	r.b.WriteString("<a")
	r.attr("class", class)
	r.attr("href", "#"+to)
	r.b.WriteByte('>')
	r.esc(words)
	r.b.WriteString("</a>")
}

// view is the anchor of a gallery's picture, enlarged.
func view(show string, i int) string { return show + "-" + strconv.Itoa(i+1) }

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
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

// media renders a sound or a film with the browser's own player. In it stands a link
// to the file, for programs that have none.
func (r *renderer) media(n *Node) {
	a := n.attrs()
	src, file := a.Src, Image{}
	if a.Picture != 0 {
		var ok bool
		if file, ok = r.image(a); !ok {
			return
		}
		src = file.URL
	}
	if a.Picture == 0 && elsewhere(src) {
		r.linkTo(n, src, a.Title)
		return
	}
	safe, ok := safeURL(src)
	if !ok || safe == "" {
		return
	}
	tag, _, _ := strings.Cut(file.Type, "/")
	switch {
	case file.Type == "" && a.Media == "video":
		tag = "video"
	case file.Type == "":
		tag = "audio"
	case tag != "video" && tag != "audio": // a document: nothing plays it
		r.linkTo(n, src, a.Title)
		return
	}
	r.b.WriteString(`<figure class="` + tag + `"><` + tag + ` controls preload="metadata"`)
	r.attr("src", safe)
	if tag == "video" {
		r.poster(a)
	}
	r.b.WriteString("><a")
	r.attr("href", safe)
	r.b.WriteByte('>')
	name := safe[strings.LastIndexByte(safe, '/')+1:]
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	r.esc(first(a.Title, name))
	r.b.WriteString("</a></" + tag + ">")
	r.captioned(n.Content, file.Caption, first(a.Credit, file.Credit), "")
	r.b.WriteString("</figure>\n")
}

// poster names the picture that stands for a film until it plays, as wide as the
// text.
func (r *renderer) poster(a *Attrs) {
	if a.Poster == 0 {
		return
	}
	img, ok := r.image(&Attrs{Picture: a.Poster})
	if !ok || img.Width == 0 {
		return
	}
	src := img.URL
	if img.Cut != nil {
		src = img.Cut(InColumn).Src
	}
	r.attr("poster", src)
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
