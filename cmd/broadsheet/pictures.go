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

func picturesFocus(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("pictures focus")
	flags := config.AddFlags(fs, storeFlags...)
	words, err := t.parse(fs, args, 2, 3)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "%q is not the number of a picture", words[0])
	}
	f, err := readFocus(words[1:])
	if err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Desk.SetFocus(ctx, desk.CommandLine, news.PictureID(id), f); err != nil {
		return fault.Wrap(fault.KindOf(err), err, "the focus of picture %d can't be set", id)
	}
	fmt.Fprintln(t.out, "the focus is set; the server makes the cuts anew, or \"broadsheet pictures renditions\" does")
	return nil
}

// readFocus reads "30% 45%", or "auto" for the zero focus.
func readFocus(words []string) (f news.Focus, err error) {
	if len(words) == 1 && words[0] == "auto" {
		return f, nil
	}
	if len(words) != 2 {
		return f, fault.New(fault.Invalid, "the focus is two shares, from the left and from the top, as 30%% 45%%; or auto")
	}
	for i, to := range []*int{&f.X, &f.Y} {
		share, err := strconv.ParseFloat(strings.TrimSuffix(words[i], "%"), 64)
		if err != nil || share < 0 || share > 100 {
			return f, fault.New(fault.Invalid, "%q is no share from 0%% to 100%%", words[i])
		}
		*to = max(1, int(share*10+0.5))
	}
	return f, nil
}

func picturesRenditions(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("pictures renditions")
	flags := config.AddFlags(fs, append([]string{"theme"}, storeFlags...)...)
	if _, err := t.parse(fs, args, 0, 0); err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	room, err := a.Darkroom()
	if err != nil {
		return err
	}
	if err := a.Desk.QueueRenditions(ctx, room); err != nil {
		return err
	}
	waiting, err := a.Store.RenditionQueueSize(ctx)
	if err != nil {
		return err
	}
	bar := newProgress(t.err, "renditions", int64(waiting))
	pictures, files, failed := 0, 0, 0
	err = a.Desk.MakeRenditions(ctx, room, func(r desk.RenditionResult) {
		pictures, files = pictures+1, files+r.Made
		if r.Refused != "" || r.Failed != nil {
			bar.end()
			a.LogRenditions(r)
		}
		if r.Failed != nil {
			failed++
		}
		bar.at(int64(pictures), fmt.Sprintf("%d pictures, %d files", pictures, files))
	})
	bar.end()
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%d pictures were looked at and %d files made\n", pictures, files)
	if failed > 0 {
		return fault.New(fault.Unavailable, "%d pictures have failed; a server tries them again, or this command does", failed)
	}
	return nil
}
