package page

import (
	"context"
	"sync/atomic"

	"broadsheet/internal/news"
)

// Value is one thing that was read, kept until something that was read for it has
// changed: what every page needs and is small.
type Value[T any] struct {
	changes *Changes
	load    func(ctx context.Context, note func(...news.Ref)) (T, error)
	kept    atomic.Pointer[valueAt[T]]
}

type valueAt[T any] struct {
	value   T
	refs    []news.Ref
	at      uint64
	checked atomic.Uint64
}

// NewValue makes a value that load reads. load may be called several times at
// once, and tells note the refs of all that it reads.
func NewValue[T any](changes *Changes, load func(ctx context.Context, note func(...news.Ref)) (T, error)) *Value[T] {
	return &Value[T]{changes: changes, load: load}
}

// Kept returns the value where it is kept as it is now; it reads nothing.
func (v *Value[T]) Kept() (value T, ok bool) {
	if k := v.kept.Load(); k != nil && v.changes.current(&k.checked, k.refs, k.at, v.changes.Now()) {
		return k.value, true
	}
	return value, false
}

// Get returns the value as it is now, and the refs of what it is made of; both
// are to be left as they are. While nothing has changed it costs one comparison.
func (v *Value[T]) Get(ctx context.Context) (T, []news.Ref, error) {
	now := v.changes.Now()
	if k := v.kept.Load(); k != nil && v.changes.current(&k.checked, k.refs, k.at, now) {
		return k.value, k.refs, nil
	}
	k := &valueAt[T]{at: now}
	var err error
	k.value, err = v.load(ctx, func(more ...news.Ref) { k.refs = append(k.refs, more...) })
	if err != nil {
		return k.value, nil, err
	}
	k.checked.Store(now)
	if !v.changes.Changed(k.refs, k.at) {
		v.kept.Store(k)
	}
	return k.value, k.refs, nil
}
