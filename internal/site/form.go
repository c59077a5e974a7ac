package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/web"
)

const formKind = "form"

// honeypot is the name of the field that people do not see and machines fill in.
const honeypot = "url"

// Form is the form for a comment, as it is first shown or as it came back.
type Form struct {
	L       *locale.Locale
	Action  string // the article's own address
	Open    bool   // whether comments are taken
	Held    bool   // one was just sent, and waits
	Shown   bool   // one was just sent, and is shown
	ReplyTo *ReplyTo
	Name    string
	Email   string
	Text    string
	Errors  []FieldError // in the order of the fields; nil while nothing is wrong
	Limit   int          // of the text, in characters
	Rules   *Link        // the standing page that says what may be written here; nil for none
}

// ReplyTo is the comment that is answered.
type ReplyTo struct {
	ID   int64
	Name string
}

// FieldError is what is wrong with a field.
type FieldError struct{ Field, Message string }

// Error is the message for a field, "" where nothing is wrong with it.
func (f Form) Error(field string) string {
	for _, e := range f.Errors {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}

func (s *Site) loadForm(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		a, err := r.ArticleHead(ctx, news.ArticleID(k.ID))
		if err != nil {
			return page.View{}, err
		}
		f := Form{L: r.l, Action: urlPath(a.Path), Limit: news.MaxCommentText}
		if f.Open, err = r.takesComments(ctx, &a); err != nil {
			return page.View{}, err
		}
		if f.Rules, err = r.commentRules(ctx); err != nil {
			return page.View{}, err
		}
		return page.View{Template: "form", Data: f}, nil
	})
}

// commentRules leads to the standing page with the rules for comments; nil where
// there is none that readers can see.
func (r *reading) commentRules(ctx context.Context) (*Link, error) {
	if r.settings.CommentRulesPage == 0 {
		return nil, nil
	}
	list, err := r.Teasers(ctx, []news.ArticleID{r.settings.CommentRulesPage})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	l := &Link{Text: list[0].Headline, URL: urlPath(list[0].Path)}
	l.Lang, l.Dir = r.foreign(list[0].Language)
	return l, nil
}

// emptyForm is the form as the query of an article's address asks for it: as a
// reply, or with the word that a comment waits.
func (s *Site) emptyForm(ctx context.Context, k page.Key, q url.Values) (*page.Piece, error) {
	return s.formWith(ctx, k, func(f *Form) error {
		f.Held, f.Shown = q.Get("comment") == "held", q.Get("comment") == "shown"
		return s.setReply(ctx, f, news.ArticleID(k.ID), q.Get("reply"))
	})
}

// formWith renders the form after change has filled it in for this request.
func (s *Site) formWith(ctx context.Context, k page.Key, change func(*Form) error) (*page.Piece, error) {
	v, err := s.loadForm(ctx, k, func(...news.Ref) {})
	if err != nil {
		return nil, err
	}
	f := v.Data.(Form)
	if err := change(&f); err != nil {
		return nil, err
	}
	v.Data = f
	return s.press.Render(k, v)
}

// setReply says which comment is answered. One that is not shown (any more) is
// none: the form is then for a new comment.
func (s *Site) setReply(ctx context.Context, f *Form, article news.ArticleID, id string) error {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 1 {
		return nil
	}
	c, err := s.store.Comment(ctx, news.CommentID(n))
	if fault.Is(err, fault.NotFound) || err == nil && (c.Article != article || c.State != news.Approved) {
		return nil
	}
	if err == nil {
		f.ReplyTo = &ReplyTo{ID: n, Name: c.Name}
	}
	return err
}

