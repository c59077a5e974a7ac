package newsroom

import (
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/news"
)

// ArticleNew is the form with which an article begins: by whoever fills it in, or as
// work for somebody else.
type ArticleNew struct {
	Frame
	Headline  string
	Sections  []Choice
	Assigning bool // whoever looks may give work to others
	Given     bool // something of that was filled in
	Writers   []Choice
	Due       string
	Brief     string
}

func articleNew(v *visit) error { return v.showNew(http.StatusOK, url.Values{}) }

// showNew shows the form as it was filled in.
func (v *visit) showNew(status int, typed url.Values) error {
	all, err := v.Store.Sections(v.ctx())
	if err != nil {
		return err
	}
	view := ArticleNew{Frame: v.frame(v.l.Word("article_new_title")), Headline: typed.Get("headline"), Due: typed.Get("due"), Brief: typed.Get("brief"), Assigning: v.staff.May(news.MayEdit)}
	view.Given = typed.Get("assigned") != "" || view.Due != "" || view.Brief != ""
	for _, c := range sectionChoices(all, 0, &news.Staff{}) {
		if all[c.ID].Retired {
			continue
		}
		value := strconv.FormatInt(int64(c.ID), 10)
		view.Sections = append(view.Sections, Choice{Value: value, Label: c.Label, Chosen: value == typed.Get("section")})
	}
	if view.Assigning {
		staff, err := v.Store.AllStaff(v.ctx())
		if err != nil {
			return err
		}
		chosen, _ := strconv.ParseInt(typed.Get("assigned"), 10, 64) // what is no number is nobody
		view.Writers = v.colleagues(staff, news.MayWrite, news.StaffID(chosen))
	}
	return v.show(status, "article-new", view)
}

// articleCreate makes a draft for whoever asks, or for whom they give it to, and
// leads on to it.
func articleCreate(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	section, _ := strconv.ParseInt(values.Get("section"), 10, 64) // what is no number is none
	a := &news.Article{Kind: news.Story, Headline: oneLine(values.Get("headline")), Creator: v.staff.ID}
	if values.Get("kind") == string(news.StandingPage) {
		a.Kind = news.StandingPage
	} else if section > 0 {
		a.Section, a.Sections = news.SectionID(section), []news.SectionID{news.SectionID(section)}
	}
	if limit, long := a.TooLong()["headline"]; long {
		v.bad("headline", news.TooLong, limit)
	}
	done := ""
	if values.Get("assigned") != "" || values.Get("due") != "" || values.Get("brief") != "" {
		all, err := v.Store.Sections(v.ctx())
		if err != nil {
			return err
		}
		to, err := v.typedAssignment(values, news.Assignment{})
		if err != nil {
			return err
		}
		if !v.staff.MayIn(news.MayEdit, lines(a, all)) {
			v.wrongWords("assigned", v.l.Word("assign_not_here"))
		}
		a.Assign(to)
		done = "assigned"
	}
	if len(v.wrong) > 0 {
		return v.showNew(http.StatusUnprocessableEntity, values)
	}
	if err := v.Desk.Create(v.ctx(), v.who(), a); err != nil {
		return err
	}
	return v.see(articlePath(a.ID), done)
}
