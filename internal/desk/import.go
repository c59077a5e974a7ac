package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// ImportItem is one article or standing page from an old system, with its
// comments. Article.Summary is what [Summary] makes of it, or "" to have that
// done here, at the cost of reading the body again. Article.Path is the address that it had there, which it keeps; ""
// for none. Hash tells whether the item is the same as at an earlier import,
// CommentsHash whether its comments are.
type ImportItem struct {
	OldID        string
	Hash         string
	CommentsHash string
	Article      news.Article
	Comments     []ImportComment
	Pinned       bool                  // stands first on the front page, when it comes for the first time
	Open         []store.OpenReference // Source and Article are filled in here
}

// ImportComment is a comment with its ids in the old system; OldParent is 0 for
// one that answers the article.
type ImportComment struct {
	news.Comment
	OldID     int64
	OldParent int64
}

// Outcome says what an import did with an item.
type Outcome string

// The outcomes of an import.
const (
	Imported  Outcome = "imported"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Kept      Outcome = "kept" // it was edited here since and stays as it is
)

// ImportResult is what became of one item.
type ImportResult struct {
	OldID       string
	ID          news.ArticleID
	Outcome     Outcome
	NewComments int
	Collision   *Collision // nil when the item has the address that it came with
}

// Collision is an old path that something else has here.
type Collision struct {
	Path  string
	Taken news.Target // by what; zero when the path is Broadsheet's own
	Given string      // the address that the item, or what gave way to it, has instead
	Gave  bool        // the thing that had it, made at this import, has given way
}

// ImportArticles stores a batch of items in one transaction with one
// announcement, and answers for each. An item that was imported before is left
// alone when nothing in it has changed, updated when it has, and kept as it is
// when it was edited here; comments that are new come in each case. An old id
// that stands twice in a batch is taken once.
func (d *Desk) ImportArticles(ctx context.Context, source store.SourceID, items []ImportItem) ([]ImportResult, error) {
	for i := range items {
		a := &items[i].Article
		if a.Summary != "" {
			continue
		}
		body, err := richtext.Decode(a.Body)
		if err != nil {
			return nil, err
		}
		a.Summary = Summary(a, body)
	}
	var results []ImportResult
	err := d.update(ctx, func(tx *store.Tx, now time.Time) error {
		b := importBatch{tx: tx, now: now, source: source}
		var err error
		results, err = b.run(ctx, items)
		return err
	})
	return results, err
}

// importBatch is the state of one ImportArticles.
type importBatch struct {
	tx       *store.Tx
	now      time.Time
	source   store.SourceID
	settings news.Settings
	sections news.Sections
	stages   news.Stages

	old      map[string]store.Imported
	results  []ImportResult
	imported []store.Imported
	open     []store.OpenReference
	comments []store.OldComment
}

func (b *importBatch) run(ctx context.Context, items []ImportItem) ([]ImportResult, error) {
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].OldID
	}
	var err error
	if b.settings, err = b.tx.Settings(ctx); err != nil {
		return nil, err
	}
	if b.sections, err = b.tx.Sections(ctx); err != nil {
		return nil, err
	}
	if b.stages, err = b.tx.Stages(ctx); err != nil {
		return nil, err
	}
	if b.old, err = b.tx.Imported(ctx, b.source, news.ArticleNoun, ids); err != nil {
		return nil, err
	}
	var fresh []*ImportItem
	seen := map[string]bool{}
	for i := range items {
		it := &items[i]
		if seen[it.OldID] {
			continue
		}
		seen[it.OldID] = true
		if old, ok := b.old[it.OldID]; ok {
			if err := b.again(ctx, it, old); err != nil {
				return nil, err
			}
			continue
		}
		fresh = append(fresh, it)
	}
	if err := b.insert(ctx, fresh); err != nil {
		return nil, err
	}
	return b.results, b.finish(ctx)
}

// insert stores items that were never here.
func (b *importBatch) insert(ctx context.Context, fresh []*ImportItem) error {
	articles := make([]*news.Article, len(fresh))
	for i, it := range fresh {
		articles[i] = &it.Article
		it.Article.Changed = b.now
		it.Article.Stage = b.stages.Of(it.Article.Stage).ID
		if it.Article.Created.IsZero() {
			it.Article.Created = b.now
		}
	}
	if err := b.tx.InsertArticles(ctx, articles, b.sections, string(Importer), "import"); err != nil {
		return err
	}
	collisions, err := b.addresses(ctx, articles)
	if err != nil {
		return err
	}
	for i, it := range fresh {
		b.done(it, Imported)
		b.results[len(b.results)-1].Collision = collisions[i]
		if err := b.addComments(ctx, it, nil); err != nil {
			return err
		}
	}
	return b.pin(ctx, fresh)
}

// pin puts first on the front page what stood there in the old system, the newest
// before all others, as long as there is room.
func (b *importBatch) pin(ctx context.Context, fresh []*ImportItem) error {
	pinned := slices.DeleteFunc(slices.Clone(fresh), func(it *ImportItem) bool { return !it.Pinned || it.Article.Kind != news.Story })
	if len(pinned) == 0 {
		return nil
	}
	slices.SortFunc(pinned, func(x, y *ImportItem) int { return x.Article.Published.Compare(y.Article.Published) })
	f, err := b.tx.Front(ctx, 0)
	if err != nil {
		return err
	}
	for _, it := range pinned {
		if len(f.Pins()) < news.MaxPins {
			f.Put(news.FirstZone, 0, news.Pin{Article: it.Article.ID})
		}
	}
	return putFront(ctx, b.tx, Importer, "pin", &f, 0, b.now)
}

