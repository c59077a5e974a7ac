//go:build e2e

package e2e

import (
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// photographs makes n files of pictures that differ, and returns their paths.
func photographs(t *testing.T, n int) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for i := range n {
		m := image.NewRGBA(image.Rect(0, 0, 600, 400))
		for y := range 400 {
			for x := range 600 {
				m.Set(x, y, color.RGBA{uint8(x * 255 / 600), uint8(y * 255 / 400), uint8(60 * i), 255})
			}
		}
		path := filepath.Join(dir, fmt.Sprintf("quay-%d.jpg", i+1))
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := jpeg.Encode(f, m, nil); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// choose gives files to a field.
func (b *browser) chooseFiles(selector string, paths ...string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.CSS(selector), paths, chromedp.NodeReady))
}

func TestThePictureLibrary(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "reporter"), "ida@paper.example")
	library := s.newsroom() + "/newsroom/pictures/"
	b.open(library)
	b.judge("library")

	// Several at once, and what is no picture among them.
	files := photographs(t, 3)
	lying := filepath.Join(t.TempDir(), "lying.jpg")
	if err := os.WriteFile(lying, []byte("<script>alert(1)</script> no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.chooseFiles("#files", append(files, lying)...)
	b.until(`document.querySelectorAll(".queue li a").length === 3 && document.querySelectorAll(".queue .is-wrong").length === 1`)
	b.until(`document.querySelectorAll(".tiles .tile .tag.off").length >= 6`)
	if said := b.text(".queue"); !strings.Contains(said, "4 of 4 done") || !strings.Contains(said, "lying.jpg") {
		t.Errorf("the list of uploads says %s", said)
	}
	b.judge("library-uploaded")
	if n := evaluate[int](b, `[...document.querySelectorAll(".tile .name")].filter((n) => n.textContent.startsWith("quay-")).length`); n != 3 {
		t.Errorf("the grid shows %d of the new pictures", n)
	}

	// The same once more is noticed, and kept when asked.
	b.open(library)
	b.chooseFiles("#files", files[0])
	b.until(`document.querySelectorAll(".queue li a").length === 1`)
	if said := b.text(".queue li"); !strings.Contains(said, "It is in the library already.") {
		t.Errorf("of the same file once more it says %s", said)
	}
	b.judge("library-again")
	b.press(".queue li .acts button")
	b.until(`document.querySelector(".queue li").textContent.includes("Describe it now")`)

	// It is described, and found by what was told.
	b.follow(".queue li a")
	b.write("#alt", "A quay in <b>evening</b> light")
	b.write("#caption", "The quay at Kelmouth.")
	b.write("#credit", "Ida Holm")
	b.follow(".told button")
	if said := b.text("main"); !strings.Contains(said, "Saved.") {
		t.Errorf("the screen says %s", said)
	}
	page := b.path()
	b.judge("picture")
	b.open(library + "?q=EVEN+quay&mine=1")
	if n := evaluate[int](b, `document.querySelectorAll(".tile").length`); n != 1 {
		t.Errorf("%d pictures are found", n)
	}
	b.judge("library-found")
	for _, list := range []string{"no_alt", "no_credit", "ending", "ended", "unused"} {
		b.open(library + "?show=" + list)
		b.judge("library-" + list)
	}

	b.open(s.newsroom() + strings.TrimSuffix(page, "?done=saved"))
	b.until(`document.querySelector(".danger") !== null`)
	b.follow(".danger")
	if said := b.text("main"); !strings.Contains(said, "The picture was deleted.") {
		t.Errorf("the screen says %s", said)
	}

	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	b.open(library)
	b.judge("ar-library")
	b.open(s.newsroom() + "/newsroom/pictures/1")
	b.judge("ar-picture")
	for _, p := range b.problems {
		if !strings.Contains(p, "status of 422") { // the file that lies
			t.Errorf("the browser complains: %s", p)
		}
	}
}
