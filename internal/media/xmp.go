package media

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
)

// xmpForm is how a property's value is written in RDF.
type xmpForm int

const (
	xmpText    xmpForm = iota // plain text
	xmpList                   // rdf:Seq
	xmpWording                // rdf:Alt, one wording for each language; only the default one is kept
	xmpNested                 // plain text inside of a plus:Licensor
)

// Namespaces of XMP.
const (
	nsRDF     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsPS      = "http://ns.adobe.com/photoshop/1.0/"
	nsRights  = "http://ns.adobe.com/xap/1.0/rights/"
	nsPLUS    = "http://ns.useplus.org/ldf/xmp/1.0/"
	nsIPTC    = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
	nsIPTCExt = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
)

// xmpKept are the properties that readers get: who made the picture, whose it
// is, what it shows, and on which terms (IPTC Photo Metadata Standard 2024.1).
// Nothing else of a packet survives. The order is the one they are written in.
var xmpKept = []struct {
	name   xml.Name
	prefix string
	form   xmpForm
}{
	{xml.Name{Space: nsDC, Local: "creator"}, "dc", xmpList},
	{xml.Name{Space: nsDC, Local: "description"}, "dc", xmpWording},
	{xml.Name{Space: nsDC, Local: "rights"}, "dc", xmpWording},
	{xml.Name{Space: nsDC, Local: "title"}, "dc", xmpWording},
	{xml.Name{Space: nsPS, Local: "Credit"}, "photoshop", xmpText},
	{xml.Name{Space: nsPS, Local: "Headline"}, "photoshop", xmpText},
	{xml.Name{Space: nsPS, Local: "Source"}, "photoshop", xmpText},
	{xml.Name{Space: nsRights, Local: "Marked"}, "xmpRights", xmpText},
	{xml.Name{Space: nsRights, Local: "UsageTerms"}, "xmpRights", xmpWording},
	{xml.Name{Space: nsRights, Local: "WebStatement"}, "xmpRights", xmpText},
	{xml.Name{Space: nsPLUS, Local: "LicensorURL"}, "plus", xmpNested},
	{xml.Name{Space: nsIPTC, Local: "AltTextAccessibility"}, "Iptc4xmpCore", xmpWording},
	{xml.Name{Space: nsIPTCExt, Local: "DigitalSourceType"}, "Iptc4xmpExt", xmpText},
}

// xmpRead are the properties that are read for the newsroom besides, and that
// readers do not get.
var xmpRead = []xml.Name{{Space: nsDC, Local: "subject"}, {Space: nsPS, Local: "DateCreated"}}

// xmp is what is read from XMP packets.
type xmp struct {
	values map[xml.Name][]string // of kept and read properties only
	place  bool                  // it tells where the picture was taken
}

