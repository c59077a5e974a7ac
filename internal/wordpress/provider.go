package wordpress

import (
	"html"
	"net/url"
	"slices"
	"strings"
)

// providers are the hosts whose addresses WordPress shows as what they lead to
// when one stands alone in a line, with what the path of such an address holds.
var providers = map[string][]string{
	"youtube.com":      {"/watch", "/playlist", "/shorts/", "/live/", "/embed/", "/v/"},
	"youtu.be":         {"/"},
	"vimeo.com":        {"/"},
	"x.com":            {"/status/", "/statuses/"},
	"twitter.com":      {"/status/", "/statuses/"},
	"instagram.com":    {"/p/", "/reel/", "/tv/"},
	"facebook.com":     {"/posts/", "/videos/", "/watch", "/photo"},
	"tiktok.com":       {"/video/"},
	"soundcloud.com":   {"/"},
	"open.spotify.com": {"/"},
	"dailymotion.com":  {"/video/"},
	"dai.ly":           {"/"},
	"bsky.app":         {"/post/"},
}

// shownByItself reports whether text is nothing but the address of something at
// one of the providers.
func shownByItself(text string) bool {
	const longest = 2000
	if !strings.HasPrefix(text, "http") || len(text) > longest || strings.ContainsAny(text, " \t\n<>\"[]") {
		return false
	}
	u, err := url.Parse(html.UnescapeString(text))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || len(u.Path) < 2 {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "m.", "mobile.", "player."} {
		host = strings.TrimPrefix(host, prefix)
	}
	return slices.ContainsFunc(providers[host], func(part string) bool { return strings.Contains(u.Path, part) })
}

// bareParagraph is the address that a paragraph element consists of; "" when it
// holds anything else.
func bareParagraph(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "<p>") && !strings.HasPrefix(s, "<p ") {
		return ""
	}
	_, rest, _ := strings.Cut(s, ">")
	inner, ok := strings.CutSuffix(rest, "</p>")
	if inner = strings.TrimSpace(inner); !ok || !shownByItself(inner) {
		return ""
	}
	return inner
}