// post takes a comment on the article that stands at the path.
func (s *Site) post(w http.ResponseWriter, r *http.Request) error {
	if !plainPath(r.URL.Path) {
		return fault.New(fault.NotFound, "")
	}
	a, err := s.store.Address(r.Context(), norm.NFC.String(r.URL.Path))
	if fault.Is(err, fault.NotFound) || err == nil && (a.State != news.Current || a.Target.Noun != news.ArticleNoun) {
		return fault.New(fault.NotFound, "")
	}
	if err != nil {
		return err
	}
	values, err := web.Form(w, r, maxForm)
	if err != nil {
		return err
	}
	if values.Get(honeypot) != "" { // a machine: it is told that all went well
		return seeSent(w, r, a.Path, news.Held)
	}
	c := &news.Comment{Article: news.ArticleID(a.Target.ID), Name: values.Get("name"), Email: values.Get("email"), Text: values.Get("text")}
	parent, _ := strconv.ParseInt(values.Get("reply"), 10, 64)
	c.Parent = news.CommentID(max(parent, 0))
	if wrong := c.Check(); wrong != nil {
		return s.formAgain(w, r, c, http.StatusUnprocessableEntity, func(l *locale.Locale) []FieldError { return fieldErrors(l, wrong) })
	}
	client := s.Proxies.Client(r)
	if wait, ok := s.Comments.Allow(client); !ok {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
		return s.formAgain(w, r, c, http.StatusTooManyRequests, func(l *locale.Locale) []FieldError {
			return []FieldError{{"text", l.Word("error_too_many")}}
		})
	}
	if client.IsValid() {
		c.Address = client.String()
	}
	switch err := s.Desk.PostComment(r.Context(), c); {
	case fault.Is(err, fault.Invalid):
		c.Parent = 0
		return s.formAgain(w, r, c, http.StatusUnprocessableEntity, func(l *locale.Locale) []FieldError {
			return []FieldError{{"text", l.Word("error_parent_gone")}}
		})
	case fault.Is(err, fault.Denied):
		return s.formAgain(w, r, c, http.StatusForbidden, func(l *locale.Locale) []FieldError {
			return []FieldError{{"text", l.Word("comments_closed")}}
		})
	case err != nil:
		return err
	}
	return seeSent(w, r, a.Path, c.State)
}

// seeSent leads back to the article, where a word says what became of the comment.
func seeSent(w http.ResponseWriter, r *http.Request, path string, state news.CommentState) error {
	word := "held"
	if state == news.Approved {
		word = "shown"
	}
	http.Redirect(w, r, urlPath(path)+"?comment="+word+"#reply", http.StatusSeeOther)
	return nil
}

// formAgain shows the article's page with everything as typed and what is wrong.
func (s *Site) formAgain(w http.ResponseWriter, r *http.Request, c *news.Comment, status int, wrong func(*locale.Locale) []FieldError) error {
	settings, err := s.settings(r.Context())
	if err != nil {
		return err
	}
	key := articleKey(c.Article, "")
	key.Language = settings.Language
	p, err := s.press.Piece(r.Context(), key)
	if err != nil {
		return err
	}
	own, ok := p.Pieces["form"]
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	form, err := s.formWith(r.Context(), own, func(f *Form) error {
		f.Name, f.Email, f.Text = c.Name, c.Email, strings.ToValidUTF8(c.Text, "\uFFFD")
		f.Errors = wrong(f.L)
		return s.setReply(r.Context(), f, c.Article, fmt.Sprint(int64(c.Parent)))
	})
	if err != nil {
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	return s.sendOnce(w, r, status, p, map[string]*page.Piece{"form": form})
}

// fieldErrors finds words for what is wrong, in the order of the fields.
func fieldErrors(l *locale.Locale, wrong map[string]news.FieldProblem) []FieldError {
	limits := map[string]int{"name": news.MaxCommentName, "email": news.MaxCommentEmail, "text": news.MaxCommentText}
	var list []FieldError
	for _, field := range []string{"text", "name", "email"} {
		switch wrong[field] {
		case news.Missing:
			list = append(list, FieldError{field, l.Word("error_missing_" + field)})
		case news.TooLong:
			list = append(list, FieldError{field, l.Say("error_too_long", "n", l.Number(limits[field]))})
		case news.BadEmail:
			list = append(list, FieldError{field, l.Word("error_bad_email")})
		}
	}
	return list
}
