package migrate_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/demo"
	"broadsheet/internal/migrate"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// BenchmarkImport reads in two thousand articles of 600 words with topics and
// five comments each, and then has them indexed. "go run ./bench import" measures
// a whole archive; this is for profiles.
func BenchmarkImport(b *testing.B) {
	const n = 2000
	archive := demo.NewArchive(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	var items []string
	for i := range n {
		g := archive.Article(i)
		more := []string{in("category", g.Section)}
		for _, t := range g.Topics {
			more = append(more, in("post_tag", t))
		}
		for k, text := range g.Comments {
			more = append(more, comment(i*5+k+1, 0, "1", text))
		}
		items = append(items, item(i+1, "post", g.Headline, g.HTML, more...))
	}
	file := filepath.Join(b.TempDir(), "archive.xml")
	if err := os.WriteFile(file, []byte(wxr(items...)), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		p := newPaper(b, store.New(storetest.SQLite(b)))
		b.StartTimer()
		began := time.Now()
		w := migrate.NewWordPress(p.desk, p.Store, p.disk, migrate.NewReport(io.Discard), migrate.Options{ReadMore: []string{"Read more"}})
		if err := w.Run(b.Context(), []string{file}); err != nil {
			b.Fatal(err)
		}
		stored := time.Since(began)
		if err := p.desk.IndexAll(b.Context(), func(int) {}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(n/stored.Seconds(), "stored/s")
		b.ReportMetric(n/time.Since(began).Seconds(), "searchable/s")
	}
}
