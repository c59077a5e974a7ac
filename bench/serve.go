package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// serves measures a paper with a large archive: how soon it answers after its
// start, pages rendered from nothing, and search; against a server that sends
// the same bytes from memory.
func (b *bench) serves(ctx context.Context) error {
	data := filepath.Join(b.dir, "import-data")
	if _, err := os.Stat(filepath.Join(data, "broadsheet.db")); err != nil {
		name, err := b.export()
		if err != nil {
			return err
		}
		if _, err := b.run(ctx, "import", "wordpress", name, "-data", data); err != nil {
			return err
		}
	}
	var starts []time.Duration
	for range 5 {
		s, err := b.serve(ctx, data)
		if err != nil {
			return err
		}
		starts = append(starts, s.start)
		if _, err := s.stop(); err != nil {
			return err
		}
	}
	slices.Sort(starts)
	s, err := b.serve(ctx, data)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Printf("a paper of %d articles; start to first front page: %s (longest of five %s)\n", b.articles, share(starts, 0.5), share(starts, 1))
	if err := s.measurePages(ctx, w); err != nil {
		return err
	}
	if err := s.measureSearch(ctx, w); err != nil {
		return err
	}
	peak, err := s.stop()
	fmt.Printf("largest memory of the server: %s\n", mib(peak))
	return err
}

// articles are the addresses of the newest n articles, from the paper's archive
// pages.
func (s *server) articles(n int) ([]string, error) {
	var out []string
	next := "/feed/"
	seen := map[string]bool{}
	for len(out) < n && next != "" && !seen[next] {
		seen[next] = true
		resp, err := http.Get(s.address + next)
		if err != nil {
			return nil, err
		}
		var feed struct {
			Items []struct {
				Link string `xml:"link"`
			} `xml:"channel>item"`
		}
		err = xml.NewDecoder(resp.Body).Decode(&feed)
		resp.Body.Close()
		if err != nil {
			return nil, err
		}
		for _, it := range feed.Items {
			u, err := url.Parse(it.Link)
			if err != nil {
				return nil, err
			}
			out = append(out, s.address+u.EscapedPath())
		}
		next = ""
	}
	if len(out) < n {
		more, err := s.crawl(n-len(out), out)
		return append(out, more...), err
	}
	return out[:n], nil
}

// crawl follows the sections' pages to more articles than the feed has.
func (s *server) crawl(n int, known []string) ([]string, error) {
	seen := map[string]bool{}
	for _, u := range known {
		seen[u] = true
	}
	var out []string
	for next := s.address + "/world/"; next != "" && len(out) < n; {
		resp, err := http.Get(next)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			return nil, err
		}
		next = ""
		for _, part := range strings.Split(string(body), "href=\"")[1:] {
			href, _, _ := strings.Cut(part, "\"")
			href = strings.ReplaceAll(href, "&amp;", "&")
			switch {
			case strings.Count(href, "/") == 5 && strings.HasPrefix(href, "/20") && !seen[s.address+href]:
				seen[s.address+href] = true
				out = append(out, s.address+href)
			case strings.Contains(href, "before=") || strings.Contains(href, "after="):
				if strings.Contains(part, "rel=\"next\"") || strings.Contains(href, "before=") {
					next = s.address + "/world/" + href[strings.IndexByte(href, '?'):]
				}
			}
		}
	}
	return out, nil
}

// measurePages asks for each of a thousand articles once, four at a time, and for
// as many answers of the same size from a server that has nothing to do.
func (s *server) measurePages(ctx context.Context, w *tabwriter.Writer) error {
	pages, err := s.articles(1000)
	if err != nil {
		return err
	}
	took, size, each, err := fetchAll(ctx, pages)
	if err != nil {
		return err
	}
	body := make([]byte, size/len(pages))
	idle := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(body) }))
	defer idle.Close()
	bare := make([]string, len(pages))
	for i := range bare {
		bare[i] = idle.URL
	}
	idleTook, _, idleEach, err := fetchAll(ctx, bare)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\tpages\tp50\tp99\tagainst bare\t")
	fmt.Fprintf(w, "articles, each from nothing (%d kB)\t%s\t%s\t%s\t%.1f×\t\n", len(body)/1000, perSecond(len(pages), took), share(each, 0.5), share(each, 0.99), took.Seconds()/idleTook.Seconds())
	fmt.Fprintf(w, "bare answers of that size\t%s\t%s\t%s\t1×\t\n", perSecond(len(pages), idleTook), share(idleEach, 0.5), share(idleEach, 0.99))
	return w.Flush()
}

// fetchAll asks for all addresses, four at a time. each is sorted.
func fetchAll(ctx context.Context, urls []string) (took time.Duration, size int, each []time.Duration, err error) {
	var mu sync.Mutex
	var wait sync.WaitGroup
	work := make(chan string)
	began := time.Now()
	for range 4 {
		wait.Go(func() {
			for u := range work {
				d, n, e := fetch(ctx, u)
				mu.Lock()
				size += n
				each = append(each, d)
				if e != nil {
					err = e
				}
				mu.Unlock()
			}
		})
	}
	for _, u := range urls {
		work <- u
	}
	close(work)
	wait.Wait()
	took = time.Since(began)
	slices.Sort(each)
	return took, size, each, err
}

func fetch(ctx context.Context, u string) (time.Duration, int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, 0, err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", u, resp.Status)
	}
	return time.Since(began), int(n), err
}

// measureSearch asks for common, rare, many and no words, and for phrases.
func (s *server) measureSearch(ctx context.Context, w *tabwriter.Writer) error {
	queries := []struct{ what, words string }{
		{"a word of every article", "the"}, {"a common word", "council"}, {"a rare word", "bacodi"}, {"two common words", "council harbour"},
		{"four words", "council harbour vote budget"}, {"a phrase", `"the council"`}, {"a word that is nowhere", "xylophonist"},
	}
	fmt.Fprintln(w, "search for\tp50\tp99\t")
	for _, q := range queries {
		var each []time.Duration
		for range 50 {
			d, _, err := fetch(ctx, s.address+"/search/?q="+url.QueryEscape(q.words))
			if err != nil {
				return err
			}
			each = append(each, d)
		}
		slices.Sort(each)
		fmt.Fprintf(w, "%s\t%s\t%s\t\n", q.what, share(each, 0.5), share(each, 0.99))
	}
	return w.Flush()
}
