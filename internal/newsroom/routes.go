package newsroom

import (
	"net/http"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// access is what a route asks of whoever comes there: a permission, or one of the
// two below. A route that says nothing is not mounted.
type access string

const (
	anyone   access = "anyone"    // also who is not signed in
	anyStaff access = "any staff" // who is signed in, whatever they may do
)

func may(p news.Permission) access { return access(p) }

// route is one address of the newsroom.
type route struct {
	pattern string // of net/http, with the method
	access  access
	do      func(*visit) error
	menu    string // its entry in the menu, a key of the words; "" for none
}

// routes is the table of contents. The menu has its entries in this order, and
// shows those that somebody may use.
func routes() []route {
	return []route{
		{"GET /newsroom/{$}", anyStaff, home, "menu_home"},

		{"GET /newsroom/articles/{$}", may(news.MayWrite), articles, "menu_articles"},
		{"GET /newsroom/articles/new", may(news.MayWrite), articleNew, ""},
		{"POST /newsroom/articles/new", may(news.MayWrite), articleCreate, ""},
		{"GET /newsroom/articles/find", may(news.MayWrite), articlesFind, ""},
		{"GET /newsroom/articles/{id}", may(news.MayWrite), articleEdit, ""},
		{"POST /newsroom/articles/{id}", may(news.MayWrite), articleSave, ""},
		{"POST /newsroom/articles/{id}/keep", may(news.MayWrite), articleKeep, ""},
		{"POST /newsroom/articles/{id}/present", may(news.MayWrite), articlePresent, ""},
		{"POST /newsroom/articles/{id}/drop", may(news.MayWrite), articleDrop, ""},
		{"POST /newsroom/articles/{id}/merge", may(news.MayWrite), articleMerge, ""},
		{"GET /newsroom/articles/{id}/withdraw", may(news.MayPublish), withdrawAsk, ""},
		{"POST /newsroom/articles/{id}/withdraw", may(news.MayPublish), articleWithdraw, ""},
		{"POST /newsroom/articles/{id}/trash", may(news.MayWrite), articleTrash, ""},
		{"POST /newsroom/articles/{id}/restore", may(news.MayEdit), articleRestore, ""},
		{"POST /newsroom/articles/{id}/preview", may(news.MayWrite), articlePreview, ""},
		{"POST /newsroom/articles/{id}/preview/end", may(news.MayWrite), previewEnd, ""},
		{"GET /newsroom/articles/{id}/notes", may(news.MayWrite), notes, ""},
		{"POST /newsroom/articles/{id}/notes", may(news.MayWrite), noteAdd, ""},
		{"POST /newsroom/articles/{id}/notes/answer", may(news.MayWrite), noteAdd, ""},
		{"POST /newsroom/articles/{id}/notes/resolve", may(news.MayWrite), noteResolve, ""},
		{"POST /newsroom/articles/{id}/notes/reopen", may(news.MayWrite), noteReopen, ""},
		{"GET /newsroom/articles/{id}/revisions/{$}", may(news.MayWrite), revisions, ""},
		{"GET /newsroom/articles/{id}/revisions/{version}", may(news.MayWrite), revision, ""},
		{"POST /newsroom/articles/{id}/revisions/{version}/restore", may(news.MayWrite), revisionRestore, ""},
		{"GET /newsroom/articles/{id}/history/{$}", may(news.MayWrite), history, ""},
		{"GET /newsroom/articles/{id}/corrections/{$}", may(news.MayPublish), corrections, ""},
		{"POST /newsroom/articles/{id}/corrections/{$}", may(news.MayPublish), correctionAdd, ""},
		{"POST /newsroom/articles/{id}/corrections/{correction}/amend", may(news.MayPublish), correctionAmend, ""},
		{"POST /newsroom/articles/{id}/corrections/{correction}/remove", may(news.MayPublish), correctionRemove, ""},
		{"POST /newsroom/articles/{id}/pin", may(news.MayFront), articlePin, ""},
		{"POST /newsroom/articles/{id}/unpin", may(news.MayFront), articleUnpin, ""},

		{"GET /newsroom/calendar/{$}", may(news.MayWrite), calendar, "menu_calendar"},
		{"POST /newsroom/calendar/move", may(news.MayWrite), calendarMove, ""},

		{"GET /newsroom/changes/{$}", may(news.MayWrite), laters, "menu_changes"},
		{"GET /newsroom/changes/{id}", may(news.MayWrite), later, ""},
		{"POST /newsroom/changes/{id}/hour", may(news.MayPublish), laterHour, ""},
		{"POST /newsroom/changes/{id}/publish", may(news.MayPublish), laterPublish, ""},
		{"POST /newsroom/changes/{id}/cancel", may(news.MayWrite), laterCancel, ""},
		{"POST /newsroom/changes/{id}/preview", may(news.MayWrite), laterPreview, ""},

		{"GET /newsroom/pictures/find", may(news.MayWrite), picturesFind, ""},
		{"GET /newsroom/pictures/{$}", may(news.MayPicture), pictures, "menu_pictures"},
		{"POST /newsroom/pictures/upload", may(news.MayPicture), picturesUpload, ""},
		{"GET /newsroom/pictures/{id}", may(news.MayPicture), pictureEdit, ""},
		{"POST /newsroom/pictures/{id}", may(news.MayPicture), pictureDescribe, ""},
		{"POST /newsroom/pictures/{id}/crop", may(news.MayPicture), pictureCrop, ""},
		{"POST /newsroom/pictures/{id}/focus", may(news.MayPicture), pictureFocus, ""},
		{"POST /newsroom/pictures/{id}/replace", may(news.MayPicture), pictureReplace, ""},
		{"POST /newsroom/pictures/{id}/put-back", may(news.MayPicture), picturePutBack, ""},
		{"POST /newsroom/pictures/{id}/delete", may(news.MayPicture), pictureDelete, ""},
		{"GET /newsroom/pictures/{id}/file", anyStaff, pictureFile, ""},

		{"GET /newsroom/fronts/{$}", may(news.MayFront), fronts, "menu_fronts"},
		{"GET /newsroom/fronts/{id}", may(news.MayFront), frontEdit, ""},
		{"POST /newsroom/fronts/{id}", may(news.MayFront), frontSave, ""},
		{"POST /newsroom/fronts/{id}/undo", may(news.MayFront), frontUndo, ""},
		{"POST /newsroom/fronts/{id}/plans/{plan}/cancel", may(news.MayFront), frontPlanCancel, ""},
		{"GET /newsroom/fronts/{id}/revisions/{$}", may(news.MayFront), frontRevisions, ""},
		{"GET /newsroom/fronts/{id}/revisions/{version}", may(news.MayFront), frontRevision, ""},
		{"POST /newsroom/fronts/{id}/revisions/{version}/restore", may(news.MayFront), frontRestore, ""},

		{"GET /newsroom/comments/{$}", may(news.MayModerate), comments, "menu_comments"},
		{"POST /newsroom/comments/{$}", may(news.MayModerate), commentsDecide, ""},

		{"GET /newsroom/sections/{$}", may(news.MayTerm), sectionTerms.list, "menu_sections"},
		{"GET /newsroom/sections/new", may(news.MayTerm), sectionTerms.begin, ""},
		{"POST /newsroom/sections/new", may(news.MayTerm), sectionTerms.save, ""},
		{"GET /newsroom/sections/{id}", may(news.MayTerm), sectionTerms.edit, ""},
		{"POST /newsroom/sections/{id}", may(news.MayTerm), sectionTerms.save, ""},
		{"POST /newsroom/sections/{id}/retire", may(news.MayTerm), sectionTerms.retire, ""},
		{"GET /newsroom/sections/{id}/merge", may(news.MayTerm), sectionTerms.merging, ""},
		{"POST /newsroom/sections/{id}/merge", may(news.MayTerm), sectionTerms.merge, ""},
		{"POST /newsroom/sections/order", may(news.MayTerm), sectionsOrder, ""},

		{"GET /newsroom/topics/{$}", may(news.MayTerm), topicTerms.list, "menu_topics"},
		{"GET /newsroom/topics/new", may(news.MayTerm), topicTerms.begin, ""},
		{"POST /newsroom/topics/new", may(news.MayTerm), topicTerms.save, ""},
		{"GET /newsroom/topics/{id}", may(news.MayTerm), topicTerms.edit, ""},
		{"POST /newsroom/topics/{id}", may(news.MayTerm), topicTerms.save, ""},
		{"POST /newsroom/topics/{id}/retire", may(news.MayTerm), topicTerms.retire, ""},
		{"GET /newsroom/topics/{id}/merge", may(news.MayTerm), topicTerms.merging, ""},
		{"POST /newsroom/topics/{id}/merge", may(news.MayTerm), topicTerms.merge, ""},

		{"GET /newsroom/people/{$}", may(news.MayTerm), personTerms.list, "menu_people"},
		{"GET /newsroom/people/new", may(news.MayTerm), personTerms.begin, ""},
		{"POST /newsroom/people/new", may(news.MayTerm), personTerms.save, ""},
		{"GET /newsroom/people/{id}", may(news.MayTerm), personTerms.edit, ""},
		{"POST /newsroom/people/{id}", may(news.MayTerm), personTerms.save, ""},
		{"POST /newsroom/people/{id}/retire", may(news.MayTerm), personTerms.retire, ""},

		{"GET /newsroom/pages/{$}", may(news.MayTerm), pagesList, "menu_pages"},
		{"GET /newsroom/pages/new", may(news.MayTerm), pageNew, ""},
		{"POST /newsroom/pages/new", may(news.MayTerm), pageCreate, ""},
		{"POST /newsroom/pages/order", may(news.MayTerm), pagesOrder, ""},

		{"GET /newsroom/menus/{$}", may(news.MaySet), menusFirst, "menu_menus"},
		{"GET /newsroom/menus/{name}", may(news.MaySet), menuEdit, ""},
		{"POST /newsroom/menus/{name}", may(news.MaySet), menuSave, ""},
		{"GET /newsroom/menus/{name}/history", may(news.MaySet), menuHistory, ""},
		{"POST /newsroom/menus/{name}/history/{version}/restore", may(news.MaySet), menuRestore, ""},

		{"GET /newsroom/settings/{$}", may(news.MaySet), settingsFirst, "menu_settings"},
		{"GET /newsroom/settings/history", may(news.MaySet), settingsHistory, ""},
		{"POST /newsroom/settings/history/{version}/restore", may(news.MaySet), settingsRestore, ""},
		{"GET /newsroom/settings/{group}", may(news.MaySet), settingsEdit, ""},
		{"POST /newsroom/settings/{group}", may(news.MaySet), settingsSave, ""},

		{"GET /newsroom/stages/{$}", may(news.MaySet), stages, "menu_stages"},
		{"POST /newsroom/stages/{$}", may(news.MaySet), stagesChange, ""},
		{"POST /newsroom/stages/remove", may(news.MaySet), stageRemove, ""},

		{"GET /newsroom/staff/{$}", may(news.MayStaff), staffList, "menu_staff"},
		{"GET /newsroom/staff/new", may(news.MayStaff), staffNew, ""},
		{"POST /newsroom/staff/new", may(news.MayStaff), staffAdd, ""},
		{"GET /newsroom/staff/{id}", may(news.MayStaff), staffEdit, ""},
		{"POST /newsroom/staff/{id}", may(news.MayStaff), staffChange, ""},
		{"POST /newsroom/staff/{id}/link", may(news.MayStaff), staffLink, ""},
		{"GET /newsroom/staff/{id}/letter", may(news.MayStaff), staffLetter, ""},
		{"POST /newsroom/staff/{id}/disable", may(news.MayStaff), staffDisable, ""},
		{"POST /newsroom/staff/{id}/enable", may(news.MayStaff), staffEnable, ""},
		{"POST /newsroom/staff/{id}/forget-devices", may(news.MayStaff), staffForget, ""},

		{"GET /newsroom/audit/{$}", may(news.MayAudit), audit, "menu_audit"},

		{"GET /newsroom/account/{$}", anyStaff, account, ""},
		{"POST /newsroom/account/{$}", anyStaff, accountChange, ""},
		{"POST /newsroom/account/password", anyStaff, passwordChange, ""},
		{"POST /newsroom/account/passkeys/begin", anyStaff, passkeyBegin, ""},
		{"POST /newsroom/account/passkeys", anyStaff, passkeyAdd, ""},
		{"POST /newsroom/account/passkeys/{id}/remove", anyStaff, passkeyRemove, ""},
		{"GET /newsroom/account/app", anyStaff, appNew, ""},
		{"POST /newsroom/account/app", anyStaff, appAdd, ""},
		{"POST /newsroom/account/app/remove", anyStaff, appRemove, ""},
		{"POST /newsroom/account/codes", anyStaff, codesMake, ""},
		{"POST /newsroom/account/sessions/{id}/end", anyStaff, sessionEnd, ""},
		{"POST /newsroom/account/sessions/end", anyStaff, sessionsEnd, ""},

		{"GET /newsroom/sign-in", anyone, signIn, ""},
		{"POST /newsroom/sign-in", anyone, signInPassword, ""},
		{"POST /newsroom/sign-in/code", anyone, signInCode, ""},
		{"POST /newsroom/sign-in/passkey/begin", anyone, signInPasskeyBegin, ""},
		{"POST /newsroom/sign-in/passkey", anyone, signInPasskey, ""},
		{"POST /newsroom/sign-out", anyone, signOut, ""},
		{"GET /newsroom/forgotten", anyone, forgotten, ""},
		{"POST /newsroom/forgotten", anyone, forgottenAsk, ""},
		{"GET /newsroom/welcome", anyone, welcome, ""},
		{"POST /newsroom/welcome", anyone, welcomePassword, ""},

		{"/newsroom/{path...}", anyStaff, nothing, ""},
	}
}

func nothing(*visit) error { return fault.New(fault.NotFound, "") }

// policy is the Content-Security-Policy of every screen.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// maxForm is how large a posted form may be, in bytes, unless its handler says
// otherwise.
const maxForm = 1 << 20

// mount makes a handler of routes.
func (h *Handler) mount(all []route) (http.Handler, error) {
	face := &web.Face{Log: h.Log, Page: h.problem}
	mux := http.NewServeMux()
	for i := range all {
		r := &all[i]
		if r.access == "" {
			return nil, errNoAccess
		}
		mux.Handle(r.pattern, h.visited(face.Handle(h.guarded(r))))
	}
	mux.Handle("GET "+assetPath, h.assets)
	mux.Handle("GET "+Path[:len(Path)-1], http.RedirectHandler(Path, http.StatusMovedPermanently))
	origins := http.NewCrossOriginProtection()
	origins.SetDenyHandler(h.visited(face.Handle(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.Denied, "")
	})))
	return web.Headers(policy, web.Gzip(origins.Handler(mux))), nil
}

// guarded lets a route be used by those alone who may.
func (h *Handler) guarded(r *route) web.Handler {
	return func(w http.ResponseWriter, req *http.Request) error {
		v := visitOf(req)
		v.w, v.r = w, req
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex")
		if err := v.open(); err != nil {
			return err
		}
		switch {
		case r.access == anyone:
		case v.staff == nil:
			return v.askToSignIn()
		case r.access == anyStaff:
		case !v.staff.May(news.Permission(r.access)):
			return fault.New(fault.Denied, "")
		}
		return r.do(v)
	}
}

// Addresses are the patterns of all routes, with their methods, as net/http has
// them: for tests that look at every screen.
func Addresses() []string {
	var all []string
	for _, r := range routes() {
		all = append(all, r.pattern)
	}
	return all
}
