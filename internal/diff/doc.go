// Package diff finds what is different between two sequences, and between two
// texts word by word, in time and room that no input can drive up: what can't be
// compared well within the bound is compared less well, and never wrongly.
//
// It knows words and nothing of articles. Start reading at [Words], then [Spans].
package diff
