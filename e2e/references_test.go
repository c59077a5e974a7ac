//go:build e2e

package e2e

import (
	"encoding/json"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// reference is an address that a page, a feed or a stylesheet names.
type reference struct {
	address string
	from    string // what names it, for messages
	loads   bool   // a reader's program fetches it without being asked
	apart   bool   // it is read apart from its page, and so must be whole
}

// references are all that an answer names.
func references(t *testing.T, a answer) []reference {
	t.Helper()
	switch kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";"); kind {
	case "text/html":
		return pageReferences(t, parse(t, a.body))
	case "application/rss+xml":
		return feedReferences(t, a.body)
	case "text/css":
		return styleReferences(a.body)
	}
	return nil
}

// loadingLinks are relations of a link element that a browser follows by itself.
var loadingLinks = map[string]bool{"stylesheet": true, "icon": true, "preload": true, "modulepreload": true, "prefetch": true, "preconnect": true, "dns-prefetch": true, "manifest": true}

func pageReferences(t *testing.T, page *html.Node) []reference {
	var found []reference
	for _, e := range elements(page, "") {
		add := func(attr string, loads bool) {
			if v := strings.TrimSpace(attribute(e, attr)); v != "" {
				found = append(found, reference{v, e.Data + " " + attr, loads, e.Data == "meta" || attribute(e, "rel") == "canonical"})
			}
		}
		switch e.Data {
		case "a", "area":
			add("href", false)
		case "link":
			add("href", loadingLinks[attribute(e, "rel")])
		case "form":
			if !strings.EqualFold(attribute(e, "method"), "post") {
				add("action", false)
			}
		case "meta":
			if p := attribute(e, "property"); p == "og:url" || p == "og:image" {
				add("content", false)
			}
		case "script":
			add("src", true)
			if attribute(e, "type") == "application/ld+json" {
				found = append(found, dataReferences(t, words(e))...)
			}
		default:
			add("src", true)
			add("poster", true)
			add("data", e.Data == "object")
			for candidate := range strings.SplitSeq(attribute(e, "srcset"), ",") {
				if address, _, _ := strings.Cut(strings.TrimSpace(candidate), " "); address != "" {
					found = append(found, reference{address, e.Data + " srcset", true, false})
				}
			}
		}
	}
	return found
}

// dataReferences are the addresses in JSON-LD.
func dataReferences(t *testing.T, text string) []reference {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Errorf("JSON-LD that is no JSON: %v: %s", err, text)
	}
	var found []reference
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				if key != "@context" {
					walk(inner)
				}
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		case string:
			if strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") {
				found = append(found, reference{v, "JSON-LD", false, true})
			}
		}
	}
	walk(v)
	return found
}

// feedReferences are what a feed names, with what stands in the articles' text.
func feedReferences(t *testing.T, text string) []reference {
	t.Helper()
	var feed struct {
		Channel struct {
			// Atom's link to the feed itself has the same name, and no text.
			Links []struct {
				Text string `xml:",chardata"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Items []struct {
				Link string `xml:"link"`
				Body string `xml:"encoded"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	if err := xml.Unmarshal([]byte(text), &feed); err != nil {
		t.Errorf("a feed can't be read: %v", err)
		return nil
	}
	var found []reference
	for _, l := range feed.Channel.Links {
		found = append(found, reference{strings.TrimSpace(l.Text + l.Href), "feed", false, true})
	}
	for _, item := range feed.Channel.Items {
		found = append(found, reference{item.Link, "item of a feed", false, true})
		found = append(found, pageReferences(t, parse(t, item.Body))...)
	}
	return found
}

var stylePattern = regexp.MustCompile(`url\(\s*["']?([^"')]+)`)

func styleReferences(css string) []reference {
	var found []reference
	for _, m := range stylePattern.FindAllStringSubmatch(css, -1) {
		found = append(found, reference{m[1], "stylesheet", true, false})
	}
	return found
}
