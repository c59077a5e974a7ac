package backup_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"broadsheet/internal/backup"
	"broadsheet/internal/fault"
)

// part is one file of a backup.
type part struct {
	zip.FileHeader
	content []byte
}

// parts takes a backup apart.
func parts(t *testing.T, b []byte) (all []*part) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, &part{zip.FileHeader{Name: f.Name, Method: f.Method}, content})
	}
	return all
}

// joined makes a backup of parts again; a part without a name is left out.
func joined(t *testing.T, all []*part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range all {
		if p.Name == "" {
			continue
		}
		to, err := w.CreateHeader(&p.FileHeader)
		if err == nil {
			_, err = to.Write(p.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// first is the first part whose name begins so.
func first(t *testing.T, all []*part, name string) *part {
	t.Helper()
	for _, p := range all {
		if strings.HasPrefix(p.Name, name) {
			return p
		}
	}
	t.Fatalf("no %s in the backup", name)
	return nil
}

// changeManifest changes what the manifest says.
func changeManifest(t *testing.T, all []*part, change func(*backup.Manifest)) {
	t.Helper()
	p := first(t, all, "manifest.json")
	var m backup.Manifest
	if err := json.Unmarshal(p.content, &m); err != nil {
		t.Fatal(err)
	}
	change(&m)
	var err error
	if p.content, err = json.Marshal(m); err != nil {
		t.Fatal(err)
	}
}

// forge gives a table other rows, and a manifest that agrees with them.
func forge(t *testing.T, all []*part, table, rows string) {
	t.Helper()
	first(t, all, "tables/"+table+".jsonl").content = []byte(rows)
	hash := sha256.Sum256([]byte(rows))
	changeManifest(t, all, func(m *backup.Manifest) {
		m.Tables[table] = backup.Table{Rows: strings.Count(rows, "\n"), SHA256: hex.EncodeToString(hash[:])}
	})
}

// mustRefuse restores b, which must fail with those words and leave nothing.
func mustRefuse(t *testing.T, b []byte, words string) {
	t.Helper()
	p := empty(t)
	err := p.restore(t, b)
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v, want %q", err, words)
	}
	if unused, err := p.Unused(t.Context()); err != nil || !unused {
		t.Errorf("something was stored, %v", err)
	}
	if n := p.blobs(t); n != 0 {
		t.Errorf("%d pictures were stored", n)
	}
}

func TestAFileThatIsNoBackupIsRefused(t *testing.T) {
	good := filled(t, empty(t)).backup(t)
	for name, b := range map[string][]byte{
		"nothing":            nil,
		"a web page":         []byte("<html>not found</html>"),
		"cut off":            good[:len(good)/2],
		"cut off at its end": good[:len(good)-10],
	} {
		t.Run(name, func(t *testing.T) { mustRefuse(t, b, "no backup of Broadsheet, or its end is missing") })
	}
}

func TestABitTurnedOverIsFound(t *testing.T) {
	good := filled(t, empty(t)).backup(t)
	z, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.CompressedSize64 < 10 {
			continue // nothing but the mark of an empty table's end
		}
		t.Run(f.Name, func(t *testing.T) {
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			b := bytes.Clone(good)
			b[at+int64(f.CompressedSize64/2)] ^= 1
			what := strings.TrimSuffix(f.Name[strings.Index(f.Name, "/")+1:], ".jsonl")
			mustRefuse(t, b, strings.TrimSuffix(what, ".json"))
		})
	}
}

func TestABackupThatIsNotAsItsManifestSaysIsRefused(t *testing.T) {
	good := filled(t, empty(t)).backup(t)
	for _, c := range []struct {
		name, words string
		change      func(t *testing.T, all []*part)
	}{
		{"no manifest", "it has no manifest", func(t *testing.T, all []*part) { first(t, all, "manifest").Name = "" }},
		{"a manifest of something else", "manifest can't be read", func(t *testing.T, all []*part) { first(t, all, "manifest").content = []byte("[]") }},
		{"a newer schema", "(written by version test); this program reads format 1", func(t *testing.T, all []*part) {
			changeManifest(t, all, func(m *backup.Manifest) { m.Schema += 5 })
		}},
		{"another format", "has format 0", func(t *testing.T, all []*part) {
			changeManifest(t, all, func(m *backup.Manifest) { m.Format = 0 })
		}},
		{"a picture fewer", "holds 1 pictures where its manifest names 2", func(t *testing.T, all []*part) { first(t, all, "pictures/").Name = "" }},
		{"another picture", "is damaged in the backup", func(t *testing.T, all []*part) { first(t, all, "pictures/").content[0] ^= 1 }},
		{"a table fewer", "the table comment is not in the backup", func(t *testing.T, all []*part) { first(t, all, "tables/comment").Name = "" }},
		{"a row fewer", "the table topic is damaged", func(t *testing.T, all []*part) {
			p := first(t, all, "tables/topic")
			_, p.content, _ = bytes.Cut(p.content, []byte("\n"))
		}},
		{"a row changed", "the table article is damaged", func(t *testing.T, all []*part) {
			p := first(t, all, "tables/article.")
			p.content = bytes.Replace(p.content, []byte("published"), []byte("withdrawn"), 1)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := parts(t, good)
			c.change(t, all)
			mustRefuse(t, joined(t, all), c.words)
		})
	}
}

func TestAForgedBackupIsRefused(t *testing.T) {
	good := filled(t, empty(t)).backup(t)
	for _, c := range []struct {
		name, words string
		change      func(t *testing.T, all []*part)
	}{
		{"a row that is no row", "row 1 of the table topic can't be read", func(t *testing.T, all []*part) { forge(t, all, "topic", "{}\n") }},
		{"a row with too few columns", "row 1 of the table topic can't be read", func(t *testing.T, all []*part) { forge(t, all, "topic", "[1]\n") }},
		{"a table that isn't text", "row 1 of the table topic can't be read", func(t *testing.T, all []*part) { forge(t, all, "topic", "\x00\x01\x02") }},
		{"two rows on a line", "has 2 rows where the manifest names 1", func(t *testing.T, all []*part) {
			forge(t, all, "language", `["en"] ["de"]`+"\n")
		}},
		{"rows that name what is not there", "restoring the table article", func(t *testing.T, all []*part) { forge(t, all, "body", "") }},
		{"a row that unfolds without end", "row 1 is longer than", func(t *testing.T, all []*part) {
			forge(t, all, "topic", strings.Repeat("[", 130<<20))
		}},
		{"a manifest that unfolds without end", "manifest can't be read", func(t *testing.T, all []*part) {
			first(t, all, "manifest").content = bytes.Repeat([]byte(" "), 2<<20)
		}},
		{"a picture that unfolds", "is compressed, as no backup has it", func(t *testing.T, all []*part) { first(t, all, "pictures/").Method = zip.Deflate }},
		{"a picture with a way out", "../../../outside is damaged", func(t *testing.T, all []*part) { first(t, all, "pictures/").Name = "pictures/../../../outside" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := parts(t, good)
			c.change(t, all)
			mustRefuse(t, joined(t, all), c.words)
		})
	}
}

func TestAPictureMoreThanTheManifestNamesIsRefused(t *testing.T) {
	all := parts(t, filled(t, empty(t)).backup(t))
	mustRefuse(t, joined(t, append(all, first(t, all, "pictures/"))), "holds 3 pictures where its manifest names 2")
}

func TestNamesThatABackupDoesNotHaveAreNotTouched(t *testing.T) {
	all := parts(t, filled(t, empty(t)).backup(t))
	all = append(all, &part{zip.FileHeader{Name: "../../outside"}, []byte("x")}, &part{zip.FileHeader{Name: "/etc/outside"}, []byte("x")})
	if err := empty(t).restore(t, joined(t, all)); err != nil {
		t.Fatal(err)
	}
}

func TestReadingABackupCanBeStopped(t *testing.T) {
	b := filled(t, empty(t)).backup(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := backup.Open(ctx, bytes.NewReader(b), int64(len(b))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// FuzzOpen: whatever is in a file, it is refused in words or can be restored.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	var small bytes.Buffer
	w := zip.NewWriter(&small)
	if to, err := w.Create("manifest.json"); err != nil {
		f.Fatal(err)
	} else if _, err := to.Write([]byte(`{"format":1,"schema":1}`)); err != nil {
		f.Fatal(err)
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(small.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := backup.Open(t.Context(), bytes.NewReader(b), int64(len(b)))
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("got %v", err)
		}
	})
}
