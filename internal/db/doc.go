// Package db runs one SQL text on two engines, SQLite and PostgreSQL: it opens
// them, drops the lines of a text that are meant for the other one, keeps
// prepared statements, and scans rows.
//
// It knows no table; all SQL stands in package store. What must be minded when
// writing that SQL is told in docs/SQL.md. Start reading at [DB], then [All].
package db
