package news

import (
	"fmt"
	"strings"
)

// colourProblem says what is wrong with a colour as a setting, "" when nothing
// is. Whether it can be read on the theme's backgrounds, the theme knows.
func colourProblem(s string) string {
	if s == "" || len(s) == 7 && s[0] == '#' && strings.Trim(s[1:], "0123456789abcdefABCDEF") == "" {
		return ""
	}
	return fmt.Sprintf("%q is no colour; write one like \"#1d4f91\"", s)
}
