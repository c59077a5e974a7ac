package store

import (
	"context"

	"broadsheet/internal/db"
)

// MigrateTo is [Migrate] up to a version, for what an older program has left.
func MigrateTo(ctx context.Context, d *db.DB, version int64) error {
	p, err := steps(d)
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	return err
}
