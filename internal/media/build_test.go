package media

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// What no reader may get. The markers stand in the pictures built here in every
// place where a camera or a program tells such things.
const (
	placeMarker  = "PLACE-52.5163N-13.3777E"
	serialMarker = "SERIAL-0042-XYZ"
)

// ifdEntry is a TIFF entry; its value is text, a number, or a directory below.
type ifdEntry struct {
	tag   uint16
	value any // string, uint16, []byte, [][2]uint32 (rationals) or []ifdEntry
}

// tiff writes a TIFF structure, with a second directory (the thumbnail's) where
// next is not nil.
func tiff(order binary.AppendByteOrder, entries, next []ifdEntry) []byte {
	out := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		out = []byte("MM\x00*")
	}
	out = order.AppendUint32(out, 8)
	first := ifd(order, 8, entries)
	if next == nil {
		return append(append(out, first.head...), append(order.AppendUint32(nil, 0), first.tail...)...)
	}
	at := uint32(8 + len(first.head) + 4 + len(first.tail))
	out = append(append(out, first.head...), append(order.AppendUint32(nil, at), first.tail...)...)
	second := ifd(order, int(at), next)
	return append(append(out, second.head...), append(order.AppendUint32(nil, 0), second.tail...)...)
}

// directory is an IFD without the pointer to the next, and what its entries
// point to.
type directory struct{ head, tail []byte }

func ifd(order binary.AppendByteOrder, at int, entries []ifdEntry) directory {
	var d directory
	d.head = order.AppendUint16(nil, uint16(len(entries)))
	after := at + 2 + 12*len(entries) + 4
	for _, e := range entries {
		var kind uint16
		var count int
		var value []byte
		switch v := e.value.(type) {
		case string:
			kind, value = 2, append([]byte(v), 0)
			count = len(value)
		case uint16:
			kind, count, value = 3, 1, order.AppendUint16(nil, v)
		case []byte:
			kind, count, value = 7, len(v), v
		case [][2]uint32:
			kind, count = 5, len(v)
			for _, r := range v {
				value = order.AppendUint32(order.AppendUint32(value, r[0]), r[1])
			}
		case []ifdEntry:
			below := ifd(order, after+len(d.tail), v)
			kind, count, value = 4, 1, order.AppendUint32(nil, uint32(after+len(d.tail)))
			d.tail = append(append(append(d.tail, below.head...), 0, 0, 0, 0), below.tail...)
		}
		d.head = order.AppendUint16(order.AppendUint16(d.head, e.tag), kind)
		d.head = order.AppendUint32(d.head, uint32(count))
		if len(value) <= 4 {
			d.head = append(d.head, append(bytes.Clone(value), 0, 0, 0, 0)[:4]...)
			continue
		}
		d.head = order.AppendUint32(d.head, uint32(after+len(d.tail)))
		d.tail = append(d.tail, value...)
		if len(d.tail)%2 == 1 {
			d.tail = append(d.tail, 0)
		}
	}
	return d
}

// cameraEXIF is what a camera writes: place, serial numbers, a maker's note, a
// thumbnail with EXIF of its own, and what may stay.
func cameraEXIF(order binary.AppendByteOrder, orientation uint16) []byte {
	place := []ifdEntry{
		{0x0001, "N"}, {0x0002, [][2]uint32{{52, 1}, {30, 1}, {5870, 100}}},
		{0x0003, "E"}, {0x0004, [][2]uint32{{13, 1}, {22, 1}, {3972, 100}}},
		{0x001b, []byte(placeMarker)},
	}
	shot := []ifdEntry{
		{0x927c, []byte("MakerNote " + serialMarker + placeMarker)}, {0x9286, []byte("ASCII\x00\x00\x00" + placeMarker)},
		{0xa430, "Owner " + serialMarker}, {0xa431, serialMarker}, {0xa435, "Lens " + serialMarker},
	}
	entries := []ifdEntry{
		{0x010e, "SONY DSC"}, {0x010f, "Camera works"}, {0x0112, orientation}, {0x013b, "Anna Berg"},
		{0x8298, "2026 Anna Berg"}, {0x8769, shot}, {0x8825, place},
	}
	return tiff(order, entries, []ifdEntry{{0x0103, uint16(6)}, {0x010e, "thumbnail " + placeMarker}})
}

