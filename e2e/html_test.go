//go:build e2e

package e2e

import (
	"html"
	"regexp"
)

var (
	hrefPattern   = regexp.MustCompile(`<(?:a|link|area)\b[^>]*?\shref="([^"]*)"`)
	sourcePattern = regexp.MustCompile(`\ssrc="([^"]*)"`)
	feedPattern   = regexp.MustCompile(`<link>([^<]*)</link>`)
)

// hrefs are the addresses that a page or a feed leads to.
func hrefs(page string) []string {
	return append(matches(hrefPattern, page), matches(feedPattern, page)...)
}

// sources are the addresses that a page takes in.
func sources(page string) []string { return matches(sourcePattern, page) }

func matches(p *regexp.Regexp, page string) []string {
	var out []string
	for _, m := range p.FindAllStringSubmatch(page, -1) {
		out = append(out, html.UnescapeString(m[1]))
	}
	return out
}
