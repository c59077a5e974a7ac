package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/richtext"
	"broadsheet/internal/store"
)

// Create stores a new article as a draft and gives it its id. Its language is
// the paper's where none is given, and so is how it takes comments (a standing page
// takes none); its slug is made of the headline. a.Creator
// says who of the staff begins it.
func (d *Desk) Create(ctx context.Context, who Who, a *news.Article) error {
	body, err := readBody(a)
	if err != nil {
		return err
	}
	if err := tooLong(&news.Article{}, a); err != nil {
		return err
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		all, err := tx.Sections(ctx)
		if err != nil {
			return err
		}
		if a.Language == "" {
			a.Language = settings.Language
		}
		if a.Comments == "" {
			a.Comments = settings.CommentsDefault
			if a.Kind == news.StandingPage {
				a.Comments = news.CommentsClosed
			}
		}
		if a.Slug == "" {
			a.Slug = slug(a.Headline)
		}
		a.State, a.Stage, a.Created, a.Changed = news.Draft, news.FirstStage, now, now
		a.Summary = Summary(a, body)
		if err := sound(ctx, tx, &news.Article{}, a, now); err != nil {
			return err
		}
		if err := known(ctx, tx, &news.Article{}, a, all); err != nil {
			return err
		}
		if err := tx.InsertArticles(ctx, []*news.Article{a}, all, string(who), "create"); err != nil {
			return err
		}
		if err := tx.Audit(ctx, now, string(who), "create", target(a), "none -> "+string(a.State)); err != nil {
			return err
		}
		_, err = auditWork(ctx, tx, who, &news.Article{}, a, now)
		return err
	})
}

// Save stores all fields of an article over the version that it was read at, its
// state and address aside.
func (d *Desk) Save(ctx context.Context, who Who, a *news.Article) error {
	return d.save(ctx, who, "save", a, func(*news.Article, time.Time) error { return nil })
}

func (d *Desk) save(ctx context.Context, who Who, verb string, a *news.Article, rule func(*news.Article, time.Time) error) error {
	body, err := readBody(a)
	if err != nil {
		return err
	}
	return d.write(ctx, who, verb, a.ID, a.Version, func(ctx context.Context, tx *store.Tx, stored *news.Article, now time.Time) error {
		was := *stored
		if err := saved(ctx, tx, stored, &was, a, body); err != nil {
			return err
		}
		if err := rule(stored, now); err != nil {
			return fault.Wrap(fault.Invalid, err, "it can't be done (%s)", verb)
		}
		return nil
	})
}

// saved makes of a stored article what it is to be after a Save of typed over it.
func saved(ctx context.Context, tx *store.Tx, stored, was, typed *news.Article, body *richtext.Doc) error {
	if err := tooLong(was, typed); err != nil {
		return err
	}
	if err := checkPlace(ctx, tx, was.Parent, typed); err != nil {
		return err
	}
	*stored = *typed
	keepPlace(stored, was)
	stored.Summary = Summary(stored, body)
	return nil
}

// keepPlace gives a what no Save changes: where the article stands, in which
// state, and who began it when.
func keepPlace(a, was *news.Article) {
	a.State, a.Stage, a.Path, a.Slug, a.Published, a.Scheduled = was.State, was.Stage, was.Path, was.Slug, was.Published, was.Scheduled
	a.Creator, a.Created = was.Creator, was.Created
}

// readBody reads an article's body.
func readBody(a *news.Article) (*richtext.Doc, error) {
	if len(a.Body) > news.MaxBody {
		return nil, &fault.Error{Kind: fault.Invalid, Public: "the text is too long", Fields: map[string]string{"body": string(news.TooLong)}}
	}
	body, err := richtext.Decode(a.Body)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the article's text can't be read: it is not what the editor writes")
	}
	return body, nil
}

