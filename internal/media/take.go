package media

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"broadsheet/internal/news"
)

// maxFrames is how many pictures an animation may have: more of them are a film,
// which as one takes a tenth of the bytes and plays with a browser's own player.
const maxFrames = 1000

// Take is [Disk.Keep] for what a colleague sends to the library, who can be told
// at once what is wrong with it. It takes pictures that browsers show, sound and
// film that they play, and PDF; a picture must be whole to its last pixel, and
// small enough for its renditions. All else is an Invalid fault with a
// [news.FieldProblem] for the field "file".
func (d *Disk) Take(ctx context.Context, name string, r io.Reader, max int64) (news.Picture, error) {
	head := make([]byte, sniffLength)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return news.Picture{Name: name}, fmt.Errorf("read %s: %w", name, err)
	}
	head = head[:n]
	if err := takes(name, head); err != nil {
		return news.Picture{Name: name}, asField(err)
	}
	p, err := d.Keep(ctx, name, io.MultiReader(bytes.NewReader(head), r), max)
	if err == nil {
		err = d.prove(ctx, &p)
	}
	if err == nil {
		err = d.whole(&p)
	}
	return p, asField(err)
}

// takes says whether the library takes a file that begins so.
func takes(name string, head []byte) error {
	if len(head) == 0 {
		return refused(news.FileEmpty, "The file is empty.")
	}
	kind := typeOf(name, head)
	switch kind {
	case jpegType, pngType, gifType, webpType, avifType, "application/pdf":
		return nil
	case svgType, heicType, tiffType, "image/bmp", "image/x-icon", "video/quicktime", "video/x-matroska", "video/avi", "audio/aiff", "audio/midi":
		return refused(news.FileFormat, "%s can't be shown on the web.", capital(typeName(kind)))
	}
	if Sound(kind) || Film(kind) {
		return nil
	}
	if _, err := Inspect(name, head); err != nil {
		return err // its name says that it is a picture
	}
	return refused(news.FileUnknown, "This is %s. The library takes pictures, sound, film and PDF.", typeName(kind))
}

// Sound holds for the types of sound that browsers play.
func Sound(kind string) bool {
	switch kind {
	case "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wave", "audio/flac":
		return true
	}
	return false
}

// Film holds for the types of film that browsers play.
func Film(kind string) bool {
	switch kind {
	case "video/mp4", "video/webm", "video/ogg":
		return true
	}
	return false
}

// prove reads a picture to its last pixel, where that can be done here.
func (d *Disk) prove(ctx context.Context, p *news.Picture) (err error) {
	if !p.Image() || !readable(p.Type) {
		return nil
	}
	r, done, err := d.admit(ctx, p, func(*news.Picture, *raster) int64 { return 0 })
	if err != nil {
		return err
	}
	defer done()
	defer decoderPanics(p, &err)
	if r.moving && r.frames > maxFrames {
		return refused(news.FileFrames, "The animation has %d pictures; up to %d can be taken.", r.frames, maxFrames)
	}
	_, err = r.decode()
	return err
}

// decoderPanics makes damage of a panic: decoders meet what nobody has thought
// of.
func decoderPanics(p *news.Picture, err *error) {
	if r := recover(); r != nil {
		*err = damagedFor(p.Type, fmt.Errorf("panic: %v", r), "it can't be decoded")
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
