package store_test

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/db"
	"broadsheet/internal/store"
	"broadsheet/internal/store/storetest"
)

// notInBackups are the tables that a backup leaves out, each with the reason.
var notInBackups = map[string]string{
	"goose_db_version": "the schema's version is in the manifest",
	"search_queue":     "search is built anew",
	"search_entry":     "search is built anew",
	"search_words":     "search is built anew",
	"presence":         "who has what open, of this moment only",
	"staff_session":    "devices sign in anew",
	"staff_link":       "links are made anew",
	"known_device":     "devices sign in anew",
	"letter":           "the links in letters are made anew too",
	"staff_pending":    "a sign-in under way",
	"blob_queue":       "the files that wait there to be removed are not in the backup",
	"front_preview":    "what somebody looks at, of this moment only",
	"paper_preview":    "what somebody looks at, of this hour only",
	"change":           "what other processes are told, of this moment only",
	"purge":            "what a CDN is told, of this moment only",
}

// A column that a migration adds and that nobody adds to the backup is lost with
// the first restore.
func TestABackupHoldsEveryColumnOfTheSchema(t *testing.T) {
	d := storetest.SQLite(t)
	s := d.Reads()
	tables, err := db.Values[string](t.Context(), s, `select name from sqlite_master where type = 'table' order by name`)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string][]string{}
	for _, table := range store.Tables {
		kept[table.Name] = table.Columns()
	}
	for _, name := range tables {
		if notInBackups[name] != "" || strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "search_words_") {
			continue
		}
		columns, err := db.Values[string](t.Context(), s, `select name from pragma_table_info($1) order by cid`, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, column := range columns {
			if !slices.Contains(kept[name], column) {
				t.Errorf("%s.%s is in no backup", name, column)
			}
		}
	}
}