// tooLong refuses what is too long in an article. What was there before, as after
// an import, stays.
func tooLong(was, a *news.Article) error {
	wrong := map[string]string{}
	before := was.TooLong()
	for name := range a.TooLong() {
		if _, already := before[name]; !already {
			wrong[name] = string(news.TooLong)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Public: "something is too long", Fields: wrong}
}

// Publish makes an article public, as of the version that the caller has seen.
// It gets its address now, unless it has one. A draft's stage must let it go.
func (d *Desk) Publish(ctx context.Context, who Who, id news.ArticleID, version int) error {
	return d.release(ctx, who, "publish", id, version, func(a *news.Article, now time.Time) error { return a.Publish(now) })
}

// release is act for what leaves its stage for the readers.
func (d *Desk) release(ctx context.Context, who Who, verb string, id news.ArticleID, version int, rule func(*news.Article, time.Time) error) error {
	return d.write(ctx, who, verb, id, version, func(ctx context.Context, tx *store.Tx, a *news.Article, now time.Time) error {
		if err := mayLeave(ctx, tx, a); err != nil {
			return err
		}
		if err := rule(a, now); err != nil {
			return fault.Wrap(fault.Invalid, err, "it can't be done (%s)", verb)
		}
		return nil
	})
}

// PublishAs is Publish with a time of first publication that lies in the past:
// for what had appeared before it came here.
func (d *Desk) PublishAs(ctx context.Context, who Who, id news.ArticleID, version int, at time.Time) error {
	return d.act(ctx, who, "publish", id, version, func(a *news.Article, now time.Time) error {
		a.Published = at
		return a.Publish(now)
	})
}

// Update is Save of a public article, of which readers are told that it was
// updated.
func (d *Desk) Update(ctx context.Context, who Who, a *news.Article) error {
	return d.save(ctx, who, "update", a, (*news.Article).Update)
}

// Restore puts back among the drafts what was withdrawn, trashed or scheduled. Its
// address stays reserved for it.
func (d *Desk) Restore(ctx context.Context, who Who, id news.ArticleID, version int) error {
	return d.act(ctx, who, "restore", id, version, func(a *news.Article, _ time.Time) error { return a.Restore() })
}

// Trash throws away a draft, or what waits to be published. [Desk.Restore] takes
// it out again.
func (d *Desk) Trash(ctx context.Context, who Who, id news.ArticleID, version int) error {
	return d.act(ctx, who, "trash", id, version, func(a *news.Article, _ time.Time) error { return a.Trash() })
}

// Move shows an article under another section, 0 for none. Its address stays.
func (d *Desk) Move(ctx context.Context, who Who, id news.ArticleID, version int, to news.SectionID) error {
	return d.act(ctx, who, "move", id, version, func(a *news.Article, _ time.Time) error { return a.Move(to) })
}

// SetByline says who stands above an article, in that order.
func (d *Desk) SetByline(ctx context.Context, who Who, id news.ArticleID, version int, byline []news.Credit) error {
	return d.act(ctx, who, "byline", id, version, func(a *news.Article, _ time.Time) error { a.Byline = byline; return nil })
}

// SetTopics says which topics an article goes with, in the order shown.
func (d *Desk) SetTopics(ctx context.Context, who Who, id news.ArticleID, version int, topics []news.TopicID) error {
	return d.act(ctx, who, "topics", id, version, func(a *news.Article, _ time.Time) error { a.Topics = topics; return nil })
}

// SetLeadPicture says which picture an article opens with, 0 for none, and what
// stands below it here; "" for the picture's own caption.
func (d *Desk) SetLeadPicture(ctx context.Context, who Who, id news.ArticleID, version int, p news.PictureID, caption string) error {
	return d.act(ctx, who, "lead picture", id, version, func(a *news.Article, _ time.Time) error {
		a.LeadPicture, a.LeadCaption = p, caption
		return nil
	})
}

// ChangeSlug gives an article another slug, and the address that follows from it:
// the same folder, or for one that has no address yet, whatever it gets at its
// publication. The address before leads on to it for good.
func (d *Desk) ChangeSlug(ctx context.Context, who Who, id news.ArticleID, version int, wanted string) error {
	made := slug(wanted)
	if made == "" {
		return fault.New(fault.Invalid, "a slug needs a letter or a digit")
	}
	return d.write(ctx, who, "slug", id, version, func(ctx context.Context, tx *store.Tx, a *news.Article, _ time.Time) error {
		return reslug(ctx, tx, a, made)
	})
}

// reslug gives an article another slug, and the address that follows from it.
func reslug(ctx context.Context, tx *store.Tx, a *news.Article, made string) error {
	before := a.Slug
	a.Slug = made
	if a.Path == "" || before == made {
		return nil
	}
	to, err := pathFor(ctx, tx, renamed(a.Path, made), target(a))
	if err != nil || to == a.Path {
		return err
	}
	from := news.Address{Path: a.Path, Target: target(a), State: news.Moved}
	a.Path = to
	return tx.SetAddress(ctx, from)
}

// renamed is a path with another slug as its last part; an ending such as ".html"
// stays.
func renamed(path, slug string) string {
	bare, folder := strings.CutSuffix(path, "/")
	i := strings.LastIndexByte(bare, '/')
	if folder {
		return bare[:i+1] + slug + "/"
	}
	ending := ""
	if dot := strings.LastIndexByte(bare, '.'); dot > i+1 {
		ending = bare[dot:]
	}
	return bare[:i+1] + slug + ending
}

// Schedule has the clock publish an article when its hour comes. A draft's stage
// must let it go.
func (d *Desk) Schedule(ctx context.Context, who Who, id news.ArticleID, version int, at time.Time) error {
	return d.release(ctx, who, "schedule", id, version, func(a *news.Article, now time.Time) error { return a.Schedule(at, now) })
}

// act changes an article by a rule and stores it, with its address where its
// state asks for another.
func (d *Desk) act(ctx context.Context, who Who, verb string, id news.ArticleID, version int, rule func(*news.Article, time.Time) error) error {
	return d.write(ctx, who, verb, id, version, func(_ context.Context, _ *store.Tx, a *news.Article, now time.Time) error {
		if err := rule(a, now); err != nil {
			return fault.Wrap(fault.Invalid, err, "it can't be done (%s)", verb)
		}
		return nil
	})
}

// write is act for a change that needs the store.
func (d *Desk) write(ctx context.Context, who Who, verb string, id news.ArticleID, version int, change func(context.Context, *store.Tx, *news.Article, time.Time) error) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		before, err := tx.Article(ctx, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return fault.New(fault.Conflict, "somebody else has changed this article meanwhile")
		}
		a := before
		if err := change(ctx, tx, &a, now); err != nil {
			return err
		}
		return rewrite(ctx, tx, who, verb, &before, &a, now)
	})
}

