//go:build e2e

package e2e

import (
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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

// dropPicture drops a picture on an element, as one does from a folder.
func (b *browser) dropPicture(selector, path string) {
	b.t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	evaluate[bool](b, fmt.Sprintf(`(() => {
		const bytes = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0)), data = new DataTransfer();
		data.items.add(new File([bytes], %q, { type: "image/jpeg" }));
		const at = document.querySelector(%q), box = at.getBoundingClientRect();
		for (const type of ["dragenter", "dragover", "drop"]) at.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 20, clientY: box.top + 20 }));
		return true;
	})()`, base64.StdEncoding.EncodeToString(file), filepath.Base(path), selector))
}

func TestPicturesComeIntoAnArticle(t *testing.T) {
	s := demo(t)
	b := newBrowser(t)
	b.accept(s.invitation(t, "ida@paper.example", "Ida Holm", "reporter"), "ida@paper.example")
	b.open(s.newsroom() + "/newsroom/articles/new")
	b.write("#headline", "Quays of Kelmouth")
	b.follow("main form button")
	b.until(`!!document.querySelector("[data-editor]").editor && !!document.querySelector("#lead_picture.is-ready button")`)
	article := b.path()
	files := photographs(t, 3)

	// The lead picture: found by its words, by keys alone.
	b.press("#lead_picture button")
	b.until(`document.querySelectorAll(".choosing .found button").length > 3`)
	b.judge("picture-choosing")
	b.keys("chess")
	b.until(`/^[0-9]+ pictures shown$/.test(document.querySelector(".choosing [role=status]").textContent) && document.querySelectorAll(".choosing .found button").length === 1`)
	b.keys(kb.ArrowDown)
	b.until(`document.activeElement.closest(".found") !== null`)
	b.keys(kb.Enter)
	b.until(`!document.querySelector(".choosing") && !!document.querySelector("#lead_picture figure img")`)
	b.kept()
	found := evaluate[string](b, `document.querySelector("[name=lead_picture]").value`)
	// Or brought along.
	b.press("#lead_picture button")
	b.until(`!!document.querySelector(".choosing input[type=file]")`)
	b.chooseFiles(".choosing input[type=file]", files[0])
	b.until(fmt.Sprintf(`!document.querySelector(".choosing") && document.querySelector("[name=lead_picture]").value !== %q && !!document.querySelector("#lead_picture figure .tag")`, found))

	// Pictures are dropped into the text; what is no picture is refused in words.
	b.dropPicture(".editor-body", files[1])
	b.until(`!!document.querySelector(".editor-body figure img")`)
	b.dropPicture(".editor-body", files[0])
	b.until(`document.querySelectorAll(".editor-body figure img").length === 2`)
	if said := b.text(".editor-messages"); !strings.Contains(said, "quay-1.jpg is in the library already") {
		t.Errorf("of a file that is there already the editor says %q", said)
	}
	lying := filepath.Join(t.TempDir(), "lying.jpg")
	if err := os.WriteFile(lying, []byte("no picture at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.dropPicture(".editor-body", lying)
	b.until(`document.querySelector(".editor-messages").textContent.includes("lying.jpg was not taken")`)
	b.judge("article-pictures")
	b.kept()
	b.follow(`button[value="save"]`)
	b.until(`document.querySelectorAll(".editor-body figure img").length === 2 && !!document.querySelector("#lead_picture figure img")`)

	// What is missing leads to the picture, where it says where it is used.
	at := evaluate[string](b, `document.querySelector(".findings .mend").getAttribute("href")`)
	b.open(s.newsroom() + at)
	if said := b.text("main"); !strings.Contains(said, "Quays of Kelmouth") || !strings.Contains(said, "lead picture, in the text") && !strings.Contains(said, "in the text, lead picture") {
		t.Errorf("the picture's page says %s", said)
	}
	b.write("#alt", "A quay")
	b.write("#credit", "Ida Holm")
	b.write("#caption", "The caption of the library")
	b.follow(".told button")
	b.judge("picture-used")
	// Two windows: one deletes what the other has just put in.
	if evaluate[bool](b, `document.querySelector(".danger") !== null`) {
		t.Error("what is used can be deleted")
	}

	b.open(s.newsroom() + article)
	b.until(`[...document.querySelectorAll(".editor-body figcaption")].some((c) => c.dataset.placeholder === "The caption of the library")`)
	if got := evaluate[string](b, `document.getElementById("lead_caption").placeholder`); got != "The caption of the library" {
		t.Errorf("below the lead picture stands %q", got)
	}
	b.open(s.newsroom() + "/newsroom/account/")
	b.do(chromedp.SetValue(chromedp.CSS("#language"), "ar"))
	b.follow("section button")
	b.open(s.newsroom() + article)
	b.until(`!!document.querySelector("#lead_picture figure img")`)
	b.judge("ar-article-pictures")
	b.press("#lead_picture button")
	b.until(`document.querySelectorAll(".choosing .found button").length > 3`)
	b.judge("ar-picture-choosing")
	for _, p := range b.problems {
		if !strings.Contains(p, "status of 422") {
			t.Errorf("the browser complains: %s", p)
		}
	}
}
