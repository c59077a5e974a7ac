package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/config"
	"broadsheet/internal/job"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

// cdn tells a CDN which pages it must not use any more.
type cdn struct {
	config config.CDN
	client *http.Client
}

// keysAtOnce is how many keys one request may name (Cloudflare: 30).
const keysAtOnce = 30

// tellCDN is the job that passes changes on, in the order in which they come.
func (a *App) tellCDN() job.Job {
	c := &cdn{a.Config.CDN, &http.Client{Timeout: 10 * time.Second}}
	return job.Job{Name: "tell the CDN", Every: 200 * time.Millisecond, Do: func(ctx context.Context) (bool, error) {
		n, err := a.Desk.TellCDN(ctx, c.purge)
		if err != nil && n > 0 { // it has a time of its own at which it is tried again
			a.Log.Error("the CDN could not be told what has changed; it will be", "changes", n, "error", err)
			return false, nil
		}
		return n > 0, err
	}}
}

// purge tells which refs have changed; nil for everything.
func (c *cdn) purge(ctx context.Context, refs []news.Ref) error {
	keys := []string{page.EveryPage}
	if refs != nil {
		keys = []string{page.CrowdedPage}
		for _, r := range refs {
			keys = append(keys, page.SurrogateKey(r))
		}
	}
	for some := range slices.Chunk(keys, keysAtOnce) {
		if err := c.post(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

func (c *cdn) post(ctx context.Context, keys []string) error {
	body, err := json.Marshal(map[string][]string{"tags": keys})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.config.PurgeURL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Surrogate-Key", strings.Join(keys, " "))
	if name, value, ok := strings.Cut(string(c.config.PurgeHeader), ":"); ok {
		r.Header.Set(name, strings.TrimSpace(value))
	}
	resp, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		said, _ := io.ReadAll(io.LimitReader(resp.Body, 300))
		return fmt.Errorf("the CDN answers %s: %s", resp.Status, said)
	}
	return nil
}
