// Package compare tells what differs between two states of an article, field by
// field and block by block, and puts together what two people have changed in it
// at the same time.
//
// It only computes: it knows neither the store nor the words on a screen. Start
// reading at [Merge], then [Articles].
package compare
