package media

import (
	"errors"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// refusal is a fault of kind Invalid about a file, with the problem by which a
// form names it.
type refusal struct {
	fault   *fault.Error
	problem news.FieldProblem
}

// Error tells what the fault does.
func (r refusal) Error() string { return r.fault.Error() }

// Unwrap is the fault.
func (r refusal) Unwrap() error { return r.fault }

// refused makes a refusal in English words.
func refused(problem news.FieldProblem, format string, args ...any) error {
	return refusal{fault.New(fault.Invalid, format, args...), problem}
}

// refusedFor is refused with a cause.
func refusedFor(problem news.FieldProblem, err error, format string, args ...any) error {
	return refusal{fault.Wrap(fault.Invalid, err, format, args...), problem}
}

// damaged is the fault of a picture file that breaks the rules of its format.
func damaged(kind, how string) error {
	return refused(news.FileDamaged, "This is %s, but it is damaged: %s.", typeName(kind), how)
}

// damagedFor is damaged with a cause.
func damagedFor(kind string, err error, how string) error {
	return refusedFor(news.FileDamaged, err, "This is %s, but it is damaged: %s.", typeName(kind), how)
}

// Problem is what is wrong with a file that was refused here, for a face to say
// in words of its own; "" for any other error.
func Problem(err error) news.FieldProblem {
	r, _ := errors.AsType[refusal](err)
	return r.problem
}

// asField names the field "file" in a refusal, as a form wants it; another error
// comes back as it is.
func asField(err error) error {
	r, ok := errors.AsType[refusal](err)
	if !ok {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Public: r.fault.Public, Fields: map[string]string{"file": string(r.problem)}, Err: r.fault.Err}
}
