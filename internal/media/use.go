package media

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Use is what a theme wants of pictures in one kind of place, such as a card or
// the top of an article: how they are cut, and in which widths they come.
type Use struct {
	Shape  Shape  `toml:"shape"`
	Widths []int  `toml:"widths"` // in pixels, ascending; wider than the original is never made
	Sizes  string `toml:"sizes"`  // how wide it is shown, as HTML's sizes attribute says it; "" for the whole window
}

// Shape is the proportion that a picture is cut to; zero leaves it as it is. In
// text it is "3:2", or "".
type Shape struct{ W, H int }

// UnmarshalText reads what [Shape.String] writes.
func (s *Shape) UnmarshalText(b []byte) error {
	*s = Shape{}
	if len(b) == 0 {
		return nil
	}
	w, h, _ := strings.Cut(string(b), ":")
	var errW, errH error
	s.W, errW = strconv.Atoi(w)
	s.H, errH = strconv.Atoi(h)
	if errW != nil || errH != nil || s.W < 1 || s.H < 1 || s.W > 100 || s.H > 100 {
		return fmt.Errorf("%q is no shape; write one like \"3:2\"", b)
	}
	return nil
}

// String is the shape as it is written in themes, as "3:2".
func (s Shape) String() string {
	if s == (Shape{}) {
		return ""
	}
	return fmt.Sprintf("%d:%d", s.W, s.H)
}

// Check says what is wrong with u.
func (u Use) Check() error {
	if len(u.Widths) == 0 || len(u.Widths) > 12 || !slices.IsSorted(u.Widths) || u.Widths[0] < 16 || u.Widths[len(u.Widths)-1] > 4000 {
		return fmt.Errorf("widths must be 1 to 12 numbers from 16 to 4000, in ascending order")
	}
	return nil
}
