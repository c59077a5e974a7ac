package media

import (
	"bufio"
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// maxScans bounds how often a progressive JPEG may go over its pixels: each takes
// as long as the whole picture, and cameras and programs write about ten.
const maxScans = 100

// raster is a picture file whose structure was read and whose pixels can be.
type raster struct {
	*picture
	file        []byte                        // nil where it is read from the disk
	open        func() (io.ReadCloser, error) // then, else nil
	size        int64                         // of the file, in bytes
	orientation int                           // 1 to 8
	w, h        int                           // as stored, before turning
	colours     colours
	inks        bool  // it is in the colours of a printing press
	unfolded    int64 // bytes that its pixels take while they are decoded
}

// readRaster reads a file's structure, and from its headers what decoding it will
// take. Damage is an Invalid fault.
func readRaster(kind string, b []byte) (*raster, error) {
	if typeOf("", b) != kind {
		return nil, damaged(kind, "it does not begin like one")
	}
	p, err := takeApart(kind, b)
	if err != nil {
		return nil, err
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, damagedFor(kind, err, "its header can't be read")
	}
	r := &raster{picture: p, file: b, size: int64(len(b)), orientation: readEXIF(p.told.exif).orientation, w: c.Width, h: c.Height, colours: rgba}
	if r.w < 1 || r.h < 1 {
		return nil, damaged(kind, "it has no size")
	}
	pixels := int64(r.w) * int64(r.h)
	switch kind {
	case jpegType:
		err = r.weighJPEG(pixels)
	case pngType:
		r.weighPNG(pixels)
	case gifType:
		r.unfolded = 6 * pixels
	case webpType:
		r.weighWebP(pixels)
	}
	return r, err
}

// slim lets go of the file, of which only the small parts are kept: its pixels are
// decoded from the disk. It is for the kinds whose decoders read as they go.
func (r *raster) slim(open func() (io.ReadCloser, error)) {
	for _, parts := range [][][]byte{r.head, r.rest, r.told.xmp} {
		for i, b := range parts {
			if r.pixels(b) {
				b = b[:min(len(b), 16)]
			}
			parts[i] = bytes.Clone(b)
		}
	}
	r.told.exif, r.told.iim = bytes.Clone(r.told.exif), bytes.Clone(r.told.iim)
	r.file, r.open = nil, open
}

// pixels holds for a part of a JPEG or PNG file that is made of pixels.
func (p *picture) pixels(part []byte) bool {
	if p.kind == jpegType {
		return len(part) > 2 && part[0] == 0xff && part[1] == sos
	}
	return len(part) > 8 && (string(part[4:8]) == "IDAT" || string(part[4:8]) == "fdAT")
}

// held is how many bytes of the file stay in memory.
func (r *raster) held() (n int64) {
	n = int64(len(r.file))
	if r.open != nil {
		for _, parts := range [][][]byte{r.head, r.rest, r.told.xmp, {r.told.exif, r.told.iim}} {
			for _, b := range parts {
				n += int64(len(b))
			}
		}
	}
	return n
}

// weighJPEG reads the frame header (ITU-T T.81, B.2.2). A progressive picture's
// coefficients are kept as 32-bit numbers until its last scan.
func (r *raster) weighJPEG(pixels int64) error {
	scans, transform := 0, -1
	var frame []byte
	for _, s := range r.rest {
		switch {
		case len(s) < 4:
		case s[1] == sos:
			scans++
		case s[1] >= 0xc0 && s[1] <= 0xcf && s[1] != 0xc4 && s[1] != 0xc8 && s[1] != 0xcc && frame == nil:
			frame = s
		case s[1] == app14 && len(s) >= 16:
			transform = int(s[15])
		}
	}
	if len(frame) < 10 || len(frame) < 10+3*int(frame[9]) {
		return damaged(jpegType, "its header can't be read")
	}
	if scans > maxScans {
		return damaged(jpegType, "it goes over its pixels too often")
	}
	n := int(frame[9])
	samples, most := int64(0), int64(1)
	for i := range n {
		hv := int64(frame[11+3*i]>>4) * int64(frame[11+3*i]&15)
		samples, most = samples+hv, max(most, hv)
	}
	r.unfolded = pixels * samples / most
	if frame[1] == 0xc2 {
		r.unfolded *= 5
	}
	switch {
	case n == 1:
		r.colours = grey
	case n == 3 && transform != 0 && !(frame[10] == 'R' && frame[13] == 'G' && frame[16] == 'B'):
		r.colours = ycc
	default: // turned into red, green and blue as a whole
		r.colours, r.inks = rgb, n == 4
		r.unfolded += 4 * pixels
	}
	return nil
}

// weighPNG goes by colour type and depth (PNG, third edition, 11.2.1).
func (r *raster) weighPNG(pixels int64) {
	header := r.head[1]
	depth, colour, interlaced := header[16], header[17], header[20] == 1
	r.unfolded = 4 * pixels
	switch {
	case colour == 0:
		r.colours = grey
		r.unfolded = pixels
	case colour == 3:
		r.unfolded = 5 * pixels
	}
	if depth == 16 { // twice the bytes, and then once more as usual
		r.unfolded *= 3
	}
	if interlaced {
		r.unfolded += r.unfolded / 2
	}
	// A grey picture may have one colour that is transparent.
	for _, chunk := range r.rest {
		if colour == 0 && string(chunk[4:8]) == "tRNS" {
			r.colours, r.unfolded = rgba, 12*pixels
		}
	}
}

func (r *raster) weighWebP(pixels int64) {
	r.unfolded = 12 * pixels
	if r.photograph() {
		r.colours, r.unfolded = ycc, 2*pixels
	}
}

// photograph holds for an opaque picture that was compressed with losses.
func (r *raster) photograph() bool {
	switch r.kind {
	case jpegType:
		return true
	case webpType:
		opaque, lossy := true, false
		for _, chunk := range r.first() {
			lossy = lossy || bytes.HasPrefix(chunk, []byte("VP8 "))
			opaque = opaque && !bytes.HasPrefix(chunk, []byte("ALPH"))
		}
		return lossy && opaque
	}
	return false
}

// first are the chunks of a WebP file's first picture.
func (r *raster) first() [][]byte {
	for _, chunk := range r.rest {
		if len(chunk) >= 24 && string(chunk[:4]) == "ANMF" {
			var inner [][]byte
			// readWebP has walked it before.
			_ = riffChunks(riffBody(chunk)[16:], func(_ string, part []byte) error { inner = append(inner, part); return nil })
			return inner
		}
	}
	return r.rest
}

// decode reads the pixels; of an animation those of its first picture. A file
// that does not hold what its header says is an Invalid fault.
func (r *raster) decode() (*canvas, error) {
	m, err := r.image()
	if err != nil {
		return nil, damagedFor(r.kind, err, "its pixels can't be read")
	}
	c := canvasOf(m)
	if c.w != r.w || c.h != r.h {
		return nil, damaged(r.kind, "its size is not the one that it says")
	}
	if r.kind == webpType && c.colours == ycc {
		widen(c)
	}
	return c, nil
}

func (r *raster) image() (image.Image, error) {
	if r.open != nil {
		f, err := r.open()
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if r.kind == jpegType {
			return jpeg.Decode(f)
		}
		return png.Decode(bufio.NewReaderSize(f, 64<<10))
	}
	in := bytes.NewReader(r.file)
	switch r.kind {
	case jpegType:
		return jpeg.Decode(in)
	case pngType:
		return png.Decode(in)
	case gifType:
		m, err := gif.Decode(in)
		if err != nil {
			return nil, err
		}
		return r.placed(m, m.Bounds().Min), nil
	}
	if !r.moving {
		m, err := webp.Decode(in)
		return widened(m), err
	}
	m, at, err := r.firstWebP()
	if err != nil {
		return nil, err
	}
	return r.placed(widened(m), at), nil
}

// placed is a picture of an animation on the whole canvas.
func (r *raster) placed(m image.Image, at image.Point) image.Image {
	size := m.Bounds().Size()
	if at == (image.Point{}) && size == image.Pt(r.w, r.h) {
		return m
	}
	whole := image.NewRGBA(image.Rect(0, 0, r.w, r.h))
	for y := range min(size.Y, r.h-at.Y) {
		for x := range min(size.X, r.w-at.X) {
			whole.Set(at.X+x, at.Y+y, m.At(m.Bounds().Min.X+x, m.Bounds().Min.Y+y))
		}
	}
	return whole
}

// firstWebP decodes the first picture of an animation, which the library can't,
// as a file of its own.
func (r *raster) firstWebP() (image.Image, image.Point, error) {
	for _, chunk := range r.rest {
		if len(chunk) < 24 || string(chunk[:4]) != "ANMF" {
			continue
		}
		body := riffBody(chunk)
		number := func(at int) int { return int(body[at]) | int(body[at+1])<<8 | int(body[at+2])<<16 }
		at := image.Pt(2*number(0), 2*number(3))
		if at.X >= r.w || at.Y >= r.h {
			return nil, at, damaged(webpType, "its first picture lies outside of it")
		}
		chunks := r.first()
		flags := make([]byte, 10)
		copy(flags[4:], body[6:12])
		for _, c := range chunks {
			if string(c[:4]) == "ALPH" {
				flags[0] = webpAlpha
			}
		}
		m, err := webp.Decode(bytes.NewReader(riffFile(riffChunk("VP8X", flags), join(chunks))))
		return m, at, err
	}
	return nil, image.Point{}, damaged(webpType, "it holds no pixels")
}

// VP8 stores brightness from 16 to 235 and colours from 16 to 240 (RFC 6386,
// 9.2), and the library hands them on as if they went from 0 to 255.
var (
	wideBrightness = wider(16, 235)
	wideColour     = wider(16, 240)
)

func wider(from, to int) (table [256]byte) {
	for i := range table {
		table[i] = byte(min(255, max(0, (2*(i-from)*255+(to-from))/(2*(to-from)))))
	}
	return table
}

func widen(c *canvas) {
	for i, p := range c.planes {
		table := &wideColour
		if i == 0 {
			table = &wideBrightness
		}
		for k, v := range p.pix {
			p.pix[k] = table[v]
		}
	}
}

// widened does so for a picture with transparency, which then is stored as red,
// green and blue; others come back as they are.
func widened(m image.Image) image.Image {
	a, ok := m.(*image.NYCbCrA)
	if !ok {
		return m
	}
	for i, v := range a.Y {
		a.Y[i] = wideBrightness[v]
	}
	for i := range a.Cb {
		a.Cb[i], a.Cr[i] = wideColour[a.Cb[i]], wideColour[a.Cr[i]]
	}
	return a
}
