package newsroom

import (
	"cmp"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/fault"
)

// Carry is what somebody was about to do when it turned out that they are not
// signed in (any more). It goes along with the forms of signing in, so that nothing
// that was typed is lost.
type Carry struct {
	To     string  // the address
	Post   bool    // a form was sent there
	Fields []Field // what it held; files are not among them
}

// Field is one value of a form.
type Field struct{ Name, Value string }

// Names of the fields that carry a form along.
const (
	carryTo    = "carry-to"
	carryPost  = "carry-post"
	carryField = "carry."
)

// askToSignIn answers whoever is not signed in and may not be here. A person is
// shown the form for signing in, which carries on what they sent; a program gets
// 401.
func (v *visit) askToSignIn() error {
	h := v.r.Header
	to := v.r.URL.RequestURI()
	reads := v.r.Method == http.MethodGet || v.r.Method == http.MethodHead
	if h.Get("HX-Request") != "" {
		// A part of a screen: the screen leads on to signing in and back, unless it
		// sent something, which stays on it.
		if at, err := url.Parse(h.Get("HX-Current-URL")); err == nil && reads {
			v.w.Header().Set("HX-Redirect", signInPath(inside(at.RequestURI())))
		}
		return fault.New(fault.LoggedOut, "")
	}
	if !strings.Contains(h.Get("Accept"), "text/html") {
		return fault.New(fault.LoggedOut, "")
	}
	if reads {
		http.Redirect(v.w, v.r, signInPath(to), http.StatusSeeOther)
		return nil
	}
	values, err := v.sent()
	if err != nil {
		return err
	}
	c := Carry{To: to, Post: true, Fields: fieldsOf(values)}
	return v.showSignIn(http.StatusUnauthorized, SignIn{Carry: c, Expired: true})
}

func signInPath(to string) string {
	if to == Path {
		return Path + "sign-in"
	}
	return Path + "sign-in?to=" + url.QueryEscape(to)
}

// sent reads a form of either coding, without its files.
func (v *visit) sent() (url.Values, error) {
	kind, _, _ := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return v.form()
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseMultipartForm(maxForm); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "")
	}
	return v.r.MultipartForm.Value, nil
}

func fieldsOf(values url.Values) []Field {
	var all []Field
	for name, list := range values {
		for _, value := range list {
			all = append(all, Field{name, value})
		}
	}
	// Values of one name keep their order.
	slices.SortStableFunc(all, func(a, b Field) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// carried reads what a form of signing in carries on.
func carried(values url.Values) Carry {
	c := Carry{To: inside(values.Get(carryTo)), Post: values.Get(carryPost) != ""}
	if c.Post {
		own := url.Values{}
		for name, list := range values {
			if rest, ok := strings.CutPrefix(name, carryField); ok {
				own[rest] = list
			}
		}
		c.Fields = fieldsOf(own)
	}
	return c
}

// inside is an address of the newsroom that somebody may be led on to; any other
// becomes its first screen, so that a link can't lead elsewhere by way of signing
// in.
func inside(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, Path) || strings.HasPrefix(u.Path, Path+"sign-") || strings.ContainsAny(to, "\\\r\n") {
		return Path
	}
	return u.RequestURI()
}

// Again is the screen after signing in again: what was typed before is sent with
// one button.
type Again struct {
	Frame
	Carry
}

// goOn leads somebody who has just signed in to what they were about to do.
func (v *visit) goOn(c Carry) error {
	if !c.Post {
		return v.see(inside(c.To), "")
	}
	return v.show(http.StatusOK, "again", Again{v.frame(v.l.Word("again_title")), c})
}
