package webp

import "math"

// Costs are counted in 256ths of a bit.

// bitCost is what a decision costs whose answer has a chance of i of 256.
var bitCost = func() (cost [257]uint16) {
	cost[0] = 8 * 256
	for i := 1; i <= 256; i++ {
		cost[i] = uint16(math.Round(-256 * math.Log2(float64(i)/256)))
	}
	return cost
}()

func costOf(yes bool, chance uint8) int {
	if yes {
		return int(bitCost[256-int(chance)])
	}
	return int(bitCost[chance])
}

// steps is how many levels a table of costs tells apart: from the last on, only the
// bits above it differ.
const steps = 68

// costs is what levels cost at each place, with the probabilities that the
// picture is expected to have.
type costs struct {
	// level includes the sign and, but after a zero, that there is more to come.
	level [planes][bandCount][contexts][steps]uint16
	more  [planes][bandCount][contexts]uint16
	end   [planes][bandCount][contexts]uint16
}

// learn sets the costs by probabilities.
func (c *costs) learn(p *probabilities) {
	at := 0
	for plane := range planes {
		for band := range bandCount {
			for context := range contexts {
				chances := (*[forks]uint8)(p[at : at+forks])
				more := costOf(true, chances[0])
				c.more[plane][band][context] = uint16(more)
				c.end[plane][band][context] = uint16(costOf(false, chances[0]))
				if context == 0 {
					more = 0
				}
				learnLevels(&c.level[plane][band][context], more, chances)
				at += forks
			}
		}
	}
}

// learnLevels sets the costs of one place's levels; each includes also.
func learnLevels(cost *[steps]uint16, also int, chances *[forks]uint8) {
	yes := func(i int) int { return costOf(true, chances[i]) }
	no := func(i int) int { return costOf(false, chances[i]) }
	cost[0] = uint16(also + no(1))
	also += yes(1) + 256
	cost[1] = uint16(also + no(2))
	also += yes(2)
	few := also + no(3)
	cost[2] = uint16(few + no(4))
	cost[3] = uint16(few + yes(4) + no(5))
	cost[4] = uint16(few + yes(4) + yes(5))
	also += yes(3)
	small, large := also+no(6), also+yes(6)
	tree := [len(categories)]int{
		small + no(7), small + yes(7),
		large + no(8) + no(9), large + no(8) + yes(9),
		large + yes(8) + no(10), large + yes(8) + yes(10),
	}
	for v := 5; v < steps; v++ {
		for i := len(tree) - 1; ; i-- {
			if v >= int(categories[i].lowest) {
				cost[v] = uint16(tree[i] + int(restCost[v]))
				break
			}
		}
	}
}

// restCost is what a level's bits above the lowest of its category cost.
var restCost = func() (cost [highest + 1]uint16) {
	for v := int16(5); v <= highest; v++ {
		c := categoryOf(v)
		for i, chance := range c.chances {
			cost[v] += uint16(costOf((v-c.lowest)>>(len(c.chances)-1-i)&1 == 1, chance))
		}
	}
	return cost
}()

// block is what a block's first n levels cost, from the first on; all behind them
// are 0.
func (c *costs) block(levels *[16]int16, n, plane, first int, context uint8) int {
	if n <= first {
		return int(c.end[plane][bands[first]][context])
	}
	cost := 0
	if context == 0 {
		cost = int(c.more[plane][bands[first]][0])
	}
	for i := first; i < n; i++ {
		v := int(levels[i&15])
		v = max(v, -v)
		at := &c.level[plane][bands[i&15]][context]
		if v < steps {
			cost += int(at[v])
		} else {
			cost += int(at[steps-1]) + int(restCost[v]) - int(restCost[steps-1])
		}
		context = uint8(min(v, 2))
	}
	if n < 16 {
		cost += int(c.end[plane][bands[n]][context])
	}
	return cost
}
