package media

import (
	"bytes"
	"encoding/binary"
)

// isoKind is what an item of an AVIF or HEIC file tells.
type isoKind int

const (
	isoEXIF isoKind = iota
	isoXMP
)

// isoItem is an item that tells something besides pixels, and where its bytes
// lie in the file.
type isoItem struct {
	kind    isoKind
	extents [][2]int // from, to
}

// bytes is the item's content, put together.
func (i isoItem) bytes(b []byte) []byte {
	var out []byte
	for _, e := range i.extents {
		out = append(out, b[e[0]:e[1]]...)
	}
	return out
}

// isoBox is a box of an ISO base media file (ISO/IEC 14496-12): its type and
// where its body lies in the file.
type isoBox struct {
	kind     string
	from, to int
}

// isoBoxes lists the boxes in b[from:to].
func isoBoxes(b []byte, from, to int) ([]isoBox, error) {
	var boxes []isoBox
	for at := from; at < to; {
		if to-at < 8 {
			return nil, damaged(avifType, "it ends in the middle of a part")
		}
		size, header := uint64(be32(b[at:])), 8
		switch {
		case size == 0:
			size = uint64(to - at)
		case size == 1 && to-at >= 16:
			size, header = binary.BigEndian.Uint64(b[at+8:]), 16
		}
		if size < uint64(header) || size > uint64(to-at) {
			return nil, damaged(avifType, "a part of it is longer than the file")
		}
		if boxes = append(boxes, isoBox{string(b[at+4 : at+8]), at + header, at + int(size)}); len(boxes) > maxParts {
			return nil, damaged(avifType, "it is in too many parts")
		}
		at += int(size)
	}
	return boxes, nil
}

// isoItems finds the EXIF and XMP items of a file (ISO/IEC 23008-12, annex A).
// One whose place can't be told, or is no place for data, makes the file
// damaged: it could not be taken out.
func isoItems(b []byte) ([]isoItem, error) {
	top, err := isoBoxes(b, 0, len(b))
	if err != nil {
		return nil, err
	}
	var items []isoItem
	for _, box := range top {
		if box.kind != "meta" || box.to-box.from < 4 {
			continue
		}
		inner, err := isoBoxes(b, box.from+4, box.to)
		if err != nil {
			return nil, err
		}
		found, err := isoMeta(b, inner, top)
		if err != nil {
			return nil, err
		}
		items = append(items, found...)
	}
	return items, nil
}

// isoMeta reads the lists of a meta box: what the items are, and where in its
// own idat box or in the file's mdat boxes they lie.
func isoMeta(b []byte, inner, top []isoBox) ([]isoItem, error) {
	kinds := map[uint32]isoKind{}
	var idat isoBox
	for _, box := range inner {
		switch box.kind {
		case "iinf":
			if err := isoKinds(b, box, kinds); err != nil {
				return nil, err
			}
		case "idat":
			idat = box
		}
	}
	if len(kinds) == 0 {
		return nil, nil
	}
	for _, box := range inner {
		if box.kind == "iloc" {
			places := isoPlaces{file: isoBox{from: 0, to: len(b)}, idat: idat, data: top}
			return places.read(b[box.from:box.to], kinds)
		}
	}
	return nil, damaged(avifType, "it does not say where its parts are")
}

// isoKinds reads an iinf box into kinds: the items that tell something.
func isoKinds(b []byte, iinf isoBox, kinds map[uint32]isoKind) error {
	r := isoReader{b: b[iinf.from:iinf.to]}
	if version := r.number(1); version == 0 {
		r.skip(3 + 2)
	} else {
		r.skip(3 + 4)
	}
	if r.short {
		return damaged(avifType, "its list of parts can't be read")
	}
	entries, err := isoBoxes(b, iinf.to-len(r.b), iinf.to)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		r := isoReader{b: b[entry.from:entry.to]}
		version := r.number(1)
		r.skip(3)
		idSize := 2
		if version > 2 {
			idSize = 4
		}
		id := uint32(r.number(idSize))
		r.skip(2)
		kind := r.take(4)
		switch {
		case version < 2 || r.short:
		case string(kind) == "Exif":
			kinds[id] = isoEXIF
		case string(kind) == "mime" && bytes.Contains(r.b, []byte("xml")):
			kinds[id] = isoXMP
		}
	}
	return nil
}

// isoPlaces knows where items may lie.
type isoPlaces struct {
	file, idat isoBox
	data       []isoBox // the file's boxes; items lie in those called mdat
}

