package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// PostComment takes a reader's comment and holds it for approval, or shows it at
// once where comments are open; c.State says which. The same comment sent twice is
// stored once, and the second call succeeds like the first. The caller has used [news.Comment.Check] and has words for what it
// finds; here it is checked again. The audit line says neither who it was nor from
// where.
func (d *Desk) PostComment(ctx context.Context, c *news.Comment) error {
	c.Name, c.Email, c.Text = oneLine(c.Name), strings.TrimSpace(c.Email), plainText(c.Text)
	if wrong := c.Check(); wrong != nil {
		return fault.New(fault.Invalid, "the comment is not complete")
	}
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		a, err := tx.Article(ctx, c.Article)
		if err != nil {
			return err
		}
		if !a.Public() {
			return fault.New(fault.NotFound, "there is no such article")
		}
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		closed, err := tx.ClosedBefore(ctx, a.ID)
		if err != nil {
			return err
		}
		if !a.TakesComments(&settings, closed) {
			return fault.New(fault.Denied, "comments on this article are closed")
		}
		if c.Parent != 0 {
			parent, err := tx.Comment(ctx, c.Parent)
			if fault.Is(err, fault.NotFound) || err == nil && (parent.Article != c.Article || parent.State != news.Approved) {
				return fault.New(fault.Invalid, "the comment that this one answers is not there any more")
			}
			if err != nil {
				return err
			}
		}
		c.Kind, c.State, c.Posted = news.ReaderComment, a.Comments.Takes(), now
		stored, err := tx.InsertComment(ctx, c, fingerprint(c))
		if err != nil {
			return err
		}
		if !stored {
			first, err := tx.Comment(ctx, c.ID)
			c.State = first.State
			return err
		}
		return tx.Audit(ctx, now, string(Reader), "post", news.Target{Noun: "comment", ID: int64(c.ID)}, fmt.Sprintf("on article %d", c.Article))
	})
}

// fingerprint is equal for a comment that was sent twice: same person, same
// place, same words.
func fingerprint(c *news.Comment) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%d\x00%d\x00%s\x00%s\x00%s", c.Article, c.Parent, strings.ToLower(c.Email), c.Name, c.Text))
	return hex.EncodeToString(h[:16])
}

func oneLine(s string) string { return strings.Join(strings.Fields(plainText(s)), " ") }

// plainText keeps what a reader typed but control characters, and at most one
// blank line in a row.
func plainText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	lines := strings.Split(s, "\n")
	kept := lines[:0]
	for _, line := range lines {
		line = strings.TrimRight(line, " \t")
		if line == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// ApproveComment shows a comment to readers; one that is shown already stays so.
func (d *Desk) ApproveComment(ctx context.Context, who Who, id news.CommentID) error {
	return d.moderate(ctx, who, "approve", id, news.Approved)
}

// RejectComment keeps a comment from readers; it stays in the store.
func (d *Desk) RejectComment(ctx context.Context, who Who, id news.CommentID) error {
	return d.moderate(ctx, who, "reject", id, news.Rejected)
}

// HoldComment puts a comment back among those that wait for approval.
func (d *Desk) HoldComment(ctx context.Context, who Who, id news.CommentID) error {
	return d.moderate(ctx, who, "hold", id, news.Held)
}

// RemoveComment takes away a comment that readers may have seen; it stays in the
// store. Replies to it stand at the top then.
func (d *Desk) RemoveComment(ctx context.Context, who Who, id news.CommentID) error {
	return d.moderate(ctx, who, "remove", id, news.Removed)
}

func (d *Desk) moderate(ctx context.Context, who Who, verb string, id news.CommentID, to news.CommentState) error {
	return d.update(ctx, func(tx *store.Tx, now time.Time) error {
		c, err := tx.Comment(ctx, id)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.NotFound, "there is no comment %d", id)
		}
		if err != nil || c.State == to {
			return err
		}
		moved, err := moveComment(ctx, tx, now, who, verb, &c, to)
		if err == nil && !moved {
			return fault.New(fault.Conflict, "somebody else has just decided about comment %d", id)
		}
		return err
	})
}

// moveComment brings a comment that was read in this transaction into another
// state; false when it has left its own meanwhile.
func moveComment(ctx context.Context, tx *store.Tx, now time.Time, who Who, verb string, c *news.Comment, to news.CommentState) (bool, error) {
	from := c.State
	moved, err := tx.SetCommentState(ctx, c, to, now, string(who))
	if err != nil || !moved {
		return false, err
	}
	return true, tx.Audit(ctx, now, string(who), verb, news.Target{Noun: "comment", ID: int64(c.ID)}, string(from)+" -> "+string(to))
}

// MostDecided is how many comments [Desk.DecideComments] takes at once.
const MostDecided = 100

// decisions are the verbs by which comments come into a state.
var decisions = map[news.CommentState]string{news.Approved: "approve", news.Rejected: "reject", news.Held: "hold"}

// DecideComments approves, rejects or holds many comments at once, as far as they
// are in the state that whoever decides has seen them in. The others stay as they
// are: somebody else was quicker. It returns the ids of those that it has moved.
func (d *Desk) DecideComments(ctx context.Context, who Who, ids []news.CommentID, from, to news.CommentState) ([]news.CommentID, error) {
	verb := decisions[to]
	if verb == "" || from == to || len(ids) > MostDecided {
		return nil, fault.New(fault.Invalid, "comments can't be decided about like this")
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids))) // in one order, so that two of these never wait for each other
	var done []news.CommentID
	err := d.update(ctx, func(tx *store.Tx, now time.Time) error {
		done = nil
		list, err := tx.Comments(ctx, ids)
		if err != nil {
			return err
		}
		for i := range list {
			c := &list[i]
			if c.State != from {
				continue
			}
			moved, err := moveComment(ctx, tx, now, who, verb, c, to)
			if err != nil {
				return err
			}
			if moved {
				done = append(done, c.ID)
			}
		}
		return nil
	})
	return done, err
}
