package newsroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// Stages is the screen on which a newsroom names, orders, adds and removes the
// stages that articles go through.
type Stages struct {
	Frame
	Version   int
	Rows      []StageRow
	New       string // the name of one to be added, as it was typed
	Most      int    // characters of a name
	Removable []Choice
	All       []Choice
}

// StageRow is one stage of the form.
type StageRow struct {
	ID                  news.StageID
	Number              string // its place, counted from 1
	Name                string // as it was typed
	Word                string // what it is called without a name; "" where it needs one
	Shown               string // what it is called
	Editors, Publishes  bool
	First, Second, Last bool
	Error               string
}

func stages(v *visit) error { return v.showStages(http.StatusOK, v.stages, "") }

func (v *visit) showStages(status int, s news.Stages, added string) error {
	view := Stages{Frame: v.frame(v.l.Word("stages_title")), Version: s.Version, New: added, Most: news.MaxStageName}
	for i := range s.List {
		st := &s.List[i]
		id := strconv.FormatInt(int64(st.ID), 10)
		row := StageRow{ID: st.ID, Number: v.l.Number(i + 1), Name: st.Name, Shown: st.Name, Editors: st.Needs == news.MayEdit, Publishes: st.Publishes,
			First: i == 0, Second: i == 1, Last: i == len(s.List)-1, Error: v.wrong["name-"+id]}
		if st.Key() != "" {
			bare := news.Stage{ID: st.ID}
			if row.Word = v.stageName(&bare); st.Name == "" {
				row.Shown = row.Word
			}
		}
		view.Rows = append(view.Rows, row)
		choice := Choice{Value: id, Label: row.Shown}
		view.All = append(view.All, choice)
		if i > 0 {
			view.Removable = append(view.Removable, choice)
		}
	}
	return v.show(status, "stages", view)
}

// stagesChange stores what was typed, and does what its button says besides: to
// move one stage, or to add one.
func stagesChange(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	typed := v.stages
	added := oneLine(values.Get("new"))
	change := func(s *news.Stages) error {
		typedStages(s, values)
		if values.Has("add") || added != "" {
			s.Add(news.Stage{Name: added, Needs: news.MayWrite, Publishes: true})
		}
		typed = *s
		return nil
	}
	err = v.Desk.ChangeStages(v.ctx(), v.who(), version, change)
	switch {
	case fault.Is(err, fault.Conflict):
		typedStages(&typed, values)
		v.wrongWords("stages", v.l.Word("stages_conflict"))
		return v.showStages(http.StatusConflict, typed, added)
	case v.refusedStages(err, &typed, values.Has("add") || added != ""):
		return v.showStages(http.StatusUnprocessableEntity, typed, added)
	case err != nil:
		return err
	}
	return v.see(Path+"stages/", "saved")
}

// typedStages reads the form over the stages that there are. Which there are it does
// not change.
func typedStages(s *news.Stages, values url.Values) {
	var order []news.StageID
	for _, text := range values["order"] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			order = append(order, news.StageID(id))
		}
	}
	move := func(name string, by int) {
		id, err := strconv.ParseInt(values.Get(name), 10, 64)
		i := slices.Index(order, news.StageID(id))
		if j := i + by; err == nil && i > 0 && j > 0 && j < len(order) {
			order[i], order[j] = order[j], order[i]
		}
	}
	move("up", -1)
	move("down", 1)
	s.Order(order)
	for i := range s.List {
		st := &s.List[i]
		id := strconv.FormatInt(int64(st.ID), 10)
		if !values.Has("name-" + id) {
			continue
		}
		st.Name, st.Publishes, st.Needs = oneLine(values.Get("name-"+id)), values.Get("publishes-"+id) != "", news.MayWrite
		if values.Get("needs-"+id) == "edit" && st.ID != news.FirstStage {
			st.Needs = news.MayEdit
		}
	}
}

// refusedStages takes over what the desk says is wrong with the stages, and reports
// whether that was it. What is wrong with a new one stands at its field, and it is
// taken out of typed.
func (v *visit) refusedStages(err error, typed *news.Stages, adding bool) bool {
	limit := map[string]int{"stages": news.MostStages}
	if !v.refusedFields(err, func(field string) int {
		if n, ok := limit[field]; ok {
			return n
		}
		return news.MaxStageName
	}) {
		return false
	}
	if adding {
		last := typed.List[len(typed.List)-1].ID
		field := "name-" + strconv.FormatInt(int64(last), 10)
		if words, ok := v.wrong[field]; ok {
			v.wrong["new"] = words
		}
		typed.List = typed.List[:len(typed.List)-1]
	}
	return true
}

// stageRemove takes a stage away and puts its articles into another.
func stageRemove(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version, nor a stage
	id, err1 := strconv.ParseInt(values.Get("stage"), 10, 64)
	to, err2 := strconv.ParseInt(values.Get("to"), 10, 64)
	if err1 != nil || err2 != nil || id == to {
		v.wrongWords("stages", v.l.Word("stage_remove_same"))
		return v.showStages(http.StatusUnprocessableEntity, v.stages, "")
	}
	err = v.Desk.RemoveStage(v.ctx(), v.who(), version, news.StageID(id), news.StageID(to))
	switch {
	case fault.Is(err, fault.Conflict):
		v.wrongWords("stages", v.l.Word("stages_conflict"))
		return v.showStages(http.StatusConflict, v.stages, "")
	case v.refusedStages(err, &v.stages, false), fault.Is(err, fault.Invalid):
		if v.wrong == nil {
			v.wrongWords("stages", v.l.Word("stage_remove_same"))
		}
		return v.showStages(http.StatusUnprocessableEntity, v.stages, "")
	case err != nil:
		return err
	}
	return v.see(Path+"stages/", "stage_removed")
}
