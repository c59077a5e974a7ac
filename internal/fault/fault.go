// Package fault is the error type that people may meet: a kind, words written
// for them, and a cause that only the log sees.
//
// It is not for errors that stay inside a package; those are plain errors.
// Start reading at [Error].
package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind says what went wrong from the caller's point of view; a face turns it
// into a status. The zero value is Internal.
type Kind int

// The kinds of fault. Everything that is not a [*Error] counts as Internal.
const (
	Internal    Kind = iota // our mistake or a broken part: the words are general, the cause goes to the log
	Invalid                 // what was sent can't be taken; Fields may say where
	NotFound                // there is no such thing
	Gone                    // there was such a thing, and it was taken away on purpose
	Conflict                // somebody else changed it meanwhile, or it exists already
	Denied                  // signed in, but not allowed
	LoggedOut               // not signed in
	TooMany                 // too often, too much
	Unavailable             // a part that is needed is not there now; trying later may help
)

var kindNames = [...]string{"internal", "invalid", "not found", "gone", "conflict", "denied", "logged out", "too many", "unavailable"}

// String is the kind's short English name, for logs.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", int(k))
}

// Error is a fault. Public is written for the person who caused it and is safe
// to show; Fields names form fields with a message each (nil when the fault is
// about no field in particular); Err is the cause, for the log, and may be nil.
type Error struct {
	Kind   Kind
	Public string
	Fields map[string]string
	Err    error
}

// New makes a fault with words for people and no cause.
func New(k Kind, format string, args ...any) *Error {
	return &Error{Kind: k, Public: fmt.Sprintf(format, args...)}
}

// Wrap makes a fault with words for people around a cause. A nil cause still
// makes a fault.
func Wrap(k Kind, err error, format string, args ...any) *Error {
	return &Error{Kind: k, Public: fmt.Sprintf(format, args...), Err: err}
}

// Error tells words, fields in alphabetical order, and cause: for logs and
// terminals, never for a page.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Public)
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		fmt.Fprintf(&b, "; %s: %s", name, e.Fields[name])
	}
	if e.Err != nil {
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(e.Err.Error())
	}
	if b.Len() == 0 {
		return e.Kind.String()
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of the first fault in err's chain; Internal when there is
// none, also for nil.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of kind k. A nil error is none.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }
