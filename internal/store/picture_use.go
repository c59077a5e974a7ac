package store

import (
	"context"
	"slices"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
)

const (
	usesOfPicture = `
select noun, target_id, place, staff_id from picture_use where picture_id = $1
order by noun, target_id desc, place, staff_id limit $2`
	heldPicture = `
select count(*) from picture_use u join article a on a.id = u.target_id
where u.picture_id = $1 and u.noun = 'article' and a.embargo_at > $2 and a.state <> 'published'
and not exists (select 1 from picture_use o where o.picture_id = u.picture_id and o.noun in ('person', 'settings'))
and not exists (
	select 1 from picture_use o join article b on b.id = o.target_id
	where o.picture_id = u.picture_id and o.noun = 'article' and o.staff_id = 0 and b.state = 'published')`
	usedTimes = `
select picture_id, count(*) from (
	select distinct picture_id, noun, target_id from picture_use
	where picture_id in (select value from json_each($1)) -- sqlite
	where picture_id in (select value::bigint from json_array_elements_text($1::json)) -- postgres
) u group by picture_id`
	usesBy = `select picture_id, place from picture_use where noun = $1 and target_id = $2 and staff_id = $3`
	addUse = `
insert into picture_use (noun, target_id, staff_id, picture_id, place) values ($1, $2, $3, $4, $5)
on conflict (picture_id, noun, target_id, place, staff_id) do nothing`
	dropUse = `
delete from picture_use where noun = $1 and target_id = $2 and staff_id = $3 and picture_id = $4 and place = $5`
	picturesThere = `
select id from picture
where id in (select value from json_each($1)) -- sqlite
where id in (select value::bigint from json_array_elements_text($1::json)) -- postgres`
	addressedPictures = `
select target_id from address where noun = 'picture' and state <> 'gone'
and path in (select value from json_each($1)) -- sqlite
and path in (select json_array_elements_text($1::json)) -- postgres`
)

// UsesOfPicture returns up to n places where a picture stands, those in the newest
// articles first.
func (r Reader) UsesOfPicture(ctx context.Context, id news.PictureID, n int) ([]news.PictureUse, error) {
	return db.All(ctx, r.s, func(u *news.PictureUse) []any { return []any{&u.Of.Noun, &u.Of.ID, &u.Place, &u.Staff} }, usesOfPicture, id, n)
}

// PictureHeld reports whether a picture stands in an article under embargo, also in
// what somebody has typed there, and in nothing that readers see. It notes no refs:
// no page shows such a picture.
func (r Reader) PictureHeld(ctx context.Context, id news.PictureID, now time.Time) (bool, error) {
	all, err := db.Values[int64](ctx, r.s, heldPicture, id, now.UnixMilli())
	return sum(all) > 0, err
}

// UsedTimes tells in how many things each of these pictures stands; those that
// stand in none are absent.
func (r Reader) UsedTimes(ctx context.Context, ids []news.PictureID) (map[news.PictureID]int, error) {
	type row struct {
		id news.PictureID
		n  int
	}
	times := map[news.PictureID]int{}
	return times, db.Each(ctx, r.s, func(r *row) []any { return []any{&r.id, &r.n} }, func(r *row) error {
		times[r.id] = r.n
		return nil
	}, usedTimes, idList(ids))
}

// standing is a picture in its place in one thing.
type standing struct {
	picture news.PictureID
	place   news.PicturePlace
}

// userOf is the thing that pictures stand in, as the first columns of a row.
func userOf(of news.Target, staff news.StaffID) []any {
	return []any{of.Noun, of.ID, int64(staff)}
}

// usePictures stores which pictures stand in a thing, instead of those that did.
func (tx *Tx) usePictures(ctx context.Context, of news.Target, staff news.StaffID, now []standing) error {
	user := userOf(of, staff)
	was, err := db.All(ctx, tx.s, func(s *standing) []any { return []any{&s.picture, &s.place} }, usesBy, user...)
	if err != nil {
		return err
	}
	for _, s := range was {
		if !slices.Contains(now, s) {
			if _, err := db.Exec(ctx, tx.s, dropUse, append(slices.Clone(user), s.picture, s.place)...); err != nil {
				return err
			}
		}
	}
	var rows [][]any
	for _, s := range now {
		if !slices.Contains(was, s) {
			rows = append(rows, append(slices.Clone(user), s.picture, s.place))
		}
	}
	return tx.insertUses(ctx, rows)
}

// insertUses stores rows of addUse, but for pictures that are not there.
func (tx *Tx) insertUses(ctx context.Context, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	var ids []news.PictureID
	for _, r := range rows {
		ids = append(ids, r[3].(news.PictureID))
	}
	slices.Sort(ids)
	there, err := db.Values[news.PictureID](ctx, tx.s, picturesThere, idList(slices.Compact(ids)))
	if err != nil {
		return err
	}
	known := map[news.PictureID]bool{}
	for _, id := range there {
		known[id] = true
	}
	return db.Insert(ctx, tx.s, addUse, slices.DeleteFunc(rows, func(r []any) bool { return !known[r[3].(news.PictureID)] }))
}

// standingIn are the pictures of an article: its lead, the one for other sites, and what its body shows or
// links to, by id or by address.
func (r Reader) standingIn(ctx context.Context, a *news.Article) ([]standing, error) {
	var all []standing
	if a.LeadPicture != 0 {
		all = append(all, standing{a.LeadPicture, news.AsLead})
	}
	if a.SocialPicture != 0 {
		all = append(all, standing{a.SocialPicture, news.AsSocial})
	}
	body, err := r.standingInBody(ctx, a.Body)
	return append(all, body...), err
}

func (r Reader) standingInBody(ctx context.Context, body []byte) ([]standing, error) {
	ids, paths := richtext.Named(body)
	if len(paths) > 0 {
		more, err := db.Values[int64](ctx, r.s, addressedPictures, textList(paths))
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	slices.Sort(ids)
	var all []standing
	for _, id := range slices.Compact(ids) {
		all = append(all, standing{news.PictureID(id), news.InBody})
	}
	return all, nil
}

// useInArticle stores which pictures stand in an article, or in what somebody has
// typed of it.
func (tx *Tx) useInArticle(ctx context.Context, a *news.Article, staff news.StaffID) error {
	now, err := tx.standingIn(ctx, a)
	if err != nil {
		return err
	}
	return tx.usePictures(ctx, news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}, staff, now)
}

// useInPaper stores which pictures stand in the settings.
func (tx *Tx) useInPaper(ctx context.Context, s *news.Settings) error {
	var now []standing
	if s.Logo != 0 {
		now = append(now, standing{s.Logo, news.AsLogo})
	}
	if s.SocialPicture != 0 {
		now = append(now, standing{s.SocialPicture, news.ForSharing})
	}
	return tx.usePictures(ctx, news.Target{Noun: news.SettingsNoun}, 0, now)
}

// useOne stores that at most one picture stands in a thing.
func (tx *Tx) useOne(ctx context.Context, of news.Target, p news.PictureID, place news.PicturePlace) error {
	var now []standing
	if p != 0 {
		now = []standing{{p, place}}
	}
	return tx.usePictures(ctx, of, 0, now)
}
