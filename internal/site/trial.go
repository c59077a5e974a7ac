package site

import (
	"context"
	"net/http"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/store"
)

// trial is the paper as it would be with settings and menus that nobody has saved.
type trial struct {
	paper paper
	menus map[string]news.Menu
}

// trialKey is what a trial stands under in a context. It travels there since a
// loader is called with its key alone, and is the same one for readers and for a
// preview.
type trialKey struct{}

// trialOf is the trial of a request; nil for readers.
func trialOf(ctx context.Context) *trial {
	t, _ := ctx.Value(trialKey{}).(*trial)
	return t
}

// newTrial is the paper as it stands with what a preview changes.
func (s *Site) newTrial(ctx context.Context, p *news.PaperPreview) (*trial, error) {
	now, _, err := s.paper.Get(ctx)
	if err != nil {
		return nil, err
	}
	t := &trial{paper: now, menus: map[string]news.Menu{}}
	for _, m := range p.Menus {
		t.menus[m.Name] = m
	}
	if p.Settings == nil {
		return t, nil
	}
	t.paper.settings = *p.Settings
	s.complete(&t.paper)
	return t, s.store.View(ctx, func(in store.Reader) error {
		t.paper.social, err = socialPicture(ctx, in, p.Settings)
		return err
	})
}

// paperPreview answers with the front page as it would look with what a secret link
// names and nobody has saved, made for this request alone, by the loaders and
// templates of the real one.
func (s *Site) paperPreview(w http.ResponseWriter, r *http.Request, hash string) error {
	p, err := s.store.PaperPreview(r.Context(), hash)
	if err := s.lasting(p.Ends, err); err != nil {
		return err
	}
	t, err := s.newTrial(r.Context(), &p)
	if err != nil {
		return err
	}
	ctx := context.WithValue(r.Context(), trialKey{}, t)
	key := frontKey()
	key.Language = t.paper.settings.Language
	v, err := s.loadFront(ctx, key, func(...news.Ref) {})
	if err != nil {
		return err
	}
	front, ok := v.Data.(Front)
	if !ok {
		return fault.New(fault.NotFound, "")
	}
	front.preview(s.Locales.For(key.Language).Word("paper_preview_note"))
	v.Data = front
	piece, err := s.press.Render(key, v)
	if err != nil {
		return err
	}
	instead := map[string]*page.Piece{}
	for name, load := range map[string]page.Loader{"header": s.loadHeader, "footer": s.loadFooter} {
		k := v.Pieces[name]
		if k.Date == page.Today {
			k.Date = s.dateIn(t.paper.zone, s.Now())
		}
		own, err := load(ctx, k, func(...news.Ref) {})
		if err == nil {
			instead[name], err = s.press.Render(k, own)
		}
		if err != nil {
			return err
		}
	}
	return s.sendOnce(w, r, http.StatusOK, piece, instead)
}
