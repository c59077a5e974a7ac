// Package housetest holds the house to its own rules: which room may look into
// which, which libraries there are and why, and that each package, each exported
// name and each long function says what it is for. It has tests only; start
// reading at rooms_test.go.
package housetest
