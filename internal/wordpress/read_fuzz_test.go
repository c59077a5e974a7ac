package wordpress

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"broadsheet/internal/fault"
)

// Whatever the bytes: no panic, the same however they arrive, errors are for
// people, and every text is UTF-8 without control characters.
func FuzzRead(f *testing.F) {
	f.Add([]byte(gazette(f)))
	f.Add([]byte(packed(f, gazette(f))))
	f.Add([]byte(export(item(1, "<content:encoded><![CDATA[a]]>b\x00]]></content:encoded>"))))
	f.Add([]byte(export(item(1, `<content:encoded>a & <b x='1">2'>c</b> <</content:encoded>`))))
	f.Add([]byte(`<?xml version="1.0" encoding="latin1"?>` + export(item(1, "<title>caf\xe9</title>"))))
	f.Add([]byte("<!DOCTYPE rss [<!ENTITY a '>'>]>" + export("")))
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 1<<16 {
			return
		}
		var items []Item
		collect := func(it Item) error { items = append(items, it); return nil }
		err := Read(bytes.NewReader(file), collect)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("error for nobody: %v", err)
		}
		for _, it := range items {
			if set := fieldsSet(it); set != 1 {
				t.Errorf("an item with %d fields set", set)
			}
			if p := it.Post; p != nil {
				checkText(t, p.Title, p.Content, p.Excerpt, p.Slug, p.Link)
			}
		}
		all := items
		items = nil
		if again := Read(iotest.OneByteReader(bytes.NewReader(file)), collect); (again == nil) != (err == nil) || !reflect.DeepEqual(items, all) {
			t.Errorf("byte by byte: %d items, error %v; at once: %d items, error %v", len(items), again, len(all), err)
		}
	})
}

func fieldsSet(it Item) (n int) {
	v := reflect.ValueOf(it)
	for i := range v.NumField() {
		if !v.Field(i).IsNil() {
			n++
		}
	}
	return n
}

func checkText(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x01\x08\x0b\x0c\x1f\x7f") {
			t.Errorf("a text that can't be stored: %q", s)
		}
	}
}
