package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/fault"
)

// mostOfAProcess is what a process may take at its highest, in bytes, whatever
// it is sent.
const mostOfAProcess = 300_000_000

// TestMain is also the process that takes files and makes what there is to make of
// them, three at once, for the tests that measure how much memory that takes.
func TestMain(m *testing.M) {
	if files := os.Getenv("MEDIA_TEST_FILES"); files != "" {
		takeFiles(strings.Split(files, "\n"))
		return
	}
	os.Exit(m.Run())
}

func takeFiles(files []string) {
	debug.SetGCPercent(60) // as the server has it
	d, err := OpenDisk(filepath.Join(filepath.Dir(files[0]), "pictures"))
	if err != nil {
		panic(err)
	}
	var all sync.WaitGroup
	room := NewDarkroom(d, theme)
	for _, file := range files {
		all.Go(func() { fmt.Println(filepath.Base(file), takeFile(d, room, file)) })
	}
	all.Wait()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	fmt.Println("peak", string(regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(status)[1]))
}

// takeFile is the way of a file into the library.
func takeFile(d *Disk, room *Darkroom, file string) string {
	f, err := os.Open(file)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	p, err := d.Take(context.Background(), filepath.Base(file), f, 1<<30)
	if err != nil {
		e, _ := errors.AsType[*fault.Error](err)
		if e == nil {
			return err.Error()
		}
		return e.Fields["file"] + ": " + e.Public
	}
	p.ID = 1
	out, err := room.Develop(context.Background(), &p, func(string, string) bool { return false })
	if err != nil {
		return "developed: " + err.Error()
	}
	return fmt.Sprint("prints ", len(out.Prints))
}

// peakOf has a process take files, and returns what became of each. It fails where
// the process had too much memory at its highest.
func peakOf(t *testing.T, files map[string][]byte) map[string]string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the highest memory of a process is asked of Linux")
	}
	dir := t.TempDir()
	var paths []string
	for name, b := range files {
		paths = append(paths, filepath.Join(dir, name))
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(paths)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "MEDIA_TEST_FILES="+strings.Join(paths, "\n"))
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("the process has died: %v\n%s", err, text)
	}
	became, peak := map[string]string{}, 0
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "peak" {
			peak, _ = strconv.Atoi(rest)
			peak *= 1024
			continue
		}
		became[name] = rest
	}
	t.Logf("%d MB at its highest", peak/1_000_000)
	if peak == 0 || peak > mostOfAProcess && !testing.Short() { // the race detector takes as much again
		t.Errorf("the process had %d MB", peak/1_000_000)
	}
	return became
}

// TestTheLargestPicturesFitIntoAProcess: two photographs of 100 megapixels, the
// most that is taken, and a drawing of 24, sent at the same time, get all their
// renditions.
func TestTheLargestPicturesFitIntoAProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("large pictures take their time")
	}
	photo := busy(t, 12_500, 8000, 92)
	t.Logf("a file of %d MB", len(photo)/1_000_000)
	for name, what := range peakOf(t, map[string][]byte{"a.jpg": photo, "b.jpg": photo, "c.png": unfolding(6000, 4000, 4000*(1+4*6000))}) {
		if !strings.HasPrefix(what, "prints") {
			t.Errorf("%s: %s", name, what)
		}
	}
}

