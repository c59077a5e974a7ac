package page

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"io"
	"sync"
)

// Block is a stretch of HTML that was compressed once and can stand anywhere in
// a gzip body: its deflate blocks end on a byte boundary (RFC 1951, a sync
// flush), and nothing in it refers to what stands before. A block is never
// changed.
type Block struct {
	deflate []byte
	size    int    // of the HTML, in bytes
	crc     uint32 // of the HTML
	shift   uint32 // see shiftOver
	sum     uint64 // of the HTML, equal in every process
}

// NewBlock compresses html.
func NewBlock(html []byte) *Block {
	var b bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&b)
	w.Write(html) // a buffer can't fail
	w.Flush()
	sum := sha256.Sum256(html)
	return &Block{deflate: bytes.Clone(b.Bytes()), size: len(html), crc: crc32.ChecksumIEEE(html), shift: shiftOver(len(html)), sum: max(binary.BigEndian.Uint64(sum[:]), 1)}
}

// level 9 takes twice as long and comes out half a percent smaller.
const level = 6

// deflaters are kept because a new one takes a megabyte.
var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(io.Discard, level) // it is one
	return w
}}

// Sum is a hash of the HTML: equal in every process, and never 0.
func (b *Block) Sum() uint64 { return b.sum }

// HTML is what the block holds, inflated.
func (b *Block) HTML() []byte { return b.appendHTML(nil) }

func (b *Block) appendHTML(dst []byte) []byte {
	r := inflaters.Get().(io.Reader)
	defer inflaters.Put(r)
	// The flush leaves the stream open: its end is a last, empty block.
	r.(flate.Resetter).Reset(io.MultiReader(bytes.NewReader(b.deflate), bytes.NewReader(lastBlock)), nil) // which can't fail
	at := len(dst)
	dst = append(dst, make([]byte, b.size)...)
	io.ReadFull(r, dst[at:]) // what was deflated here can be inflated
	return dst
}

// inflaters are kept because a new one takes 40 kB, and a page has a dozen blocks.
var inflaters = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}

var (
	gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255} // RFC 1952: deflate, no name, no time, best compression, unknown system
	lastBlock  = []byte{3, 0}                                 // RFC 1951: the last block, empty, with fixed codes
)

// stretch is blocks that stand behind each other.
type stretch struct {
	blocks []*Block
	size   int
	crc    uint32
	shift  uint32
}

func (s *stretch) add(b *Block) {
	if len(s.blocks) == 0 {
		s.shift = shiftOver(0)
	}
	s.blocks = append(s.blocks, b)
	s.size += b.size
	s.crc = multiply(b.shift, s.crc) ^ b.crc
	s.shift = multiply(b.shift, s.shift)
}

// Trailer is memory for the end of a gzip body.
type Trailer [2 + 8]byte

// AppendGzip appends the parts of a gzip body to dst: the page's own, and in each
// slot what was drawn for it, nil for nothing. The parts are not to be changed; the
// last one is end's. Nothing is allocated but dst's growth.
func (w *Whole) AppendGzip(dst [][]byte, drawn []*Block, end *Trailer) [][]byte {
	dst = append(dst, gzipHeader)
	crc, size := uint32(0), 0
	for i := range w.stretches {
		s := &w.stretches[i]
		for _, b := range s.blocks {
			dst = append(dst, b.deflate)
		}
		if len(s.blocks) > 0 {
			crc, size = multiply(s.shift, crc)^s.crc, size+s.size
		}
		if i < len(drawn) && drawn[i] != nil {
			b := drawn[i]
			dst = append(dst, b.deflate)
			crc, size = multiply(b.shift, crc)^b.crc, size+b.size
		}
	}
	copy(end[:], lastBlock)
	binary.LittleEndian.PutUint32(end[2:], crc)
	binary.LittleEndian.PutUint32(end[6:], uint32(size))
	return append(dst, end[:])
}

// AppendHTML appends to dst the HTML that AppendGzip would pack: for a client that
// takes no gzip.
func (w *Whole) AppendHTML(dst []byte, drawn []*Block) []byte {
	for i := range w.stretches {
		for _, b := range w.stretches[i].blocks {
			dst = b.appendHTML(dst)
		}
		if i < len(drawn) && drawn[i] != nil {
			dst = drawn[i].appendHTML(dst)
		}
	}
	return dst
}

// A CRC is a polynomial over GF(2), its coefficient of x^0 in the highest bit,
// modulo the one of RFC 1952. Of two stretches after each other it is that of
// the first times x^(8n), n the bytes of the second, plus that of the second.
// That power is what a block keeps.

// multiply is the product of two polynomials modulo the CRC's: four coefficients of
// a at a time, the lowest first to be raised by x^4 most often. Without branches,
// of which half would be guessed wrong.
func multiply(a, b uint32) uint32 {
	var times [16]uint32 // b times each polynomial of four coefficients, x^0's in the highest bit
	times[8] = b
	times[4] = b>>1 ^ overflow[b&1<<3]
	times[2] = b>>2 ^ overflow[b&3<<2]
	times[1] = b>>3 ^ overflow[b&7<<1]
	for n := uint32(3); n < 16; n++ {
		times[n] = times[n&-n] ^ times[n&(n-1)]
	}
	product := uint32(0)
	for range 8 {
		product = product>>4 ^ overflow[product&15] ^ times[a&15]
		a >>= 4
	}
	return product
}

// overflow is what the four coefficients that x^4 lifts past x^31 are modulo the
// CRC's polynomial.
var overflow = func() (t [16]uint32) {
	for n := range uint32(16) {
		v := n
		for range 4 {
			v = v>>1 ^ crc32.IEEE&-(v&1)
		}
		t[n] = v
	}
	return t
}()

// shiftOver is x^(8n) modulo the CRC's polynomial.
func shiftOver(n int) uint32 {
	power := uint32(1 << 31)                        // x^0
	for square := uint32(1 << 23); n > 0; n >>= 1 { // x^8, x^16, x^32 …
		if n&1 != 0 {
			power = multiply(square, power)
		}
		square = multiply(square, square)
	}
	return power
}
