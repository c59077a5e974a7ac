package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// comments measures how long a reader waits for the answer to a comment, on a
// quiet paper and while an export is read into the same store.
func (b *bench) comments(ctx context.Context) error {
	name, err := b.export()
	if err != nil {
		return err
	}
	data := filepath.Join(b.dir, "comment-data")
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	small := filepath.Join(b.dir, "small.xml")
	f, err := os.Create(small)
	if err != nil {
		return err
	}
	writeExport(f, 100)
	if err := f.Close(); err != nil {
		return err
	}
	if _, err := b.run(ctx, "import", "wordpress", small, "-data", data); err != nil {
		return err
	}
	s, err := b.serve(ctx, data, "BROADSHEET_COMMENTS_BURST=1000000")
	if err != nil {
		return err
	}
	defer s.stop() //nolint:errcheck // what it measured is printed by then
	article, err := s.anArticle()
	if err != nil {
		return err
	}
	quiet, err := s.post(ctx, article, 10*time.Second)
	if err != nil {
		return err
	}
	during, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		_, err := b.run(ctx, "import", "wordpress", name, "-data", data)
		stop()
		ended <- err
	}()
	busy, err := s.post(during, article, time.Hour)
	if err != nil {
		return err
	}
	if err := <-ended; err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Printf("a comment every 50 ms, answered after, while %d articles are read in and indexed\n", b.articles)
	fmt.Fprintln(w, "\tcomments\tp50\tp99\tlongest\t")
	for _, r := range []struct {
		what string
		took []time.Duration
	}{{"quiet", quiet}, {"beside an import", busy}} {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t\n", r.what, len(r.took), share(r.took, 0.5), share(r.took, 0.99), share(r.took, 1))
	}
	return w.Flush()
}

// anArticle is the path of an article that the front page leads to.
func (s *server) anArticle() (string, error) {
	urls, err := s.articles(1)
	if err != nil {
		return "", err
	}
	return urls[0], nil
}

// post sends a comment every 50 ms until ctx is done or the time is over, and
// returns how long each answer took, in order of length.
func (s *server) post(ctx context.Context, article string, during time.Duration) ([]time.Duration, error) {
	var took []time.Duration
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	end := time.After(during)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			slices.Sort(took)
			return took, nil
		case <-end:
			slices.Sort(took)
			return took, nil
		case <-tick.C:
		}
		form := url.Values{"name": {"A reader"}, "email": {"reader@archive.example"}, "text": {fmt.Sprintf("Comment %d of %d", n, time.Now().UnixNano())}}
		began := time.Now()
		resp, err := client.Post(article, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusSeeOther {
			return nil, fmt.Errorf("a comment was answered %s", resp.Status)
		}
		took = append(took, time.Since(began))
	}
}

// share is the duration that a share of the sorted ones does not exceed.
func share(sorted []time.Duration, part float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))].Round(100 * time.Microsecond)
}
