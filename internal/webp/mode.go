package webp

// Modes are written by trees with fixed chances in key frames: RFC 6386, sections
// 11.2 to 11.5. A way is the decisions that lead to a mode.
type way []struct {
	fork uint8
	yes  bool
}

// wholeWays, with wholeChances, lead to the modes of a macroblock's brightness.
var (
	wholeChances = [4]uint8{145, 156, 163, 128}
	wholeWays    = [wholeModes + 1]way{
		fromMean:  {{0, true}, {1, false}, {2, false}},
		fromAbove: {{0, true}, {1, false}, {2, true}},
		fromLeft:  {{0, true}, {1, true}, {3, false}},
		fromBoth:  {{0, true}, {1, true}, {3, true}},
		subMode:   {{0, false}},
	}
)

var (
	chromaChances = [3]uint8{142, 114, 183}
	chromaWays    = [wholeModes]way{
		fromMean:  {{0, false}},
		fromAbove: {{0, true}, {1, false}},
		fromLeft:  {{0, true}, {1, true}, {2, false}},
		fromBoth:  {{0, true}, {1, true}, {2, true}},
	}
)

// subWays are for subModeProbs.
var subWays = [subModes]way{
	fromMean:       {{0, false}},
	fromBoth:       {{0, true}, {1, false}},
	fromAbove:      {{0, true}, {1, true}, {2, false}},
	fromLeft:       {{0, true}, {1, true}, {2, true}, {3, false}, {4, false}},
	downRight:      {{0, true}, {1, true}, {2, true}, {3, false}, {4, true}, {5, false}},
	verticalRight:  {{0, true}, {1, true}, {2, true}, {3, false}, {4, true}, {5, true}},
	downLeft:       {{0, true}, {1, true}, {2, true}, {3, true}, {6, false}},
	verticalLeft:   {{0, true}, {1, true}, {2, true}, {3, true}, {6, true}, {7, false}},
	horizontalDown: {{0, true}, {1, true}, {2, true}, {3, true}, {6, true}, {7, true}, {8, false}},
	horizontalUp:   {{0, true}, {1, true}, {2, true}, {3, true}, {6, true}, {7, true}, {8, true}},
}

func (w way) cost(chances []uint8) (cost int) {
	for _, d := range w {
		cost += costOf(d.yes, chances[d.fork])
	}
	return cost
}

func (w way) write(b *boolWriter, chances []uint8) {
	for _, d := range w {
		b.put(d.yes, chances[d.fork])
	}
}

// The costs of all modes, which never change.
var (
	wholeCost = func() (cost [wholeModes + 1]uint16) {
		for mode, w := range wholeWays {
			cost[mode] = uint16(w.cost(wholeChances[:]))
		}
		return cost
	}()
	chromaCost = func() (cost [wholeModes]uint16) {
		for mode, w := range chromaWays {
			cost[mode] = uint16(w.cost(chromaChances[:]))
		}
		return cost
	}()
	// subCost is by the mode above, the mode to the left, the mode.
	subCost = func() (cost [subModes][subModes][subModes]uint16) {
		for above := range subModes {
			for left := range subModes {
				for mode, w := range subWays {
					cost[above][left][mode] = uint16(w.cost(subModeProbs[above][left][:]))
				}
			}
		}
		return cost
	}()
)
