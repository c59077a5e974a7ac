package housetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms are the packages of the house, from the top down. A room imports only
// rooms that stand further down. docs/ARCHITECTURE.md tells what each is for.
var rooms = []string{
	"bench", "e2e", "cmd/broadsheet", "scripts/freeport",
	"internal/app",
	"internal/config",
	"internal/site",
	"internal/newsroom",
	"internal/newsroom/newsroomtest",
	"internal/newsroom/editor",
	"internal/demo",
	"internal/migrate",
	"internal/desk",
	"internal/front",
	"internal/backup",
	"internal/job",
	"internal/wordpress",
	"internal/page",
	"internal/theme",
	"internal/locale",
	"internal/web",
	"internal/certificate",
	"internal/mail",
	"internal/mail/mailtest",
	"internal/ads",
	"internal/media",
	"internal/webp",
	"internal/store/storetest",
	"internal/store",
	"internal/db",
	"internal/compare",
	"internal/search",
	"internal/richtext",
	"internal/secret",
	"internal/diff",
	"internal/news",
	"internal/fault",
	"internal/housetest",
	"themes",
	"third_party",
}

// strangers are rooms that must not look into each other although one stands
// above the other, by the room that must not look.
var strangers = map[string][]string{
	"internal/site":   {"internal/newsroom", "internal/migrate", "internal/wordpress", "internal/demo", "internal/backup", "internal/job"},
	"internal/theme":  {"internal/news", "internal/store", "internal/locale"},
	"internal/page":   {"internal/store", "internal/desk", "internal/theme"},
	"internal/desk":   {"internal/web", "internal/wordpress", "internal/page"},
	"internal/search": {"internal/richtext", "internal/news"},
}

// pkg is what the go command tells of a package.
type pkg struct {
	ImportPath string
	Dir        string
	Imports    []string
}

// room is the package's name in the list of rooms.
func (p *pkg) room() string { return strings.TrimPrefix(p.ImportPath, "broadsheet/") }

func packages(t *testing.T) []*pkg {
	t.Helper()
	var out, says bytes.Buffer
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Imports", "broadsheet/...")
	cmd.Stdout, cmd.Stderr = &out, &says
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, says.String())
	}
	var all []*pkg
	for d := json.NewDecoder(&out); ; {
		p := &pkg{}
		switch err := d.Decode(p); {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestARoomLooksOnlyDown(t *testing.T) {
	for _, p := range packages(t) {
		at := slices.Index(rooms, p.room())
		if at < 0 {
			t.Errorf("%s is in no list of rooms", p.ImportPath)
			continue
		}
		for _, to := range p.Imports {
			below, ours := strings.CutPrefix(to, "broadsheet/")
			if !ours {
				continue
			}
			if slices.Index(rooms, below) < at {
				t.Errorf("%s looks up into %s", p.room(), below)
			}
			if slices.Contains(strangers[p.room()], below) {
				t.Errorf("%s looks into %s, which it need not know", p.room(), below)
			}
		}
	}
}

func TestEveryRoomIsThere(t *testing.T) {
	var there []string
	for _, p := range packages(t) {
		there = append(there, p.room())
	}
	for _, r := range rooms {
		if !slices.Contains(there, r) {
			t.Errorf("the list of rooms names %s, which is not there", r)
		}
	}
}

func TestTheNounsKnowTheStandardLibraryOnly(t *testing.T) {
	for _, p := range packages(t) {
		if r := p.room(); r != "internal/news" && r != "internal/fault" {
			continue
		}
		for _, to := range p.Imports {
			if first, _, _ := strings.Cut(to, "/"); strings.Contains(first, ".") || first == "broadsheet" {
				t.Errorf("%s imports %s", p.room(), to)
			}
		}
	}
}

func TestSQLStandsInTheStoreOnly(t *testing.T) {
	for _, p := range packages(t) {
		if slices.Contains([]string{"internal/db", "bench"}, p.room()) {
			continue
		}
		if slices.Contains(p.Imports, "database/sql") && p.room() != "internal/store" && p.room() != "internal/store/storetest" {
			t.Errorf("%s imports database/sql", p.room())
		}
	}
}

func TestNoPackageIsADrawerForEverything(t *testing.T) {
	for _, p := range packages(t) {
		for _, name := range []string{"util", "utils", "common", "helper", "helpers", "model", "models", "misc", "shared", "base"} {
			if slices.Contains(strings.Split(p.room(), "/"), name) {
				t.Errorf("%s says nothing of what it is for", p.room())
			}
		}
	}
}
