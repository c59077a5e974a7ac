package media

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"slices"

	"broadsheet/internal/news"
)

// Sound and film are not read into memory: what they tell is found by the heads of
// their parts, and overwritten in the copy for readers as it is written. Nothing
// moves, so every place that the file names stays right.

// patch is a stretch of a file that readers get otherwise: with, then zeros.
type patch struct {
	at, n int64
	with  []byte
}

// maxHead is how large the part of a film may be that says where its samples lie,
// in bytes: an hour has about a megabyte of it.
const maxHead = 64 << 20

// tells finds what a sound or film tells besides what is heard and seen, in the
// order of the file. whole is false where the file ends too early, or can't be
// followed: what was found up to there is in the patches.
func tells(kind string, f io.ReaderAt, size int64) (patches []patch, whole bool) {
	switch kind {
	case "video/mp4", "audio/mp4", "video/quicktime":
		return tellsISO(f, size)
	case "audio/mpeg":
		return tellsMP3(f, size)
	case "audio/wave":
		return tellsWAV(f, size)
	case "audio/flac":
		return tellsFLAC(f, size)
	case "video/webm":
		return tellsWebM(f, size)
	}
	return nil, true
}

// patched is the file as readers get it.
func patched(f io.ReaderAt, size int64, patches []patch) io.Reader {
	var parts []io.Reader
	at := int64(0)
	for _, p := range patches {
		if p.at < at || p.n < int64(len(p.with)) {
			continue // it lies in one before
		}
		parts = append(parts, io.NewSectionReader(f, at, p.at-at), bytes.NewReader(p.with), io.LimitReader(silence{}, p.n-int64(len(p.with))))
		at = p.at + p.n
	}
	return io.MultiReader(append(parts, io.NewSectionReader(f, at, max(0, size-at)))...)
}

// sorted puts patches into the order of the file.
func sorted(patches []patch) []patch {
	slices.SortStableFunc(patches, func(a, b patch) int { return cmp.Compare(a.at, b.at) })
	return patches
}

type silence struct{}

func (silence) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// bytesAt reads n bytes; nil where the file has not so many.
func bytesAt(f io.ReaderAt, at int64, n int) []byte {
	b := make([]byte, n)
	if got, _ := f.ReadAt(b, at); got < n {
		return nil
	}
	return b
}

