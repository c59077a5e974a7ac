package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"testing"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// mp4Box is a box of an ISO base media file.
func mp4Box(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
}

func be(n ...uint32) (b []byte) {
	for _, v := range n {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// track is one of a film, of a kind, whose samples of 8 bytes lie at places, two in
// each chunk.
func track(handler string, places ...uint32) []byte {
	stbl := mp4Box("stbl", mp4Box("stsc", be(0, 1, 1, 2, 1)), mp4Box("stsz", be(0, 0, uint32(2*len(places))), bytes.Repeat(be(8), 2*len(places))),
		mp4Box("stco", be(0, uint32(len(places)), 0)[:8], be(places...)))
	return mp4Box("trak", mp4Box("tkhd", be(0)), mp4Box("udta", mp4Box("\xa9xyz", []byte(placeMarker))),
		mp4Box("mdia", mp4Box("hdlr", be(0, 0), []byte(handler), be(0, 0, 0)), mp4Box("minf", stbl)), mp4Box("meta", []byte(serialMarker)))
}

// film is one as cameras and drones write it, with a track of places.
func film() []byte {
	head := mp4Box("ftyp", []byte("isom\x00\x00\x00\x00isommp42"))
	moov := func(at uint32) []byte {
		return mp4Box("moov", mp4Box("mvhd", be(0)), mp4Box("udta", mp4Box("\xa9xyz", []byte(placeMarker)), mp4Box("CAME", []byte(serialMarker))),
			track("vide", at, at+32), track("meta", at+16, at+48), mp4Box("meta", []byte("com.apple.quicktime.location.ISO6709 "+placeMarker)), mp4Box("uuid", []byte(serialMarker)))
	}
	at := uint32(len(head) + len(moov(0)) + 8)
	return slices.Concat(head, moov(at), mp4Box("mdat", []byte("seen one........PLACE 01PLACE 02seen two........PLACE 03PLACE 04")), mp4Box("uuid", []byte(placeMarker)), mp4Box("meta", []byte(serialMarker)))
}

// waveOf is a WAV file with those samples, and what a recorder tells.
func waveOf(sound []byte) []byte {
	chunks := slices.Concat([]byte("WAVE"), riffChunk("bext", []byte(serialMarker+" ")), riffChunk("fmt ", make([]byte, 16)), riffChunk("data", sound), riffChunk("LIST", []byte("INFO"+placeMarker)))
	return slices.Concat([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(chunks))), chunks)
}

func taggedSound() []byte {
	id3 := slices.Concat([]byte("ID3\x04\x00\x00\x00\x00\x00\x40"), append([]byte("PRIV "+placeMarker+serialMarker), make([]byte, 64-len("PRIV "+placeMarker+serialMarker))...))
	ape := slices.Concat(make([]byte, 0), []byte("APE "+serialMarker), []byte("APETAGEX"), binary.LittleEndian.AppendUint32(nil, 2000), binary.LittleEndian.AppendUint32(nil, uint32(32+len("APE "+serialMarker))), make([]byte, 16))
	return slices.Concat(id3, []byte("\xff\xfb\x90\x00sound"), ape, append([]byte("TAG"+placeMarker), make([]byte, 125-len(placeMarker))...))
}

func flac() []byte {
	block := func(kind byte, body string) []byte { return append([]byte{kind, 0, 0, byte(len(body))}, body...) }
	return slices.Concat([]byte("fLaC"), block(0, "stream info"), block(4, placeMarker), block(2, serialMarker), block(0x86, "cover "+placeMarker), []byte("\xff\xf8sound"))
}

// element is one of EBML.
func element(id uint32, parts ...[]byte) []byte {
	b := be(id)
	for b[0] == 0 {
		b = b[1:]
	}
	body := bytes.Join(parts, nil)
	return append(binary.BigEndian.AppendUint32(b, uint32(len(body))|1<<28), body...)
}

func webm() []byte {
	return slices.Concat(element(0x1a45dfa3, element(0x4282, []byte("webm"))),
		element(0x18538067, element(0x1549a966, element(0x2ad7b1, []byte{15, 66, 64}), element(0x7ba9, []byte(placeMarker))), element(0x1654ae6b, []byte("tracks")),
			element(0x1f43b675, []byte("cluster")), element(0x1254c367, []byte(placeMarker)), element(0x1941a469, []byte(serialMarker))))
}

// sounding are a sound or film of each kind with all that it may tell, and what must
// still be in it.
func sounding() map[string]struct {
	file []byte
	kind string
	kept []string
} {
	return map[string]struct {
		file []byte
		kind string
		kept []string
	}{
		"a.mp4":  {film(), "video/mp4", []string{"moov", "seen one", "seen two", "stco", "vide"}},
		"a.wav":  {waveOf([]byte("sound")), "audio/wave", []string{"fmt ", "sound"}},
		"a.mp3":  {taggedSound(), "audio/mpeg", []string{"\xff\xfb\x90\x00sound"}},
		"a.flac": {flac(), "audio/flac", []string{"stream info", "sound"}},
		"a.webm": {webm(), "video/webm", []string{"tracks", "cluster", "webm"}},
	}
}

func TestSoundAndFilmTellReadersNothing(t *testing.T) {
	for name, test := range sounding() {
		d := disk(t)
		p, err := d.Take(context.Background(), name, bytes.NewReader(test.file), 1<<20)
		if err != nil || p.Type != test.kind {
			t.Errorf("%s: %+v, %v", name, p, err)
			continue
		}
		if !bytes.Equal(content(t, d, p.Blob), test.file) {
			t.Errorf("%s: the original is not what came", name)
		}
		public := content(t, d, p.Served)
		if m := markers(public); m != nil || bytes.Contains(public, []byte("PLACE")) || len(public) != len(test.file) {
			t.Errorf("%s: readers get %v, %q", name, m, public)
		}
		for _, part := range test.kept {
			if at := bytes.Index(test.file, []byte(part)); at < 0 || !bytes.Equal(public[at:at+len(part)], []byte(part)) {
				t.Errorf("%s: %q is gone or has moved", name, part)
			}
		}
		again, err := d.Take(context.Background(), name, bytes.NewReader(public), 1<<20)
		if err != nil || !bytes.Equal(content(t, d, again.Served), public) {
			t.Errorf("%s: what readers get is not final: %v", name, err)
		}
	}
}

func TestASoundOrFilmThatEndsTooEarlyIsToldToWhoSendsIt(t *testing.T) {
	for name, test := range sounding() {
		cut := test.file[:len(test.file)/2]
		if name == "a.mp3" {
			cut = test.file[:40] // in its tag: no sound follows
		}
		if name == "a.flac" {
			cut = test.file[:30]
		}
		d := disk(t)
		if p, err := d.Take(context.Background(), name, bytes.NewReader(cut), 1<<20); !fault.Is(err, fault.Invalid) || news.FieldProblem(fields(err)["file"]) != news.FileDamaged {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
		if p, err := d.Keep(context.Background(), name, bytes.NewReader(cut), 1<<20); err != nil || p.Served == "" {
			t.Errorf("%s, of an import: %v", name, err)
		}
	}
	// Recorders leave the length of what they write open.
	open := waveOf([]byte("sound"))
	at := bytes.Index(open, []byte("data")) + 4
	copy(open[at:], "\xff\xff\xff\xff")
	if _, err := disk(t).Take(context.Background(), "a.wav", bytes.NewReader(open), 1<<20); err != nil {
		t.Errorf("an open length: %v", err)
	}
}

func fields(err error) map[string]string {
	if e, ok := err.(*fault.Error); ok {
		return e.Fields
	}
	return nil
}

// FuzzTells proves that no sound or film makes it panic or run on, and that a copy
// for readers has the length of the file.
func FuzzTells(f *testing.F) {
	for _, test := range sounding() {
		f.Add(test.file)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		kind := typeOf("", b)
		once := quiet(t, kind, b)
		if len(once) != len(b) {
			t.Fatalf("%s: %d bytes become %d", kind, len(b), len(once))
		}
	})
}

func quiet(t *testing.T, kind string, b []byte) []byte {
	t.Helper()
	patches, _ := tells(kind, bytes.NewReader(b), int64(len(b)))
	var out bytes.Buffer
	if _, err := out.ReadFrom(patched(bytes.NewReader(b), int64(len(b)), patches)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
