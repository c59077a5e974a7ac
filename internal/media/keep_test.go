package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

func disk(t *testing.T) *Disk {
	t.Helper()
	d, err := OpenDisk(filepath.Join(t.TempDir(), "pictures"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// content reads a blob whole.
func content(t testing.TB, d *Disk, key string) []byte {
	t.Helper()
	f, err := d.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// blobs lists the keys on a disk, and fails where anything unfinished lies
// about.
func blobs(t *testing.T, d *Disk) []string {
	t.Helper()
	var keys []string
	if err := d.Walk(context.Background(), func(key string, _ int64) error { keys = append(keys, key); return nil }); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Join(d.root, incoming))
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
	return keys
}

func TestABlobIsStoredOnceUnderItsHash(t *testing.T) {
	d, ctx := disk(t), context.Background()
	const hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	for range 2 {
		key, size, err := d.Put(ctx, strings.NewReader("hello"))
		if err != nil || key != hello || size != 5 {
			t.Fatalf("%s, %d, %v", key, size, err)
		}
	}
	if _, _, err := d.Put(ctx, strings.NewReader("")); err != nil {
		t.Error(err)
	}
	if got := blobs(t, d); len(got) != 2 || got[0] != hello {
		t.Errorf("blobs %v", got)
	}
	if string(content(t, d, hello)) != "hello" {
		t.Error("other bytes come back")
	}
	if err := d.Verify(ctx, hello); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(d.path(hello), []byte("hellO"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Verify(ctx, hello); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("changed bytes: %v", err)
	}
}

func TestNothingIsLeftOfAFileThatBreaksOff(t *testing.T) {
	d := disk(t)
	broken := errors.New("line went dead")
	if _, _, err := d.Put(context.Background(), io.MultiReader(strings.NewReader("half"), &failing{broken})); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := d.Put(ctx, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if got := blobs(t, d); got != nil {
		t.Errorf("blobs %v", got)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestOnlyAHashIsAKey(t *testing.T) {
	d := disk(t)
	for _, key := range []string{"", "x", "../../../../etc/passwd", strings.Repeat("/", 64), strings.Repeat("A", 64), strings.Repeat("a", 64), strings.Repeat("a", 65)} {
		if _, err := d.Open(key); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

func TestAWalkStopsWhenToldTo(t *testing.T) {
	d, stop := disk(t), errors.New("enough")
	for _, s := range []string{"a", "b", "c"} {
		if _, _, err := d.Put(context.Background(), strings.NewReader(s)); err != nil {
			t.Fatal(err)
		}
	}
	seen := 0
	err := d.Walk(context.Background(), func(string, int64) error { seen++; return stop })
	if !errors.Is(err, stop) || seen != 1 {
		t.Errorf("%d, %v", seen, err)
	}
}

func TestAPictureIsKeptTwice(t *testing.T) {
	d := disk(t)
	b := cameraJPEG(t, 6)
	p, err := d.Keep(context.Background(), "harbour.jpg", bytes.NewReader(b), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	want := news.Picture{
		Name: "harbour.jpg", Blob: p.Blob, Served: p.Served, Type: jpegType, Width: 16, Height: 24, Size: int64(len(b)),
		Title: "Harbour", Alt: "Cranes before a red sky", Caption: "The harbour at dawn.", Credit: "Berg & Sons/Agency", Rights: "© 2026 Anna Berg\nhttps://berg.example/terms",
	}
	if p != want || p.Blob == p.Served || !p.Image() {
		t.Errorf("%+v", p)
	}
	if !bytes.Equal(content(t, d, p.Blob), b) {
		t.Error("the original is not what came")
	}
	if m := markers(content(t, d, p.Served)); m != nil {
		t.Errorf("readers get %v", m)
	}

	plain, err := d.Keep(context.Background(), "plain.png", bytes.NewReader(plainPNG(t)), 1<<20)
	if err != nil || plain.Blob != plain.Served {
		t.Errorf("a picture that tells nothing: %+v, %v", plain, err)
	}
	if len(blobs(t, d)) != 3 {
		t.Errorf("blobs %v", blobs(t, d))
	}
}

func TestWhatCanBeKept(t *testing.T) {
	film := strings.Repeat("film", 10_000)
	for _, test := range []struct {
		name, file   string
		want         string // in the message; "" for none
		kept, served bool
		image        bool
	}{
		{name: "a.pdf", file: "%PDF-1.7", kept: true, served: true},
		{name: "a.mp4", file: "\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + film, kept: true, served: true},
		{name: "a.svg", file: "<svg xmlns='http://www.w3.org/2000/svg'/>", kept: true, served: true},
		{name: "a.avif", file: string(cameraAVIF()), kept: true, served: true, image: true},
		{name: "a.heic", file: string(isoFile("heic", nil, nil)), kept: true, served: true},
		{name: "a.jpg", file: "\xff\xd8\xff\xe0\x00", want: "damaged", kept: true},
		{name: "a.jpg", file: "not a picture", want: "plain text", kept: true},
		{name: "a.tif", file: string(tiff(binary.LittleEndian, []ifdEntry{{0x0112, uint16(1)}}, nil)), want: "TIFF", kept: true},
		{name: "a.mp4", file: "\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + film + film, want: "too large: at most 64 kB"},
		{name: "a.jpg", file: string(plainJPEG(t)) + film + film, want: "too large"},
		{name: "a.txt", file: strings.Repeat("a", 64<<10), kept: true, served: true},
		{name: "a.txt", file: strings.Repeat("a", 64<<10+1), want: "too large"},
		{name: "empty.txt", file: "", kept: true, served: true},
	} {
		d := disk(t)
		p, err := d.Keep(context.Background(), test.name, strings.NewReader(test.file), 64<<10)
		if test.want == "" && err != nil || test.want != "" && (!fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s %.20q: %v", test.name, test.file, err)
		}
		if (p.Blob != "") != test.kept || (p.Served != "") != test.served || p.Image() != test.image || len(blobs(t, d)) == 0 && test.kept {
			t.Errorf("%s %.20q: %+v", test.name, test.file, p)
		}
		if test.kept && !bytes.Equal(content(t, d, p.Blob), []byte(test.file)) {
			t.Errorf("%s %.20q: other bytes are kept", test.name, test.file)
		}
	}
}

func TestHowFilesAreServed(t *testing.T) {
	d := disk(t)
	keep := func(name, file string) *news.Picture {
		p, err := d.Keep(context.Background(), name, strings.NewReader(file), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		return &p
	}
	picture := keep("harbour.jpg", string(cameraJPEG(t, 1)))
	for _, test := range []struct {
		name    string
		picture *news.Picture
		header  [2]string // of the request
		status  int
		want    map[string]string // headers of the answer
	}{
		{"a picture", picture, [2]string{}, 200, map[string]string{
			"Content-Type": jpegType, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache",
			"Etag": `"` + picture.Served + `"`, "Accept-Ranges": "bytes", "Content-Disposition": "", "Last-Modified": "",
		}},
		{"a part of it", picture, [2]string{"Range", "bytes=2-5"}, 206, map[string]string{"Content-Length": "4", "Content-Type": jpegType}},
		{"a part that is not there", picture, [2]string{"Range", "bytes=9999999-"}, 416, nil},
		{"known already", picture, [2]string{"If-None-Match", `"` + picture.Served + `"`}, 304, nil},
		{"a drawing", keep("a.svg", "<svg><script>alert(1)</script></svg>"), [2]string{}, 200, map[string]string{
			"Content-Type": svgType, "Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "attachment; filename=a.svg",
		}},
		{"a web page", keep("Übersicht.html", "<html><script>alert(1)</script>"), [2]string{}, 200, map[string]string{
			"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; sandbox",
			"Content-Disposition": "attachment; filename*=utf-8''%C3%9Cbersicht.html",
		}},
		{"a document", keep("a.pdf", "%PDF-1.7"), [2]string{}, 200, map[string]string{"Content-Type": "application/pdf", "Content-Disposition": ""}},
		{"an unknown file", keep("a.bin", "\x00\x01"), [2]string{}, 200, map[string]string{"Content-Type": "application/octet-stream", "Content-Disposition": "attachment; filename=a.bin"}},
	} {
		r := httptest.NewRequest("GET", "/wp-content/uploads/2020/01/x.jpg", nil)
		if test.header[0] != "" {
			r.Header.Set(test.header[0], test.header[1])
		}
		w := httptest.NewRecorder()
		if err := d.Serve(w, r, test.picture); err != nil || w.Code != test.status {
			t.Errorf("%s: %d, %v", test.name, w.Code, err)
		}
		for name, want := range test.want {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", test.name, name, got, want)
			}
		}
		if m := markers(w.Body.Bytes()); m != nil {
			t.Errorf("%s tells %v", test.name, m)
		}
	}
	w := httptest.NewRecorder()
	if err := d.ServeForever(w, httptest.NewRequest("GET", "/", nil), picture); err != nil || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%v, %v", w.Header(), err)
	}
	for _, missing := range []*news.Picture{{Name: "a.jpg", Type: jpegType, Blob: picture.Blob}, {Served: strings.Repeat("0", 64)}} {
		if err := d.Serve(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), missing); !fault.Is(err, fault.NotFound) {
			t.Errorf("%+v: %v", missing, err)
		}
	}
}
