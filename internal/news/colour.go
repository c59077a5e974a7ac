package news

import "strings"

// isColour holds for a colour as a setting, and for none. Whether it can be read on
// the theme's backgrounds, the theme knows.
func isColour(s string) bool {
	return s == "" || len(s) == 7 && s[0] == '#' && strings.Trim(s[1:], "0123456789abcdefABCDEF") == ""
}
