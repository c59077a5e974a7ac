// Package app builds Broadsheet from its parts, once and in order, and runs it.
// It is the only package that knows all the others.
//
// Start reading at [Open], then [App.Serve].
package app