// editorXMP is what an editor's program writes.
var editorXMP = []byte(`<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 exif:GPSLatitude="` + placeMarker + `" aux:SerialNumber="` + serialMarker + `" photoshop:Credit="Berg &amp; Sons/Agency">
<exif:GPSLongitude>` + placeMarker + `</exif:GPSLongitude><aux:LensSerialNumber>` + serialMarker + `</aux:LensSerialNumber>
<dc:creator><rdf:Seq><rdf:li>Anna Berg</rdf:li><rdf:li>Ben Dahl</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="de">Der Hafen.</rdf:li><rdf:li xml:lang="x-default">The harbour at dawn.</rdf:li></rdf:Alt></dc:description>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Anna Berg</rdf:li></rdf:Alt></dc:rights>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Cranes before a red sky</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
<xmpRights:WebStatement rdf:resource="https://berg.example/terms"/>
<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://berg.example/buy</plus:LicensorURL><plus:LicensorTelephone1>` + serialMarker + `</plus:LicensorTelephone1></rdf:li></rdf:Seq></plus:Licensor>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`)

// dataset is one of IPTC-IIM.
func dataset(record, set byte, value string) []byte {
	return append([]byte{0x1c, record, set, byte(len(value) >> 8), byte(len(value))}, value...)
}

// agencyIIM is what an agency writes, with a place in it.
func agencyIIM() []byte {
	return slices.Concat(dataset(2, 0, "\x00\x04"), dataset(2, 5, "Harbour"), dataset(2, 80, "Anna Berg"), dataset(2, 92, placeMarker),
		dataset(2, 110, "Berg/Agency"), dataset(2, 116, "© Berg"), dataset(2, 120, "Kräne im Hafen"), dataset(2, 187, serialMarker))
}

// resource is one of Photoshop's image resources.
func resource(id uint16, body []byte) []byte {
	out := binary.BigEndian.AppendUint16([]byte("8BIM"), id)
	out = append(out, 0, 0)
	out = append(binary.BigEndian.AppendUint32(out, uint32(len(body))), body...)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// pixels is a picture of 24 × 16 with something to see in it.
func pixels() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 24, 16))
	for y := range 16 {
		for x := range 24 {
			m.Set(x, y, color.RGBA{uint8(x * 10), uint8(y * 15), uint8(x * y), 255})
		}
	}
	return m
}

func plainJPEG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, pixels(), &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tellingJPEG is a JPEG with those blocks after its beginning.
func tellingJPEG(t testing.TB, blocks ...[]byte) []byte {
	t.Helper()
	b := plainJPEG(t)
	return slices.Concat(b[:2], bytes.Join(blocks, nil), b[2:])
}

// cameraJPEG tells everything, in every place there is.
func cameraJPEG(t testing.TB, orientation uint16) []byte {
	jfifThumbnail := append([]byte("JFIF\x00\x01\x02\x00\x00\x48\x00\x48\x01\x01"), 1, 2, 3)
	extended := []byte("http://ns.adobe.com/xmp/extension/\x00" + strings.Repeat("0", 32) + "\x00\x00\x00\x10\x00\x00\x00\x00" + placeMarker)
	b := tellingJPEG(t,
		jpegSegment(app0, nil, jfifThumbnail),
		jpegSegment(app0, nil, []byte("JFXX\x00\x10"+placeMarker)),
		jpegSegment(app1, exifHeader, cameraEXIF(binary.BigEndian, orientation)),
		jpegSegment(app1, xmpHeader, editorXMP),
		jpegSegment(app1, nil, extended),
		jpegSegment(app2, nil, []byte("MPF\x00"+placeMarker)),
		jpegSegment(app2, iccHeader, []byte("\x01\x01a colour profile")),
		jpegSegment(app13, psHeader, slices.Concat(resource(0x040c, []byte("thumbnail "+placeMarker)), resource(0x0404, agencyIIM()))),
		jpegSegment(0xe5, nil, []byte("maker "+serialMarker)),
		jpegSegment(0xfe, nil, []byte("comment "+placeMarker)),
	)
	second := tellingJPEG(t, jpegSegment(app1, exifHeader, cameraEXIF(binary.LittleEndian, 1)))
	return slices.Concat(b, second, []byte("trailer "+serialMarker))
}

func plainPNG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, pixels()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func cameraPNG(t testing.TB) []byte {
	b := plainPNG(t)
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte(placeMarker))
	_ = w.Close()
	const header = 8 + 25 // signature, IHDR
	return slices.Concat(b[:header],
		pngChunk("gAMA", []byte{0, 0, 0xb1, 0x8f}), pngChunk("tIME", []byte{7, 234, 1, 1, 1, 1, 1}),
		pngChunk("eXIf", cameraEXIF(binary.LittleEndian, 6)), pngChunk("iTXt", pngXMP, editorXMP),
		pngChunk("tEXt", []byte("Comment\x00"+placeMarker)), pngChunk("zTXt", []byte("Raw profile type exif\x00\x00"), z.Bytes()),
		pngChunk("prVt", []byte(serialMarker)),
		b[header:], []byte("trailer "+placeMarker))
}

