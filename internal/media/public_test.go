package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/gif"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/bep/imagemeta"

	"broadsheet/internal/fault"
)

// read lists all that imagemeta, which knows nothing of how these files were
// cleaned, finds in a file.
func read(t testing.TB, kind string, b []byte) []imagemeta.TagInfo {
	t.Helper()
	format := map[string]imagemeta.ImageFormat{jpegType: imagemeta.JPEG, pngType: imagemeta.PNG, webpType: imagemeta.WebP, avifType: imagemeta.AVIF}[kind]
	var all []imagemeta.TagInfo
	for _, source := range []imagemeta.Source{imagemeta.EXIF, imagemeta.IPTC, imagemeta.XMP} {
		_, _ = imagemeta.Decode(imagemeta.Options{
			R: bytes.NewReader(b), ImageFormat: format, Sources: source,
			ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
			HandleTag:       func(i imagemeta.TagInfo) error { all = append(all, i); return nil },
		})
	}
	return all
}

// secret holds for tags that no reader may get.
func secret(i imagemeta.TagInfo) bool {
	return strings.Contains(i.Tag, "GPS") || strings.Contains(i.Namespace, "GPS") || strings.Contains(i.Tag, "Serial") ||
		strings.Contains(i.Tag, "MakerNote") || strings.Contains(i.Tag, "Thumbnail") || strings.HasPrefix(i.Namespace, "IFD1")
}

func TestReadersGetNoPlaceAndNoSerialNumber(t *testing.T) {
	for kind, b := range telling(t) {
		t.Run(kind, func(t *testing.T) {
			if kind != gifType && !slices.ContainsFunc(read(t, kind, b), secret) {
				t.Fatal("the file tells no secret, so that this test proves nothing")
			}
			if len(markers(b)) != 2 {
				t.Fatalf("the file holds %v only", markers(b))
			}
			original := bytes.Clone(b)
			public, changed, err := Public(b)
			if err != nil || !changed {
				t.Fatalf("changed: %v, %v", changed, err)
			}
			if !bytes.Equal(original, b) {
				t.Error("the original was written into")
			}
			for _, tag := range read(t, kind, public) {
				if secret(tag) {
					t.Errorf("still tells %s %s: %v", tag.Namespace, tag.Tag, tag.Value)
				}
			}
			if m := markers(public); m != nil {
				t.Errorf("still holds %v", m)
			}
			again, changed, err := Public(public)
			if err != nil || changed || !bytes.Equal(again, public) {
				t.Errorf("a second time it changes: %v, %v", changed, err)
			}
		})
	}
}

func TestPixelsAreTheSame(t *testing.T) {
	for kind, b := range telling(t) {
		if kind == avifType {
			continue // the next test
		}
		public, _, err := Public(b)
		if err != nil {
			t.Fatal(err)
		}
		if before, after := frames(t, kind, b), frames(t, kind, public); !reflect.DeepEqual(before, after) {
			t.Errorf("%s: the pixels have changed", kind)
		}
	}
}

