package site

import (
	"net/http"

	"broadsheet/internal/web"
)

// Problem answers with a problem, as a handler's error would.
func (h *Handler) Problem(w http.ResponseWriter, r *http.Request, p web.Problem) error {
	return h.current.Load().problemPage(w, r, p)
}