// losslessWebP is a picture of one pixel.
var losslessWebP = func() []byte {
	b, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		panic(err)
	}
	return b
}()

func cameraWebP() []byte {
	chunk := losslessWebP[12:]
	body := append(bytes.Clone(riffBody(chunk)), 0) // an even length: imagemeta does not step over padding
	chunks := slices.Concat(
		riffChunk("VP8X", []byte{webpEXIF | webpXMP | 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
		riffChunk("VP8L", body),
		riffChunk("EXIF", cameraEXIF(binary.LittleEndian, 1)),
		riffChunk("XMP ", editorXMP), riffChunk("PrVt", []byte(serialMarker)))
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(chunks)+4))
	return slices.Concat(out, []byte("WEBP"), chunks, []byte("trailer "+placeMarker))
}

func cameraGIF(t testing.TB) []byte {
	t.Helper()
	frame := func(c color.Color) *image.Paletted {
		m := image.NewPaletted(image.Rect(0, 0, 24, 16), color.Palette{color.Black, c})
		m.SetColorIndex(3, 3, 1)
		return m
	}
	var b bytes.Buffer
	err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame(color.White), frame(color.RGBA{200, 0, 0, 255})}, Delay: []int{10, 20}, LoopCount: 5})
	if err != nil {
		t.Fatal(err)
	}
	out := b.Bytes()
	at := 13 + colourTable(out[10])
	comment := append([]byte{0x21, gifComment, byte(len(placeMarker))}, append([]byte(placeMarker), 0)...)
	xmp := []byte("\x21\xff\x0bXMP DataXMP" + placeMarker + "\x01")
	for i := 255; i >= 0; i-- { // the "magic trailer" by which decoders step over XMP
		xmp = append(xmp, byte(i))
	}
	return slices.Concat(out[:at], comment, append(xmp, 0), out[at:], []byte(serialMarker))
}

// isoFile is the skeleton of an AVIF file: sizes, and items with EXIF and XMP.
func isoFile(brand string, exif, xmp []byte) []byte {
	box := func(kind string, parts ...[]byte) []byte {
		body := bytes.Join(parts, nil)
		return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
	}
	infe := func(id byte, kind, rest string) []byte {
		return box("infe", []byte{2, 0, 0, 0, 0, id, 0, 0}, []byte(kind), []byte("\x00"+rest))
	}
	item := append([]byte{0, 0, 0, 0}, exif...) // where in it the TIFF structure begins
	meta := func(at int) []byte {
		place := func(id byte, from, n int) []byte {
			out := []byte{0, id, 0, 0, 0, 1}
			return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(out, uint32(from)), uint32(n))
		}
		return box("meta", []byte{0, 0, 0, 0},
			box("pitm", []byte{0, 0, 0, 0, 0, 1}),
			box("iinf", []byte{0, 0, 0, 0, 0, 3}, infe(1, "av01", ""), infe(2, "Exif", ""), infe(3, "mime", "application/rdf+xml\x00")),
			box("iprp", box("ipco", box("ispe", []byte{0, 0, 0, 0, 0, 0, 0, 24, 0, 0, 0, 16}), box("irot", []byte{1})),
				box("ipma", []byte{0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 1, 2})),
			box("iloc", []byte{0, 0, 0, 0, 0x44, 0, 0, 3}, place(1, at+len(item)+len(xmp), 4), place(2, at, len(item)), place(3, at+len(item), len(xmp))))
	}
	ftyp := box("ftyp", []byte(brand+"\x00\x00\x00\x00"+brand+"mif1"))
	at := len(ftyp) + len(meta(0)) + 8
	return slices.Concat(ftyp, meta(at), box("mdat", item, xmp, []byte("PIXL")), box("uuid", []byte(placeMarker)))
}

func cameraAVIF() []byte { return isoFile("avif", cameraEXIF(binary.BigEndian, 1), editorXMP) }

// telling are files of every kind that is looked into, with all there is in
// them.
func telling(t testing.TB) map[string][]byte {
	return map[string][]byte{
		jpegType: cameraJPEG(t, 6), pngType: cameraPNG(t), webpType: cameraWebP(), gifType: cameraGIF(t), avifType: cameraAVIF(),
	}
}

// markers lists which of the markers a file holds, packed or not.
func markers(b []byte) []string {
	var found []string
	for _, m := range []string{placeMarker, serialMarker} {
		if bytes.Contains(b, []byte(m)) {
			found = append(found, fmt.Sprint(m, " at ", bytes.Index(b, []byte(m))))
		}
	}
	return found
}
