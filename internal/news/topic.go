package news

// TopicID names a topic; 0 is none.
type TopicID int64

// Topic is what articles from any section may have in common: a place, a
// question, a long-running story.
type Topic struct {
	ID          TopicID
	Version     int // rises by one with each write; 1 for a new one
	Name        string
	Slug        string
	Path        string // its address
	Description string
	Retired     bool // goes with no new articles and is not linked to; its page stays
}

// Check returns what is wrong, by field: name, slug, description. It is nil when the
// topic may be stored.
func (t *Topic) Check() map[string]FieldProblem {
	wrong := checkTerm(t.Name, t.Slug, t.Description)
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}
