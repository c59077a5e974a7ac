package app

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/config"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

// caches is a CDN that remembers what it was told, and refuses the first requests.
type caches struct {
	mu     sync.Mutex
	refuse int
	told   [][]string // keys of each request
	wrong  []string
}

func (c *caches) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refuse > 0 {
		c.refuse--
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	var body struct{ Tags []string }
	b, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(b, &body)
	}
	if err != nil || r.Method != http.MethodPost || r.Header.Get("Fastly-Key") != "abc" || strings.Join(body.Tags, " ") != r.Header.Get("Surrogate-Key") {
		c.wrong = append(c.wrong, string(b))
	}
	c.told = append(c.told, body.Tags)
}

// times is how often the CDN was told of a key.
func (c *caches) times(key string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, keys := range c.told {
		if slices.Contains(keys, key) {
			n++
		}
	}
	return n
}

func TestACDNIsToldOfEachChangeTwiceHoweverOftenItFails(t *testing.T) {
	far := &caches{refuse: 2}
	server := httptest.NewServer(far)
	defer server.Close()
	a := open(t, func(c *config.Config) {
		c.CDN = config.CDN{PurgeURL: server.URL + "/purge", PurgeHeader: "Fastly-Key: abc"}
	})
	// Before the server runs, as by an import: it is told afterwards.
	s := &news.Section{Name: "World"}
	if err := a.Desk.CreateSection(t.Context(), "Anna", s); err != nil {
		t.Fatal(err)
	}
	serve(t, a)
	key := page.SurrogateKey(news.SectionRef(s.ID))
	eventually(t, "it is told twice: once more when every process has heard of it", func() bool { return far.times(key) == 2 })
	many := make([]news.Section, 40)
	for i := range many {
		many[i].Name = "Section"
		if err := a.Desk.CreateSection(t.Context(), "Anna", &many[i]); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "it is told of the last of many", func() bool { return far.times(page.SurrogateKey(news.SectionRef(many[39].ID))) == 2 })
	if err := a.Desk.PurgeEverything(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is told to forget everything", func() bool { return far.times(page.EveryPage) == 2 })
	eventually(t, "nothing waits", func() bool { n, err := a.Store.PurgeCount(t.Context()); return err == nil && n == 0 })
	far.mu.Lock()
	defer far.mu.Unlock()
	if far.wrong != nil {
		t.Errorf("it does not understand %q", far.wrong)
	}
	for _, keys := range far.told {
		if len(keys) > 30 {
			t.Errorf("%d keys in one request", len(keys))
		}
	}
}

func TestWithoutACDNNothingIsWrittenDownForOne(t *testing.T) {
	a := open(t, nil)
	if err := a.Desk.CreateSection(t.Context(), "Anna", &news.Section{Name: "World"}); err != nil {
		t.Fatal(err)
	}
	if n, err := a.Store.PurgeCount(t.Context()); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}
