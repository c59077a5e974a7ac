package app

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// form is one of a screen, as a browser would send it.
type form struct {
	screen  string // where it was found
	action  string
	method  string
	enctype string
	fields  []field
	buttons []field  // with a name; a nameless one is the zero field
	files   []string // names of fields for files
}

// field is a field of a form as it stands.
type field struct {
	name, value string
	kind        string // HTML's type, or the element's name
	sent        bool   // a browser sends it: a box that is not checked is not
	once        bool   // what is typed there is for one time, and never shown again
}

// typed reports whether a person writes into the field.
func (f field) typed() bool {
	return slices.Contains([]string{"text", "search", "textarea", "email", "url", "tel", "password", "number", "date", "time", "datetime-local", "color", "month", "week"}, f.kind)
}

// free reports whether a person may write any text there.
func (f field) free() bool {
	return slices.Contains([]string{"text", "search", "textarea", "url"}, f.kind)
}

var numbers = regexp.MustCompile(`[0-9]+`)

// key is equal for the same form of another thing, or of the same in another state.
func (f *form) key() string {
	names := []string{""}
	for _, b := range f.buttons {
		names = append(names, b.name+"="+numbers.ReplaceAllString(b.value, "N"))
	}
	slices.Sort(names)
	at, _, _ := strings.Cut(f.action, "?")
	return f.method + " " + numbers.ReplaceAllString(at, "N") + strings.Join(slices.Compact(names), " ")
}

// filled is what a browser sends after fill has been asked for each field's values.
func (f *form) filled(button field, fill func(field) []string) url.Values {
	values := url.Values{}
	for _, x := range f.fields {
		if x.name != "" {
			values[x.name] = append(values[x.name], fill(x)...)
		}
	}
	if button.name != "" {
		values[button.name] = append(values[button.name], button.value)
	}
	return values
}

// onePixel is a picture of the smallest kind there is.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"

// coded is the body of a post with these values, and what it is: a form with files
// has one picture in each, whose name is hostile.
func (f *form) coded(values url.Values) (body io.Reader, kind string, err error) {
	if f.enctype != "multipart/form-data" {
		return strings.NewReader(values.Encode()), "application/x-www-form-urlencoded", nil
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, list := range values {
		for _, v := range list {
			err = errors.Join(err, w.WriteField(name, v))
		}
	}
	for _, name := range f.files {
		part, problem := w.CreateFormFile(name, hostile+".png")
		if err = errors.Join(err, problem); err == nil {
			_, err = part.Write([]byte(onePixel))
		}
	}
	return &b, w.FormDataContentType(), errors.Join(err, w.Close())
}

// asItStands is a field as a browser sends it when nobody has touched it.
func asItStands(f field) []string {
	if !f.sent {
		return nil
	}
	return []string{f.value}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func content(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// formsOf finds the forms of a page.
func formsOf(screen string, page *html.Node) []*form {
	at, err := url.Parse(screen)
	if err != nil {
		return nil
	}
	var all []*form
	by, ids := map[*html.Node]*form{}, map[string]*form{}
	for n := range page.Descendants() {
		if n.DataAtom != atom.Form {
			continue
		}
		action, err := at.Parse(attr(n, "action"))
		if err != nil {
			continue
		}
		f := &form{screen: screen, action: action.RequestURI(), method: strings.ToUpper(attr(n, "method")), enctype: attr(n, "enctype")}
		if f.method != "POST" {
			f.method = "GET"
		}
		by[n], all = f, append(all, f)
		if id := attr(n, "id"); id != "" {
			ids[id] = f
		}
	}
	for n := range page.Descendants() {
		f := ids[attr(n, "form")]
		for p := n.Parent; f == nil && p != nil; p = p.Parent {
			f = by[p]
		}
		if f != nil && n.Type == html.ElementNode {
			f.take(n)
		}
	}
	return all
}

// take notes an element of a form.
func (f *form) take(n *html.Node) {
	name, once := attr(n, "name"), attr(n, "autocomplete") == "one-time-code"
	switch n.DataAtom {
	case atom.Input:
		kind := strings.ToLower(attr(n, "type"))
		if kind == "" {
			kind = "text"
		}
		switch kind {
		case "submit":
			f.buttons = append(f.buttons, field{name: name, value: attr(n, "value")})
		case "button", "reset", "image":
		case "file":
			f.files = append(f.files, name)
		case "checkbox", "radio":
			value := "on"
			if has(n, "value") {
				value = attr(n, "value")
			}
			f.fields = append(f.fields, field{name: name, value: value, kind: kind, sent: has(n, "checked")})
		default:
			f.fields = append(f.fields, field{name: name, value: attr(n, "value"), kind: kind, sent: true, once: once || kind == "password"})
		}
	case atom.Textarea:
		f.fields = append(f.fields, field{name: name, value: strings.TrimPrefix(content(n), "\n"), kind: "textarea", sent: true})
	case atom.Select:
		f.fields = append(f.fields, chosen(n, name))
	case atom.Button:
		if kind := attr(n, "type"); kind == "" || kind == "submit" {
			f.buttons = append(f.buttons, field{name: name, value: attr(n, "value")})
		}
	}
}

// chosen is the option of a select that a browser would send.
func chosen(n *html.Node, name string) field {
	f, first := field{name: name, kind: "select"}, true
	for o := range n.Descendants() {
		if o.DataAtom != atom.Option || !first && !has(o, "selected") {
			continue
		}
		f.value, f.sent, first = attr(o, "value"), true, false
		if !has(o, "value") {
			f.value = strings.TrimSpace(content(o))
		}
	}
	return f
}

// hostile is a text that would run, or make an element, wherever somebody forgot to
// write it as text.
const hostile = `Quorl"'><x-quorl onfocus=quorl()></x-quorl><script>quorl()</script>&lt;x-quorl&gt;`

// ran names what of the hostile text a page has taken for its own; "" for nothing.
func ran(page *html.Node) string {
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "x-quorl" {
			return "an element"
		}
		if n.DataAtom == atom.Script && strings.Contains(content(n), "quorl()") && !strings.Contains(attr(n, "type"), "json") {
			return "a script"
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") && strings.Contains(a.Val, "quorl") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") && a.Key != "value" {
				return "an attribute " + a.Key
			}
		}
	}
	return ""
}