// rewrite stores an article over what it was before, with its address and the line
// of the log.
func rewrite(ctx context.Context, tx *store.Tx, who Who, verb string, before, a *news.Article, now time.Time) error {
	if err := sound(ctx, tx, before, a, now); err != nil {
		return err
	}
	all, err := tx.Sections(ctx)
	if err != nil {
		return err
	}
	if err := known(ctx, tx, before, a, all); err != nil {
		return err
	}
	a.Changed = now
	if err := tx.UpdateArticle(ctx, before, a, all, string(who), verb); err != nil {
		return err
	}
	if err := address(ctx, tx, a, all); err != nil {
		return err
	}
	wrote, err := auditWork(ctx, tx, who, before, a, now)
	if err != nil || wrote && (verb == "assign" || verb == "embargo") {
		return err
	}
	stages, err := tx.Stages(ctx)
	if err != nil {
		return err
	}
	return tx.Audit(ctx, now, string(who), verb, target(a), standing(before, &stages)+" -> "+standing(a, &stages))
}

// known refuses an article that names what is not there, or is not there any more:
// somebody may have merged it away while a form stood open.
func known(ctx context.Context, tx *store.Tx, before, a *news.Article, all news.Sections) error {
	for _, id := range a.Sections {
		s := all[id]
		if s == nil {
			return fault.New(fault.Invalid, "section %d is not there (any more)", id)
		}
		if s.Retired && !slices.Contains(before.Sections, id) {
			return fault.New(fault.Invalid, "the section %q is retired and takes no new articles", s.Name)
		}
	}
	topics, err := tx.Topics(ctx, a.Topics)
	if err != nil {
		return err
	}
	if len(topics) != len(a.Topics) {
		return fault.New(fault.Invalid, "one of the topics is not there (any more), or named twice")
	}
	for _, t := range topics {
		if t.Retired && !slices.Contains(before.Topics, t.ID) {
			return fault.New(fault.Invalid, "the topic %q is retired and takes no new articles", t.Name)
		}
	}
	people := make([]news.PersonID, len(a.Byline))
	for i, c := range a.Byline {
		people[i] = c.Person
	}
	there, err := tx.Persons(ctx, people)
	if err != nil {
		return err
	}
	for _, id := range people {
		if !slices.ContainsFunc(there, func(p news.Person) bool { return p.ID == id }) {
			return fault.New(fault.Invalid, "person %d, of the byline, is not there", id)
		}
	}
	for _, p := range []struct{ now, was news.PictureID }{{a.LeadPicture, before.LeadPicture}, {a.SocialPicture, before.SocialPicture}} {
		if p.now == 0 || p.now == p.was {
			continue
		}
		if _, err := tx.Picture(ctx, p.now); err != nil {
			return fault.Wrap(fault.Invalid, err, "picture %d is not there", p.now)
		}
	}
	return nil
}

func target(a *news.Article) news.Target {
	return news.Target{Noun: news.ArticleNoun, ID: int64(a.ID)}
}
