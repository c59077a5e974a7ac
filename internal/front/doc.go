// Package front says which story stands in which place of a front: what somebody
// has put there by hand first, then the newest by the rules of the theme's zones,
// and nothing twice. The reading site and the newsroom ask it alike, so that who
// arranges a front sees what readers will.
//
// It reads from the store through a reader that notes what it reads, and writes
// nothing. Start reading at [Fill].
package front
