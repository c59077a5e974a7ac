package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"broadsheet/internal/config"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func commentsList(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("comments list")
	state := fs.String("state", string(news.Held), "list comments in this `STATE`: held, approved, rejected, spam or removed")
	flags := config.AddFlags(fs, storeFlags...)
	if _, err := t.parse(fs, args, 0, 0); err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	count := 0
	for after := news.CommentID(0); ; {
		list, err := a.Store.CommentsIn(ctx, news.CommentState(*state), after, 100)
		if err != nil {
			return err
		}
		for i := range list {
			c := &list[i]
			after = c.ID
			count++
			about := ""
			if teasers, err := a.Store.Teasers(ctx, []news.ArticleID{c.Article}); err == nil && len(teasers) > 0 {
				about = teasers[0].Path
			}
			fmt.Fprintf(t.out, "%d  %s  %s <%s>  on %s\n", c.ID, c.Posted.Format("2006-01-02 15:04"), printable(c.Name), printable(c.Email), about)
			for line := range strings.SplitSeq(c.Text, "\n") {
				fmt.Fprintf(t.out, "    %s\n", printable(line))
			}
		}
		if len(list) < 100 {
			break
		}
	}
	if count == 0 {
		fmt.Fprintf(t.out, "no comment is %s\n", *state)
	}
	return nil
}

// printable keeps what a stranger wrote from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

func commentsApprove(ctx context.Context, t *terminal, args []string) error {
	return moderate(ctx, t, "approve", args, (*desk.Desk).ApproveComment)
}

func commentsReject(ctx context.Context, t *terminal, args []string) error {
	return moderate(ctx, t, "reject", args, (*desk.Desk).RejectComment)
}

func moderate(ctx context.Context, t *terminal, verb string, args []string, do func(*desk.Desk, context.Context, desk.Who, news.CommentID) error) error {
	fs := t.flags("comments " + verb)
	flags := config.AddFlags(fs, storeFlags...)
	words, err := t.parse(fs, args, 1, -1)
	if err != nil {
		return err
	}
	ids := make([]news.CommentID, len(words))
	for i, word := range words {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil || id < 1 {
			return fault.New(fault.Invalid, "%q is no comment's number; \"broadsheet comments list\" shows them", word)
		}
		ids[i] = news.CommentID(id)
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, id := range ids {
		if err := do(a.Desk, ctx, desk.CommandLine, id); err != nil {
			return err
		}
		fmt.Fprintf(t.out, "comment %d: %s\n", id, map[string]string{"approve": "approved", "reject": "rejected"}[verb])
	}
	return nil
}
