package webp

import (
	"encoding/binary"
	"errors"
	"image"
	"io"
)

// ErrAlpha tells that a picture has pixels that are not opaque.
var ErrAlpha = errors.New("webp: the picture is not opaque")

// ErrSize tells that a picture is empty, wider or higher than the 16383 pixels
// that VP8 can say, or so large and rich that its modes fill more than the 512 KiB
// that the format leaves them (which takes more than ten megapixels).
var ErrSize = errors.New("webp: the picture is empty or too large")

// largest is the largest width and height that a frame can have: 14 bits.
const largest = 1<<14 - 1

// Encode writes m as a lossy WebP file. Quality goes from 1 to 100 as in image/jpeg,
// and is taken as the nearest of these; the same number gives a picture that is about
// as good as image/jpeg's, in fewer bytes. The errors are [ErrAlpha], [ErrSize] and
// those of w; nothing is written before the whole picture is encoded.
//
// A YCbCr picture is taken as JPEG's: full range, with BT.601's weights. VP8 stores
// the limited range, which browsers expect, but golang.org/x/image/webp gives it
// back as it is stored.
func Encode(w io.Writer, m image.Image, quality int) error {
	size := m.Bounds().Size()
	if size.X < 1 || size.Y < 1 || size.X > largest || size.Y > largest {
		return ErrSize
	}
	e := newEncoder(size, settingsFor(quality))
	if err := e.src.read(m); err != nil {
		return err
	}
	e.chooseAll()
	frame, err := e.frame()
	if err != nil {
		return err
	}
	return writeFile(w, frame)
}

// writeFile writes the container around a frame. A chunk of odd length is followed
// by a byte that its length does not count.
func writeFile(w io.Writer, frame []byte) error {
	padded := len(frame) + len(frame)%2
	file := make([]byte, 0, 20+padded)
	file = append(file, "RIFF"...)
	file = binary.LittleEndian.AppendUint32(file, uint32(12+padded))
	file = append(file, "WEBPVP8 "...)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(frame)))
	file = append(file, frame...)
	_, err := w.Write(file[:20+padded])
	return err
}

// encoder holds one picture on its way. It works through macroblocks (16×16 pixels
// of brightness, 8×8 of each colour) in rows from the top left.
type encoder struct {
	settings
	size   image.Point // in pixels
	across int         // macroblocks in a row
	down   int         // rows of macroblocks

	src frame // the picture
	rec frame // what a decoder will see, before its loop filter

	blocks []macroblock // what was chosen, in order
	tokens tokens
	costs  costs

	above []edge // the edge to the row above, a macroblock each
	left  edge   // the edge to the macroblock before

	work workspace
}

// edge is what the next macroblock must know of one beside it.
type edge struct {
	modes  [4]uint8 // the 4×4 modes along the edge
	luma   [4]uint8 // 1 where a 4×4 block along the edge has coefficients
	chroma [2][2]uint8
	second uint8 // 1 if the last macroblock with a Y2 block had coefficients in it
}

// macroblock is what the first partition tells of a macroblock.
type macroblock struct {
	mode   uint8     // of the 16×16 pixels, or subMode
	sub    [16]uint8 // the mode of each 4×4 block, if mode is subMode
	chroma uint8
	skip   bool // no coefficients at all
}

func newEncoder(size image.Point, s settings) *encoder {
	e := &encoder{settings: s, size: size, across: (size.X + 15) / 16, down: (size.Y + 15) / 16}
	e.src = newFrame(e.across, e.down, size)
	e.rec = newFrame(e.across, e.down, size)
	e.rec.fence()
	e.blocks = make([]macroblock, e.across*e.down)
	e.above = make([]edge, e.across)
	e.costs.learn(&defaultProbs)
	return e
}

// chooseAll describes every macroblock. After each row the costs of tokens follow
// what was seen so far, so that later choices know the picture they are made for.
func (e *encoder) chooseAll() {
	for y := range e.down {
		e.left = edge{}
		for x := range e.across {
			e.choose(x, y)
		}
		e.rec.extend(y)
		if y+1 < e.down {
			probs := e.tokens.likely()
			e.costs.learn(&probs)
		}
	}
}
