package demo

import (
	"fmt"
	"image"
	"strings"
)

// budgetCrowns is the city’s budget, in millions.
const budgetCrowns = 1240

// budgetField is a part of the city’s budget.
type budgetField struct {
	name    string
	percent int
	k       rgb
}

// budgetFields are the figures of the chart; the article's table has the same.
func budgetFields() []budgetField {
	return []budgetField{
		{"Schools", 31, inkSea},
		{"Care and social work", 24, inkDeep},
		{"Streets and trams", 17, inkCoral},
		{"Housing", 12, inkOchre},
		{"Administration and interest", 10, mix(inkNight, inkMist, 0.45)},
		{"Culture and sport", 6, inkMoss},
	}
}

// crowns is the field’s money, in millions.
func (f budgetField) crowns() float64 { return budgetCrowns * float64(f.percent) / 100 }

// drawBudgetChart is the budget as a hundred coins in rows, with a bar for each
// field.
func drawBudgetChart() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(flat(inkPaper))
	c.fill(new(shape).rect(90, 70, 70, 10), flat(inkCoral))
	c.label(upright(52), "Of every hundred crowns", 90, 140, fromLeft, inkNight)
	c.label(slanted(32), "The city’s budget of 1,240 million crowns, by field", 90, 192, fromLeft, inkDeep)
	const left, top, pitch, r = 118.0, 276.0, 63.0, 27.0
	coin := 0
	for _, f := range budgetFields() {
		coins, rims := new(shape), new(shape)
		for range f.percent {
			x, y := left+float64(coin%10)*pitch, top+float64(coin/10)*pitch
			coins.circle(x, y, r)
			rims.circle(x, y, r-4).hole(x, y, r-6.5)
			coin++
		}
		c.fill(coins.moved(3, 4), thin(inkNight, 0.3))
		c.fill(coins, flat(f.k))
		c.fill(coins, halftone(mix(f.k, inkNight, 0.5), 8, func(_, y float64) float64 {
			row := (y - top + pitch/2) / pitch
			return 0.5 * (row - float64(int(row)))
		}))
		c.fill(rims, thin(mix(f.k, inkPaper, 0.75), 0.8))
	}
	c.budgetBars(840)
	c.label(slanted(27), "Source: city of Kelmouth, draft budget; one coin is 12.4 million crowns", 90, 958, fromLeft, inkSea)
	return c.finish()
}

// budgetBars name the fields beside the coins, from x to the right.
func (c *canvas) budgetBars(x float64) {
	const top, step, scale = 262.0, 104.0, 18.4
	for i, f := range budgetFields() {
		y := top + step*float64(i)
		bar := new(shape).rect(x, y+18, scale*float64(f.percent), 34)
		c.fill(bar, flat(f.k))
		c.fill(bar, halftone(mix(f.k, inkNight, 0.5), 8, func(px, _ float64) float64 { return 0.55 * (px - x) / (scale * 31) }))
		c.label(upright(30), f.name, x+8, y+2, fromLeft, inkNight)
		money := strings.TrimSuffix(fmt.Sprintf("%.1f", f.crowns()), ".0")
		c.label(upright(34), fmt.Sprintf("%d %%", f.percent), x+scale*float64(f.percent)+16, y+46, fromLeft, inkNight)
		if i == 0 {
			money += " million"
		}
		c.label(slanted(28), money, 1520, y+2, fromRight, inkDeep)
	}
	c.fill(new(shape).rect(x-3, top-22, 3, step*6-12), flat(inkNight))
}
