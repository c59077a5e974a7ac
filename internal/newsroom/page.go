package newsroom

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// Frame is what surrounds every screen. The view of a screen embeds it.
type Frame struct {
	L      *locale.Locale
	Title  string
	Paper  string // the paper's name
	Menu   []MenuItem
	Name   string            // who is signed in; "" for nobody
	Notice string            // what was just done; "" for nothing
	Missed bool              // what the notice tells is that something was not done
	Wrong  map[string]string // what is wrong with the form, by field
}

// MenuItem is a section of the newsroom that somebody may use.
type MenuItem struct {
	Path, Label string
	Counts      bool   // how much waits there is told
	Count       string // that; "" for nothing
	Here        bool   // it is the one that they are in
}

// frame makes the frame of a screen with that title.
func (v *visit) frame(title string) Frame {
	f := Frame{L: v.l, Title: title, Paper: v.settings.Title, Wrong: v.wrong}
	if f.Paper == "" {
		f.Paper = "Broadsheet"
	}
	if v.staff == nil {
		return f
	}
	f.Name = v.staff.Name
	f.Menu = v.menu()
	if done := v.r.URL.Query().Get("done"); v.l.Word("done_"+done) != "done_"+done {
		f.Notice, f.Missed = v.l.Word("done_"+done), missed(done)
	}
	return f
}

// missed reports whether a notice tells that something was not done, or not all of it.
func missed(done string) bool {
	switch done {
	case "saved_not_published", "held_by_stage", "held_by_embargo", "no_hour", "not_done", "restored_in_part", "changed_meanwhile", "changes_published_waiting", "change_not_now", "change_gone",
		"correction_not_now", "correction_same", "front_changed", "no_pin_hour", "too_late", "paper_not_restored", "paper_changed_meanwhile", "paper_order_changed", "no_date":
		return true
	}
	return false
}

// menu is what of the newsroom whoever is signed in may use.
func (v *visit) menu() []MenuItem {
	var menu []MenuItem
	for _, r := range routes() {
		if r.menu == "" || r.access != anyStaff && !v.staff.May(news.Permission(r.access)) {
			continue
		}
		_, path, _ := strings.Cut(r.pattern, " ")
		path = strings.TrimSuffix(path, "{$}")
		here := v.r.URL.Path == path || path != Path && strings.HasPrefix(v.r.URL.Path, path)
		item := MenuItem{Path: path, Label: v.l.Word(r.menu), Counts: path == commentsPath, Here: here}
		if item.Counts {
			item.Count = v.waiting()
		}
		menu = append(menu, item)
	}
	return menu
}

// listPath is the address of a list with one part of it changed, "" for none; of the
// others it keeps those that are named.
func listPath(path string, q url.Values, name, value string, parts ...string) string {
	kept := url.Values{}
	for _, k := range parts {
		if s := q.Get(k); s != "" && k != name {
			kept.Set(k, s)
		}
	}
	if value != "" {
		kept.Set(name, value)
	}
	if len(kept) == 0 {
		return path
	}
	return path + "?" + kept.Encode()
}

// Input is a field of a form.
type Input struct {
	Name, Label, Kind, Value string
	Error                    string // what is wrong with it, in words
	Hint                     string
	Complete                 string // what a browser may fill in, as HTML's autocomplete has it
	Most                     int    // characters; 0 for no limit
	Needed                   bool
}

// Input is the field of that name, whose label is a key of the words; kind is
// HTML's type.
func (f Frame) Input(name, label, kind, value string) Input {
	return Input{Name: name, Label: f.L.Word(label), Kind: kind, Value: value, Error: f.Wrong[name]}
}

// With adds a hint to the field.
func (i Input) With(hint string) Input { i.Hint = hint; return i }

// Fills says what a browser may fill in.
func (i Input) Fills(what string) Input { i.Complete = what; return i }

// Must says that the field is needed.
func (i Input) Must() Input { i.Needed = true; return i }

// Problem is the screen that stands instead of the one that was asked for.
type Problem struct {
	Frame
	Text string
	ID   string // of the log line; "" where nobody need tell it
}

// problem answers with a problem in words, in the frame that whoever asked would
// have seen.
func (h *Handler) problem(w http.ResponseWriter, r *http.Request, p web.Problem) error {
	v := visitOf(r)
	v.w = w
	word := "error_" + strconv.Itoa(p.Status)
	if v.l.Word(word+"_title") == word+"_title" {
		word = "error_500"
	}
	view := Problem{Frame: v.frame(v.l.Word(word + "_title")), Text: v.l.Word(word + "_text")}
	view.Notice = ""
	if p.Status >= http.StatusInternalServerError {
		view.ID = p.ID
	}
	return v.show(p.Status, "problem", view)
}

// grantName is a role in words, with its section where it has one.
func (v *visit) grantName(g news.Grant, sections news.Sections) string {
	name := v.l.Word("role_" + string(g.Role))
	if g.Section == 0 {
		return name
	}
	section := strconv.FormatInt(int64(g.Section), 10)
	if s := sections[g.Section]; s != nil {
		section = s.Name
	}
	return v.l.Say("role_in", "role", name, "section", section)
}

// Views names every template that answers a request, with a value of the view that
// it gets: for the test that each fits.
func Views() map[string]any {
	return map[string]any{
		"home": Home{}, "problem": Problem{}, "sign-in": SignIn{}, "sign-in-code": SignInCode{}, "again": Again{},
		"forgotten": Forgotten{}, "welcome": Welcome{}, "account": Account{}, "app": App{}, "codes": Codes{},
		"articles": Articles{}, "article-new": ArticleNew{}, "article": ArticleEdit{}, "article-conflict": ArticleConflict{}, "article-preview": Preview{},
		"revisions": Revisions{}, "revision": Revision{},
		"settings": SettingsEdit{}, "paper-history": PaperHistory{}, "menu": MenuEdit{}, "pages": StandingPages{}, "page-new": PageNew{},
		"terms": TermList{}, "term": TermEdit{}, "term-merge": TermMerge{},
		"pictures": Pictures{}, "pictures-uploaded": PicturesUploaded{}, "picture": PictureEdit{},
		"fronts": Fronts{}, "front-edit": FrontEdit{}, "front-revisions": FrontRevisions{}, "front-revision": FrontRevision{},
		"staff": StaffList{}, "staff-edit": StaffEdit{}, "link": Link{}, "audit": Audit{}, "history": History{},
		"calendar": Calendar{}, "stages": Stages{}, "notes": Notes{}, "notes-page": Notes{},
		"letter": LetterText{}, "letter-state": LetterState{},
		"comments": Comments{},
		"changes":  LaterList{}, "change": LaterOne{}, "withdraw": Withdraw{}, "corrections": Corrections{},
	}
}
