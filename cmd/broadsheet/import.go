package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/fault"
	"broadsheet/internal/migrate"
)

func importWordPress(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("import wordpress")
	flags := config.AddFlags(fs, append([]string{"uploads.max_size"}, storeFlags...)...)
	uploads := fs.String("uploads", "", "take pictures from this `FOLDER`, a copy of wp-content/uploads")
	siteURL := fs.String("site-url", "", "the old site's `URL`, where it is another than the export says")
	dryRun := fs.Bool("dry-run", false, "report what would happen and write nothing")
	reportFile := fs.String("report", "", "write the whole report to this `FILE`, as JSON")
	files, err := t.parse(fs, args, 1, -1)
	if err != nil {
		return err
	}
	if err := checkImport(files, *uploads); err != nil {
		return err
	}
	c, err := config.Load(flags, t.env)
	if err != nil {
		return err
	}
	debug.SetMemoryLimit(collectFrom)
	a, end, err := openForImport(ctx, c, t.log(c), *dryRun)
	if err != nil {
		return err
	}
	defer end() // what was stored is committed by then
	return t.importInto(ctx, a, files, migrate.Options{Uploads: *uploads, SiteURL: *siteURL, MaxFile: int64(a.Config.Uploads.MaxSize)}, *reportFile, *dryRun)
}

// collectFrom is how much memory an import may use, in bytes, before garbage is
// collected more eagerly than usual: it shall stay below 200 MB, the database's
// pages included, however long the articles are.
const collectFrom = 120 << 20

// openForImport opens the paper, or for a dry run a copy that goes away again.
func openForImport(ctx context.Context, c *config.Config, log *slog.Logger, dryRun bool) (*app.App, func() error, error) {
	if dryRun {
		return app.OpenTrial(ctx, c, log)
	}
	a, err := app.Open(ctx, c, log)
	if err != nil {
		return nil, nil, err
	}
	return a, a.Close, nil
}

// checkImport finds what is missing before anything is written.
func checkImport(files []string, uploads string) error {
	for _, name := range files {
		if info, err := os.Stat(name); err != nil || info.IsDir() {
			return fault.Wrap(fault.Invalid, err, "%s is no file that can be read", name)
		}
	}
	if uploads == "" {
		return nil
	}
	if info, err := os.Stat(uploads); err != nil || !info.IsDir() {
		return fault.Wrap(fault.Invalid, err, "-uploads: %s is no folder that can be read", uploads)
	}
	return nil
}

func (t *terminal) importInto(ctx context.Context, a *app.App, files []string, o migrate.Options, reportFile string, dryRun bool) (err error) {
	words, err := a.Words()
	if err != nil {
		return err
	}
	o.ReadMore = words.ReadMore()
	var out io.Writer
	if reportFile != "" {
		f, err := os.Create(reportFile)
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "the report can't be written there")
		}
		defer f.Close()
		out = f
	}
	report := migrate.NewReport(out)
	var bar *progress
	o.Progress = func(p migrate.Progress) {
		if bar == nil || bar.what != p.File {
			bar = newProgress(t.err, p.File, p.Size)
		}
		bar.at(p.Read, fmt.Sprintf("%d articles", p.Articles))
	}
	w := migrate.NewWordPress(a.Desk, a.Store, a.Disk, report, o)
	err = w.Run(ctx, files)
	if bar != nil {
		bar.end()
	}
	if e := report.End(); e != nil {
		err = errors.Join(err, e)
	}
	fmt.Fprint(t.out, report.Summary())
	if err != nil {
		return err
	}
	if dryRun {
		fmt.Fprintln(t.out, "\nThis was a dry run: nothing was written.")
		return nil
	}
	fmt.Fprintln(t.out, "\nEverything is stored and readable; the search index follows.")
	return index(ctx, t, a)
}
