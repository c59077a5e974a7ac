//go:build e2e

package e2e

import (
	"html"
	"regexp"
)

var (
	hrefPattern = regexp.MustCompile(`<(?:a|link|area)\b[^>]*?\shref="([^"]*)"`)
	feedPattern = regexp.MustCompile(`<link>([^<]*)</link>`)
)

// hrefs are the addresses that a page or a feed leads to.
func hrefs(page string) []string {
	return append(matches(hrefPattern, page), matches(feedPattern, page)...)
}

func matches(p *regexp.Regexp, page string) []string {
	var out []string
	for _, m := range p.FindAllStringSubmatch(page, -1) {
		out = append(out, html.UnescapeString(m[1]))
	}
	return out
}
