package media

import (
	"bytes"
	"encoding/xml"
	"image"
	_ "image/gif"  // registers its header decoder
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bep/imagemeta"
	_ "golang.org/x/image/webp" // likewise

	"broadsheet/internal/news"
)

// maxPixels is the largest picture that is taken: a browser needs four bytes of
// memory for each.
const maxPixels = 100_000_000

// Info is what a file tells about itself. Texts are "" where it says nothing;
// they are one person's words and plain text, never HTML.
type Info struct {
	Type  string // by the file's bytes, as "image/jpeg"
	Named string // the type that its name claims, where that is another; else ""
	// Width and Height are in pixels as seen, after orientation; 0 for what a
	// browser shows in no img element: drawings, TIFF, HEIC, and all that is no
	// picture.
	Width, Height int
	Moving        bool // an animation
	Frames        int  // its pictures

	Title, Alt, Caption, Credit, Copyright string
	Source                                 string    // from whom it comes: an agency, an archive
	Terms                                  string    // on which it may be used, with their address
	Keywords                               string    // parted by commas
	Taken                                  time.Time // by the camera's clock, in whatever zone, as if that were UTC

	Place bool // it tells where it was taken; Public leaves that away
}

// Inspect tells a file's type and what is in it, from its headers only: no pixel
// is decoded. Name may be "". For a file that is no picture the first 4 kB of it
// are enough. A damaged picture, one over 100 megapixels, and a file that is
// named as a picture and is none are Invalid faults, whose words say so.
func Inspect(name string, b []byte) (Info, error) {
	i, _, err := inspect(name, b)
	return i, err
}

// inspect is Inspect that also gives back the picture taken apart, nil for what
// is not taken apart.
func inspect(name string, b []byte) (i Info, p *picture, err error) {
	i.Type = typeOf(name, b)
	if claim := pictureNames[strings.ToLower(path.Ext(name))]; claim != "" && claim != i.Type {
		i.Named = claim
		if !strings.HasPrefix(i.Type, "image/") {
			return i, nil, refused(news.FileOther, "Its name says that this is %s, but it is %s.", typeName(claim), typeName(i.Type))
		}
	}
	switch i.Type {
	case jpegType, pngType, gifType, webpType:
		if p, err = takeApart(i.Type, b); err == nil {
			err = i.raster(p, b)
		}
	case avifType:
		err = i.avif(b)
	}
	return i, p, err
}

// raster fills i from a picture that can be taken apart.
func (i *Info) raster(p *picture, b []byte) error {
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return damagedFor(i.Type, err, "its header can't be read")
	}
	e := readEXIF(p.told.exif)
	if e.orientation >= 5 { // lying on its side
		c.Width, c.Height = c.Height, c.Width
	}
	if err := i.size(c.Width, c.Height); err != nil {
		return err
	}
	if i.Moving = p.moving; p.moving {
		i.Frames = p.frames
	}
	i.describe(e, readXMP(p.told.xmp), readIIM(p.told.iim))
	return nil
}

// avif fills i from an AVIF picture, whose boxes imagemeta reads.
func (i *Info) avif(b []byte) error {
	e, x := exif{orientation: 1}, xmp{}
	result, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(b), ImageFormat: imagemeta.AVIF, Sources: imagemeta.CONFIG, Timeout: 10 * time.Second,
	})
	if err != nil || result.ImageConfig.Width <= 0 {
		return damagedFor(avifType, err, "its header can't be read")
	}
	if err := i.size(result.ImageConfig.Width, result.ImageConfig.Height); err != nil {
		return err
	}
	items, err := isoItems(b)
	if err != nil {
		return err
	}
	for _, item := range items {
		data := item.bytes(b)
		switch {
		case item.kind == isoXMP:
			x = readXMP([][]byte{data})
		case len(data) > 4 && int64(be32(data)) < int64(len(data)-4):
			e = readEXIF(data[4+be32(data):])
		}
	}
	i.describe(e, x, nil)
	return nil
}

// size notes a picture's size.
func (i *Info) size(width, height int) error {
	if width < 1 || height < 1 {
		return damaged(i.Type, "it has no size")
	}
	if int64(width)*int64(height) > maxPixels {
		return refused(news.FileVast, "The picture has %d × %d pixels. Pictures of up to 100 megapixels can be taken.", width, height)
	}
	i.Width, i.Height = width, height
	return nil
}

// describe fills the texts: what XMP says counts before IPTC, and that before
// EXIF, since editors' programs write the former and cameras the latter.
func (i *Info) describe(e exif, x xmp, iim map[string]string) {
	i.Title = first(x.text(nsDC, "title"), iim["ObjectName"], x.text(nsPS, "Headline"), iim["Headline"])
	i.Alt = x.text(nsIPTC, "AltTextAccessibility")
	i.Caption = first(x.text(nsDC, "description"), iim["Caption-Abstract"], byPerson(e.description))
	i.Credit = first(x.text(nsPS, "Credit"), iim["Credit"], x.text(nsDC, "creator"), iim["By-line"], e.artist)
	i.Copyright = first(x.text(nsDC, "rights"), iim["CopyrightNotice"], e.copyright)
	i.Source = first(x.text(nsPS, "Source"), iim["Source"])
	terms := slices.DeleteFunc([]string{x.text(nsRights, "UsageTerms"), x.text(nsRights, "WebStatement")}, func(s string) bool { return s == "" })
	i.Terms = strings.Join(terms, "\n")
	i.Keywords = strings.Join(x.values[xml.Name{Space: nsDC, Local: "subject"}], ", ")
	i.Taken = clock(e.taken)
	if i.Taken.IsZero() {
		i.Taken = clock(x.text(nsPS, "DateCreated"))
	}
	i.Place = e.place || x.place
}

// clock reads the time of a camera, as EXIF or XMP writes it: what stood on its
// clock, without a zone. Of what is none, or before there were photographs, it is
// the zero time.
func clock(s string) time.Time {
	for _, form := range []string{"2006:01:02 15:04:05", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if len(s) < len(form) {
			continue
		}
		if t, err := time.Parse(form, s[:len(form)]); err == nil && t.Year() >= 1826 && t.Year() < 2200 {
			return t
		}
	}
	return time.Time{}
}

// byPerson is a description unless a camera wrote it, which says its own name in
// capitals ("OLYMPUS DIGITAL CAMERA", "SONY DSC").
func byPerson(s string) string {
	if strings.ToUpper(s) == s && (strings.Contains(s, "DIGITAL CAMERA") || strings.Contains(s, " DSC") || !strings.Contains(s, " ")) {
		return ""
	}
	return s
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// tidy makes text from a stranger's file fit to store: UTF-8 without control
// characters (line ends aside), trimmed, at most 4,000 bytes.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r != utf8.RuneError && !unicode.IsControl(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, ""))
	s = strings.TrimSpace(s)
	for len(s) > 4000 {
		_, n := utf8.DecodeLastRuneInString(s[:4000+1])
		s = strings.TrimSpace(s[:4001-n])
	}
	return s
}
