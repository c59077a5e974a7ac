package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	_ "modernc.org/sqlite"

	"broadsheet/internal/demo"
)

// imports measures an export read in, against the same rows written straight
// into a database that knows nothing of newspapers.
func (b *bench) imports(ctx context.Context) error {
	name, err := b.export()
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	data := filepath.Join(b.dir, "import-data")
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	first, err := b.run(ctx, "import", "wordpress", name, "-data", data)
	if err != nil {
		return err
	}
	again, err := b.run(ctx, "import", "wordpress", name, "-data", data)
	if err != nil {
		return err
	}
	straight, err := b.straight(ctx)
	if err != nil {
		return err
	}
	stored, searchable := first.at("stored and readable"), first.at("search is complete")
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Printf("%d articles of 600 words with five comments each, %s\n", b.articles, mib(info.Size()))
	fmt.Fprintln(w, "\ttime\tarticles\tagainst bare rows\tmemory\t")
	row := func(what string, d time.Duration, peak string) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%.2f\t%s\t\n", what, d.Round(100*time.Millisecond), perSecond(b.articles, d), straight.Seconds()/d.Seconds(), peak)
	}
	row("stored and readable", stored, "")
	row("with the search index, revisions and the last step", searchable, mib(first.peak))
	row("the same export again", again.took, mib(again.peak))
	row("bare rows: article and comments, in transactions of 500", straight, "")
	return w.Flush()
}

// straight writes the archive's text and comments into two plain tables of a new
// SQLite database, one prepared statement each.
func (b *bench) straight(ctx context.Context) (time.Duration, error) {
	file := filepath.Join(b.dir, "straight.db")
	defer os.Remove(file)
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, `CREATE TABLE article (id INTEGER PRIMARY KEY, headline TEXT, slug TEXT, body TEXT, published INTEGER);
		CREATE TABLE comment (id INTEGER PRIMARY KEY, article INTEGER, text TEXT, posted INTEGER); CREATE INDEX of_article ON comment (article)`); err != nil {
		return 0, err
	}
	archive := demo.NewArchive(epoch)
	var took time.Duration // without the making of the articles
	const batch = 500
	for from := 0; from < b.articles; from += batch {
		var made []demo.Generated
		for i := from; i < min(from+batch, b.articles); i++ {
			made = append(made, archive.Article(i))
		}
		began := time.Now()
		if err := writeStraight(ctx, db, made); err != nil {
			return 0, err
		}
		took += time.Since(began)
	}
	return took, nil
}

func writeStraight(ctx context.Context, db *sql.DB, made []demo.Generated) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	article, err := tx.PrepareContext(ctx, `INSERT INTO article (id, headline, slug, body, published) VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	comment, err := tx.PrepareContext(ctx, `INSERT INTO comment (article, text, posted) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	for _, g := range made {
		if _, err := article.ExecContext(ctx, g.Number+1, g.Headline, g.Slug, g.HTML, g.Published.UnixMilli()); err != nil {
			return err
		}
		for _, text := range g.Comments {
			if _, err := comment.ExecContext(ctx, g.Number+1, text, g.Published.UnixMilli()); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}
