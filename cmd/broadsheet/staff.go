package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"broadsheet/internal/app"
	"broadsheet/internal/config"
	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/newsroom"
)

func staffAdd(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("staff add")
	name := fs.String("name", "", "the `NAME` of whoever the account is for")
	role := fs.String("role", "", "what they are: `ROLE` "+roleNames())
	sections := fs.String("sections", everySection, "for an editor of these `SECTIONS` alone, as \"/world/,/sport/\"")
	password := fs.Bool("password", false, "read the password from standard input, instead of printing a link")
	flags := config.AddFlags(fs, storeFlags...)
	words, err := t.parse(fs, args, 1, 1)
	if err != nil {
		return err
	}
	if !slices.Contains(news.Roles(), news.Role(*role)) {
		return fault.New(fault.Invalid, "%q is no role; there are: %s", *role, roleNames())
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	grants, err := grantsOf(ctx, a, news.Role(*role), *sections)
	if err != nil {
		return err
	}
	s := &news.Staff{Email: words[0], Name: *name, Grants: grants}
	hash := ""
	if *password { // read before anything is stored
		if hash, err = t.password(ctx, a); err != nil {
			return err
		}
	}
	link, err := a.Desk.AddStaff(ctx, desk.CommandLine, s)
	if err != nil {
		return err
	}
	if !*password {
		return t.printLink(ctx, a, s, link, news.Invitation)
	}
	if _, err := a.Desk.AcceptLink(ctx, link, hash); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s can sign in now\n", s.Email)
	return nil
}

// everySection is what stands for the whole paper. It is no section's address, and
// not what a script gives whose variable is empty.
const everySection = "*"

// grantsOf is a role for the sections that are named by their addresses, or for the
// whole paper where none is.
func grantsOf(ctx context.Context, a *app.App, role news.Role, sections string) ([]news.Grant, error) {
	if sections == everySection {
		return []news.Grant{{Role: role}}, nil
	}
	if !role.Sectioned() {
		return nil, fault.New(fault.Invalid, "only an %s is one of single sections, a %s is not", news.Editor, role)
	}
	all, err := a.Store.Sections(ctx)
	if err != nil {
		return nil, err
	}
	at := map[string]news.SectionID{} // without slashes around: the settings say whether there are
	for _, s := range all {
		at[strings.Trim(s.Path, "/")] = s.ID
	}
	var grants []news.Grant
	for name := range strings.SplitSeq(sections, ",") {
		id, ok := at[strings.Trim(strings.TrimSpace(name), "/")]
		if !ok {
			return nil, fault.New(fault.Invalid, "no section is at %q; there are: %s", name, strings.Join(slices.Sorted(maps.Keys(at)), ", "))
		}
		grants = append(grants, news.Grant{Role: role, Section: id})
	}
	return grants, nil
}

func roleNames() string {
	var names []string
	for _, r := range news.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// password reads a password, which is the first line, and hashes it.
func (t *terminal) password(ctx context.Context, a *app.App) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(t.in, 64<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	password := strings.TrimRight(line, "\r\n")
	if problem := news.CheckPassword(password); problem != "" {
		return "", fault.New(fault.Invalid, "the password is %s; it needs %d to %d characters", problem, news.MinPassword, news.MaxPassword)
	}
	return a.Passwords().Hash(ctx, password)
}

// printLink prints the address with which somebody chooses a password.
func (t *terminal) printLink(ctx context.Context, a *app.App, s *news.Staff, link string, kind news.LinkKind) error {
	settings, err := a.Store.Settings(ctx)
	if err != nil {
		return err
	}
	address, where := settings.Address, ""
	if address == "" {
		address, where = "http://localhost:8080", "\n(or wherever the paper stands: its address is not set yet)"
	}
	fmt.Fprintf(t.out, "%s <%s> chooses a password with this link. It works once, for %.0f hours:\n%s%s%s\n",
		s.Name, s.Email, kind.Life().Hours(), strings.TrimSuffix(address, "/"), newsroom.WelcomePath(link), where)
	if a.Desk.WritesLetters() {
		fmt.Fprintln(t.out, "The server also sends one there by mail.")
	}
	return nil
}

func staffList(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("staff list")
	flags := config.AddFlags(fs, storeFlags...)
	if _, err := t.parse(fs, args, 0, 0); err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.Store.AllStaff(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		s := &all[i]
		state := ""
		if !s.Disabled.IsZero() {
			state = "  (disabled)"
		}
		fmt.Fprintf(t.out, "%s  %s  %s%s\n", printable(s.Email), printable(s.Name), desk.GrantWords(s.Grants), state)
	}
	if len(all) == 0 {
		fmt.Fprintln(t.out, "nobody has an account yet; \"broadsheet staff add\" makes the first one")
	}
	return nil
}

func staffReset(ctx context.Context, t *terminal, args []string) error {
	fs := t.flags("staff reset")
	devices := fs.Bool("devices", false, "also forget their passkeys and the app that makes codes")
	flags := config.AddFlags(fs, storeFlags...)
	words, err := t.parse(fs, args, 1, 1)
	if err != nil {
		return err
	}
	a, err := t.open(ctx, flags)
	if err != nil {
		return err
	}
	defer a.Close()
	s, err := a.Store.StaffByEmail(ctx, news.FoldEmail(words[0]))
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "nobody has an account with the address %s; \"broadsheet staff list\" shows them", words[0])
	}
	if err != nil {
		return err
	}
	if *devices {
		if err := a.Desk.ForgetDevices(ctx, desk.CommandLine, s.ID); err != nil {
			return err
		}
	}
	link, kind, err := a.Desk.LinkStaff(ctx, desk.CommandLine, s.ID)
	if err != nil {
		return err
	}
	return t.printLink(ctx, a, &s, link, kind)
}
