package newsroom

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/theme"
)

// ArticleFront is a front on which an article stands or may be put.
type ArticleFront struct {
	ID    news.SectionID
	Name  string
	There bool   // somebody has put it there
	Until string // in words; "" for no end
}

// fillFronts fills in the fronts of an article: the front page, and those of its
// sections that are arranged by hand, as far as whoever asks may arrange them.
func (v *visit) fillFronts(view *ArticleEdit, a *news.Article, all news.Sections) error {
	if a.Kind != news.Story || a.State == news.Trashed || !v.staff.May(news.MayFront) {
		return nil
	}
	known, err := v.Store.Fronts(v.ctx())
	if err != nil {
		return err
	}
	own := lines(a, all)
	if !slices.ContainsFunc(known, func(f news.Front) bool { return f.Section == 0 }) {
		known = append([]news.Front{{}}, known...)
	}
	for _, f := range known {
		pin := f.Pin(a.ID)
		if !v.mayFront(f.Section, all) || f.Section != 0 && pin == nil && (!f.ByHand || !slices.Contains(own, f.Section)) {
			continue
		}
		row := ArticleFront{ID: f.Section, Name: v.frontName(f.Section, all), There: pin != nil}
		if pin != nil {
			row.Until = v.shortUntil(pin.Until)
		}
		view.Fronts = append(view.Fronts, row)
	}
	return nil
}

// articlePin puts an article first on a front.
func articlePin(v *visit) error {
	a, front, values, err := v.pinning()
	if err != nil {
		return err
	}
	until, ok := v.typedHour(values.Get("until"), time.Time{})
	if !ok {
		return v.see(articlePath(a.ID), "no_pin_hour")
	}
	err = v.Desk.Pin(v.ctx(), v.who(), front, v.zoneFor(a.Genre), a.ID, until)
	if fault.Is(err, fault.Invalid) {
		return v.see(articlePath(a.ID), "no_pin_hour")
	}
	if err != nil {
		return err
	}
	return v.see(frontPath(front), "front_pinned")
}

// zoneFor is the first zone in which an article of that kind is shown.
func (v *visit) zoneFor(g news.Genre) string {
	wanted := map[news.Genre]theme.Fill{news.Opinion: theme.FillOpinion, news.Sponsored: theme.FillRest}[g]
	for _, z := range v.Theme().Zones(v.settings.FrontLayout) {
		if z.Fill == wanted {
			return z.Name
		}
	}
	return news.FirstZone
}

// articleUnpin takes an article from a front.
func articleUnpin(v *visit) error {
	a, front, _, err := v.pinning()
	if err != nil {
		return err
	}
	if err := v.Desk.Unpin(v.ctx(), v.who(), front, a.ID); err != nil {
		return v.back(a.ID, err)
	}
	return v.see(articlePath(a.ID), "front_unpinned")
}

// pinning reads an article that whoever asks may see, and the front that they may
// arrange.
func (v *visit) pinning() (a news.Article, front news.SectionID, values url.Values, err error) {
	a, all, err := v.opened()
	if err != nil {
		return a, 0, nil, err
	}
	if values, err = v.form(); err != nil {
		return a, 0, nil, err
	}
	n, err := strconv.ParseInt(values.Get("front"), 10, 64)
	if front = news.SectionID(n); err != nil || n < 0 || !v.mayFront(front, all) {
		return a, 0, nil, fault.New(fault.Denied, "")
	}
	return a, front, values, nil
}
