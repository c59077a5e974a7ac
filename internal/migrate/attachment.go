package migrate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/wordpress"
)

// attachment is what must be known of a file until all items were read.
type attachment struct {
	page    string // path of WordPress's page about it
	parent  int64  // old id of the article it is attached to; 0 for none
	picture news.PictureID
}

// attachment stores a file of the library, with its bytes where they are to be
// had.
func (w *WordPress) attachment(ctx context.Context, p *wordpress.Post) error {
	key, ok := w.identify(p)
	if !ok {
		return nil
	}
	address := p.AttachmentURL
	if address == "" {
		address = p.GUID
	}
	u, err := url.Parse(address)
	if err != nil || u.Path == "" || u.Path == "/" {
		w.report.Add(w.entry(p, "left out", "the file has no address"))
		return nil
	}
	pic := news.Picture{Name: path.Base(cleanPath(u.Path)), Path: cleanPath(u.Path)}
	if file := w.uploaded(p, pic.Path); file != "" {
		if err := w.keep(ctx, p, file, &pic); err != nil {
			return err
		}
	} else if w.o.Uploads != "" {
		w.report.Add(w.entry(p, "picture missing", "the file "+pic.Path+" is not in the uploads folder"))
	} else {
		w.report.Add(w.entry(p, "picture missing", "no -uploads folder was given to take "+pic.Path+" from"))
	}
	describe(p, &pic)
	hash := p.Hash + " " + pic.Blob
	outcome, err := w.desk.ImportPicture(ctx, w.source, key, hash, &pic)
	if err != nil {
		return err
	}
	w.report.Count("pictures "+string(outcome), 1)
	if page := w.path(p); page != "" {
		w.attached = append(w.attached, attachment{page: page, parent: p.Parent, picture: pic.ID})
	}
	return nil
}

// describe takes what the old library told about a file; what the file tells of
// itself stays where the library was silent.
func describe(p *wordpress.Post, pic *news.Picture) {
	set := func(to *string, v string) {
		if v = plain(v); v != "" {
			*to = v
		}
	}
	set(&pic.Alt, p.MetaValue("_wp_attachment_image_alt"))
	set(&pic.Caption, p.Excerpt)
	set(&pic.Title, p.Title)
	for _, key := range []string{"_media_credit", "media_credit", "_wp_attachment_credit"} {
		set(&pic.Credit, p.MetaValue(key))
	}
}

// uploaded finds the file of an attachment in the uploads folder; "" where it is
// not there. Names can't lead out of the folder.
func (w *WordPress) uploaded(p *wordpress.Post, at string) string {
	if w.o.Uploads == "" {
		return ""
	}
	root, err := os.OpenRoot(w.o.Uploads)
	if err != nil {
		return ""
	}
	defer root.Close()
	names := []string{p.MetaValue("_wp_attached_file")}
	if _, below, ok := strings.Cut(at, "/uploads/"); ok {
		names = append(names, below)
	}
	for _, name := range names {
		if name == "" || !fs.ValidPath(name) {
			continue
		}
		if info, err := root.Stat(name); err == nil && info.Mode().IsRegular() {
			return filepath.Join(w.o.Uploads, filepath.FromSlash(name))
		}
	}
	return ""
}

// keep stores a file's bytes. A file that can't be taken or shown is listed, and
// the import goes on.
func (w *WordPress) keep(ctx context.Context, p *wordpress.Post, file string, pic *news.Picture) error {
	f, err := os.Open(file)
	if err != nil {
		w.report.Add(w.entry(p, "picture missing", err.Error()))
		return nil
	}
	defer f.Close()
	kept, err := w.disk.Keep(ctx, pic.Name, f, w.o.MaxFile)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return errors.Join(fmt.Errorf("keeping %s", file), err)
	}
	if err != nil {
		w.report.Add(w.entry(p, "picture damaged", err.Error()))
	}
	if err := w.disk.Fits(ctx, &kept); fault.Is(err, fault.Invalid) {
		w.report.Add(w.entry(p, "picture large", err.Error()))
	} else if err != nil {
		return fmt.Errorf("keeping %s: %w", file, err)
	}
	name, at := pic.Name, pic.Path
	*pic = kept
	pic.Name, pic.Path = name, at
	return nil
}

// attachmentPages has WordPress's pages about files lead to the article that
// they are attached to, or to the file.
func (w *WordPress) attachmentPages(ctx context.Context) error {
	for _, a := range w.attached {
		to := news.Target{Noun: news.PictureNoun, ID: int64(a.picture)}
		if a.parent != 0 {
			known, err := w.store.Imported(ctx, w.source, news.ArticleNoun, []string{fmt.Sprint(a.parent)})
			if err != nil {
				return err
			}
			if m, ok := known[fmt.Sprint(a.parent)]; ok {
				to = news.Target{Noun: news.ArticleNoun, ID: m.NewID}
			}
		}
		w.moves = append(w.moves, news.Address{Path: a.page, Target: to, State: news.Moved})
	}
	w.attached = nil
	return nil
}