// read reads an iloc box: where the wanted items lie.
func (p isoPlaces) read(iloc []byte, wanted map[uint32]isoKind) ([]isoItem, error) {
	r := isoReader{b: iloc}
	version := r.number(1)
	r.skip(3)
	sizes := r.number(2)
	offsetSize, lengthSize, baseSize, indexSize := int(sizes>>12&15), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	idSize := 2
	if version >= 2 {
		idSize = 4
	}
	if version == 0 {
		indexSize = 0
	}
	var items []isoItem
	extents, told := 0, 0
	for range r.number(idSize) {
		id := uint32(r.number(idSize))
		method := uint64(0)
		if version >= 1 {
			method = r.number(2) & 15
		}
		r.skip(2)
		base := r.number(baseSize)
		kind, want := wanted[id]
		item := isoItem{kind: kind}
		for range r.number(2) {
			r.skip(indexSize)
			from, n := base+r.number(offsetSize), r.number(lengthSize)
			if extents++; r.short || extents > maxParts {
				return nil, damaged(avifType, "its list of places can't be read")
			}
			if !want {
				continue
			}
			extent, ok := p.extent(method, from, n)
			if !ok {
				return nil, damaged(avifType, "a part of it lies where no data is")
			}
			if told += extent[1] - extent[0]; told > maxTold {
				return nil, damaged(avifType, "it tells too much")
			}
			item.extents = append(item.extents, extent)
		}
		if want {
			items = append(items, item)
			delete(wanted, id)
		}
		if r.short { // else it would count on to what it has announced
			break
		}
	}
	if r.short || len(wanted) > 0 {
		return nil, damaged(avifType, "it does not say where its parts are")
	}
	return items, nil
}

// extent is a place in the file: method 0 counts from the file's beginning, 1
// from that of idat. It must lie in a box of data, so that blanking it leaves
// the file's structure whole.
func (p isoPlaces) extent(method, from, n uint64) ([2]int, bool) {
	origin, boxes := p.file, p.data
	if method == 1 {
		origin, boxes = p.idat, []isoBox{p.idat}
	} else if method != 0 {
		return [2]int{}, false
	}
	size := uint64(origin.to - origin.from)
	if from > size || n > size-from {
		return [2]int{}, false
	}
	start, end := origin.from+int(from), origin.from+int(from+n)
	for _, box := range boxes {
		if (box.kind == "mdat" || box.kind == "idat") && start >= box.from && end <= box.to {
			return [2]int{start, end}, true
		}
	}
	return [2]int{}, false
}

// isoReader reads numbers of the sizes that boxes name. short is true once it
// was asked for more than there is.
type isoReader struct {
	b     []byte
	short bool
}

func (r *isoReader) take(n int) []byte {
	if n > len(r.b) {
		r.short, r.b = true, nil
		return make([]byte, n)
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *isoReader) skip(n int) { r.take(n) }

func (r *isoReader) number(size int) (v uint64) {
	for _, c := range r.take(size) {
		v = v<<8 | uint64(c)
	}
	return v
}

// blankISO overwrites in a file what its EXIF and XMP items and its uuid boxes
// tell; nothing moves, so every place that the file names stays right. An empty
// TIFF structure and spaces are left. With an error nothing was written.
func blankISO(b []byte) error {
	items, err := isoItems(b)
	if err != nil {
		return err
	}
	top, err := isoBoxes(b, 0, len(b))
	if err != nil {
		return err
	}
	for _, box := range top {
		if box.kind == "uuid" && be32(b[box.from-8:]) != uint32(box.to-box.from+8) {
			return damaged(avifType, "a part of it is too large") // a 64-bit size: none is that large
		}
	}
	for _, item := range items {
		filler := byte(' ')
		if item.kind == isoEXIF {
			filler = 0
		}
		for i, e := range item.extents {
			fill(b[e[0]:e[1]], filler)
			if item.kind == isoEXIF && i == 0 {
				copy(b[e[0]:e[1]], "\x00\x00\x00\x00II*\x00\x08\x00\x00\x00")
			}
		}
	}
	for _, box := range top {
		if box.kind == "uuid" {
			copy(b[box.from-4:box.from], "free")
			fill(b[box.from:box.to], 0)
		}
	}
	return nil
}

func fill(b []byte, with byte) {
	for i := range b {
		b[i] = with
	}
}