// again handles an item that an earlier import has brought.
func (b *importBatch) again(ctx context.Context, it *ImportItem, old store.Imported) error {
	it.Article.ID = news.ArticleID(old.NewID)
	if old.Hash == it.hash() {
		b.results = append(b.results, ImportResult{OldID: it.OldID, ID: it.Article.ID, Outcome: Unchanged})
		return nil
	}
	before, err := b.tx.Article(ctx, it.Article.ID)
	if err != nil {
		return err
	}
	outcome := Unchanged
	content, _ := splitHash(old.Hash)
	it.Article.Version = before.Version
	switch {
	case content == it.Hash:
		it.Article.Version = old.Version
	case before.Version != old.Version:
		outcome = Kept
		it.Article.Version = old.Version
	default:
		outcome = Updated
		if err := b.overwrite(ctx, it, &before); err != nil {
			return err
		}
	}
	have, err := b.tx.CommentsByOldID(ctx, it.Article.ID)
	if err != nil {
		return err
	}
	b.done(it, outcome)
	return b.addComments(ctx, it, have)
}

// overwrite stores a newer export's text over an article that nobody has edited
// here. Its address stays what it is.
func (b *importBatch) overwrite(ctx context.Context, it *ImportItem, before *news.Article) error {
	a := &it.Article
	a.Path, a.Created, a.Changed = before.Path, before.Created, b.now
	a.Stage = b.stages.Of(a.Stage).ID
	if a.LeadPicture == 0 {
		a.LeadPicture = before.LeadPicture // until the last step looks again
	}
	if a.SocialPicture == 0 {
		a.SocialPicture = before.SocialPicture
	}
	if a.Parent == 0 {
		a.Parent = before.Parent
	}
	if err := b.tx.UpdateArticle(ctx, before, a, b.sections, string(Importer), "import"); err != nil {
		return err
	}
	return address(ctx, b.tx, a, b.sections)
}

// done notes what became of an item that is stored.
func (b *importBatch) done(it *ImportItem, o Outcome) {
	b.results = append(b.results, ImportResult{OldID: it.OldID, ID: it.Article.ID, Outcome: o})
	hash := it.hash()
	if o == Kept { // so that the next import lists it again
		content, _ := splitHash(b.old[it.OldID].Hash)
		hash = content + " " + it.CommentsHash
	}
	b.imported = append(b.imported, store.Imported{Source: b.source, Noun: news.ArticleNoun, OldID: it.OldID, NewID: int64(it.Article.ID),
		Hash: hash, Version: it.Article.Version})
	if o == Imported || o == Updated {
		for _, ref := range it.Open {
			ref.Source, ref.Article = b.source, it.Article.ID
			b.open = append(b.open, ref)
		}
	}
}

// finish stores what was gathered over the batch.
func (b *importBatch) finish(ctx context.Context) error {
	if err := b.tx.InsertComments(ctx, b.comments); err != nil {
		return err
	}
	if err := b.tx.PutImported(ctx, b.imported); err != nil {
		return err
	}
	if err := b.tx.PutOpenReferences(ctx, b.open); err != nil {
		return err
	}
	return b.audit(ctx)
}

// audit writes one line for the batch, unless nothing in it was new: which articles
// those were, their revisions tell.
func (b *importBatch) audit(ctx context.Context) error {
	count := map[Outcome]int{}
	for _, r := range b.results {
		count[r.Outcome]++
	}
	if count[Imported]+count[Updated]+len(b.comments) == 0 {
		return nil
	}
	return b.tx.Audit(ctx, b.now, string(Importer), "import", news.Target{Noun: news.ArticleNoun},
		fmt.Sprintf("%d imported, %d updated, %d kept as edited here, %d comments", count[Imported], count[Updated], count[Kept], len(b.comments)))
}

// addComments gathers the item's comments that are not in have, parents before
// their replies. One whose parent is missing, or answers it in turn, answers the
// article.
func (b *importBatch) addComments(ctx context.Context, it *ImportItem, have map[int64]news.CommentID) error {
	var fresh []*ImportComment
	known := map[int64]news.CommentID{}
	for old, id := range have {
		known[old] = id
	}
	for i := range it.Comments {
		if c := &it.Comments[i]; known[c.OldID] == 0 {
			known[c.OldID] = -1 // taken; its id follows
			fresh = append(fresh, c)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	id, err := b.tx.NewCommentIDs(ctx, len(fresh))
	if err != nil {
		return err
	}
	for _, c := range parentsFirst(fresh) {
		c.ID, c.Article = id, it.Article.ID
		id++
		known[c.OldID] = c.ID
		c.Parent = 0
		if c.OldParent != 0 && c.OldParent != c.OldID {
			c.Parent = max(known[c.OldParent], 0) // below 0 in a circle: its parent comes later
		}
		b.comments = append(b.comments, store.OldComment{Comment: c.Comment, OldID: c.OldID})
	}
	b.results[len(b.results)-1].NewComments = len(fresh)
	return nil
}

// parentsFirst orders comments so that each stands behind the one it answers,
// and otherwise as they came. Circles are broken at the comment met first.
func parentsFirst(list []*ImportComment) []*ImportComment {
	byID := make(map[int64]*ImportComment, len(list))
	for _, c := range list {
		byID[c.OldID] = c
	}
	placed := make(map[*ImportComment]bool, len(list))
	out := make([]*ImportComment, 0, len(list))
	for _, c := range list {
		var up []*ImportComment
		onWay := map[*ImportComment]bool{}
		for p := c; p != nil && !placed[p] && !onWay[p]; p = byID[p.OldParent] {
			onWay[p] = true
			up = append(up, p)
		}
		for i := len(up) - 1; i >= 0; i-- {
			placed[up[i]] = true
			out = append(out, up[i])
		}
	}
	return out
}

func (it *ImportItem) hash() string { return it.Hash + " " + it.CommentsHash }
