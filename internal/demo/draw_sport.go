package demo

import (
	"image"
	"math"
	"strconv"
)

// drawRegatta is a fleet under sail off the islands.
func drawRegatta() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	const horizon = 560.0
	c.wash(0, int(horizon), fade(0, horizon, mix(inkMist, inkSea, 0.3), inkPaper))
	c.fill(new(shape).circle(330, 200, 92), flat(inkOchre))
	c.wash(0, int(horizon), halftone(inkSea, 12, func(x, y float64) float64 {
		return 0.5 * smooth(420, -60, y+60*wave(60, x/300))
	}))
	c.fill(new(shape).below(700, 1600, horizon, func(x float64) float64 {
		return horizon - 120*smooth(700, 1100, x)*smooth(1700, 1250, x) - 14*ridge(61, x/110)*smooth(700, 800, x)
	}), flat(mix(inkSea, inkMist, 0.4)))
	c.wash(int(horizon), 1000, flat(mix(inkSea, inkMist, 0.2)))
	sails := []rgb{inkPaper, inkCoral, inkPaper, inkSand, inkPaper, inkOchre, inkPaper}
	for i, k := range sails {
		c.yacht(120+float64(i)*220+30*hash(i, 62), horizon+16+20*hash(i, 63), 0.28+0.1*hash(i, 64), k)
	}
	for i := range 5 {
		top := horizon + 56 + 84*float64(i)
		k := mix(mix(inkSea, inkMist, 0.2), inkDeep, float64(i+1)/5)
		c.cut(new(shape).below(0, 1600, min(1000, top+190), func(x float64) float64 {
			t := x/(150+30*float64(i)) + float64(i)*0.37
			return top - (9+4*float64(i))*math.Abs(math.Sin(t*math.Pi/2)) - 6*wave(65+i, x/260)
		}), k, mix(k, inkNight, 0.35), 0.1)
		switch i {
		case 0:
			c.yacht(1130, top+46, 0.85, inkOchre)
		case 1:
			c.yacht(330, top+58, 1.15, inkCoral)
		case 2:
			c.yacht(820, top+80, 1.5, inkPaper)
		}
	}
	return c.finish()
}

// yacht sails to the right, heeling; x, y is the middle of her water line.
func (c *canvas) yacht(x, y, size float64, sail rgb) {
	const heel = 0.16
	s := func(xy ...float64) *shape {
		for i := 0; i < len(xy); i += 2 {
			px, py := xy[i], xy[i+1]
			xy[i], xy[i+1] = x+(px*math.Cos(heel)-py*math.Sin(heel))*size, y+(px*math.Sin(heel)+py*math.Cos(heel))*size
		}
		return new(shape).poly(xy...)
	}
	c.fill(s(-96, -30, 112, -40, 74, 12, -78, 12), flat(inkNight))
	c.fill(s(-95, -24, 108, -33, 103, -26, -93, -17), flat(inkCoral))
	main := s(-4, -58, -4, -420, -26, -340, -62, -210, -104, -66)
	jib := s(8, -56, 2, -372, 34, -250, 74, -130, 106, -52)
	c.fill(main, flat(sail))
	c.fill(jib, flat(mix(sail, inkPaper, 0.45)))
	shade := func(px, _ int) (rgb, float64) {
		return inkDeep, 0.45 * smooth(30*size, -130*size, float64(px)-x-40*size)
	}
	c.fill(main, stipple(shade))
	c.fill(s(-12, -300, -5, -300, -5, -284, -18, -284), thin(inkDeep, 0.4))
	c.fill(s(-3, -420, 4, -420, 4, -40, -3, -40), flat(inkNight))
	c.fill(s(-108, -62, 0, -66, 0, -60, -108, -56), flat(inkNight))
	if size > 0.5 {
		c.fill(new(shape).circle(x-52*size, y-58*size, 9*size).circle(x-22*size, y-52*size, 9*size), flat(inkBrick))
		c.fill(s(-64, -46, -42, -46, -42, -28, -64, -28), flat(inkOchre))
		c.fill(s(-32, -46, -12, -46, -12, -30, -32, -30), flat(inkPaper))
	}
}

