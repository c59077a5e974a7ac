// Package storetest gives tests a fresh, migrated database each, on both
// engines: SQLite in a temporary folder, and PostgreSQL in a schema of its own
// on the server that BROADSHEET_TEST_POSTGRES names.
//
// Start reading at [Each].
package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/db"
	"broadsheet/internal/store"
)

// PostgresVariable names the environment variable with the address of a server
// that tests may make schemas on; ./check.sh sets it.
const PostgresVariable = "BROADSHEET_TEST_POSTGRES"

// Each runs f once per engine, each time with an empty paper. Without a
// PostgreSQL it fails in CI and skips that engine elsewhere.
func Each(t *testing.T, f func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachDB(t, func(t *testing.T, d *db.DB) { f(t, store.New(d)) })
}

// EachDB is Each for tests that need the database below the store.
func EachDB(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run(string(db.SQLite), func(t *testing.T) { f(t, SQLite(t)) })
	t.Run(string(db.Postgres), func(t *testing.T) { f(t, Postgres(t)) })
}

// SQLite opens an empty, migrated database that is gone after the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	d, err := db.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "paper.db"))
	return migrated(t, d, err)
}

// Postgres is SQLite's like on PostgreSQL.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	d, err := db.OpenPostgres(t.Context(), PostgresDSN(t))
	return migrated(t, d, err)
}

// PostgresDSN makes an empty schema that is dropped after the test, and returns
// an address that leads into it.
func PostgresDSN(t testing.TB) string {
	t.Helper()
	server := os.Getenv(PostgresVariable)
	if server == "" {
		const words = PostgresVariable + " names no PostgreSQL server; ./check.sh starts one and sets it"
		if os.Getenv("CI") != "" {
			t.Fatal(words)
		}
		t.Skip(words)
	}
	admin, err := db.OpenPostgres(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	if _, err := admin.SQL().ExecContext(t.Context(), "create schema "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		defer admin.Close()
		if _, err := admin.SQL().ExecContext(context.Background(), "drop schema "+schema+" cascade"); err != nil {
			t.Errorf("dropping the test's schema: %v", err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", PostgresVariable, err))
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func migrated(t testing.TB, d *db.DB, err error) *db.DB {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := store.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	return d
}
