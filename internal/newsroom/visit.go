package newsroom

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/secret"
	"broadsheet/internal/web"
)

// visit is one request, and who makes it.
type visit struct {
	*Handler
	w        http.ResponseWriter
	r        *http.Request
	l        *locale.Locale
	settings news.Settings
	staff    *news.Staff // nil for who is not signed in
	session  news.Session
	stages   news.Stages       // of the newsroom; none for who is not signed in
	wrong    map[string]string // what is wrong with the form, by field, in words
}

// visitKey is what a visit stands under in its request's context, where the page
// of a problem finds it.
type visitKey struct{}

func visitOf(r *http.Request) *visit { return r.Context().Value(visitKey{}).(*visit) }

func (h *Handler) visited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Handler: h, settings: news.DefaultSettings()}
		v.w, v.r = w, r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		v.l = v.words.For(v.preferred(""))
		next.ServeHTTP(w, v.r)
	})
}

// ctx is the request's.
func (v *visit) ctx() context.Context { return v.r.Context() }

// who is whoever is signed in, for the desk.
func (v *visit) who() desk.Who { return desk.By(v.staff) }

// seenEvery is how exactly a session tells when it was used last.
const seenEvery = 5 * time.Minute

// open finds out who comes, and in which language they are answered.
func (v *visit) open() error {
	var err error
	if v.settings, err = v.Store.Settings(v.ctx()); err != nil {
		return err
	}
	if err := v.recognise(); err != nil {
		return err
	}
	chosen := ""
	if v.staff != nil {
		chosen = v.staff.Language
	}
	v.l = v.words.For(v.preferred(chosen))
	if v.staff != nil {
		v.stages, err = v.Store.Stages(v.ctx())
	}
	return err
}

// recognise finds the session that the cookie names. One that is over, or whose
// account is disabled, is none.
func (v *visit) recognise() error {
	c, err := v.r.Cookie(cookieName)
	if err != nil || c.Value == "" {
		return nil
	}
	s, err := v.Store.Session(v.ctx(), secret.Hash(c.Value))
	if fault.Is(err, fault.NotFound) || err == nil && !s.Alive(v.Now()) {
		return nil
	}
	if err != nil {
		return err
	}
	staff, err := v.Store.Staff(v.ctx(), s.Staff)
	if err != nil {
		return err
	}
	if !staff.Disabled.IsZero() {
		return nil
	}
	v.staff, v.session = &staff, s
	if v.Now().Sub(s.Seen) >= seenEvery {
		return v.Desk.SeeSession(v.ctx(), s.ID)
	}
	return nil
}

// preferred is the language that somebody has chosen, else the first that their
// browser asks for and there are words in, else the paper's.
func (v *visit) preferred(chosen string) string {
	if chosen != "" {
		return chosen
	}
	asked, _, err := language.ParseAcceptLanguage(v.r.Header.Get("Accept-Language"))
	if err == nil {
		for _, tag := range asked {
			base, _ := tag.Base()
			for _, known := range languages() {
				if base.String() == known {
					return known
				}
			}
		}
	}
	return v.settings.Language
}

// languages are those of the newsroom's own words.
func languages() []string { return []string{"en", "de", "ru", "uk", "ar", "fa"} }

// form reads the posted form, of at most maxForm bytes.
func (v *visit) form() (url.Values, error) { return web.Form(v.w, v.r, maxForm) }

// id is the number in the path, 0 where there is none: which nothing has.
func (v *visit) id(name string) int64 {
	n, err := strconv.ParseInt(v.r.PathValue(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// bad notes what is wrong with a field.
func (v *visit) bad(field string, problem news.FieldProblem, limit int) {
	if problem == "" {
		return
	}
	if v.wrong == nil {
		v.wrong = map[string]string{}
	}
	key := "problem_" + strings.ReplaceAll(string(problem), " ", "_")
	v.wrong[field] = v.l.Say(key, "n", limit)
}

// mostOf is how many characters a field of an account takes.
func mostOf(field string) int {
	if field == "name" {
		return news.MaxStaffName
	}
	return news.MaxStaffEmail
}

// refused takes over what the desk says is wrong with the fields of a form, and
// reports whether that was it: the form is then shown again.
func (v *visit) refused(err error) bool { return v.refusedFields(err, mostOf) }

// refusedFields is refused for a form whose fields have other limits.
func (v *visit) refusedFields(err error, limit func(field string) int) bool {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Invalid || len(e.Fields) == 0 {
		return false
	}
	for field, problem := range e.Fields {
		v.bad(field, news.FieldProblem(problem), limit(field))
	}
	return true
}

// see leads on to another screen, where a notice says what was done: a key of the
// words without "done_"; "" for none.
func (v *visit) see(path, done string) error {
	if done != "" {
		path += "?done=" + url.QueryEscape(done)
	}
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

// show answers with a screen: the template of that name, whole or not at all.
func (v *visit) show(status int, name string, view any) error {
	var b bytes.Buffer
	if err := v.templates.ExecuteTemplate(&b, name, view); err != nil {
		return fmt.Errorf("rendering %s: %w", name, err)
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		_, _ = v.w.Write(b.Bytes())
	}
	return nil
}

// origin is the paper's own, as far as this request may name it: what the settings
// say where it came there, else the host that was asked.
func (v *visit) origin() string {
	for _, known := range []string{v.settings.Address, v.Address} {
		if u, err := url.Parse(known); err == nil && known != "" && strings.EqualFold(u.Host, v.r.Host) {
			return u.Scheme + "://" + u.Host
		}
	}
	if v.r.TLS != nil || v.r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + v.r.Host
	}
	return "http://" + v.r.Host
}

// moment writes a time in the paper's zone.
func (v *visit) moment(t time.Time) string { return v.l.DateTime(t.In(v.settings.Zone())) }
