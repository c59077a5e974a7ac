package demo

// standing adds somebody who stands still, as a silhouette: feet at the origin,
// a hundred high. Each number gives another coat and another head.
func standing(s *shape, at spot, n int) *shape {
	hem, wide := -30-22*hash(n, 600), 11+3*hash(n, 601)
	s.poly(at.at(-8, hem-2, -1, hem-2, -2, 0, -8, 0)...).poly(at.at(1, hem-2, 8, hem-2, 8, 0, 2, 0)...)
	s.curve(at.at(-8, -3, -1, -3, 0, 1, -11, 1)...).curve(at.at(2, -3, 8, -3, 12, 1, 1, 1)...)
	s.curve(at.at(-4, -87, 4, -87, wide, -81, wide+2, -62, wide, hem, 0, hem+2, -wide, hem, -wide-2, -62, -wide, -81)...)
	s.curve(at.at(wide-3, -80, wide+3, -74, wide+4, -56, wide+1, -42, wide-3, -42, wide-2, -60)...)
	s.curve(at.at(-wide+3, -80, -wide+2, -60, -wide+3, -42, -wide-1, -42, -wide-4, -56, -wide-3, -74)...)
	s.poly(at.at(-3, -92, 3, -92, 3, -84, -3, -84)...)
	head(s, at.inner(0, -95, 1, 0), n)
	if hash(n, 602) > 0.7 { // a bag
		s.poly(at.at(wide, -46, wide+10, -46, wide+11, -32, wide-1, -32)...)
	}
	return s
}

// head adds a head of somebody a hundred high: bare, in a hat, in a cap or with
// long hair.
func head(s *shape, at spot, n int) {
	s.curve(at.at(-6, -1, -4.5, -7, 0, -9, 4.5, -7, 6, -1, 4, 5, 0, 8, -4, 5)...)
	switch int(hash(n, 603) * 5) {
	case 0:
		s.poly(at.at(-11, -3, 11, -3, 10, -5, -10, -5)...).curve(at.at(-6, -4, -6, -11, 0, -13, 6, -11, 6, -4)...)
	case 1:
		s.curve(at.at(-7, -2, -6, -9, 0, -12, 6, -9, 7, -2, 0, -4)...).circle(at.x, at.y-12*at.size, 2.2*at.size)
	case 2:
		s.curve(at.at(-6, -6, 0, -10, 6, -6, 8, 2, 7, 11, -7, 11, -8, 2)...)
	case 3:
		s.circle(at.x-4*at.size, at.y-8*at.size, 3.6*at.size)
	}
}

// walking adds somebody on the way, from the side, feet at the origin, a hundred
// high, towards the right unless the spot is flipped. Lean is how far they bend
// forward, in radians.
func walking(s *shape, at spot, n int, lean float64) *shape {
	stride := 10 + 8*hash(n, 610)
	s.poly(at.at(-4, -48, 4, -48, stride+3, -2, stride-4, -2)...).poly(at.at(-4, -48, 4, -48, -stride+5, -22, -stride-6, -3, -stride-11, -6, -stride-2, -26)...)
	s.curve(at.at(stride-4, -4, stride+3, -4, stride+11, 0, stride-4, 1)...)
	s.curve(at.at(-stride-12, -7, -stride-6, -5, -stride-2, 0, -stride-8, 0)...)
	hip := at.inner(0, -46, 1, lean)
	if at.flip {
		hip = at.inner(0, -46, 1, -lean)
	}
	s.curve(hip.at(-9, 8, -10, -16, -8, -36, 0, -42, 7, -36, 10, -18, 9, 10, 0, 12)...)
	s.poly(hip.at(-3, -46, 3, -46, 3, -38, -3, -38)...)
	head(s, hip.inner(1.5, -49, 1, 0), n)
	swing := 0.5 - hash(n, 611)
	arm := hip.inner(0, -34, 1, swing*0.8)
	s.curve(arm.at(-4, 0, 4, 0, 5, 16, 9, 34, 4, 36, -2, 18)...)
	return s
}
