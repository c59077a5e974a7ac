package db

import (
	"context"
	"fmt"
	"time"
)

// All returns every row of q; fields lists the places that one row is scanned
// into. No rows is a nil slice and no error.
func All[T any](ctx context.Context, s Session, fields func(*T) []any, q string, args ...any) ([]T, error) {
	var all []T
	err := Each(ctx, s, fields, func(t *T) error {
		all = append(all, *t)
		return nil
	}, q, args...)
	return all, err
}

// Each calls f with every row of q, in order, and stops at its first error. The
// row's value is used again for the next.
func Each[T any](ctx context.Context, s Session, fields func(*T) []any, f func(*T) error, q string, args ...any) error {
	in, release, err := s.runner(ctx)
	if err != nil {
		return err
	}
	defer release()
	rows, err := in.QueryContext(ctx, s.text(q), args...)
	if err != nil {
		return wrap(err)
	}
	defer rows.Close()
	for rows.Next() {
		var t T
		if err := rows.Scan(fields(&t)...); err != nil {
			return fmt.Errorf("scanning a row of %s: %w", q, err)
		}
		if err := f(&t); err != nil {
			return err
		}
	}
	return wrap(rows.Err())
}

// One returns the first row of q, or a fault of kind NotFound.
func One[T any](ctx context.Context, s Session, fields func(*T) []any, q string, args ...any) (T, error) {
	all, err := All(ctx, s, fields, q, args...)
	if err == nil && len(all) == 0 {
		err = errNone
	}
	if err != nil {
		var zero T
		return zero, err
	}
	return all[0], nil
}

// Value returns the one column of q's first row, or a fault of kind NotFound.
func Value[T any](ctx context.Context, s Session, q string, args ...any) (T, error) {
	return One(ctx, s, Single[T], q, args...)
}

// Values returns the one column of every row of q.
func Values[T any](ctx context.Context, s Session, q string, args ...any) ([]T, error) {
	return All(ctx, s, Single[T], q, args...)
}

// Single scans rows of one column.
func Single[T any](v *T) []any { return []any{v} }

// Exec runs a statement that returns no rows, and tells how many it touched.
func Exec(ctx context.Context, s Session, q string, args ...any) (int64, error) {
	in, release, err := s.runner(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	r, err := in.ExecContext(ctx, s.text(q), args...)
	if err != nil {
		return 0, wrap(err)
	}
	return r.RowsAffected()
}

// Insert runs q, an insert of one row with its placeholders in one "values (…)"
// group, for all rows at once, in as few statements as the engines' limits on
// parameters allow. Rows that conflict are q's own business.
func Insert(ctx context.Context, s Session, q string, all [][]any) error {
	const most = 32 // rows in one statement: more gains little, and each count is a text to prepare
	for len(all) > 0 {
		n := 1
		for n*2 <= min(most, len(all)) {
			n *= 2
		}
		var args []any
		for _, row := range all[:n] {
			args = append(args, row...)
		}
		if _, err := Exec(ctx, s, s.rows(q, n), args...); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// Millis stores a time.Time as Unix milliseconds and the zero time as NULL.
type Millis time.Time

// Scan reads what [Time] wrote; the time is in UTC.
func (m *Millis) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*m = Millis{}
	case int64:
		*m = Millis(time.UnixMilli(v).UTC())
	default:
		return fmt.Errorf("a time in milliseconds can't be a %T", v)
	}
	return nil
}

// Time is t as a query's argument: milliseconds, or NULL for the zero time.
func Time(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// Null scans a nullable column into a plain value: NULL becomes the zero value.
func Null[T any](v *T) any { return &null[T]{v} }

type null[T any] struct{ to *T }

func (n *null[T]) Scan(v any) error {
	var zero T
	*n.to = zero
	switch to := any(n.to).(type) {
	case *string:
		switch v := v.(type) {
		case nil:
		case string:
			*to = v
		case []byte:
			*to = string(v)
		default:
			return fmt.Errorf("text can't be a %T", v)
		}
		return nil
	case *[]byte:
		switch v := v.(type) {
		case nil:
		case string:
			*to = []byte(v)
		case []byte:
			*to = append([]byte(nil), v...)
		default:
			return fmt.Errorf("bytes can't be a %T", v)
		}
		return nil
	}
	return fmt.Errorf("a nullable %T is not known", zero)
}

// ID scans a nullable reference into an id: NULL becomes 0.
func ID[T ~int64](v *T) any { return &nullID[T]{v} }

type nullID[T ~int64] struct{ to *T }

func (n *nullID[T]) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*n.to = 0
	case int64:
		*n.to = T(v)
	default:
		return fmt.Errorf("an id can't be a %T", v)
	}
	return nil
}

// Ref is an id as a query's argument: NULL for 0.
func Ref[T ~int64](id T) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

// Text is s as the argument of a nullable column: NULL for "".
func Text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Flag is b as the argument of an integer column that holds 0 or 1: the engines
// hand a boolean column back as different types. Scanning into a bool is fine.
func Flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
