package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// paper is all that "settings" shows and changes: the settings, and the menus
// under their names.
type paper struct {
	news.Settings
	MainMenu   []news.MenuItem `json:"menu_main"`
	FooterMenu []news.MenuItem `json:"menu_footer"`

	mainVersion, footerVersion int // at which they were read
}

func settingsGet(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("settings get")
	words, d, done, err := t.desk(ctx, fs, args, 0, 1)
	if err != nil {
		return err
	}
	defer done()
	p, err := d.load(ctx)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		b, err := json.MarshalIndent(p, "", "  ")
		fmt.Fprintf(t.out, "%s\n", b)
		return err
	}
	all, err := fields(p)
	if err != nil {
		return err
	}
	v, ok := all[words[0]]
	if !ok {
		return noSetting(words[0], all)
	}
	var text string
	if json.Unmarshal(v, &text) == nil {
		fmt.Fprintln(t.out, text)
	} else {
		fmt.Fprintf(t.out, "%s\n", v)
	}
	return nil
}

func settingsSet(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("settings set")
	words, d, done, err := t.desk(ctx, fs, args, 2, 2)
	if err != nil {
		return err
	}
	defer done()
	p, err := d.load(ctx)
	if err != nil {
		return err
	}
	all, err := fields(p)
	if err != nil {
		return err
	}
	old, ok := all[words[0]]
	if !ok {
		return noSetting(words[0], all)
	}
	value := []byte(words[1])
	if bytes.HasPrefix(old, []byte(`"`)) {
		value, _ = json.Marshal(words[1]) // a string can't fail
	}
	if !json.Valid(value) {
		return fault.New(fault.Invalid, "%s: %q can't be its value; it is now %s", words[0], words[1], old)
	}
	all[words[0]] = value
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return d.save(ctx, b)
}

func settingsEdit(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("settings edit")
	_, d, done, err := t.desk(ctx, fs, args, 0, 0)
	if err != nil {
		return err
	}
	defer done()
	p, err := d.load(ctx)
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	changed, err := t.edit(ctx, append(b, '\n'))
	if err != nil {
		return err
	}
	if bytes.Equal(bytes.TrimSpace(changed), bytes.TrimSpace(b)) {
		fmt.Fprintln(t.out, "nothing was changed")
		return nil
	}
	if err := d.save(ctx, changed); err != nil {
		return errors.Join(err, keepText(changed))
	}
	return nil
}

// keepText puts what somebody wrote, and what could not be taken, where they
// find it again. The error tells where.
func keepText(text []byte) error {
	f, err := os.CreateTemp("", "broadsheet-settings-*.json")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return fault.New(fault.Invalid, "what you wrote is kept in %s", f.Name())
}

// edit shows text in the person's editor and returns what it was saved as.
func (t *terminal) edit(ctx context.Context, text []byte) ([]byte, error) {
	editor := "vi"
	for _, name := range []string{"EDITOR", "VISUAL"} {
		if v, ok := t.env(name); ok && v != "" {
			editor = v
		}
	}
	f, err := os.CreateTemp("", "broadsheet-settings-*.json")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	words := strings.Fields(editor)
	cmd := exec.CommandContext(ctx, words[0], append(words[1:], f.Name())...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = t.in, t.out, t.err
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("the editor %q: %w", editor, err)
	}
	return os.ReadFile(f.Name())
}

// desk parses a settings command's arguments and opens the paper; done closes
// it.
func (t *terminal) desk(ctx context.Context, fs *flag.FlagSet, args []string, min, max int) (words []string, d settingsDesk, done func(), err error) {
	flags := config.AddFlags(fs, append([]string{"theme"}, storeFlags...)...)
	if words, err = t.parse(fs, args, min, max); err != nil {
		return nil, d, nil, err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return nil, d, nil, err
	}
	return words, settingsDesk{a}, func() { a.Close() }, nil
}

// settingsDesk reads and writes the paper as a whole.
type settingsDesk struct{ *app.App }

func (d settingsDesk) load(ctx context.Context) (p paper, err error) {
	if p.Settings, err = d.Store.Settings(ctx); err != nil {
		return p, err
	}
	// [] is easier to fill in than null.
	if p.Languages == nil {
		p.Languages = []string{}
	}
	if p.Social == nil {
		p.Social = []string{}
	}
	if p.MainMenu, p.mainVersion, err = d.menu(ctx, news.MainMenu); err != nil {
		return p, err
	}
	p.FooterMenu, p.footerVersion, err = d.menu(ctx, news.FooterMenu)
	return p, err
}

func (d settingsDesk) menu(ctx context.Context, name string) ([]news.MenuItem, int, error) {
	m, err := d.Store.Menu(ctx, name)
	if m.Items == nil {
		m.Items = []news.MenuItem{}
	}
	return m.Items, m.Version, err
}

// save takes the paper as JSON and stores what differs from before.
func (d settingsDesk) save(ctx context.Context, text []byte) error {
	before, err := d.load(ctx)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	var p paper
	if err := dec.Decode(&p); err != nil {
		return fault.Wrap(fault.Invalid, err, "the settings can't be read; nothing was changed")
	}
	for _, m := range []struct {
		news.Menu
		before []news.MenuItem
	}{
		{news.Menu{Name: news.MainMenu, Version: before.mainVersion, Items: p.MainMenu}, before.MainMenu},
		{news.Menu{Name: news.FooterMenu, Version: before.footerVersion, Items: p.FooterMenu}, before.FooterMenu},
	} {
		if equal(m.before, m.Items) {
			continue
		}
		if err := d.Desk.ChangeMenu(ctx, desk.CommandLine, m.Menu); err != nil {
			return err
		}
	}
	if equal(before.Settings, p.Settings) {
		return nil
	}
	return d.ChangeSettings(ctx, desk.CommandLine, func(s *news.Settings) error {
		*s = p.Settings
		return nil
	})
}

func equal(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

func fields(p paper) (map[string]json.RawMessage, error) {
	b, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	return all, json.Unmarshal(b, &all)
}

func noSetting(name string, all map[string]json.RawMessage) error {
	return fault.New(fault.NotFound, "there is no setting %q; there are: %s", name, strings.Join(slices.Sorted(maps.Keys(all)), ", "))
}
