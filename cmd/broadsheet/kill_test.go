package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/news"
)

// writeExport writes an export of n short posts with a comment each.
func writeExport(t *testing.T, n int) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>`)
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, `<item><title>Story %d</title><link>https://old.example/2020/05/story-%d/</link><content:encoded><![CDATA[<p>Begin %d.</p><p>%s</p><p>See <a href="https://old.example/2020/05/story-%d/">the next</a>.</p><p>End %d.</p>]]></content:encoded><wp:post_id>%d</wp:post_id><wp:post_date_gmt>2020-05-04 07:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author>Ida</wp:comment_author><wp:comment_content>Well.</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>`+"\n",
			i, i, i, strings.Repeat("Words of the harbour. ", 60), i%n+1, i, i, i)
	}
	b.WriteString(`</channel></rss>`)
	file := filepath.Join(t.TempDir(), "export.xml")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// program is the test binary as the program itself.
func program(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "broadsheet")
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return file
}

func open(t *testing.T, data string) *app.App {
	t.Helper()
	c := config.Default()
	c.Data = data
	a, err := app.Open(t.Context(), &c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func TestAnImportThatIsKilledGoesOnWhereItWas(t *testing.T) {
	const n = 3000
	file, bin, data := writeExport(t, n), program(t), filepath.Join(t.TempDir(), "paper")
	cmd := exec.Command(bin, "import", "wordpress", file, "-data", data)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Killed as soon as some of it is there, at a place that nobody has chosen.
	var a *app.App
	count := 0
	for deadline := time.Now().Add(time.Minute); count < 200 && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(data, "broadsheet.db")); err != nil {
			continue
		}
		if a == nil {
			a = open(t, data)
		}
		var err error
		if count, err = a.Store.ArticleCount(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it says that it was killed
	if count == 0 {
		t.Fatalf("nothing was stored within a minute: %s", said.Bytes())
	}
	count, err := a.Store.ArticleCount(t.Context())
	if err != nil || count >= n {
		t.Fatalf("%d articles, %v: it was too quick to be killed", count, err)
	}
	whole(t, a, count)

	out, err := exec.Command(bin, "import", "wordpress", file, "-data", data).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{fmt.Sprintf("%d  articles imported", n-count), fmt.Sprintf("%d  articles unchanged", count), "search is complete"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the second run does not say %q:\n%s", want, out)
		}
	}
	whole(t, a, n)
	if left, err := a.Store.OpenReferences(t.Context(), 1, 0, 10); err != nil || len(left) > 0 {
		t.Errorf("%d references are still open, %v", len(left), err)
	}
}

// whole checks that the store holds n articles, each with its end and its
// comment.
func whole(t *testing.T, a *app.App, n int) {
	t.Helper()
	got, comments := 0, 0
	for after := ""; ; {
		list, err := a.Store.ImportedAfter(t.Context(), 1, news.ArticleNoun, after, 500)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			after = m.OldID
			got++
			article, err := a.Store.Article(t.Context(), news.ArticleID(m.NewID))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(article.Body), "End "+m.OldID+".") || article.Path == "" {
				t.Fatalf("item %s came by half", m.OldID)
			}
			outline, err := a.Store.CommentOutlines(t.Context(), article.ID)
			if err != nil {
				t.Fatal(err)
			}
			comments += len(outline)
		}
		if len(list) < 500 {
			break
		}
	}
	if got != n || comments != n {
		t.Errorf("%d articles with %d comments, want %d", got, comments, n)
	}
}

func TestAReaderCommentsWhileAnImportRuns(t *testing.T) {
	file, bin, data := writeExport(t, 2000), program(t), filepath.Join(t.TempDir(), "paper")
	if out, err := exec.Command(bin, "import", "wordpress", writeExport(t, 3), "-data", data).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c := config.Default()
	c.Data, c.Addr, c.Comments.Burst = data, "127.0.0.1:0", 1000
	a, err := app.Open(t.Context(), &c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, ln) }()

	cmd := exec.Command(bin, "import", "wordpress", file, "-data", data)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	imported := make(chan error, 1)
	go func() { imported <- cmd.Wait() }()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	sent := 0
	for running := true; running; {
		resp, err := client.PostForm(a.URL(ln)+"2020/05/story-1/", url.Values{"name": {"Ida"}, "email": {"ida@mail.example"}, "text": {fmt.Sprint("Comment ", sent)}})
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusSeeOther {
			t.Fatalf("comment %d is answered %s", sent, resp.Status)
		}
		sent++
		select {
		case err := <-imported:
			if err != nil {
				t.Fatal(err)
			}
			running = false
		default:
		}
	}
	held := 0
	for after := news.CommentID(0); ; {
		list, err := a.Store.CommentsIn(t.Context(), news.Held, after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			break
		}
		held, after = held+len(list), list[len(list)-1].ID
	}
	if held != sent || sent < 3 {
		t.Errorf("%d comments were sent and %d stored", sent, held)
	}
	if n, _ := a.Store.ArticleCount(t.Context()); n != 2000 {
		t.Errorf("%d articles came", n)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}
