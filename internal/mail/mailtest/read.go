package mailtest

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
)

// Parts are what a person sees of a letter.
type Parts struct {
	Header              netmail.Header
	Subject, Text, HTML string
}

// Read takes a letter apart, as a mail program does.
func (l Letter) Read(t testing.TB) Parts {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(l.Data))
	if err != nil {
		t.Fatalf("%v: %s", err, l.Data)
	}
	p := Parts{Header: m.Header}
	if p.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	all := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := all.NextRawPart()
		if err == io.EOF {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(b), "\r\n", "\n")
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			p.HTML = text
		} else {
			p.Text = text
		}
	}
}
