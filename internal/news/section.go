package news

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// SectionID names a section; 0 is none.
type SectionID int64

// Section is a part of the paper with a page of its own; sections nest.
type Section struct {
	ID          SectionID
	Version     int       // rises by one with each write; 1 for a new one
	Parent      SectionID // 0 for one at the top
	Name        string
	Slug        string
	Path        string // its address
	Description string
	Position    int  // among its siblings; equal ones are ordered by name
	Retired     bool // takes no new articles and stands in no menu; its page stays
}

// Sections is every section of a paper, by id. There are few: they are read at
// once.
type Sections map[SectionID]*Section

// Line returns the way from the top down to id, both included. It is nil for an
// unknown id and stops where parents turn in a circle.
func (all Sections) Line(id SectionID) []*Section {
	var up []*Section
	seen := map[SectionID]bool{}
	for s := all[id]; s != nil && !seen[s.ID]; s = all[s.Parent] {
		seen[s.ID] = true
		up = append(up, s)
	}
	for i, j := 0, len(up)-1; i < j; i, j = i+1, j-1 {
		up[i], up[j] = up[j], up[i]
	}
	return up
}

// Below returns id and the ids of all sections below it, in no order.
func (all Sections) Below(id SectionID) []SectionID {
	var list []SectionID
	for _, s := range all {
		if slices.ContainsFunc(all.Line(s.ID), func(above *Section) bool { return above.ID == id }) {
			list = append(list, s.ID)
		}
	}
	return list
}

// Children returns the sections directly below id (those at the top for 0), by
// position and then by name.
func (all Sections) Children(id SectionID) []*Section {
	var below []*Section
	for _, s := range all {
		if s.Parent == id {
			below = append(below, s)
		}
	}
	sortSections(below)
	return below
}

func sortSections(list []*Section) {
	slices.SortFunc(list, func(a, b *Section) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
}

// Limits of sections, topics and people, in characters.
const (
	MaxTermName        = 200
	MaxTermDescription = 5000
	MaxSlug            = 200
)

// Check returns what is wrong, by field: name, slug, description, parent. It is nil
// when the section may be stored among all the others.
func (s *Section) Check(all Sections) map[string]FieldProblem {
	wrong := checkTerm(s.Name, s.Slug, s.Description)
	switch {
	case s.Parent != 0 && all[s.Parent] == nil:
		wrong["parent"] = NotThere
	case s.ID != 0 && slices.Contains(all.Below(s.ID), s.Parent):
		wrong["parent"] = BelowItself
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// checkTerm notes what is wrong with what sections, topics and people have in
// common. A slug is one already, see [Slug].
func checkTerm(name, slug, description string) map[string]FieldProblem {
	wrong := map[string]FieldProblem{}
	needs(wrong, "name", name, MaxTermName)
	if wrong["name"] == "" && slug == "" {
		wrong["slug"] = NoLetter
	}
	if utf8.RuneCountInString(slug) > MaxSlug {
		wrong["slug"] = TooLong
	}
	if utf8.RuneCountInString(description) > MaxTermDescription {
		wrong["description"] = TooLong
	}
	return wrong
}

// CanMerge says what keeps a section from being merged into another; "" for
// nothing.
func (all Sections) CanMerge(from, into SectionID) FieldProblem {
	switch {
	case all[from] == nil || all[into] == nil:
		return NotThere
	case slices.Contains(all.Below(from), into):
		return BelowItself
	}
	return ""
}

// CanOrder reports whether ids are the sections directly below one, each once, in
// whatever order.
func (all Sections) CanOrder(parent SectionID, ids []SectionID) bool {
	have := all.Children(parent)
	if len(have) != len(ids) {
		return false
	}
	for _, s := range have {
		if !slices.Contains(ids, s.ID) {
			return false
		}
	}
	return true
}
