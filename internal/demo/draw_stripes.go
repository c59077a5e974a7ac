package demo

import (
	"image"
	"math"
	"strconv"
)

// The years of the bay’s temperature.
const (
	bayFirst = 1900
	bayLast  = 2025
)

// bayTemperature is the mean of a year’s morning measurements, in degrees
// Celsius to a tenth: a slow swing up to 1980, a rise since, and the weather of
// single years. What the article says about single years is set.
func bayTemperature(year int) float64 {
	switch year {
	case 1900:
		return 8.1
	case 1987:
		return 8.0
	case 1998:
		return 9.8 // a summer of which people still speak
	case 2024:
		return 10.4
	case bayLast:
		return 10.2
	}
	x := float64(year)
	mean := 8.21 + 0.27*smooth(1920, 1938, x) + 0.05*math.Sin((x-1925)/9)
	mean += 0.83*smooth(1982, 2006, x) + 0.89*smooth(2000, 2025, x)
	weather := 0.3 * (hash(year, 1900) + hash(year, 1902) - 1)
	if year < 1980 {
		weather *= 1.5 // the early years swing more about less of a rise
	}
	degrees := math.Round((mean+weather)*10) / 10
	if year > 1987 {
		return min(max(degrees, 8.2), 10.3)
	}
	return degrees
}

// stripeInk goes from the cold years to the warm ones.
func stripeInk(degrees float64) rgb {
	scale := []rgb{inkNight, inkDeep, inkSea, inkMist, mix(inkPaper, inkSand, 0.3), mix(inkSand, inkCoral, 0.35), inkCoral, inkBrick, mix(inkBrick, inkNight, 0.45)}
	t := min(max((degrees-7.8)/(10.4-7.8), 0), 1) * float64(len(scale)-1)
	i := min(int(t), len(scale)-2)
	return mix(scale[i], scale[i+1], t-float64(i))
}

// drawStripes is the temperature of the bay, one stripe for a year.
func drawStripes() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(flat(inkPaper))
	const bottom = 862.0
	years := bayLast - bayFirst + 1
	at := func(year int) float64 { return pictureWidth * float64(year-bayFirst) / float64(years) }
	for year := bayFirst; year <= bayLast; year++ {
		k := stripeInk(bayTemperature(year))
		stripe := new(shape).rect(at(year), 0, at(year+1)-at(year)+0.5, bottom)
		c.fill(stripe, flat(k))
		// A screen print is never quite even: each stripe has run a little.
		c.fill(stripe, halftone(mix(k, inkNight, 0.35), 8, func(_, y float64) float64 {
			return 0.34*smooth(480, bottom+80, y) + 0.05*wave(year, y/120)
		}))
	}
	axis := new(shape).rect(0, bottom, pictureWidth, 3)
	for year := 1900; year <= 2020; year += 10 {
		x := (at(year) + at(year+1)) / 2
		long := 12.0
		if year%20 == 0 && year < 2020 { // the last label is that of the last year
			long = 20
			a := centred
			if year == bayFirst {
				a = fromLeft
				x = 18
			}
			c.label(upright(30), strconv.Itoa(year), x, bottom+58, a, inkNight)
			x = (at(year) + at(year+1)) / 2
		}
		axis.rect(x-1.5, bottom, 3, long)
	}
	c.fill(axis, flat(inkNight))
	c.label(upright(30), strconv.Itoa(bayLast), pictureWidth-18, bottom+58, fromRight, inkNight)
	c.label(slanted(27), "Mean temperature of Orlan Bay at the North Mole: 8.1 °C in 1900, 10.4 °C in 2024, 10.2 °C in 2025", 18, 972, fromLeft, inkSea)
	return c.finish()
}
