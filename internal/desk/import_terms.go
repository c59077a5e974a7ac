package desk

import (
	"cmp"
	"context"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// ImportSection stores a section of an old system and gives it its id. One that
// an earlier import has brought, or that has the same slug at the same place
// here, is taken as it is.
func (d *Desk) ImportSection(ctx context.Context, source store.SourceID, oldID string, s *news.Section) error {
	return d.importThing(ctx, source, news.SectionNoun, oldID, func(id int64) { s.ID = news.SectionID(id) }, func(tx *store.Tx) (int64, error) {
		all, err := tx.Sections(ctx)
		if err != nil {
			return 0, err
		}
		for _, there := range all.Children(s.Parent) {
			if there.Slug == s.Slug {
				return int64(there.ID), nil
			}
		}
		err = insertSection(ctx, tx, s)
		return int64(s.ID), err
	})
}

// ImportTopic stores a topic of an old system and gives it its id. One that an
// earlier import has brought, or that has the same slug, is taken as it is.
func (d *Desk) ImportTopic(ctx context.Context, source store.SourceID, oldID string, t *news.Topic) error {
	return d.importThing(ctx, source, news.TopicNoun, oldID, func(id int64) { t.ID = news.TopicID(id) }, func(tx *store.Tx) (int64, error) {
		there, err := tx.TopicsBySlug(ctx, []string{t.Slug})
		if err != nil {
			return 0, err
		}
		if len(there) > 0 {
			return int64(there[0].ID), nil
		}
		err = insertTopic(ctx, tx, t)
		return int64(t.ID), err
	})
}

// ImportPerson stores an author of an old system and gives them their id. One
// that an earlier import has brought, or that has the same slug, is taken as
// they are.
func (d *Desk) ImportPerson(ctx context.Context, source store.SourceID, oldID string, p *news.Person) error {
	return d.importThing(ctx, source, news.PersonNoun, oldID, func(id int64) { p.ID = news.PersonID(id) }, func(tx *store.Tx) (int64, error) {
		there, err := tx.PersonBySlug(ctx, p.Slug)
		if err == nil || !fault.Is(err, fault.NotFound) {
			return int64(there.ID), err
		}
		err = insertPerson(ctx, tx, p)
		return int64(p.ID), err
	})
}

// importThing looks whether an earlier import has brought an item, has create
// make it otherwise, and tells its id.
func (d *Desk) importThing(ctx context.Context, source store.SourceID, noun news.Noun, oldID string, tell func(int64), create func(*store.Tx) (int64, error)) error {
	known, err := d.store.Imported(ctx, source, noun, []string{oldID})
	if err != nil {
		return err
	}
	if old, ok := known[oldID]; ok {
		tell(old.NewID)
		return nil
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		id, err := create(tx)
		if err != nil {
			return err
		}
		tell(id)
		if err := tx.PutImported(ctx, []store.Imported{{Source: source, Noun: noun, OldID: oldID, NewID: id}}); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(Importer), "import", news.Target{Noun: noun, ID: id}, oldID)
	})
}

// ImportPicture stores a file of an old system's library and gives it its id;
// its bytes are in the blob store by then, unless they were not to be had. hash
// tells whether it is the same as at an earlier import.
func (d *Desk) ImportPicture(ctx context.Context, source store.SourceID, oldID, hash string, p *news.Picture) (Outcome, error) {
	known, err := d.store.Imported(ctx, source, news.PictureNoun, []string{oldID})
	if err != nil {
		return "", err
	}
	old, ok := known[oldID]
	if ok && old.Hash == hash {
		p.ID = news.PictureID(old.NewID)
		return Unchanged, nil
	}
	outcome := Imported
	err = d.update(ctx, func(tx *store.Tx, now time.Time) error {
		if ok {
			p.ID, outcome = news.PictureID(old.NewID), Updated
			there, err := tx.Picture(ctx, p.ID)
			if err != nil {
				return err
			}
			if p.Blob == "" { // this time without the file: the one that came before stays
				p.Blob, p.Served, p.Type, p.Width, p.Height, p.Size = there.Blob, there.Served, there.Type, there.Width, there.Height, there.Size
			}
			p.Rights, p.Source, p.Keywords = cmp.Or(p.Rights, there.Rights), cmp.Or(p.Source, there.Source), cmp.Or(p.Keywords, there.Keywords)
			if p.Taken.IsZero() {
				p.Taken = there.Taken
			}
			err = tx.UpdatePicture(ctx, p)
			if err != nil {
				return err
			}
		} else {
			p.Added, p.AddedBy = now, string(Importer)
			if err := insertPicture(ctx, tx, p, now); err != nil {
				return err
			}
		}
		if err := tx.PutImported(ctx, []store.Imported{{Source: source, Noun: news.PictureNoun, OldID: oldID, NewID: int64(p.ID), Hash: hash}}); err != nil {
			return err
		}
		return tx.Audit(ctx, now, string(Importer), "import", news.Target{Noun: news.PictureNoun, ID: int64(p.ID)}, string(outcome)+", "+oldID)
	})
	return outcome, err
}

// ImportSource returns the id under which items of an old site are known.
func (d *Desk) ImportSource(ctx context.Context, kind, address string) (id store.SourceID, err error) {
	err = d.update(ctx, func(tx *store.Tx, _ time.Time) error {
		id, err = tx.ImportSource(ctx, kind, address)
		return err
	})
	return id, err
}
