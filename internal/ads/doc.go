// Package ads says which creative fills which placement.
//
// A [Booking] is what the operator wrote in the configuration; [Load] makes a
// [Set] of all of them once, and [Set.Draw] picks one for each view. It renders
// nothing, counts nothing and knows no reader. Start reading at [Set.Draw].
package ads
