package demo

import (
	"math"
	"slices"
	"testing"
)

// The stripes show what the article on the bucket says of them.
func TestStripesAgreeWithTheirArticle(t *testing.T) {
	mean := func(from, to int) float64 {
		sum := 0.0
		for year := from; year <= to; year++ {
			sum += bayTemperature(year)
		}
		return math.Round(sum/float64(to-from+1)*10) / 10
	}
	for _, span := range []struct {
		from, to int
		want     float64
	}{
		{1900, 1929, 8.2}, {1930, 1959, 8.5}, {1960, 1989, 8.5}, {1990, 2019, 9.4}, {2020, bayLast, 10.1},
		{bayFirst, bayFirst, 8.1}, {2024, 2024, 10.4}, {bayLast, bayLast, 10.2},
	} {
		if got := mean(span.from, span.to); got != span.want {
			t.Errorf("%d to %d: %.1f degrees, not %.1f", span.from, span.to, got, span.want)
		}
	}
	var years []int
	for year := bayFirst; year <= bayLast; year++ {
		years = append(years, year)
		if d := bayTemperature(year); year > 1987 && d < bayTemperature(bayFirst) || year != 2024 && d >= bayTemperature(2024) {
			t.Errorf("%d has %.1f degrees", year, d)
		}
	}
	slices.SortStableFunc(years, func(a, b int) int { return int(10*bayTemperature(b)) - int(10*bayTemperature(a)) })
	old := 0
	for _, year := range years[:20] {
		if year <= 2000 {
			old++
		}
	}
	if old != 1 {
		t.Errorf("%d of the twenty warmest years lie before 2001, not one", old)
	}
	if bayTemperature(1987) >= bayTemperature(bayFirst) {
		t.Error("1987 is not colder than the first year")
	}
}

func TestBudgetFieldsMakeUpTheWhole(t *testing.T) {
	percent, crowns := 0, 0.0
	for _, f := range budgetFields() {
		percent += f.percent
		crowns += f.crowns()
	}
	if percent != 100 || math.Abs(crowns-budgetCrowns) > 0.01 {
		t.Errorf("%d per cent, %.1f million crowns", percent, crowns)
	}
}

func TestQuartersHaveTheirPlaceOnTheMapAndInTheLegend(t *testing.T) {
	steps := map[rgb]bool{}
	for _, q := range quarters() {
		var border []point
		for i := 0; i < len(q.border); i += 2 {
			border = append(border, point{x: q.border[i], y: q.border[i+1]})
		}
		if !holds(border, q.x, q.y) {
			t.Errorf("the name of %s stands outside of it", q.name)
		}
		if q.rent < 8 || q.rent >= 18 {
			t.Errorf("%s: no step of the legend for %.2f", q.name, q.rent)
		}
		steps[rentInk(q.rent)] = true
	}
	if len(steps) != 5 {
		t.Errorf("%d steps of the legend are used", len(steps))
	}
}

// What lies behind the eye, or far outside of the picture, costs nothing and
// breaks nothing.
func TestAViewShowsOnlyWhatIsBeforeTheEye(t *testing.T) {
	v := view{y: 2, focus: 100, mx: 50, my: 50}
	if s := v.face(-1, 0, -3, 1, 0, -3, 1, 0, -2); len(s.points) != 0 {
		t.Errorf("a face behind the eye has %d corners", len(s.points))
	}
	c := newCanvas(100, 100)
	c.ground(flat(inkNight))
	c.fill(v.face(-1, 0, -3, 1, 0, -3, 1, 0, 50, -1, 0, 50), flat(inkPaper)) // a path from behind to the horizon
	if got := c.img.RGBAAt(50, 90); got.R != inkPaper.r {
		t.Errorf("the path is not there: %v", got)
	}
	if got := c.img.RGBAAt(50, 20); got.R != inkNight.r {
		t.Errorf("the path is in the sky: %v", got)
	}
}

func TestPartsThatAreFlippedStillAddUp(t *testing.T) {
	c := newCanvas(40, 40)
	c.ground(flat(inkNight))
	s := new(shape)
	for _, flip := range []bool{false, true} {
		s.poly(spot{x: 20, y: 20, size: 1, flip: flip}.at(-10, -10, 10, -10, 10, 10, -10, 10)...)
	}
	c.fill(s, flat(inkPaper))
	if got := c.img.RGBAAt(20, 20); got.R != inkPaper.r {
		t.Error("the two halves cut each other out")
	}
}
