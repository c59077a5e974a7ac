package front

import "broadsheet/internal/news"

// chooser hands out stories, each once, and one of several translations.
type chooser struct {
	language string // the paper's
	used     map[news.ArticleID]bool
	groups   map[news.ArticleID]bool // of translations, of which one has been taken
}

func newChooser(language string) chooser {
	return chooser{language, map[news.ArticleID]bool{}, map[news.ArticleID]bool{}}
}

// free reports whether a story stands nowhere, nor a translation of it.
func (c *chooser) free(t *news.Teaser) bool {
	return !c.used[t.ID] && (t.TranslationGroup == 0 || !c.groups[t.TranslationGroup])
}

func (c *chooser) use(t *news.Teaser) {
	c.used[t.ID] = true
	if t.TranslationGroup != 0 {
		c.groups[t.TranslationGroup] = true
	}
}

// left is what of a list may be taken: of several translations the one in the
// paper's language.
func (c *chooser) left(list []news.Teaser) []news.Teaser {
	own := map[news.ArticleID]bool{} // groups of which the list has one in that language
	for _, t := range list {
		if t.TranslationGroup != 0 && t.Language == c.language {
			own[t.TranslationGroup] = true
		}
	}
	var out []news.Teaser
	for _, t := range list {
		if c.free(&t) && (!own[t.TranslationGroup] || t.Language == c.language) {
			out = append(out, t)
		}
	}
	return out
}

// take takes as many as most of a list that nobody has taken, in their order.
func (c *chooser) take(list []news.Teaser, most int) []news.Teaser {
	var out []news.Teaser
	for _, t := range c.left(list) {
		if len(out) == most {
			break
		}
		if c.free(&t) { // what was taken just now may be a translation of it
			c.use(&t)
			out = append(out, t)
		}
	}
	return out
}

// putBack has stories be chosen again.
func (c *chooser) putBack(list []news.Teaser) {
	for _, t := range list {
		delete(c.used, t.ID)
		if t.TranslationGroup != 0 {
			delete(c.groups, t.TranslationGroup)
		}
	}
}