// TestNoFileTakesAProcessDown sends what was made to do so, all at once.
func TestNoFileTakesAProcessDown(t *testing.T) {
	files, want := map[string][]byte{}, map[string]string{}
	add := func(name string, file []byte, begins string) { files[name], want[name] = file, begins }
	photo := plainJPEG(t)

	add("empty.jpg", nil, "file empty")
	add("page.jpg", []byte("<!doctype html><script>alert(1)</script>"), "file other")
	add("page.html", []byte("<!doctype html><script>alert(1)</script>"), "file unknown")
	add("drawing.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "file format")
	add("program.png", []byte("MZ\x90\x00\x03\x00\x00\x00"), "file other")
	add("raw.tif", tiff(binary.LittleEndian, []ifdEntry{{0x0112, uint16(1)}}, nil), "file format")
	add("cut.jpg", photo[:len(photo)-60], "file damaged")
	add("cut.png", plainPNG(t)[:len(plainPNG(t))-20], "file damaged")
	add("page-behind.jpg", slices.Concat(photo, []byte("<script>alert(1)</script>")), "prints")
	add("page-behind.gif", slices.Concat(gifOf(t, 3), []byte("<script>alert(1)</script>")), "prints")

	add("vast.png", bomb(20_000, 20_000), "file vast")
	add("heavy.png", unfolding(10_000, 10_000, 10_000*10_000*4), "file heavy")
	add("more.png", unfolding(100, 100, 1<<28), "file damaged")
	add("deep.png", bombOf(6000, 6000, 16, 6, 1), "file heavy")
	add("profile.png", slices.Concat(plainPNG(t)[:33], pngChunk("iCCP", []byte("x\x00\x00"), zeros(1<<28)), plainPNG(t)[33:]), "prints")
	add("vast.gif", []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x08\x01\x00\x00;"), "file vast")
	add("heavy.gif", []byte("GIF89a\x10\x27\x10\x27\x00\x00\x00,\x00\x00\x00\x00\x10\x27\x10\x27\x00\x08\x01\x00\x00;"), "file heavy")
	add("long.gif", gifOf(t, maxFrames+1), "file frames")
	add("crumbs.gif", crumbs(gifOf(t, 2), 13, []byte("\x21\xf9\x00"), 20<<20), "file damaged")
	add("crumbs.jpg", crumbs(photo, 2, []byte{0xff, 0xdb, 0, 2}, 20<<20), "file damaged")
	add("crumbs.png", crumbs(plainPNG(t), 33, pngChunk("IDAT"), 20<<20), "file damaged")
	add("crumbs.avif", slices.Concat(cameraAVIF(), bytes.Repeat([]byte("\x00\x00\x00\x08free"), 3<<20)), "file damaged")
	add("told.png", slices.Concat(plainPNG(t)[:33], pngChunk("iTXt", pngXMP, bytes.Repeat([]byte("<a>"), 10<<20)), plainPNG(t)[33:]), "prints")
	add("vast.jpg", headerJPEG(0xc0, 60_000, 60_000), "file vast")
	add("steps.jpg", headerJPEG(0xc2, 12_500, 8000), "file heavy")
	add("heavy.webp", riffFile(riffChunk("VP8L", lossless(16_383, 6000))), "file heavy")
	add("vast.avif", vastAVIF(), "file vast")
	add("noise.mp3", slices.Concat([]byte("ID3\x04"), bytes.Repeat([]byte("noise"), 8<<20)), "file damaged")
	add("long.wav", waveOf(slices.Repeat([]byte{1, 2}, 60<<20)), "prints 0")
	add("cut.mp4", film()[:len(film())-3], "file damaged")

	for name, what := range peakOf(t, files) {
		if !strings.HasPrefix(what, want[name]) {
			t.Errorf("%s: %s, want %s", name, what, want[name])
		}
		delete(files, name)
	}
	if len(files) > 0 {
		t.Errorf("nothing was said about %d files", len(files))
	}
}

// zeros is what unfolds to so many zero bytes.
func zeros(n int64) []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestCompression)
	_, _ = io.CopyN(z, zero{}, n)
	_ = z.Close()
	return b.Bytes()
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// unfolding is a PNG of w × h whose pixels unfold to n bytes.
func unfolding(w, h uint32, n int64) []byte {
	b := bomb(w, h)
	return slices.Concat(b[:33], pngChunk("IDAT", zeros(n)), pngChunk("IEND"))
}

// bombOf is a bomb of a depth and colour type, perhaps interlaced.
func bombOf(w, h uint32, depth, colour, interlaced byte) []byte {
	b := bomb(w, h)
	header := slices.Concat(b[16:24], []byte{depth, colour, 0, 0, interlaced})
	return slices.Concat(b[:8], pngChunk("IHDR", header), b[33:])
}

// crumbs puts n bytes of small parts at a place in a file.
func crumbs(file []byte, at int, part []byte, n int) []byte {
	return slices.Concat(file[:at], bytes.Repeat(part, n/len(part)), file[at:])
}

// headerJPEG is a JPEG that says how large it is, and little more.
func headerJPEG(frame byte, w, h uint16) []byte {
	body := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0}
	return slices.Concat([]byte{0xff, soi}, jpegSegment(frame, nil, body), jpegSegment(sos, nil, []byte{3, 1, 0, 2, 0, 3, 0, 0, 63, 0}), []byte{0, 0xff, eoi})
}

// lossless is the header of a lossless WebP picture.
func lossless(w, h uint32) []byte {
	return append([]byte{0x2f}, binary.LittleEndian.AppendUint32(nil, (w-1)|(h-1)<<14)...)
}

func vastAVIF() []byte {
	b := isoFile("avif", nil, nil)
	at := bytes.Index(b, []byte("ispe")) + 8
	binary.BigEndian.PutUint32(b[at:], 1<<20)
	binary.BigEndian.PutUint32(b[at+4:], 1<<20)
	return b
}

// busy is a photograph of w × h that compresses as badly as real ones do: noise
// over light and shade.
func busy(t testing.TB, w, h, quality int) []byte {
	t.Helper()
	const tile = 1024
	noise := make([]byte, tile*tile)
	seed := uint32(1)
	for i := range noise {
		seed = seed*1664525 + 1013904223
		noise[i] = byte(seed >> 28)
	}
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		row := m.Y[y*m.YStride:][:w]
		for x := range row {
			row[x] = byte(60+x*120/w) + noise[y%tile*tile+x%tile]
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = byte(120+i%11), 130
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
