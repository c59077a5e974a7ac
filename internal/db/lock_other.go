//go:build !unix

package db

import "context"

// LockFolder does nothing here: only Unix has locks that end with the process.
// Start the first program of a new paper alone.
func LockFolder(context.Context, string) (unlock func(), err error) { return func() {}, nil }
