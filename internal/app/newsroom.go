package app

import (
	"net"
	"net/http"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/newsroom"
	"broadsheet/internal/secret"
	"broadsheet/internal/theme"
	"broadsheet/internal/web"
	"broadsheet/themes"
)

// passwordsAtOnce is how many passwords are checked at the same time, each in 19
// MiB; who signs in meanwhile waits for a moment.
const passwordsAtOnce = 4

// Passwords checks passwords, and hashes new ones.
func (a *App) Passwords() *secret.Passwords {
	return secret.NewPasswords(secret.DefaultCost(), passwordsAtOnce)
}

// newsroom builds the face behind the paper, whose words are those that are built
// in: a theme is for readers.
func (a *App) newsroom(ln net.Listener, manifest func() *theme.Manifest) (*newsroom.Handler, error) {
	words, err := locale.Load(themes.Words())
	if err != nil {
		return nil, err
	}
	return newsroom.New(newsroom.Parts{
		Store: a.Store, Desk: a.Desk, Log: a.Log, Now: time.Now, Words: words, Address: a.origin(ln),
		Proxies: web.TrustProxies(a.Config.Proxies()), Passwords: a.Passwords(), Theme: manifest,
		Disk: a.Disk, MaxUpload: int64(a.Config.Uploads.MaxSize), Room: a.Darkroom,
	})
}

// both has the newsroom answer its own addresses, and readers answers the others.
func both(n *newsroom.Handler, readers http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path+"/", newsroom.Path) {
			n.ServeHTTP(w, r)
			return
		}
		readers.ServeHTTP(w, r)
	})
}
