package news

import (
	"fmt"
	"slices"
)

// StageID names a stage of the newsroom. 0 is the stage in which articles begin,
// which every newsroom has.
type StageID int64

// The stages that a newsroom has while it has not chosen its own.
const (
	FirstStage  StageID = 0
	ReviewStage StageID = 1
	ReadyStage  StageID = 2
)

// Stage is a step on the way of an article that is not public yet.
type Stage struct {
	ID        StageID    `json:"id"`
	Name      string     `json:"name"`      // "" for a word of the reader's language: the stages above only
	Needs     Permission `json:"needs"`     // to move articles into it, and to change those that are in it: MayWrite or MayEdit
	Publishes bool       `json:"publishes"` // whether an article may be published or scheduled from it
}

// Key is the stage's name where it has none of its own: "draft", "in review",
// "ready", or "" for one that must have its own.
func (s *Stage) Key() string {
	keys := map[StageID]string{FirstStage: "draft", ReviewStage: "in review", ReadyStage: "ready"}
	return keys[s.ID]
}

// Called is the stage's own name, else its key: for the log.
func (s *Stage) Called() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Key()
}

// Stages are those of the newsroom, in the order in which articles go through
// them. The first is [FirstStage].
type Stages struct {
	Version int     `json:"version"` // rises with each change
	Next    StageID `json:"next"`    // the id that the next new one gets: none is given out again
	List    []Stage `json:"list"`
}

// Limits of stages: how many there are, and how long a name is, in characters.
const (
	MostStages   = 12
	MaxStageName = 40
)

// DefaultStages are those of a newsroom that has not chosen its own: whoever
// writes hands in, an editor says what is ready. A paper of one person publishes
// from each of them.
func DefaultStages() Stages {
	return Stages{Version: 1, Next: ReadyStage + 1, List: []Stage{
		{ID: FirstStage, Needs: MayWrite, Publishes: true},
		{ID: ReviewStage, Needs: MayWrite, Publishes: true},
		{ID: ReadyStage, Needs: MayEdit, Publishes: true},
	}}
}

// Has reports whether there is such a stage.
func (s *Stages) Has(id StageID) bool { return s.index(id) >= 0 }

func (s *Stages) index(id StageID) int {
	return slices.IndexFunc(s.List, func(st Stage) bool { return st.ID == id })
}

// Of is the stage of that id. What is in none of the list counts as in the first.
func (s *Stages) Of(id StageID) Stage {
	if i := s.index(id); i >= 0 {
		return s.List[i]
	}
	return s.List[0]
}

// Review are the stages in which an article waits for an editor: those that whoever
// has written it can hand it in to.
func (s *Stages) Review() []StageID {
	var ids []StageID
	for _, st := range s.List[1:] {
		if st.Needs == MayWrite {
			ids = append(ids, st.ID)
		}
	}
	return ids
}

// Check returns what is wrong, by field: "name-3" of the stage 3, "name-new" of one
// that has no id yet (-1), and "stages" for all together. It is nil when the list
// may be stored.
func (s *Stages) Check() map[string]FieldProblem {
	wrong := map[string]FieldProblem{}
	seen := map[string]bool{}
	publishes := false
	for i, st := range s.List {
		field := fmt.Sprintf("name-%d", st.ID)
		if st.Name != "" || st.Key() == "" {
			needs(wrong, field, st.Name, MaxStageName)
		}
		if st.Name != "" && seen[st.Name] {
			wrong[field] = Taken
		}
		seen[st.Name] = true
		publishes = publishes || st.Publishes
		if st.Needs != MayWrite && st.Needs != MayEdit || (i == 0) != (st.ID == FirstStage) || i == 0 && st.Needs != MayWrite {
			wrong["stages"] = BadChoice
		}
	}
	switch {
	case len(s.List) == 0 || !publishes:
		wrong["stages"] = LastStage
	case len(s.List) > MostStages:
		wrong["stages"] = TooMany
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// Add puts a stage at the end, and gives it its id.
func (s *Stages) Add(st Stage) StageID {
	st.ID = s.Next
	s.Next++
	s.List = append(s.List, st)
	return st.ID
}

// Remove takes a stage out of the list. The first stays.
func (s *Stages) Remove(id StageID) error {
	i := s.index(id)
	switch {
	case id == FirstStage:
		return fmt.Errorf("articles begin in it")
	case i < 0:
		return fmt.Errorf("there is no such stage")
	}
	s.List = slices.Delete(slices.Clone(s.List), i, i+1)
	return nil
}

// Order puts the stages into the order of these ids. What is not named comes after,
// and the first stays the first.
func (s *Stages) Order(ids []StageID) {
	place := func(st Stage) int {
		if st.ID == FirstStage {
			return -1
		}
		if i := slices.Index(ids, st.ID); i >= 0 {
			return i
		}
		return len(ids)
	}
	s.List = slices.Clone(s.List)
	slices.SortStableFunc(s.List, func(a, b Stage) int { return place(a) - place(b) })
}

// Enter puts a draft into a stage.
func (a *Article) Enter(to StageID) error {
	switch {
	case a.State != Draft:
		return fmt.Errorf("it is %s, and in no stage", a.State)
	case a.Stage == to:
		return fmt.Errorf("it is in this stage already")
	}
	a.Stage = to
	return nil
}

// Leave refuses to publish or schedule a draft from a stage that allows neither.
func (a *Article) Leave(stages *Stages) error {
	if st := stages.Of(a.Stage); a.State == Draft && !st.Publishes {
		return fmt.Errorf("nothing is published from the stage %q", st.Called())
	}
	return nil
}
