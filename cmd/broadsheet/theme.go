package main

import (
	"context"
	"fmt"
	"path/filepath"

	"broadsheet/internal/app"
	"broadsheet/internal/fault"
)

func themeNew(_ context.Context, t *terminal, args []string) error {
	fs := t.flags("theme new")
	empty := fs.Bool("empty", false, "begin with theme.toml and empty folders instead of a copy")
	words, err := t.parse(fs, args, 1, 1)
	if err != nil {
		return err
	}
	dir := filepath.Clean(words[0])
	whole, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	files, err := app.NewTheme(dir, filepath.Base(whole), *empty)
	if err != nil {
		return err
	}
	if *empty {
		fmt.Fprintf(t.out, "The theme is in %s.\n", dir)
		fmt.Fprintln(t.out, "All that it does not have comes from the theme that is built in: put into templates, static\nand words only what you change.")
	} else {
		fmt.Fprintf(t.out, "The theme is in %s, in %d files.\n", dir, files)
		fmt.Fprintln(t.out, "What it does not have comes from the theme that is built in. Delete what you don't change:\nan update of Broadsheet then reaches it.")
	}
	fmt.Fprintf(t.out, "\nWhat to do next:\n"+
		"  broadsheet demo -theme %[1]s -dev      see it on a sample newspaper; what you save shows at once\n"+
		"  broadsheet theme check %[1]s           find what is wrong with it, file by file\n"+
		"  broadsheet serve -theme %[1]s          use it\n"+
		"docs/THEMES.md tells what templates are given.\n", dir)
	return nil
}

func themeCheck(_ context.Context, t *terminal, args []string) error {
	fs := t.flags("theme check")
	words, err := t.parse(fs, args, 1, 1)
	if err != nil {
		return err
	}
	found, err := app.CheckTheme(words[0])
	if err != nil {
		return err
	}
	for _, p := range found {
		fmt.Fprintln(t.out, p)
	}
	switch broken := len(found.Broken()); broken {
	case 0:
		fmt.Fprintf(t.out, "the theme in %s can be used\n", words[0])
		return nil
	case 1:
		return fault.New(fault.Invalid, "the theme in %s can't be used: 1 thing is wrong", words[0])
	default:
		return fault.New(fault.Invalid, "the theme in %s can't be used: %d things are wrong", words[0], broken)
	}
}
