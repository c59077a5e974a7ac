package store

import (
	"context"
	"strconv"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

const (
	dropSetting = `delete from setting where name = $1`

	picturesUnread = pictureColumns + ` where p.id > $1 order by p.id limit $2`
	setPictureWord = `update picture set found_by = $2 where id = $1`
	articlesUnread = `
select a.id, a.lead_picture_id, b.doc from article a join body b on b.id = a.body_id where a.id > $1 order by a.id limit $2`
	articleAsStored = `
select a.id, a.lead_picture_id, b.doc from article a join body b on b.id = a.body_id where a.id = $1`
	copiesUnread = `select staff_id, article_id from working_copy where fields is not null order by article_id, staff_id`
	portraits    = `select id, picture_id from person where picture_id is not null order by id`

	// The rows of setting that tell how far the library was read.
	unreadPictures = "pictures unread"
	unreadBodies   = "bodies unread"
)

// readLibrary fills in, once, what was not kept of pictures and articles before
// migration 10: their words and where they are used. SQL alone can't. It goes in
// steps, and on where it was broken off.
func readLibrary(ctx context.Context, d *db.DB) error {
	if err := readOn(ctx, d, unreadPictures, readPictures); err != nil {
		return err
	}
	return readOn(ctx, d, unreadBodies, readBodies)
}

// readOn has step read on from the id that a setting names, until it tells that
// there is nothing more, and then forgets the setting.
func readOn(ctx context.Context, d *db.DB, name string, step func(context.Context, *Tx, int64) (int64, error)) error {
	for more := true; more; {
		err := d.Update(ctx, func(s db.Session) error {
			value, err := db.Value[string](ctx, s, settingByName, name)
			if fault.Is(err, fault.NotFound) {
				more = false
				return nil
			}
			if err != nil {
				return err
			}
			after, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return err
			}
			tx := &Tx{Reader: Reader{s, func(...news.Ref) {}}}
			last, err := step(ctx, tx, after)
			if err != nil {
				return err
			}
			if last == 0 {
				more = false
				_, err = db.Exec(ctx, s, dropSetting, name)
				return err
			}
			_, err = db.Exec(ctx, s, putSetting, name, strconv.FormatInt(last, 10))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readStep is how many rows are read in one transaction.
const readStep = 200

// readPictures reads the words of pictures, and returns the last one's id; 0 for
// none.
func readPictures(ctx context.Context, tx *Tx, after int64) (int64, error) {
	list, err := db.All(ctx, tx.s, pictureFields, picturesUnread, after, readStep)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for i := range list {
		if _, err := tx.writePicture(ctx, list[i].ID, setPictureWord, list[i].ID, pictureWords(&list[i])); err != nil {
			return 0, err
		}
	}
	return int64(list[len(list)-1].ID), nil
}

func storedFields(a *news.Article) []any {
	return []any{&a.ID, db.ID(&a.LeadPicture), &a.Body}
}

// readBodies reads which pictures stand in articles, and at last elsewhere.
func readBodies(ctx context.Context, tx *Tx, after int64) (int64, error) {
	list, err := db.All(ctx, tx.s, storedFields, articlesUnread, after, readStep)
	if err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return 0, readOthers(ctx, tx)
	}
	for i := range list {
		if err := tx.useInArticle(ctx, &list[i], 0); err != nil {
			return 0, err
		}
	}
	return int64(list[len(list)-1].ID), nil
}

// readOthers reads which pictures stand in working copies, with people, and in the
// settings.
func readOthers(ctx context.Context, tx *Tx) error {
	copies, err := db.All(ctx, tx.s, func(k *Kept) []any { return []any{&k.Staff, &k.Article} }, copiesUnread)
	if err != nil {
		return err
	}
	for _, k := range copies {
		c, err := tx.WorkingCopy(ctx, k.Staff, k.Article)
		if err != nil {
			return err
		}
		if err := tx.useInArticle(ctx, &c.Fields, k.Staff); err != nil {
			return err
		}
	}
	people, err := db.All(ctx, tx.s, func(p *news.Person) []any { return []any{&p.ID, db.ID(&p.Picture)} }, portraits)
	if err != nil {
		return err
	}
	for i := range people {
		if err := tx.usePortrait(ctx, &people[i]); err != nil {
			return err
		}
	}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	return tx.useInPaper(ctx, &settings)
}

// useAsStored stores which pictures stand in an article as it is in the store.
func (tx *Tx) useAsStored(ctx context.Context, id news.ArticleID) error {
	a, err := db.One(ctx, tx.s, storedFields, articleAsStored, id)
	if err != nil {
		return err
	}
	return tx.useInArticle(ctx, &a, 0)
}
