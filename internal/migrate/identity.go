package migrate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"broadsheet/internal/wordpress"
)

// identities tells items apart by their old ids, which exports that people have
// edited or glued together use twice or leave out.
type identities struct {
	files int                // read so far
	seen  map[int64]sighting // by old id
	odd   map[string]bool    // keys that are no plain id
	twice map[int64]int      // how many different items of this file have the id
}

// sighting is where an old id was met last, and what the item said: enough to
// tell the same item from another one at 12 bytes a piece, for archives of
// millions.
type sighting struct {
	file int32
	hash uint32
}

// file begins a file. An id that an earlier file had, too, is the same item in a
// newer export.
func (t *identities) file() {
	t.files++
	t.twice = map[int64]int{}
	if t.seen == nil {
		t.seen, t.odd = map[int64]sighting{}, map[string]bool{}
	}
}

// key is what an item is known by from now on: its old id; for another item with
// the same id in the same file, the id with a number; for one without, a hash of
// its address. remark says what is odd, "" for nothing. again is true for an
// item that the file has held before, word by word.
func (t *identities) key(p *wordpress.Post) (key, remark string, again bool) {
	if p.ID <= 0 {
		sum := sha256.Sum256([]byte(cmp.Or(p.GUID, p.Link, p.Slug, p.Title, p.Hash)))
		key = "without:" + hex.EncodeToString(sum[:12])
		if t.odd[key] {
			return key, "it has no id, and stands twice; it was taken once", true
		}
		t.odd[key] = true
		return key, "it has no id; it is known by its address from now on", false
	}
	short, _ := strconv.ParseUint(p.Hash[:min(8, len(p.Hash))], 16, 32)
	now := sighting{int32(t.files), uint32(short)}
	before, ok := t.seen[p.ID]
	if !ok || before.file != now.file {
		t.seen[p.ID] = now
		return fmt.Sprint(p.ID), "", false
	}
	if before.hash == now.hash {
		return fmt.Sprint(p.ID), "it stands twice, word by word; it was taken once", true
	}
	t.twice[p.ID]++
	key = fmt.Sprintf("%d#%d", p.ID, t.twice[p.ID]+1)
	t.odd[key] = true
	return key, "another item of the file has the same id; both were taken, and what names the id leads to the first", false
}

// had reports whether the exports hold the item with a key.
func (t *identities) had(key string) bool {
	if t.odd[key] {
		return true
	}
	_, ok := t.seen[number(key)]
	return ok && number(key) > 0
}
