package ads

import (
	"math/bits"
	"slices"
	"sort"
	"time"
)

// Set is every creative there is. It is built once, never changes, and is safe
// for use by many goroutines.
type Set struct {
	placements map[string][]period
	creatives  []*Creative
	pictures   map[string]served // by URL
}

// period is a time within which the same creatives of a placement are in
// flight, up to the start of the next one.
type period struct {
	from      time.Time
	creatives []*Creative
	upTo      []uint64 // sums of the weights so far
}

// NewSet builds a set. Creatives with a weight below 1 are left out. It needs
// memory for each creative in each of its placement's periods, of which there
// are at most two for each flight.
func NewSet(creatives []Creative) *Set {
	s := &Set{placements: map[string][]period{}}
	by := map[string][]*Creative{}
	for _, c := range creatives {
		if c.Weight >= 1 {
			by[c.Placement] = append(by[c.Placement], &c)
			s.creatives = append(s.creatives, &c)
		}
	}
	for name, list := range by {
		s.placements[name] = periods(list)
	}
	return s
}

// periods cuts time at every start and end of a flight.
func periods(list []*Creative) []period {
	cuts := []time.Time{{}}
	for _, c := range list {
		cuts = append(cuts, c.Start)
		if !c.End.IsZero() {
			cuts = append(cuts, c.End)
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	out := make([]period, 0, len(cuts))
	for _, from := range cuts {
		p := period{from: from}
		sum := uint64(0)
		for _, c := range list {
			if c.InFlight(from) {
				sum += uint64(c.Weight)
				p.creatives, p.upTo = append(p.creatives, c), append(p.upTo, sum)
			}
		}
		out = append(out, p)
	}
	return out
}

// Draw picks a creative for one view of a placement, each with the chance that
// its weight has among those in flight at now. Random is a number from anywhere
// in uint64's range, each equally likely. It is nil where there is nothing to
// show. The cost grows with the logarithm of the number of creatives, and
// nothing is allocated.
func (s *Set) Draw(placement string, now time.Time, random uint64) *Creative {
	times := s.placements[placement]
	i := sort.Search(len(times), func(i int) bool { return times[i].from.After(now) }) - 1
	if i < 0 || len(times[i].creatives) == 0 {
		return nil
	}
	p := &times[i]
	// The high half of the product spreads random evenly over the weights.
	point, _ := bits.Mul64(random, p.upTo[len(p.upTo)-1])
	return p.creatives[sort.Search(len(p.upTo), func(i int) bool { return p.upTo[i] > point })]
}

// Creatives lists all, in flight or not. They are not to be changed.
func (s *Set) Creatives() []*Creative { return s.creatives }

// Placements lists the placements that have creatives, in flight or not, by
// name.
func (s *Set) Placements() []string {
	names := make([]string, 0, len(s.placements))
	for name := range s.placements {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