// drawPitch is a football pitch from above, with an attack on it.
func drawPitch() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	dark, light := mix(inkMoss, inkDeep, 0.4), mix(inkMoss, inkDeep, 0.22)
	c.ground(func(x, _ int) (rgb, float64) {
		if x/134%2 == 0 {
			return dark, 1
		}
		return light, 1
	})
	c.wash(0, 1000, halftone(inkNight, 12, func(x, y float64) float64 {
		return 0.34 * smooth(0.4, 1.1, math.Sqrt((x-900)*(x-900)/1e6+(y-470)*(y-470)/4.1e5))
	}))
	c.fill(pitchLines(), thin(inkPaper, 0.9))
	c.moves()
	home := [][2]float64{{700, 250}, {760, 520}, {660, 760}, {980, 380}, {1130, 690}, {1245, 300}, {420, 430}, {400, 640}}
	away := [][2]float64{{1060, 270}, {1130, 470}, {1300, 560}, {1220, 770}, {900, 610}, {830, 330}, {1330, 380}}
	for i, p := range home {
		c.player(p[0], p[1], inkCoral, strconv.Itoa([]int{3, 8, 6, 10, 7, 9, 4, 5}[i]))
	}
	for i, p := range away {
		c.player(p[0], p[1], inkPaper, strconv.Itoa(i+2))
	}
	c.player(1496, 500, inkOchre, "1")
	c.fill(new(shape).circle(1306, 302, 14), flat(inkNight))
	c.fill(new(shape).circle(1305, 300, 12), flat(inkPaper))
	return c.finish()
}

func pitchLines() *shape {
	s := new(shape)
	box := func(x, y, w, h float64) {
		s.line(x, y, x+w, y, 6).line(x+w, y, x+w, y+h, 6).line(x+w, y+h, x, y+h, 6).line(x, y+h, x, y, 6)
	}
	box(-120, 70, 1660, 860)
	box(1280, 250, 260, 500)
	box(1430, 370, 110, 260)
	s.line(710, 70, 710, 930, 6)
	s.circle(710, 500, 150).hole(710, 500, 144).circle(710, 500, 9).circle(1360, 500, 8)
	for i := range 24 { // the arc before the box
		a, b := math.Pi-0.98+1.96*float64(i)/24, math.Pi-0.98+1.96*float64(i+1)/24
		s.line(1360+146*math.Cos(a), 500+146*math.Sin(a), 1360+146*math.Cos(b), 500+146*math.Sin(b), 6)
	}
	return s
}

// moves are the passes that led to the goal: dashes for the ball, and the run.
func (c *canvas) moves() {
	dash := func(x0, y0, x1, y1, bend float64) {
		s := new(shape)
		at := func(t float64) (float64, float64) {
			b := 4 * bend * t * (1 - t)
			return x0 + (x1-x0)*t, y0 + (y1-y0)*t - b
		}
		for i := range 12 {
			ax, ay := at(float64(i) / 12)
			bx, by := at((float64(i) + 0.55) / 12)
			s.line(ax, ay, bx, by, 7)
		}
		ax, ay := at(0.95)
		d := math.Hypot(x1-ax, y1-ay)
		ux, uy := (x1-ax)/d, (y1-ay)/d
		s.poly(x1+10*ux, y1+10*uy, x1-22*ux-15*uy, y1-22*uy+15*ux, x1-22*ux+15*uy, y1-22*uy-15*ux)
		c.fill(s, flat(inkOchre))
	}
	dash(420, 430, 730, 515, 0)
	dash(790, 505, 955, 395, 0)
	dash(1010, 365, 1215, 300, 50)
	dash(1310, 310, 1525, 440, 40)
}

