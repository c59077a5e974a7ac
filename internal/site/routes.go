package site

import (
	"net/http"

	"broadsheet/internal/ads"
	"broadsheet/internal/theme"
	"broadsheet/internal/web"
)

// policy is the Content-Security-Policy of every page: all from here, frames
// only from the hosts whose embeds a reader may load with a click.
const policy = "default-src 'self'; img-src 'self' data:; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " +
	"frame-src https://www.youtube-nocookie.com https://player.vimeo.com"

// protect sets the headers of every answer that protect a reader's browser.
var protect = web.Protect(policy)

// maxForm is how large a posted form may be, in bytes.
const maxForm = 64 << 10

func (s *Site) routes() http.Handler {
	face := &web.Face{Log: s.Log, Page: s.problemPage}
	mux := http.NewServeMux()
	for pattern, h := range map[string]web.Handler{
		"GET /{$}":        s.front,
		"GET /feed/{$}":   s.paperFeed,
		"GET /search/{$}": s.search,
		"GET /{path...}":  s.anything,
		"POST /{path...}": s.post,
	} {
		mux.Handle(pattern, face.Handle(s.inTime(s.unlessInMaintenance(h))))
	}
	// What pages are dressed with, the one that tells of maintenance among them.
	for pattern, h := range map[string]web.Handler{
		"GET " + ads.PicturePath: s.Ads.Serve,
		"GET " + renditionRoute:  s.inTime(s.rendition),
		"GET " + theme.AssetPath: s.asset,
	} {
		mux.Handle(pattern, face.Handle(h))
	}
	// The newsroom looks at previews also while the paper is worked on.
	mux.Handle("GET "+PreviewPath+"{token}", hideToken(face.Handle(s.preview)))
	made := web.Headers(policy, web.Gzip(web.LimitBody(maxForm, mux)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.kept(w, r) {
			made.ServeHTTP(w, r)
		}
	})
}