// frames decodes all of a picture, an animation with its delays.
func frames(t testing.TB, kind string, b []byte) any {
	t.Helper()
	if kind == gifType {
		all, err := gif.DecodeAll(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	m, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return m
}

func TestAnAVIFKeepsItsPlaces(t *testing.T) {
	b := cameraAVIF()
	public, _, err := Public(b)
	if err != nil {
		t.Fatal(err)
	}
	if len(public) != len(b) || bytes.Index(public, []byte("PIXL")) != bytes.Index(b, []byte("PIXL")) {
		t.Error("bytes have moved")
	}
	info, err := Inspect("", public)
	if err != nil || info.Width != 16 || info.Height != 24 || info.Place {
		t.Errorf("%+v, %v", info, err)
	}
	if heic := isoFile("heic", cameraEXIF(binary.BigEndian, 1), editorXMP); true {
		public, _, err := Public(heic)
		if err != nil || markers(public) != nil {
			t.Errorf("HEIC: %v, %v", err, markers(public))
		}
	}
}

func TestWhoMadeItStays(t *testing.T) {
	for kind, b := range telling(t) {
		public, _, err := Public(b)
		if err != nil {
			t.Fatal(err)
		}
		before, err := Inspect("", b)
		if err != nil {
			t.Fatal(err)
		}
		after, err := Inspect("", public)
		if err != nil {
			t.Fatal(err)
		}
		if after.Place || !before.Place && kind != gifType {
			t.Errorf("%s: place told before: %v, after: %v", kind, before.Place, after.Place)
		}
		before.Place = false
		switch kind {
		case avifType: // loses its texts
			before = Info{Type: before.Type, Width: before.Width, Height: before.Height}
		case jpegType, pngType, webpType:
			if before.Credit != "Berg & Sons/Agency" || before.Copyright != "© 2026 Anna Berg" || before.Caption != "The harbour at dawn." || before.Alt != "Cranes before a red sky" {
				t.Errorf("%s: %+v", kind, before)
			}
		}
		if before != after {
			t.Errorf("%s:\nbefore %+v\nafter  %+v", kind, before, after)
		}
	}
}

func TestRightsOutlastTheCleaning(t *testing.T) {
	public, _, err := Public(cameraJPEG(t, 8))
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]any{}
	for _, tag := range read(t, jpegType, public) {
		told[tag.Source.String()+" "+tag.Tag] = tag.Value
	}
	for name, want := range map[string]any{
		"EXIF Orientation": uint16(8), "EXIF Artist": "Anna Berg", "EXIF Copyright": "2026 Anna Berg",
		"IPTC By-line": "Anna Berg", "IPTC Credit": "Berg/Agency", "IPTC Caption-Abstract": "Kräne im Hafen", "IPTC CopyrightNotice": "© Berg",
		"XMP Creator": []string{"Anna Berg", "Ben Dahl"}, "XMP Credit": "Berg & Sons/Agency", "XMP WebStatement": "https://berg.example/terms",
	} {
		got := told[name]
		if list, ok := got.([]string); ok && len(list) == 1 {
			got = list[0]
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %#v, want %#v", name, got, want)
		}
	}
	for _, want := range []string{"ICC_PROFILE\x00\x01\x01a colour profile", "<plus:LicensorURL>https://berg.example/buy</plus:LicensorURL>"} {
		if !bytes.Contains(public, []byte(want)) {
			t.Errorf("%q is gone", want)
		}
	}
}

func TestWhatTellsNothingIsNotChanged(t *testing.T) {
	files := map[string][]byte{"jpeg": plainJPEG(t), "png": plainPNG(t), "webp": losslessWebP, "svg": []byte("<svg/>"), "pdf": []byte("%PDF-1.7"), "text": []byte("hello"), "nothing": nil}
	for name, b := range files {
		public, changed, err := Public(b)
		if err != nil || changed || !bytes.Equal(public, b) {
			t.Errorf("%s: changed %v, %v", name, changed, err)
		}
	}
}

func TestDamagedFilesAreRefusedInWords(t *testing.T) {
	jpg, pic := plainJPEG(t), plainPNG(t)
	avif := cameraAVIF()
	lost, crossed := bytes.Clone(avif), bytes.Clone(avif)
	at := bytes.Index(avif, []byte("iloc")) + 4 + 8 + 14 + 6
	binary.BigEndian.PutUint32(lost[at:], 1<<30) // EXIF outside of the file
	binary.BigEndian.PutUint32(crossed[at:], 4)  // EXIF over the boxes
	for _, test := range []struct {
		name string
		b    []byte
		want string
	}{
		{"JPEG cut off in its header", jpg[:30], "JPEG picture, but it is damaged"},
		{"JPEG without pixels", []byte{0xff, soi, 0xff, 0xdd, 0, 4, 0, 0, 0xff, eoi}, "it holds no pixels"},
		{"PNG cut off", pic[:len(pic)-20], "PNG picture, but it is damaged"},
		{"PNG with a wrong length", slices.Concat(pic[:8], []byte("\xff\xff\xff\xffIHDR"), pic[16:]), "longer than the file"},
		{"PNG without header", slices.Concat(pic[:8], pic[33:]), "its header is missing"},
		{"WebP cut off", losslessWebP[:24], "WebP picture, but it is damaged"},
		{"WebP cut off by a byte", riffFile([]byte("VP8 \x04\x00\x00\x00abc")), "longer than the file"},
		{"GIF cut off", []byte("GIF89a\x01\x00"), "GIF picture, but it is damaged"},
		{"AVIF cut off", avif[:len(avif)-10], "damaged"},
		{"AVIF that hides its EXIF", lost, "where no data is"},
		{"AVIF whose EXIF covers what says where it is", crossed, "where no data is"},
		{"TIFF", tiff(binary.LittleEndian, []ifdEntry{{0x0112, uint16(1)}}, nil), "Save it as JPEG"},
	} {
		if _, _, err := Public(test.b); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestACutOffPictureIsShownAsFarAsItGoes(t *testing.T) {
	jpg, anim := cameraJPEG(t, 1), cameraGIF(t)
	for name, b := range map[string][]byte{"JPEG": jpg[:bytes.Index(jpg, []byte{0xff, eoi, 0xff, soi})-40], "GIF": anim[:len(anim)-len(serialMarker)-10]} {
		public, changed, err := Public(b)
		if err != nil || !changed || markers(public) != nil {
			t.Fatalf("%s: %v, %v, %v", name, changed, err, markers(public))
		}
		if _, _, err := image.DecodeConfig(bytes.NewReader(public)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if again, changed, err := Public(public); err != nil || changed {
			t.Errorf("%s changes again (%v): %d and %d bytes", name, err, len(public), len(again))
		}
	}
}

// FuzzPublic proves that no file makes Public or Inspect panic, that a public
// copy is one that Public has nothing to say about, and that no reader of
// metadata finds a place, a serial number or a thumbnail in it.
func FuzzPublic(f *testing.F) {
	for _, b := range telling(f) {
		f.Add(b)
	}
	f.Add(plainJPEG(f))
	f.Add(plainPNG(f))
	f.Add(losslessWebP)
	f.Add(isoFile("heic", nil, nil))
	f.Add([]byte("<?xml version='1.0'?><!-- x --><svg/>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		original := bytes.Clone(b)
		_, _ = Inspect("a.jpg", b)
		public, _, err := Public(b)
		if !bytes.Equal(b, original) {
			t.Fatal("the original was written into")
		}
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		again, changed, err := Public(public)
		if err != nil || changed {
			t.Fatalf("the copy is not final: %v, %d and %d bytes", err, len(public), len(again))
		}
		kind := typeOf("", b)
		if kind == typeOf("", nil) || kind == gifType || kind == heicType || !inMemory(kind) {
			return
		}
		for _, tag := range read(t, kind, public) {
			if secret(tag) {
				t.Errorf("%s %s: %v", tag.Namespace, tag.Tag, tag.Value)
			}
		}
	})
}
