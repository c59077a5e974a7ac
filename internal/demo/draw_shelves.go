package demo

import "image"

// drawShelves is a wall of books with a reader's lamp.
func drawShelves() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(flat(mix(inkDeep, inkNight, 0.35)))
	for row := range 3 {
		c.shelf(row, 318+float64(row)*312)
	}
	c.light(mix(inkOchre, inkPaper, 0.5), 1180, 610, 620, 0.42)
	c.wash(0, 1000, func(x, y int) (rgb, float64) {
		dx, dy := float64(x-1100)/1250, float64(y-560)/900
		return inkNight, 0.62 * smooth(0.25, 1, dx*dx+dy*dy)
	})
	c.deskLamp(1180, 1000)
	return c.finish()
}

// shelf is a board with books standing on it.
func (c *canvas) shelf(row int, base float64) {
	colours := []rgb{inkBrick, inkOchre, inkSea, inkCoral, inkMoss, inkSand, inkDeep, inkPaper, inkMist, mix(inkBrick, inkNight, 0.4)}
	for x, i := 20.0-30*float64(row), 0; x < 1600; i++ {
		w, h := 24+44*hash(i, row+200)*hash(i, row+201), 178+86*hash(i, row+210)
		if hash(i, row+220) > 0.93 {
			x += 46 // where one is lent
			continue
		}
		k := colours[int(hash(i, row+230)*10)]
		book := new(shape).rect(x, base-h, w, h)
		if hash(i, row+240) > 0.94 {
			book = new(shape).poly(x+34, base-h, x+34+w, base-h+7, x+w, base, x, base-6)
			x += 40
		}
		c.fill(book, flat(k))
		c.spine(i, row, book, k)
		x += w + 2.5
	}
	c.fill(new(shape).rect(0, base, 1600, 24), flat(mix(inkSand, inkBrick, 0.45)))
	c.fill(new(shape).rect(0, base+24, 1600, 22), thin(inkNight, 0.5))
}

// spine puts bands or a label on a book's back.
func (c *canvas) spine(i, row int, book *shape, k rgb) {
	x, w, top, h := book.minX, book.maxX-book.minX, book.minY, book.maxY-book.minY
	c.fill(book, stipple(func(px, _ int) (rgb, float64) { return inkNight, 0.5 * smooth(0.45, 1, (float64(px)-x)/w) }))
	if book.points[0].x != book.points[3].x {
		return // a leaning one shows no level bands
	}
	light := mix(k, inkPaper, 0.75)
	if k == inkPaper || k == inkSand || k == inkMist {
		light = inkBrick
	}
	s := new(shape)
	switch int(hash(i, row+250) * 4) {
	case 0:
		s.rect(x, top+22, w, 5).rect(x, top+32, w, 3).rect(x, top+h-34, w, 5)
	case 1:
		s.rect(x+w*0.2, top+40, w*0.6, h*0.3)
	case 2:
		s.rect(x+w*0.44, top+30, w*0.14+2, h*0.5)
	default:
		s.rect(x, top+18, w, 26)
	}
	c.fill(s, thin(light, 0.85))
}

// deskLamp stands at the lower edge with an open book under it.
func (c *canvas) deskLamp(x, base float64) {
	c.fill(new(shape).rect(0, base-72, 1600, 72), flat(mix(inkBrick, inkNight, 0.55)))
	c.fill(new(shape).rect(0, base-72, 1600, 8), flat(mix(inkBrick, inkSand, 0.25)))
	c.fill(new(shape).poly(x-150, base-290, x+150, base-290, x+360, base-70, x-480, base-70), func(_, y int) (rgb, float64) {
		return mix(inkOchre, inkPaper, 0.6), 0.34 * smooth(base-20, base-300, float64(y))
	})
	c.fill(new(shape).line(x+30, base-80, x+30, base-380, 12).ellipse(x+30, base-74, 96, 16), flat(inkNight))
	c.fill(new(shape).curve(x-150, base-290, x-100, base-372, x, base-404, x+100, base-372, x+150, base-290, x, base-282), flat(mix(inkMoss, inkDeep, 0.35)))
	c.fill(new(shape).ellipse(x, base-289, 140, 11), flat(mix(inkOchre, inkPaper, 0.75)))
	c.fill(new(shape).poly(x-420, base-66, x-410, base-92, x-250, base-104, x-205, base-90, x-160, base-104, x-6, base-92, x+4, base-66), flat(mix(inkPaper, inkSand, 0.3)))
	c.fill(new(shape).curve(x-408, base-94, x-330, base-118, x-250, base-116, x-206, base-94, x-206, base-82, x-250, base-98, x-330, base-102), flat(inkPaper))
	c.fill(new(shape).curve(x-206, base-94, x-160, base-116, x-90, base-118, x-8, base-94, x-90, base-102, x-160, base-98, x-206, base-82), flat(inkPaper))
}
