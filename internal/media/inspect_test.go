package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
)

func TestTypesAreToldByTheBytes(t *testing.T) {
	for _, test := range []struct{ name, head, want string }{
		{"a.jpg", "\xff\xd8\xff\xe0", jpegType},
		{"a.txt", "\xff\xd8\xff\xe0", jpegType},
		{"a", "GIF89a", gifType},
		{"a", "RIFF\x00\x00\x00\x00WEBPVP8 ", webpType},
		{"a", "RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wave"},
		{"a", "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avifmiaf", avifType},
		{"a", "\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", avifType},
		{"a", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", heicType},
		{"a", "\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42", "video/mp4"},
		{"a", "\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", "video/quicktime"},
		{"a", "\x00\x00\x00\x14ftypM4A \x00\x00\x00\x00M4A ", "audio/mp4"},
		{"a", "II*\x00\x08\x00\x00\x00", tiffType},
		{"a.pdf", "%PDF-1.7", "application/pdf"},
		{"a.docx", "PK\x03\x04", zipTypes[".docx"]},
		{"a.zip", "PK\x03\x04", "application/zip"},
		{"a.mp3", "ID3\x04", "audio/mpeg"},
		{"a.ogv", "OggS\x00", "video/ogg"},
		{"a.oga", "OggS\x00", "audio/ogg"},
		{"a.csv", "a,b\n1,2\n", "text/csv"},
		{"a.txt", "hello", "text/plain"},
		{"a.js", "alert(1)", "text/plain"},
		{"a.html", "<!doctype html><p>", "text/html"},
		{"a.svg", "\ufeff<?xml version='1.0'?>\n<!-- a --><!DOCTYPE svg>\n<svg xmlns='…'>", svgType},
		{"a.svg", "<!-- <svg", "text/html"},
		{"a.xml", "<?xml version='1.0'?><rss>", "text/xml"},
		{"a", "\x00\x01\x02", "application/octet-stream"},
	} {
		if got := typeOf(test.name, []byte(test.head)); got != test.want {
			t.Errorf("%s %q is %s, want %s", test.name, test.head, got, test.want)
		}
	}
}

func TestSizesAreAsSeen(t *testing.T) {
	for orientation, want := range map[uint16][2]int{1: {24, 16}, 3: {24, 16}, 5: {16, 24}, 6: {16, 24}, 8: {16, 24}, 9: {24, 16}} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			b := tellingJPEG(t, jpegSegment(app1, exifHeader, cameraEXIF(order, orientation)))
			info, err := Inspect("a.jpg", b)
			if err != nil || info.Width != want[0] || info.Height != want[1] || !info.Place {
				t.Errorf("orientation %d, %T: %+v, %v", orientation, order, info, err)
			}
			public, _, err := Public(b)
			if err != nil {
				t.Fatal(err)
			}
			if after, err := Inspect("a.jpg", public); err != nil || after.Width != want[0] || after.Height != want[1] {
				t.Errorf("orientation %d, cleaned: %+v, %v", orientation, after, err)
			}
		}
	}
}

func TestWhoIsBelievedAboutAPicture(t *testing.T) {
	exif := jpegSegment(app1, exifHeader, cameraEXIF(binary.BigEndian, 1))
	iptc := jpegSegment(app13, psHeader, resource(0x0404, agencyIIM()))
	xmp := jpegSegment(app1, xmpHeader, editorXMP)
	latin := jpegSegment(app13, psHeader, resource(0x0404, dataset(2, 120, "Kr\xe4ne")))
	described := jpegSegment(app1, exifHeader, tiff(binary.BigEndian, []ifdEntry{{0x010e, "Cranes in the harbour"}}, nil))
	for _, test := range []struct {
		name                       string
		blocks                     [][]byte
		caption, credit, copyright string
	}{
		{"camera", [][]byte{exif}, "", "Anna Berg", "2026 Anna Berg"},
		{"camera with a caption", [][]byte{described}, "Cranes in the harbour", "", ""},
		{"agency over camera", [][]byte{exif, iptc}, "Kräne im Hafen", "Berg/Agency", "© Berg"},
		{"editor over all", [][]byte{exif, iptc, xmp}, "The harbour at dawn.", "Berg & Sons/Agency", "© 2026 Anna Berg"},
		{"an older alphabet", [][]byte{latin}, "Kräne", "", ""},
		{"broken XMP", [][]byte{iptc, jpegSegment(app1, xmpHeader, editorXMP[:bytes.Index(editorXMP, []byte("<dc:creator>"))+4])}, "Kräne im Hafen", "Berg & Sons/Agency", "© Berg"},
		{"broken EXIF", [][]byte{jpegSegment(app1, exifHeader, []byte("MM\x00*\xff\xff\xff\xff")), iptc}, "Kräne im Hafen", "Berg/Agency", "© Berg"},
	} {
		info, err := Inspect("a.jpg", tellingJPEG(t, test.blocks...))
		if err != nil || info.Caption != test.caption || info.Credit != test.credit || info.Copyright != test.copyright {
			t.Errorf("%s: %+v, %v", test.name, info, err)
		}
	}
}

