package richtext

import (
	"bytes"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strconv"

	"golang.org/x/text/unicode/norm"
)

var (
	namedPicture = regexp.MustCompile(`"(?:picture|poster)":(\d{1,18})[,}]`)
	namedPath    = regexp.MustCompile(`"(?:href|src)":("/[^"]*")`)
	namedInHTML  = regexp.MustCompile(`(?:href|src|poster)=\\"(/(?:[^"\\]|\\[^"])*)\\"`)
)

// Named tells which pictures a body names, as it is stored: the ids of those that it
// shows, and, decoded and in NFC, the paths of this site that it links to or has in a
// piece of HTML, some of which may be pictures. Either may name one more than once.
// It does not build the tree: an import asks this of each article.
func Named(body []byte) (pictures []int64, paths []string) {
	if bytes.Contains(body, []byte(`"picture":`)) || bytes.Contains(body, []byte(`"poster":`)) {
		for _, m := range namedPicture.FindAllSubmatch(body, -1) {
			if id, err := strconv.ParseInt(string(m[1]), 10, 64); err == nil && id > 0 {
				pictures = append(pictures, id)
			}
		}
	}
	add := func(quoted []byte, unescape bool) {
		var s string
		if json.Unmarshal(quoted, &s) != nil {
			return
		}
		if unescape {
			s = html.UnescapeString(s)
		}
		if u, err := url.Parse(s); err == nil && u.Host == "" && len(u.Path) > 1 {
			paths = append(paths, norm.NFC.String(u.Path))
		}
	}
	if bytes.Contains(body, []byte(`":"/`)) {
		for _, m := range namedPath.FindAllSubmatch(body, -1) {
			add(m[1], false)
		}
	}
	if bytes.Contains(body, []byte(`=\"/`)) {
		for _, m := range namedInHTML.FindAllSubmatch(body, -1) {
			add(append(append([]byte{'"'}, m[1]...), '"'), true)
		}
	}
	return pictures, paths
}
