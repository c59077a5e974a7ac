package media

import (
	"bytes"
	"compress/zlib"
	"io"
	"slices"
)

// maxICC is the longest colour profile that is carried into renditions, in bytes:
// those of screens and cameras have some hundreds to some thousands, those with
// large tables less than that.
const maxICC = 2 << 20

// pngLook are the chunks that say what a PNG's colours mean, besides its profile.
var pngLook = []string{"cHRM", "gAMA", "sRGB", "cICP"}

// icc is the colour profile of the picture, as ICC.1 defines it; nil where it has
// none, or one that can't be read.
func (p *picture) icc() []byte {
	var profile []byte
	switch p.kind {
	case jpegType:
		profile = p.iccJPEG()
	case pngType:
		profile = p.iccPNG()
	case webpType:
		for _, chunk := range p.rest {
			if bytes.HasPrefix(chunk, []byte("ICCP")) {
				profile = riffBody(chunk)
			}
		}
	}
	const header = 128
	if len(profile) < header || len(profile) > maxICC {
		return nil
	}
	return profile
}

// iccJPEG puts the parts of a profile together, which are numbered from 1
// (ICC.1:2022, B.4).
func (p *picture) iccJPEG() []byte {
	parts := map[int][]byte{}
	for _, segment := range p.rest {
		if len(segment) < 4+len(iccHeader)+2 || segment[1] != app2 || !bytes.HasPrefix(segment[4:], iccHeader) {
			continue
		}
		body := segment[4+len(iccHeader):]
		parts[int(body[0])] = body[2:]
	}
	var profile []byte
	for i := 1; parts[i] != nil; i++ {
		profile = append(profile, parts[i]...)
	}
	return profile
}

func (p *picture) iccPNG() []byte {
	for _, chunk := range p.rest {
		if string(chunk[4:8]) != "iCCP" {
			continue
		}
		_, packed, ok := bytes.Cut(chunk[8:len(chunk)-4], []byte{0})
		if !ok || len(packed) < 1 || packed[0] != 0 {
			return nil
		}
		z, err := zlib.NewReader(bytes.NewReader(packed[1:]))
		if err != nil {
			return nil
		}
		profile, err := io.ReadAll(io.LimitReader(z, maxICC+1))
		if err != nil {
			return nil
		}
		return profile
	}
	return nil
}

// look are the other chunks that say what a PNG's colours mean.
func (p *picture) look() (chunks [][]byte) {
	if p.kind != pngType {
		return nil
	}
	for _, chunk := range p.rest {
		if slices.Contains(pngLook, string(chunk[4:8])) {
			chunks = append(chunks, chunk)
		}
	}
	return chunks
}

// ordinary holds for a look that says no more than what browsers assume without:
// sRGB, or a gamma of 1/2.2. Other formats have no place for anything else.
func ordinary(look [][]byte) bool {
	srgb := false
	for _, chunk := range look {
		switch string(chunk[4:8]) {
		case "cICP":
			return false
		case "sRGB":
			srgb = true
		}
	}
	for _, chunk := range look {
		if string(chunk[4:8]) == "gAMA" && !srgb && be32(chunk[8:]) != 45455 {
			return false
		}
	}
	return true
}

// iccSegments are the parts of a profile as a JPEG has them.
func iccSegments(profile []byte) (segments [][]byte) {
	const most = 65535 - 2 - 14
	n := (len(profile) + most - 1) / most
	for i, part := range slices.Collect(slices.Chunk(profile, most)) {
		segments = append(segments, jpegSegment(app2, iccHeader, append([]byte{byte(i + 1), byte(n)}, part...)))
	}
	return segments
}

// iccChunk is a profile as a PNG has it.
func iccChunk(profile []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(profile) // a Buffer takes everything
	_ = z.Close()
	return pngChunk("iCCP", []byte("ICC profile\x00\x00"), b.Bytes())
}