// player is a numbered counter with a long shadow.
func (c *canvas) player(x, y float64, shirt rgb, number string) {
	c.fill(new(shape).line(x, y, x-58, y+52, 46).circle(x-58, y+52, 23), thin(inkNight, 0.25))
	c.fill(new(shape).circle(x, y+3, 27), flat(mix(shirt, inkNight, 0.5)))
	c.fill(new(shape).circle(x, y-2, 26), flat(shirt))
	c.fill(new(shape).circle(x, y-2, 22).hole(x, y-2, 20), thin(inkNight, 0.35))
	c.label(upright(26), number, x, y+8, centred, inkNight)
}

// drawFish is the morning's catch on ice.
func drawFish() *image.RGBA {
	c := newCanvas(pictureWidth, pictureHeight)
	c.ground(fade(0, 1000, inkSky, mix(inkSky, inkMist, 0.6)))
	ice := new(shape)
	for i := range 420 {
		x, y, r := hash(i, 300)*1600, hash(i, 301)*1000, 8+20*hash(i, 302)
		a := hash(i, 303) * 6
		ice.poly(x+r*math.Cos(a), y+r*math.Sin(a), x+r*math.Cos(a+1.7), y+r*math.Sin(a+1.7), x+r*0.8*math.Cos(a+3.6), y+r*0.8*math.Sin(a+3.6))
	}
	c.fill(ice, thin(inkPaper, 0.7))
	c.fill(ice.moved(4, 6), thin(inkSea, 0.12))
	for row := range 6 {
		for i := range 5 {
			x := -40 + float64(i)*400 + float64(row%2)*-200 + 14*hash(i, row+310)
			y := 90 + float64(row)*166 + 12*hash(i, row+320)
			k := mix(inkDeep, inkSea, hash(i, row+330))
			if row == 3 && i == 2 {
				k = inkCoral
			}
			c.oneFish(x, y, k, hash(i, row+340)*0.16-0.08)
		}
	}
	return c.finish()
}

// oneFish lies with its head to the right, turned a little.
func (c *canvas) oneFish(x, y float64, k rgb, turn float64) {
	at := func(xy ...float64) []float64 {
		for i := 0; i < len(xy); i += 2 {
			px, py := xy[i], xy[i+1]
			xy[i], xy[i+1] = x+px*math.Cos(turn)-py*math.Sin(turn), y+px*math.Sin(turn)+py*math.Cos(turn)
		}
		return xy
	}
	body := at(-118, 0, -60, -36, 30, -56, 120, -44, 176, -8, 184, 6, 160, 24, 90, 46, 10, 50, -70, 26)
	tail := at(-104, 4, -150, 36, -190, 58, -172, 0, -190, -62, -150, -42, -104, -6)
	whole := new(shape).curve(body...).curve(tail...)
	whole.poly(at(-20, -46, 26, -86, 70, -52)...).poly(at(0, 46, -6, 80, 44, 50)...)
	c.fill(whole.moved(6, 14), thin(inkNight, 0.22))
	c.fill(whole, flat(k))
	belly := new(shape).curve(at(-100, 6, -20, 12, 80, 14, 176, 8, 150, 26, 90, 44, 10, 48, -66, 24)...)
	c.fill(belly, flat(mix(inkPaper, k, 0.12)))
	marks := new(shape)
	for i := range 9 {
		d := float64(i)*20 - 76
		h := 30 - 1.5*math.Abs(float64(i)-5)*2
		marks.path(5, at(d, -h-8, d+9, -h*0.55, d+1, -4)...)
	}
	c.fill(marks, thin(inkNight, 0.45))
	c.fill(whole, halftone(inkNight, 8, func(px, py float64) float64 { return 0.35 * smooth(y, y-70, py) }))
	c.fill(new(shape).path(4, at(112, -40, 98, -8, 110, 34)...), thin(inkNight, 0.6))
	eye := at(142, -16)
	c.fill(new(shape).circle(eye[0], eye[1], 12), flat(inkPaper))
	c.fill(new(shape).circle(eye[0]+1, eye[1], 7), flat(inkNight))
}
