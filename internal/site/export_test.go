package site

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/web"
)

// Problem answers with a problem, as a handler's error would.
func (h *Handler) Problem(w http.ResponseWriter, r *http.Request, p web.Problem) error {
	return h.current.Load().problemPage(w, r, p)
}

// Kinds are the kinds of pieces that there are.
func (h *Handler) Kinds() []string {
	return slices.Sorted(maps.Keys(h.current.Load().loaders()))
}

// Load has a piece's view made.
func (h *Handler) Load(ctx context.Context, k page.Key) error {
	_, err := strict(h.current.Load().loaders())[k.Kind](ctx, k, func(...news.Ref) {})
	return err
}
