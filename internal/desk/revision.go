package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// RestoreRevision saves the fields of a revision over an article as of the version
// that the caller has seen. State, stage, address, times of publication, assignment and
// embargo stay. What the
// revision names and is not there any more, as a topic that was merged away, is
// left out and returned.
func (d *Desk) RestoreRevision(ctx context.Context, who Who, id news.ArticleID, version, revision int) (gone []news.Target, err error) {
	err = d.write(ctx, who, fmt.Sprintf("restore revision %d", revision), id, version, func(ctx context.Context, tx *store.Tx, a *news.Article, _ time.Time) error {
		old, err := tx.Revision(ctx, id, revision)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, "this article has no revision %d", revision)
		}
		if err != nil {
			return err
		}
		was := *a
		*a = old.Fields
		a.Version, a.Kind, a.Updated, a.TranslationGroup = was.Version, was.Kind, was.Updated, was.TranslationGroup // said of the article, not in it
		a.Assign(was.Assignment())
		a.Embargo = was.Embargo
		keepPlace(a, &was)
		if gone, err = leaveOut(ctx, tx, &was, a); err != nil {
			return err
		}
		body, err := readBody(a)
		if err != nil {
			return err
		}
		a.Summary = Summary(a, body)
		return nil
	})
	return gone, err
}

// leaveOut takes from a what is not there any more or takes nothing new, and
// returns it. was is the article as it stands.
func leaveOut(ctx context.Context, tx *store.Tx, was, a *news.Article) (gone []news.Target, err error) {
	all, err := tx.Sections(ctx)
	if err != nil {
		return nil, err
	}
	a.Sections = slices.DeleteFunc(slices.Clone(a.Sections), func(id news.SectionID) bool {
		s := all[id]
		out := s == nil || s.Retired && !slices.Contains(was.Sections, id)
		if out {
			gone = append(gone, news.Target{Noun: news.SectionNoun, ID: int64(id)})
		}
		return out
	})
	if a.Section != 0 && !slices.Contains(a.Sections, a.Section) {
		a.Section = 0
		if len(a.Sections) > 0 {
			a.Section = a.Sections[0]
		}
	}
	topics, err := tx.Topics(ctx, a.Topics)
	if err != nil {
		return nil, err
	}
	a.Topics = slices.DeleteFunc(slices.Clone(a.Topics), func(id news.TopicID) bool {
		out := !slices.ContainsFunc(topics, func(t news.Topic) bool { return t.ID == id && (!t.Retired || slices.Contains(was.Topics, id)) })
		if out {
			gone = append(gone, news.Target{Noun: news.TopicNoun, ID: int64(id)})
		}
		return out
	})
	for _, p := range []struct {
		now *news.PictureID
		was news.PictureID
	}{{&a.LeadPicture, was.LeadPicture}, {&a.SocialPicture, was.SocialPicture}} {
		if *p.now == 0 || *p.now == p.was {
			continue
		}
		_, err := tx.Picture(ctx, *p.now)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		if err != nil {
			gone = append(gone, news.Target{Noun: news.PictureNoun, ID: int64(*p.now)})
			if *p.now = 0; p.now == &a.LeadPicture {
				a.LeadCaption = ""
			}
		}
	}
	return gone, nil
}
