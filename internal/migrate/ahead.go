package migrate

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/wordpress"
)

// ahead is what a post needs of items that stand behind it: reusable blocks, the
// pictures attached to it for a gallery that names none, and the guest authors
// of its byline.
type ahead struct {
	guests   map[string]*news.Person // by login
	reusable map[int64]string
	attached map[int64][]int64 // by the old id of the article, in the library's order
}

// lookAhead reads the files a first time when, and only when, something in them
// says that a content will need it. What is wrong with a file is the second
// reading's to tell.
func lookAhead(ctx context.Context, files []string) (*ahead, error) {
	a := &ahead{}
	for _, name := range files {
		needed, err := mentions(ctx, name, "<!-- wp:block ", "[gallery", "guest-author")
		if err != nil || !needed {
			continue // a file that can't be read is told of when it is read whole
		}
		if err := a.read(ctx, name); err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return a, ctx.Err()
}

func (a *ahead) read(ctx context.Context, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	type picture struct {
		id    int64
		order int
	}
	pictures := map[int64][]picture{}
	err = wordpress.Read(f, func(it wordpress.Item) error {
		if p := it.Post; p != nil {
			switch {
			case p.Type == "guest-author":
				if a.guests == nil {
					a.guests = map[string]*news.Person{}
				}
				login, guest := guestAuthor(p)
				a.guests[login] = guest
			case p.Type == "wp_block":
				if a.reusable == nil {
					a.reusable = map[int64]string{}
				}
				a.reusable[p.ID] = p.Content
			case p.Type == "attachment" && p.Parent > 0 && isPicture(p.AttachmentURL):
				pictures[p.Parent] = append(pictures[p.Parent], picture{p.ID, p.MenuOrder})
			}
		}
		return ctx.Err()
	})
	for parent, list := range pictures {
		slices.SortFunc(list, func(x, y picture) int { return cmp.Or(cmp.Compare(x.order, y.order), cmp.Compare(x.id, y.id)) })
		if a.attached == nil {
			a.attached = map[int64][]int64{}
		}
		for _, p := range list {
			a.attached[parent] = append(a.attached[parent], p.id)
		}
	}
	return err
}

func isPicture(address string) bool {
	switch strings.ToLower(path.Ext(address)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".svg":
		return true
	}
	return false
}

// guest is what is known of the person with a login; never nil.
func (a *ahead) guest(login string) *news.Person {
	if p := a.guests[login]; p != nil {
		known := *p
		return &known
	}
	return &news.Person{}
}

// options are what the content of one post needs.
func (a *ahead) options(p *wordpress.Post) wordpress.ContentOptions {
	attachedTo := func(id int64) []int64 { return a.attached[id] }
	return wordpress.ContentOptions{Footnotes: p.MetaValue("footnotes"), Attached: a.attached[p.ID], AttachedTo: attachedTo, Reusable: func(id int64) (string, bool) {
		content, ok := a.reusable[id]
		return content, ok
	}}
}

// mentions reports whether a file, packed or not, holds one of the marks. It
// reads at the disk's speed.
func mentions(ctx context.Context, name string, marks ...string) (bool, error) {
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	r, err := wordpress.Unpack(f)
	if err != nil {
		return false, err
	}
	longest := 0
	for _, m := range marks {
		longest = max(longest, len(m))
	}
	buf, kept := make([]byte, 1<<18), 0
	for ctx.Err() == nil {
		n, err := io.ReadFull(r, buf[kept:])
		window := buf[:kept+n]
		for _, m := range marks {
			if bytes.Contains(window, []byte(m)) {
				return true, nil
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		// A mark may stand across two windows.
		kept = copy(buf, window[len(window)-min(longest, len(window)):])
	}
	return false, ctx.Err()
}
