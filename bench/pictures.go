package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"
)

// sizes are those of the measured photographs, in turn: a large camera, a phone,
// and what agencies and old systems have.
var sizes = []image.Point{{X: 6000, Y: 4000}, {X: 4032, Y: 3024}, {X: 2048, Y: 1365}, {X: 1600, Y: 1200}, {X: 1200, Y: 800}}

// renditions measures the sizes and cuts of photographs, against decoding the
// same files on the same processors.
func (b *bench) renditions(ctx context.Context) error {
	data, uploads := filepath.Join(b.dir, "pictures-data"), filepath.Join(b.dir, "uploads")
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	files, err := b.photographs(uploads)
	if err != nil {
		return err
	}
	export := filepath.Join(b.dir, "pictures.xml")
	if err := os.WriteFile(export, attachments(files), 0o600); err != nil {
		return err
	}
	if _, err := b.run(ctx, "import", "wordpress", export, "-uploads", uploads, "-data", data); err != nil {
		return err
	}
	decoding, err := decodeAll(uploads, files)
	if err != nil {
		return err
	}
	u, err := b.run(ctx, "pictures", "renditions", "-data", data)
	if err != nil {
		return err
	}
	made := 0
	for _, l := range u.lines {
		var pictures int
		if n, _ := fmt.Sscanf(l.text, "%d pictures were looked at and %d files made", &pictures, &made); n == 2 && pictures != len(files) {
			return fmt.Errorf("%d of %d pictures were looked at", pictures, len(files))
		}
	}
	fmt.Printf("%d photographs of 1 to 24 megapixels, %d files of sizes and cuts\n", len(files), made)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tpictures\tfiles\tprocessor time for each picture\tmemory\tagainst decoding\t")
	fmt.Fprintf(w, "renditions\t%.1f/s\t%.0f/s\t%s\t%s\t%.1f×\t\n", float64(len(files))/u.took.Seconds(), float64(made)/u.took.Seconds(),
		(u.cpu / time.Duration(len(files))).Round(time.Millisecond), mib(u.peak), u.took.Seconds()/decoding.Seconds())
	fmt.Fprintf(w, "decoding alone\t%.1f/s\t\t\t\t1×\t\n", float64(len(files))/decoding.Seconds())
	return w.Flush()
}

// photographs writes the files; each differs in what it tells.
func (b *bench) photographs(dir string) (names []string, err error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	var drawn [][]byte
	for _, size := range sizes[:min(len(sizes), b.pictures)] {
		var file bytes.Buffer
		if err := jpeg.Encode(&file, landscape(size), &jpeg.Options{Quality: 90}); err != nil {
			return nil, err
		}
		drawn = append(drawn, file.Bytes())
	}
	for i := range b.pictures {
		name, file := fmt.Sprintf("%d.jpg", i), drawn[i%len(drawn)]
		tells := fmt.Sprintf("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"+
			"<rdf:Description xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' photoshop:Credit='Agency %d'/></rdf:RDF></x:xmpmeta>", i)
		out := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(tells)+2))
		out = append(append(out, tells...), file[2:]...)
		if err := os.WriteFile(filepath.Join(dir, name), out, 0o600); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// landscape is a picture with smooth and busy parts, and some noise.
func landscape(size image.Point) image.Image {
	m := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
	seed := uint32(1)
	for y := range size.Y {
		fy := float64(y) / float64(size.Y)
		for x := range size.X {
			fx := float64(x) / float64(size.X)
			v := 128 + 80*math.Sin(fx*9)*math.Cos(fy*7)
			if fy > 0.5 {
				v += 20 * math.Sin(fx*900+fy*700)
			}
			seed = seed*1664525 + 1013904223
			m.Y[m.YOffset(x, y)] = uint8(v) + uint8(seed>>29)
			m.Cb[m.COffset(x, y)], m.Cr[m.COffset(x, y)] = uint8(100+60*fy), uint8(110+50*fx)
		}
	}
	return m
}

// attachments is a WordPress export of nothing but files.
func attachments(files []string) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">` +
		`<channel><title>Pictures</title><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>`)
	for i, name := range files {
		fmt.Fprintf(&b, `<item><title>%d</title><link>https://old.example/%d/</link><wp:post_id>%d</wp:post_id><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>`+
			"<wp:attachment_url>https://old.example/wp-content/uploads/%s</wp:attachment_url></item>\n", i, i, i+1, name)
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

// decodeAll decodes the files on all processors, one each at a time.
func decodeAll(dir string, files []string) (time.Duration, error) {
	var all sync.WaitGroup
	var next atomic.Int64
	errs := make(chan error, runtime.GOMAXPROCS(0))
	began := time.Now()
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(files); i = int(next.Add(1)) - 1 {
				b, err := os.ReadFile(filepath.Join(dir, files[i]))
				if err == nil {
					_, err = jpeg.Decode(bytes.NewReader(b))
				}
				if err != nil {
					errs <- err
					return
				}
			}
		})
	}
	all.Wait()
	close(errs)
	return time.Since(began), <-errs
}