func TestWhatAFileTellsTheNewsroomAlone(t *testing.T) {
	const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 photoshop:Source="Berg archive" photoshop:DateCreated="2024-02-29T23:59:58+05:00">
<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>cranes &amp; ships</rdf:li></rdf:Bag></dc:subject>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Berg</rdf:li></rdf:Alt></dc:rights>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Editorial use only</rdf:li></rdf:Alt></xmpRights:UsageTerms>
<xmpRights:WebStatement>https://berg.example/terms</xmpRights:WebStatement></rdf:Description></rdf:RDF></x:xmpmeta>`
	xmp := jpegSegment(app1, xmpHeader, []byte(packet))
	camera := jpegSegment(app1, exifHeader, tiff(binary.BigEndian, []ifdEntry{{0x8769, []ifdEntry{{0x9003, "2023:12:24 18:30:00"}}}}, nil))
	file := tellingJPEG(t, camera, xmp)
	disk, err := OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p, err := disk.Keep(t.Context(), "a.jpg", bytes.NewReader(file), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if p.Source != "Berg archive" || p.Keywords != "harbour, cranes & ships" || p.Rights != "© Berg\nEditorial use only\nhttps://berg.example/terms" ||
		!p.Taken.Equal(time.Date(2023, 12, 24, 18, 30, 0, 0, time.UTC)) {
		t.Errorf("it tells %+v", p)
	}
	if p, err = disk.Keep(t.Context(), "b.jpg", bytes.NewReader(tellingJPEG(t, xmp)), 1<<20); err != nil || !p.Taken.Equal(time.Date(2024, 2, 29, 23, 59, 58, 0, time.UTC)) {
		t.Errorf("without a camera's word it was taken at %v, %v", p.Taken, err)
	}
	public, _, err := Public(file)
	if err != nil || bytes.Contains(public, []byte("cranes &amp; ships")) || bytes.Contains(public, []byte("2024-02-29")) || bytes.Contains(public, []byte("2023:12:24")) {
		t.Errorf("readers get what is the newsroom's: %q, %v", public, err)
	}
	for _, s := range []string{"", "0000:00:00 00:00:00", "1066:10:14 09:00:00", "yesterday", "2026-13-01", "    :  :     :  :  "} {
		if at := clock(s); !at.IsZero() {
			t.Errorf("%q was read as %v", s, at)
		}
	}
}

func TestAFileThatLiesAboutItsTypeIsNamed(t *testing.T) {
	info, err := Inspect("harbour.jpg", plainPNG(t))
	if err != nil || info.Type != pngType || info.Named != jpegType || info.Width != 24 {
		t.Errorf("a PNG named .jpg: %+v, %v", info, err)
	}
	_, err = Inspect("harbour.JPG", []byte("<html><script>alert(1)</script>"))
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "says that this is a JPEG picture, but it is a web page") {
		t.Errorf("a page named .JPG: %v", err)
	}
	if info, err := Inspect("letter.pdf", []byte("%PDF-1.7")); err != nil || info.Named != "" || info.Width != 0 {
		t.Errorf("a document: %+v, %v", info, err)
	}
}

func TestABombIsRefusedByItsHeader(t *testing.T) {
	b := plainPNG(t)
	binary.BigEndian.PutUint32(b[16:], 20_000)
	binary.BigEndian.PutUint32(b[20:], 20_000)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	_, err := Inspect("bomb.png", b)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "20000 × 20000 pixels") {
		t.Errorf("%v", err)
	}
	avif := isoFile("avif", nil, nil)
	at := bytes.Index(avif, []byte("ispe")) + 8
	binary.BigEndian.PutUint32(avif[at:], 1<<20)
	binary.BigEndian.PutUint32(avif[at+4:], 1<<20)
	if _, err := Inspect("bomb.avif", avif); !fault.Is(err, fault.Invalid) {
		t.Errorf("AVIF: %v", err)
	}
}

func TestTextsAreFitToStore(t *testing.T) {
	for in, want := range map[string]string{
		" a\x00b\x07 ": "ab", "a\r\nb": "a\nb", "\xff\xfea": "a", strings.Repeat("ä", 3000): strings.Repeat("ä", 2000), "\u0085x": "x",
	} {
		if got := tidy(in); got != want {
			t.Errorf("%.20q becomes %.20q (%d), want %.20q", in, got, len(got), want)
		}
	}
}
