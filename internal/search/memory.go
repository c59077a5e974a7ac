package search

// generation is how many stretches of text a memory learns before it forgets
// the generation before. Two generations take about 4 MB and hold well over
// nine in ten words of running text.
const generation = 16 << 10

// memory remembers the tokens of stretches of text, at most two generations of
// them. What is recalled moves into the newer one, so that frequent words stay.
type memory struct {
	recent, former map[string][]token
}

func newMemory() memory {
	return memory{recent: map[string][]token{}}
}

// recall returns the tokens of a stretch. They are shared: not to be changed.
func (m *memory) recall(stretch string) ([]token, bool) {
	if tokens, ok := m.recent[stretch]; ok {
		return tokens, true
	}
	tokens, ok := m.former[stretch]
	if ok {
		m.put(stretch, tokens)
	}
	return tokens, ok
}

// keep remembers a copy of a stretch's tokens. The stretch must not be a piece
// of a longer string, which would be held in memory with it.
func (m *memory) keep(stretch string, tokens []token) {
	m.put(stretch, append([]token(nil), tokens...))
}

func (m *memory) put(stretch string, tokens []token) {
	if len(m.recent) >= generation {
		m.former, m.recent = m.recent, make(map[string][]token, generation)
	}
	m.recent[stretch] = tokens
}
