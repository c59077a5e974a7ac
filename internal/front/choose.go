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

// choice is a list to choose from, and what of it is fit to be chosen.
type choice struct {
	list []news.Teaser
	fits func(*news.Teaser) bool
	own  map[news.ArticleID]bool // groups of translations of which it has one in the paper's language
}

func (c *chooser) choice(list []news.Teaser, fits func(*news.Teaser) bool) *choice {
	from := &choice{list: list, fits: fits}
	for i := range list {
		if t := &list[i]; t.TranslationGroup != 0 && t.Language == c.language && fits(t) {
			if from.own == nil {
				from.own = map[news.ArticleID]bool{}
			}
			from.own[t.TranslationGroup] = true
		}
	}
	return from
}

// may reports whether a story of the list can be taken now: of several translations
// the one in the paper's language.
func (c *chooser) may(from *choice, t *news.Teaser) bool {
	return from.fits(t) && c.free(t) && (!from.own[t.TranslationGroup] || t.Language == c.language)
}

// take takes as many as most of a list that nobody has taken, in their order.
func (c *chooser) take(from *choice, most int) []news.Teaser {
	var out []news.Teaser
	for i := range from.list {
		if len(out) == most {
			break
		}
		if t := &from.list[i]; c.may(from, t) {
			c.use(t)
			out = append(out, *t)
		}
	}
	return out
}

// takePicture takes the first of the newest that has a picture; nil for none.
func (c *chooser) takePicture(from *choice) []news.Teaser {
	near := 0
	for i := range from.list {
		t := &from.list[i]
		if !c.may(from, t) {
			continue
		}
		if near++; near > nearPicture {
			break
		}
		if t.LeadPicture != 0 {
			c.use(t)
			return []news.Teaser{*t}
		}
	}
	return nil
}

func anything(*news.Teaser) bool { return true }

// putBack has stories be chosen again.
func (c *chooser) putBack(list []news.Teaser) {
	for _, t := range list {
		delete(c.used, t.ID)
		if t.TranslationGroup != 0 {
			delete(c.groups, t.TranslationGroup)
		}
	}
}
