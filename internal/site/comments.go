package site

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
	"broadsheet/internal/store"
)

const commentsKind = "comments"

// commentsOnPage is how many comments a page shows before it parts them.
const commentsOnPage = 100

// deepestReply is how far replies move in; deeper ones stand below each other.
const deepestReply = 6

// Comments are the approved comments of an article, or a page of them.
type Comments struct {
	L              *locale.Locale
	Count          int
	From, To       int // of Count, counted from 1; shown only where there are more pages
	List           []Comment
	Earlier, Later string // addresses of the pages beside this; "" for none
}

// Comment is one comment with its replies.
type Comment struct {
	ID         int64
	Name       string
	Website    string
	At         Moment
	Paragraphs []string
	Reply      string // address of the form that answers it; "" where comments are closed
	Replies    []Comment
	L          *locale.Locale
}

// commentPage is the query's "comments" as part of a key: "" for the first page
// and for what is no number.
func commentPage(q string) string {
	n, err := strconv.Atoi(q)
	if err != nil && !errors.Is(err, strconv.ErrRange) || n < 2 {
		return ""
	}
	return strconv.Itoa(min(n, 1e6)) // more than any article has
}

// firstOn is how many comments stand before those of a page, as its key names it.
func firstOn(rest string) int {
	number, _ := strconv.Atoi(rest)
	return (max(number, 1) - 1) * commentsOnPage
}

func (s *Site) loadComments(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
	return s.read(ctx, k, note, func(r *reading) (page.View, error) {
		a, err := r.ArticleHead(ctx, news.ArticleID(k.ID))
		if err != nil {
			return page.View{}, err
		}
		outlines, err := r.CommentOutlines(ctx, a.ID)
		if err != nil {
			return page.View{}, err
		}
		order, depth := threads(outlines)
		c := Comments{L: r.l, Count: len(order)}
		from := min(firstOn(k.Rest), len(order))
		to := min(from+commentsOnPage, len(order))
		c.From, c.To = from+1, to
		path := urlPath(a.Path)
		number := from/commentsOnPage + 1
		if number > 1 {
			c.Earlier = commentsURL(path, number-1)
		}
		if to < len(order) {
			c.Later = commentsURL(path, number+1)
		}
		list, err := r.Comments(ctx, order[from:to])
		if err != nil {
			return page.View{}, err
		}
		open, err := r.takesComments(ctx, &a)
		if err != nil {
			return page.View{}, err
		}
		c.List = r.nest(list, depth, path, open)
		return page.View{Template: "comments", Data: c}, nil
	})
}

// takesComments reports whether readers may comment on an article.
func (r *reading) takesComments(ctx context.Context, a *news.Article) (bool, error) {
	closed, err := r.ClosedBefore(ctx, a.ID)
	return a.TakesComments(&r.settings, closed), err
}

func commentsURL(path string, number int) string {
	if number <= 1 {
		return path + "#comments"
	}
	return fmt.Sprintf("%s?comments=%d#comments", path, number)
}

// threads puts comments into the order in which they are read, each followed by
// its replies, and tells how deep each stands. A reply to what is not shown
// stands at the top.
func threads(outlines []store.CommentOutline) (order []news.CommentID, depth map[news.CommentID]int) {
	shown := make(map[news.CommentID]bool, len(outlines))
	for _, o := range outlines {
		shown[o.ID] = true
	}
	replies := map[news.CommentID][]news.CommentID{}
	for _, o := range outlines {
		parent := o.Parent
		if !shown[parent] || parent == o.ID {
			parent = 0
		}
		replies[parent] = append(replies[parent], o.ID)
	}
	depth = make(map[news.CommentID]int, len(outlines))
	var walk func(id news.CommentID, level int)
	walk = func(id news.CommentID, level int) {
		for _, r := range replies[id] {
			order = append(order, r)
			depth[r] = level
			walk(r, level+1)
		}
	}
	walk(0, 0)
	return order, depth
}

// nest makes views of comments in reading order. Where a page begins in the
// middle of a thread, its first comments stand at the top.
func (r *reading) nest(list []news.Comment, depth map[news.CommentID]int, path string, open bool) []Comment {
	var build func(i, level int) ([]Comment, int)
	build = func(i, level int) ([]Comment, int) {
		var out []Comment
		for i < len(list) {
			d := min(depth[list[i].ID], deepestReply)
			if d < level && level > 0 {
				break
			}
			if d > level && len(out) > 0 {
				out[len(out)-1].Replies, i = build(i, level+1)
				continue
			}
			out = append(out, r.comment(&list[i], path, open))
			i++
		}
		return out, i
	}
	out, _ := build(0, 0)
	return out
}

func (r *reading) comment(c *news.Comment, path string, open bool) Comment {
	v := Comment{L: r.l, ID: int64(c.ID), Name: c.Name, Website: c.Website, At: r.moment(c.Posted)}
	for p := range strings.SplitSeq(c.Text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			v.Paragraphs = append(v.Paragraphs, p)
		}
	}
	if open {
		v.Reply = fmt.Sprintf("%s?reply=%d#reply", path, c.ID)
	}
	return v
}
