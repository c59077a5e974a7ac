package db

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"broadsheet/internal/fault"
)

var errNone = fault.New(fault.NotFound, "not found")

// wrap turns what the engines say of a broken unique constraint, which callers
// can mend, into a fault of kind Conflict, and a database that is not there or
// has no time into one of kind Unavailable.
func wrap(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return fault.Wrap(fault.Conflict, err, "it exists already")
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL:
			return fault.Wrap(fault.Unavailable, err, "the store can't take it now")
		}
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch e.Code {
		case "23505":
			return fault.Wrap(fault.Conflict, err, "it exists already")
		case "40001", "40P01", "53300", "57P01", "57P03":
			return fault.Wrap(fault.Unavailable, err, "the store can't take it now")
		}
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fault.Wrap(fault.Unavailable, err, "the store does not answer")
	}
	return err
}

func busy(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
