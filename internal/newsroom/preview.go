package newsroom

import (
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// previewPath is where the site shows previews; their tokens follow.
const previewPath = "/preview/"

// shortPreview is how long the preview lasts that somebody looks at on the screen.
const shortPreview = time.Hour

// Preview is the screen that shows an article as readers would see it, in three
// widths, with secret links for people without accounts.
type Preview struct {
	Frame
	ID      news.ArticleID
	Change  news.LaterID // with which the article is shown; 0 for none
	Address string       // of the preview, for the frame
	Link    string       // whole address of the secret link that was just made; "" for none
	Until   string
	Links   []PreviewRow
}

// PreviewRow is a secret link that is in force. Nobody can see its address again.
type PreviewRow struct {
	Hash, By, Made, Ends string
}

// previewAsked is what a form asks for: a secret link for so many days, 0 for none.
type previewAsked struct{ days int }

// articlePreview shows the preview, and makes a secret link where one is asked for.
func articlePreview(v *visit) error {
	a, all, err := v.opened()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	days, _ := strconv.Atoi(values.Get("days")) // what is no number is none
	if days != 1 && days != 7 && days != 30 {
		days = 0
	}
	if days > 0 && !v.mayChange(&a, all) {
		return fault.New(fault.Denied, "")
	}
	return v.showPreview(a.ID, previewAsked{days})
}

// showPreview shows what whoever asks has typed, or else the article; a secret link
// shows the article alone.
func (v *visit) showPreview(id news.ArticleID, asked previewAsked) error {
	a, err := v.Store.Article(v.ctx(), id)
	if err != nil {
		return err
	}
	token, err := v.Desk.MakePreview(v.ctx(), v.who(), id, v.staff.ID, v.Now().Add(shortPreview))
	if err != nil {
		return v.back(id, err)
	}
	title := v.l.Word("preview_title")
	if a.Headline != "" {
		title = v.l.Say("preview_of", "name", a.Headline)
	}
	view := Preview{Frame: v.frame(title), ID: id, Address: previewPath + token}
	if asked.days > 0 {
		until := v.Now().AddDate(0, 0, asked.days)
		token, err := v.Desk.MakePreview(v.ctx(), v.who(), id, 0, until)
		if err != nil {
			return err
		}
		view.Link, view.Until = v.origin()+previewPath+token, v.moment(until)
	}
	list, err := v.Store.PreviewsOf(v.ctx(), id, 50)
	if err != nil {
		return err
	}
	for _, p := range list {
		if p.CopyOf == 0 && p.Change == 0 && p.Ends.After(v.Now()) {
			view.Links = append(view.Links, PreviewRow{p.Hash, v.by(p.By), v.moment(p.Made), v.moment(p.Ends)})
		}
	}
	return v.show(http.StatusOK, "article-preview", view)
}

// previewEnd has a secret link lead nowhere from now on.
func previewEnd(v *visit) error {
	a, _, err := v.changeable()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	if err := v.Desk.EndPreview(v.ctx(), v.who(), a.ID, values.Get("hash")); err != nil {
		return err
	}
	return v.see(articlePath(a.ID), "preview_ended")
}