// tellsISO finds in an MP4 or QuickTime file (ISO/IEC 14496-12) what is free to be
// told in boxes called udta, meta and uuid, of the file, of the film and of its
// tracks: place, camera and its number, title, cover. Tracks that are neither seen
// nor heard nor read, as cameras and drones write where they are many times a
// second, go with their samples.
func tellsISO(f io.ReaderAt, size int64) (patches []patch, whole bool) {
	hasHead, hasData := false, false
	for at, boxes := int64(0), 0; at < size; boxes++ {
		head := bytesAt(f, at, 16)
		if head == nil {
			head = append(bytesAt(f, at, 8), make([]byte, 8)...)
		}
		if len(head) < 16 || boxes > 4*maxParts {
			return patches, false
		}
		n, kind, body := int64(be32(head)), string(head[4:8]), int64(8)
		switch n {
		case 0:
			n = size - at
		case 1:
			n, body = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if n < body || n > size-at {
			return patches, false
		}
		switch kind {
		case "meta", "uuid", "udta":
			patches = append(patches, freed(at, n, body))
		case "mdat":
			hasData = true
		case "moov":
			hasHead = true
			if n > maxHead {
				return patches, false
			}
			b := bytesAt(f, at, int(n))
			if b == nil {
				return patches, false
			}
			found, ok := tellsMoov(b, at, size)
			patches = append(patches, found...)
			if !ok {
				return sorted(patches), false
			}
		}
		at += n
	}
	return sorted(patches), hasHead && hasData
}

// freed makes a box one that nobody reads.
func freed(at, n, body int64) patch {
	return patch{at: at + 4, n: n - 4, with: freeHead(n, body)}
}

func freeHead(n, body int64) []byte {
	if body == 16 {
		return binary.BigEndian.AppendUint64([]byte("free"), uint64(n))
	}
	return []byte("free")
}

// tellsMoov finds it in the box that describes the film, which begins at at.
func tellsMoov(moov []byte, at, size int64) (patches []patch, ok bool) {
	head := 8
	if be32(moov) == 1 {
		head = 16
	}
	boxes, err := isoBoxes(moov, head, len(moov))
	if err != nil {
		return nil, false
	}
	for _, box := range boxes {
		switch box.kind {
		case "udta", "meta", "uuid":
			patches = append(patches, freedBox(box, moov, at))
		case "trak":
			inner, err := isoBoxes(moov, box.from, box.to)
			if err != nil {
				return patches, false
			}
			if handler := trackHandler(moov, inner); !perceived[handler] {
				patches = append(patches, freedBox(box, moov, at))
				patches = append(patches, samples(moov, inner, size)...)
				continue
			}
			for _, b := range inner {
				if b.kind == "udta" || b.kind == "meta" || b.kind == "uuid" {
					patches = append(patches, freedBox(b, moov, at))
				}
			}
		}
	}
	return patches, true
}

func freedBox(b isoBox, file []byte, at int64) patch {
	// The head before the body is 8 bytes long, or 16 with a 64-bit size.
	body := int64(8)
	if b.from >= 16 && string(file[b.from-12:b.from-8]) == b.kind && be32(file[b.from-16:]) == 1 {
		body = 16
	}
	start := int64(b.from) - body
	return freed(at+start, int64(b.to)-start, body)
}

// perceived are the kinds of track that somebody sees, hears or reads, and those that
// these need (hint tracks tell nothing but how to send others).
var perceived = map[string]bool{"vide": true, "soun": true, "subt": true, "sbtl": true, "clcp": true, "text": true, "auxv": true, "pict": true, "": true}

// inside finds a box in others, along a way of kinds.
func inside(file []byte, boxes []isoBox, way ...string) (isoBox, bool) {
	for _, box := range boxes {
		if box.kind != way[0] {
			continue
		}
		if len(way) == 1 {
			return box, true
		}
		inner, err := isoBoxes(file, box.from, box.to)
		if err != nil {
			return isoBox{}, false
		}
		return inside(file, inner, way[1:]...)
	}
	return isoBox{}, false
}

// trackHandler is of which kind a track is; "" where it does not say so.
func trackHandler(file []byte, boxes []isoBox) string {
	if b, ok := inside(file, boxes, "mdia", "hdlr"); ok && b.to-b.from >= 12 {
		return string(file[b.from+8 : b.from+12])
	}
	return ""
}

// samples are the stretches of the file in which a track's samples lie, chunk by
// chunk.
func samples(file []byte, boxes []isoBox, size int64) (patches []patch) {
	table := func(kind string) []byte {
		b, ok := inside(file, boxes, "mdia", "minf", "stbl", kind)
		if !ok || b.to-b.from < 8 {
			return nil
		}
		return file[b.from+4 : b.to]
	}
	places, wide := table("stco"), false
	if places == nil {
		places, wide = table("co64"), true
	}
	runs, sizes := table("stsc"), table("stsz")
	if places == nil || runs == nil || len(sizes) < 8 {
		return nil
	}
	each, step, sample := int64(be32(sizes)), 4, 0
	if wide {
		step = 8
	}
	places, runs, sizes = places[4:], runs[4:], sizes[8:]
	many := uint32(0)
	for chunk := 0; len(places) >= step && len(patches) < maxParts; chunk++ {
		for len(runs) >= 12 && int(be32(runs)) <= chunk+1 {
			many, runs = be32(runs[4:]), runs[12:]
		}
		at, n := int64(be32(places)), int64(0)
		if wide {
			at = int64(binary.BigEndian.Uint64(places))
		}
		places = places[step:]
		if each > 0 {
			n = each * int64(many)
		} else {
			for range many {
				if 4*sample+4 > len(sizes) {
					break
				}
				n += int64(be32(sizes[4*sample:]))
				sample++
			}
		}
		if at > 0 && n > 0 && at < size {
			patches = append(patches, patch{at: at, n: min(n, size-at)})
		}
	}
	return patches
}

// tellsMP3 finds the tags before and after what is heard: ID3v2 at the beginning,
// ID3v1 and APE at the end.
func tellsMP3(f io.ReaderAt, size int64) (patches []patch, whole bool) {
	begin := int64(0)
	if head := bytesAt(f, 0, 10); head != nil && string(head[:3]) == "ID3" {
		n := 10 + int64(head[6]&0x7f)<<21 + int64(head[7]&0x7f)<<14 + int64(head[8]&0x7f)<<7 + int64(head[9]&0x7f)
		if n = min(n, size); n > 10 {
			patches = append(patches, patch{at: 10, n: n - 10}) // an empty tag, all padding
		}
		begin = n
	}
	end := size
	if tail := bytesAt(f, size-128, 128); size >= 128 && tail != nil && string(tail[:3]) == "TAG" {
		end = size - 128
		patches = append(patches, patch{at: end, n: 128})
	}
	if foot := bytesAt(f, end-32, 32); end >= 32 && foot != nil && string(foot[:8]) == "APETAGEX" {
		n := int64(binary.LittleEndian.Uint32(foot[12:]))
		if foot[23]&0x80 != 0 {
			n += 32 // it has a head, too
		}
		if n >= 32 && n <= end {
			patches = append(patches, patch{at: end - n, n: n})
		}
	}
	return sorted(patches), heard(f, begin, end)
}

// heard looks for a frame of MPEG sound: eleven bits that are set, within the
// padding that programs leave.
func heard(f io.ReaderAt, at, end int64) bool {
	b := make([]byte, min(64<<10, max(0, end-at)))
	n, _ := f.ReadAt(b, at)
	for i := 0; i+1 < n; i++ {
		if b[i] == 0xff && b[i+1]&0xe0 == 0xe0 && b[i+1] != 0xff {
			return true
		}
	}
	return false
}

// tellsWAV finds all chunks that no sound is made of.
func tellsWAV(f io.ReaderAt, size int64) (patches []patch, whole bool) {
	for at, chunks := int64(12), 0; at < size; chunks++ {
		head := bytesAt(f, at, 8)
		if head == nil || chunks > maxParts {
			return patches, at+8 > size // a byte or two of padding
		}
		n := int64(binary.LittleEndian.Uint32(head[4:]))
		if n > size-at-8 {
			// Recorders that are cut off, or go on for hours, leave the size open.
			return patches, string(head[:4]) == "data" && n >= 0xffff_fff0
		}
		switch string(head[:4]) {
		case "fmt ", "data", "fact":
		default:
			patches = append(patches, patch{at: at, n: 4, with: []byte("JUNK")}, patch{at: at + 8, n: n})
		}
		at += 8 + n + n&1
	}
	return patches, true
}

// tellsFLAC finds comments, pictures and what programs have left (RFC 9639, 8).
func tellsFLAC(f io.ReaderAt, size int64) (patches []patch, whole bool) {
	const padding, application, comment, picture = 1, 2, 4, 6
	for at := int64(4); len(patches) < maxParts; {
		head := bytesAt(f, at, 4)
		if head == nil {
			return patches, false
		}
		n := int64(be32(head) & 0xffffff)
		switch head[0] & 0x7f {
		case application, comment, picture:
			patches = append(patches, patch{at: at, n: 1, with: []byte{head[0]&0x80 | padding}}, patch{at: at + 4, n: min(n, size-at-4)})
		}
		if at += 4 + n; head[0]&0x80 != 0 {
			return patches, at < size
		}
	}
	return patches, false
}

// tellsWebM finds tags and attachments of a WebM file (RFC 9559), and its title and
// the name of the program that wrote it.
func tellsWebM(f io.ReaderAt, size int64) (patches []patch, whole bool) {
	const segment, tags, attachments, info, cluster = 0x18538067, 0x1254c367, 0x1941a469, 0x1549a966, 0x1f43b675
	end := size
	for at, parts := int64(0), 0; at < end; parts++ {
		id, n, head, ok := ebml(f, at)
		if !ok || parts > 4*maxParts {
			return patches, false
		}
		if n < 0 || n > end-at-head {
			if id != segment && id != cluster || n >= 0 {
				return patches, false
			}
			n = 0 // of unknown length, as what is recorded live has it: its parts follow
		}
		switch id {
		case segment:
			at += head
			continue
		case tags, attachments:
			patches = append(patches, void(at, head+n))
		case info:
			patches = append(patches, tellsInfo(f, at+head, at+head+n)...)
		}
		at += head + n
	}
	return patches, true
}

// tellsInfo finds the names in a WebM file's description of itself.
func tellsInfo(f io.ReaderAt, at, end int64) (patches []patch) {
	const title, filename, previous, next = 0x7ba9, 0x7384, 0x3c83ab, 0x3e83bb
	for at < end && len(patches) < 100 {
		id, n, head, ok := ebml(f, at)
		if !ok || n < 0 || n > end-at-head {
			return patches
		}
		switch id {
		case title, filename, previous, next:
			patches = append(patches, void(at, head+n))
		}
		at += head + n
	}
	return patches
}

// ebml reads the head of an element: its id, the length of its body, -1 where that
// is unknown, and its own.
func ebml(f io.ReaderAt, at int64) (id uint64, n, head int64, ok bool) {
	number := func(at int64, marker bool) (v uint64, length int) {
		first := bytesAt(f, at, 1)
		if first == nil || first[0] == 0 {
			return 0, 0
		}
		for length = 1; first[0]&(0x80>>(length-1)) == 0; length++ {
		}
		b := bytesAt(f, at, length)
		if b == nil {
			return 0, 0
		}
		if !marker {
			b[0] &= 0xff >> length
		}
		for _, c := range b {
			v = v<<8 | uint64(c)
		}
		return v, length
	}
	id, a := number(at, true)
	v, b := number(at+int64(a), false)
	if a == 0 || b == 0 || a > 4 {
		return 0, 0, 0, false
	}
	if v == 1<<(7*b)-1 {
		return id, -1, int64(a + b), true
	}
	return id, int64(v), int64(a + b), true
}

// void makes n bytes an element that says nothing.
func void(at, n int64) patch {
	if n < 9 {
		return patch{at: at, n: n, with: []byte{0xec, 0x80 | byte(max(0, n-2))}}
	}
	return patch{at: at, n: n, with: binary.BigEndian.AppendUint64([]byte{0xec}, uint64(n-9)|1<<56)}
}

// whole says what is wrong with a sound or film that ends too early.
func (d *Disk) whole(p *news.Picture) error {
	if !Sound(p.Type) && !Film(p.Type) {
		return nil
	}
	f, err := d.Open(p.Blob)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, whole := tells(p.Type, f, p.Size); !whole {
		return damaged(p.Type, "it ends too early, or its parts don't fit together")
	}
	return nil
}
