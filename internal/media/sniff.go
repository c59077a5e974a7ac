package media

import (
	"bytes"
	"net/http"
	"path"
	"strings"
)

// sniffLength is how much of a file its type is told from.
const sniffLength = 4096

// The media types of pictures that are looked into.
const (
	jpegType = "image/jpeg"
	pngType  = "image/png"
	gifType  = "image/gif"
	webpType = "image/webp"
	avifType = "image/avif"
	heicType = "image/heic"
	tiffType = "image/tiff"
	svgType  = "image/svg+xml"
)

// pictureNames tells what a file claims to be by the ending of its name.
var pictureNames = map[string]string{
	".jpg": jpegType, ".jpeg": jpegType, ".jpe": jpegType, ".png": pngType, ".gif": gifType, ".webp": webpType,
	".avif": avifType, ".heic": heicType, ".heif": heicType, ".tif": tiffType, ".tiff": tiffType, ".svg": svgType,
}

// zipTypes and textTypes tell apart what looks the same from inside.
var (
	zipTypes = map[string]string{
		".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
		".odt":  "application/vnd.oasis.opendocument.text",
		".ods":  "application/vnd.oasis.opendocument.spreadsheet",
		".odp":  "application/vnd.oasis.opendocument.presentation",
		".epub": "application/epub+zip",
	}
	textTypes = map[string]string{".csv": "text/csv", ".vtt": "text/vtt", ".srt": "application/x-subrip"}
)

// typeOf tells a file's media type from its first bytes; the name only decides
// between types that begin the same. Unknown bytes are
// application/octet-stream.
func typeOf(name string, head []byte) string {
	head = head[:min(len(head), sniffLength)]
	ext := strings.ToLower(path.Ext(name))
	for _, m := range []struct{ magic, kind string }{
		{"\xff\xd8\xff", jpegType}, {"\x89PNG\r\n\x1a\n", pngType}, {"GIF87a", gifType}, {"GIF89a", gifType},
		{"II*\x00", tiffType}, {"MM\x00*", tiffType}, {"II+\x00", tiffType}, {"MM\x00+", tiffType},
		{"fLaC", "audio/flac"}, {"\xff\xfb", "audio/mpeg"}, {"\xff\xf3", "audio/mpeg"}, {"\xff\xf2", "audio/mpeg"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.kind
		}
	}
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		return typeOfISO(head)
	}
	if isSVG(head) {
		return svgType
	}
	general, _, _ := strings.Cut(http.DetectContentType(head), ";")
	switch {
	case general == "application/zip" && zipTypes[ext] != "":
		return zipTypes[ext]
	case general == "application/ogg" && (ext == ".ogv" || bytes.Contains(head, []byte("\x80theora"))):
		return "video/ogg"
	case general == "application/ogg":
		return "audio/ogg"
	case general == "video/webm" && !bytes.Contains(head[:min(len(head), 64)], []byte("webm")):
		return "video/x-matroska" // the same boxes, with what browsers don't play
	case general == "text/plain" && textTypes[ext] != "":
		return textTypes[ext]
	}
	return general
}

// typeOfISO reads the brands of an ISO base media file (ISO/IEC 14496-12): the
// main one, then those it is compatible with.
func typeOfISO(head []byte) string {
	end := min(len(head), int(be32(head)))
	for at := 8; at+4 <= end; at += 4 {
		switch string(head[at : at+4]) {
		case "avif", "avis":
			return avifType
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			if !bytes.Contains(head[8:max(end, 8)], []byte("avif")) {
				return heicType
			}
		case "M4A ", "M4B ", "F4A ":
			return "audio/mp4"
		case "qt  ":
			return "video/quicktime"
		}
	}
	return "video/mp4"
}

// isSVG holds for text whose first element is svg, past declarations, comments
// and space.
func isSVG(head []byte) bool {
	s := strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff"))
	for {
		var found bool
		switch {
		case strings.HasPrefix(s, "<?"):
			_, s, found = strings.Cut(s, "?>")
		case strings.HasPrefix(s, "<!--"):
			_, s, found = strings.Cut(s, "-->")
		case strings.HasPrefix(s, "<!"):
			_, s, found = strings.Cut(s, ">")
		default:
			return strings.HasPrefix(strings.ToLower(s), "<svg")
		}
		if !found {
			return false
		}
		s = strings.TrimSpace(s)
	}
}

// typeNames are the types in a reader's words.
var typeNames = map[string]string{
	jpegType: "a JPEG picture", pngType: "a PNG picture", gifType: "a GIF picture", webpType: "a WebP picture",
	avifType: "an AVIF picture", heicType: "a HEIC picture", tiffType: "a TIFF picture", svgType: "an SVG drawing",
	"text/html": "a web page", "text/plain": "plain text", "application/pdf": "a PDF document", "application/zip": "a ZIP archive",
	"application/octet-stream": "something unknown",
	"video/mp4":                "an MP4 film", "video/webm": "a WebM film", "video/ogg": "an Ogg film", "video/quicktime": "a QuickTime film",
	"video/x-matroska": "a Matroska film", "video/avi": "an AVI film", "audio/mpeg": "an MP3 recording", "audio/mp4": "an MP4 recording",
	"audio/ogg": "an Ogg recording", "audio/wave": "a WAV recording", "audio/flac": "a FLAC recording",
}

// typeName says a media type in words.
func typeName(kind string) string {
	if n := typeNames[kind]; n != "" {
		return n
	}
	return "a file of type " + kind
}
