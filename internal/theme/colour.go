package theme

import (
	"fmt"
	"math"
	"strconv"
)

// RGB is a colour of sRGB: red, green and blue. In text it is "#rrggbb".
type RGB [3]uint8

// ParseRGB reads "#rrggbb", in large or small letters.
func ParseRGB(s string) (RGB, error) {
	if len(s) == 7 && s[0] == '#' {
		if n, err := strconv.ParseUint(s[1:], 16, 32); err == nil {
			return RGB{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
		}
	}
	return RGB{}, fmt.Errorf("%q is no colour; write one like \"#1d4f91\"", s)
}

// UnmarshalText reads what [RGB.String] writes.
func (c *RGB) UnmarshalText(b []byte) (err error) {
	*c, err = ParseRGB(string(b))
	return err
}

// String is the colour as "#rrggbb", in small letters.
func (c RGB) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// LeastContrast is what text of ordinary size must have against its background
// (WCAG 2.2, success criterion 1.4.3, level AA).
const LeastContrast = 4.5

// Contrast is the ratio between the lighter and the darker of two colours, from 1
// for equal ones to 21 for black and white (WCAG 2.2, "contrast ratio").
func Contrast(a, b RGB) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2, from 0 for black to 1 for
// white.
func (c RGB) luminance() float64 {
	linear := func(part uint8) float64 {
		v := float64(part) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

// readable says in words what is wrong with c as text on these backgrounds; ""
// when nothing is.
func (c RGB) readable(on []RGB) string { return c.unreadable(on).English }

// unreadable is the first background on which c can't be read as text; a zero
// problem where there is none.
func (c RGB) unreadable(on []RGB) ChoiceProblem {
	for _, ground := range on {
		if ratio := Contrast(c, ground); ratio < LeastContrast {
			ratio = math.Floor(ratio*100) / 100
			words := fmt.Sprintf("%s on %s has a contrast of %.2f to 1; text needs at least %.1f to 1 to be read by everybody (WCAG 2.2, 1.4.3)", c, ground, ratio, LeastContrast)
			return ChoiceProblem{words, ground, ratio}
		}
	}
	return ChoiceProblem{}
}