// text is a property's first value, "" for none.
func (x xmp) text(space, local string) string {
	if v := x.values[xml.Name{Space: space, Local: local}]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// readXMP reads packets as far as they make sense. The first packet that has a
// property counts.
func readXMP(packets [][]byte) xmp {
	x := xmp{values: map[xml.Name][]string{}}
	for _, packet := range packets {
		one := xmpReader{xmp: xmp{values: map[xml.Name][]string{}}}
		one.read(packet)
		x.place = x.place || one.place
		for name, values := range one.values {
			if x.values[name] == nil {
				x.values[name] = values
			}
		}
	}
	return x
}

// xmpReader walks one packet. Properties are attributes, elements with text, or
// elements with a list of rdf:li.
type xmpReader struct {
	xmp
	open   []xml.Name // elements around the present place
	inside xml.Name   // the property among them that is read; zero for none
	deep   int        // len(open) where it was opened
	text   strings.Builder
	lang   string // of the present rdf:li
	items  int    // seen in the present property
}

func (x *xmpReader) read(packet []byte) {
	d := xml.NewDecoder(bytes.NewReader(bytes.Trim(packet, "\x00 \r\n\t")))
	d.Strict = false // cameras write what browsers would still read
	for len(x.open) < 64 {
		t, err := d.Token()
		if err != nil {
			return // the end, or where the packet breaks
		}
		switch t := t.(type) {
		case xml.StartElement:
			x.start(t)
		case xml.CharData:
			if x.inside.Local != "" {
				x.text.Write(t)
			}
		case xml.EndElement:
			x.end(t.Name)
		}
	}
}

func (x *xmpReader) start(t xml.StartElement) {
	x.open = append(x.open, t.Name)
	x.see(t.Name)
	if isReadXMP(t.Name) {
		x.inside, x.deep, x.items, x.lang = t.Name, len(x.open), 0, ""
	}
	x.text.Reset()
	for _, a := range t.Attr {
		x.see(a.Name)
		switch {
		case isReadXMP(a.Name):
			x.add(a.Name, a.Value)
		case a.Name.Local == "lang" && t.Name.Local == "li":
			x.lang = a.Value
		case a.Name.Space == nsRDF && a.Name.Local == "resource" && x.inside == t.Name:
			x.add(t.Name, a.Value)
		}
	}
}

func (x *xmpReader) end(name xml.Name) {
	if len(x.open) == 0 {
		return
	}
	item := name.Space == nsRDF && name.Local == "li"
	if x.inside.Local != "" && (item || len(x.open) == x.deep) {
		text := x.text.String()
		x.text.Reset()
		switch {
		case item && x.lang == "x-default" && x.items > 0:
			x.values[x.inside] = nil // the default wording, after one for a language
			x.add(x.inside, text)
		case item || x.items == 0:
			x.add(x.inside, text)
		}
		if item {
			x.items++
		}
	}
	if len(x.open) == x.deep {
		x.inside, x.deep = xml.Name{}, 0
	}
	x.open = x.open[:len(x.open)-1]
}

// see notes names that tell a place, in whatever namespace they stand.
func (x *xmpReader) see(name xml.Name) {
	if strings.HasPrefix(name.Local, "GPS") {
		x.place = true
	}
}

// add notes a value; values for other languages than the default one are
// dropped when the property is written.
func (x *xmpReader) add(name xml.Name, value string) {
	if value = tidy(value); value != "" && len(x.values[name]) < 20 {
		x.values[name] = append(x.values[name], value)
	}
}

func isReadXMP(name xml.Name) bool {
	if slices.Contains(xmpRead, name) {
		return true
	}
	for _, k := range xmpKept {
		if k.name == name {
			return true
		}
	}
	return false
}

// write makes the packet that readers get; nil where there is nothing to tell.
func (x xmp) write() []byte {
	var b bytes.Buffer
	var spaces []string
	for _, k := range xmpKept {
		values := x.values[k.name]
		if len(values) == 0 {
			continue
		}
		if space := ` xmlns:` + k.prefix + `="` + k.name.Space + `"`; !slices.Contains(spaces, space) {
			spaces = append(spaces, space)
		}
		writeXMP(&b, k.prefix+":"+k.name.Local, k.form, values)
	}
	if b.Len() == 0 {
		return nil
	}
	return []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="` + nsRDF + `"><rdf:Description rdf:about=""` +
		strings.Join(spaces, "") + `>` + b.String() + `</rdf:Description></rdf:RDF></x:xmpmeta>`)
}

func writeXMP(b *bytes.Buffer, name string, form xmpForm, values []string) {
	open, shut := "<"+name+">", "</"+name+">"
	switch form {
	case xmpList:
		b.WriteString(open + "<rdf:Seq>")
		for _, v := range values {
			b.WriteString("<rdf:li>" + escape(v) + "</rdf:li>")
		}
		b.WriteString("</rdf:Seq>" + shut)
	case xmpWording:
		b.WriteString(open + `<rdf:Alt><rdf:li xml:lang="x-default">` + escape(values[0]) + "</rdf:li></rdf:Alt>" + shut)
	case xmpNested:
		b.WriteString(`<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">` + open + escape(values[0]) + shut + "</rdf:li></rdf:Seq></plus:Licensor>")
	default:
		b.WriteString(open + escape(values[0]) + shut)
	}
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}
