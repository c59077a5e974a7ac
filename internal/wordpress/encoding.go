package wordpress

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"broadsheet/internal/fault"
)

// Unpack returns what a file holds, plain or gzipped.
func Unpack(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if magic, _ := in.Peek(2); len(magic) != 2 || magic[0] != 0x1f || magic[1] != 0x8b {
		return in, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file begins like a .gz and can't be unpacked")
	}
	return bufio.NewReaderSize(z, 64<<10), nil
}

// decoded finds out how the text is encoded and returns it as UTF-8.
func decoded(in *bufio.Reader) (io.Reader, error) {
	head, err := in.Peek(1024)
	if len(head) == 0 {
		if err != io.EOF {
			return in, nil // the scanner meets the same error, and tells where
		}
		return nil, fault.New(fault.Invalid, "the file is empty")
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, fault.New(fault.Invalid, "this is a ZIP file; unpack it and give the XML files in it")
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}): // UTF-8, whatever it says
		return in, nil
	}
	declaration, _, _ := strings.Cut(string(head), "?>")
	_, declared, ok := strings.Cut(declaration, "encoding=")
	if !ok || len(declared) < 2 || !strings.HasPrefix(strings.TrimSpace(declaration), "<?xml") {
		return in, nil
	}
	name, _, ok := strings.Cut(declared[1:], declared[:1])
	if !ok {
		return in, nil // cut off
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file says that it is encoded as %q, which is not known", name)
	}
	if canonical, err := htmlindex.Name(e); err == nil && strings.HasPrefix(canonical, "utf-") {
		return in, nil // UTF-16 without its mark at the beginning can't have said so in ASCII
	}
	return transform.NewReader(in, e.NewDecoder()), nil
}
