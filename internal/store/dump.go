package store

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"broadsheet/internal/db"
	"broadsheet/internal/fault"
)

// Table is a table as a backup holds it: all but what can be made anew (the
// search index and its queue, sessions, invitations), in an order in which rows
// name only rows of tables before, or of their own.
type Table struct {
	Name    string
	columns string
	order   string
}

// Tables are the tables of a backup.
var Tables = []Table{
	{"sequence", "name, next", "name"},
	{"setting", "name, value, version", "name"},
	{"menu", "name, items, version", "name"},
	{"paper_revision", "part, version, saved_at, saved_by, verb, value", "part, version"},
	{"language", "tag", "tag"},
	{"section", "id, parent_id, name, slug, description, position, retired, version", "id"},
	{"topic", "id, name, slug, description, retired, version, found_by", "id"},
	{"picture", `id, name, blob, served, type, width, height, size, title, alt, caption, credit,
	focus_x, focus_y, focus_set, colour, moving, rights_end, ended,
	rights, source, keywords, taken_at, added_at, added_by, created_by, changed_by, version, kind, usable, has_alt, has_credit, found_by,
	crop_x, crop_y, crop_w, crop_h`, "id"},
	{"picture_word", "word, picture_id", "word, picture_id"},
	{"person", "id, name, slug, email, biography, website, picture_id, version, retired, found_by", "id"},
	{"body", "id, doc, original", "id"},
	{"article", `id, kind, state, version, language, kicker, headline, standfirst, slug, section_id, parent_id, body_id, excerpt, summary,
	lead_picture_id, lead_caption, search_title, search_description, social_title, social_description, social_picture_id, source_name, source_url, source_licence, rights_holder, comments, guid,
	created_at, changed_at, published_at, updated_at, scheduled_at, genre, sponsor, translation_group,
	created_by, changed_by, found_by, stage, assigned_to, reviewer_id, brief, due_at, embargo_at`, "id"},
	{"page_order", "article_id, position", "article_id"},
	{"article_section", "article_id, position, section_id", "article_id, position"},
	{"article_topic", "article_id, position, topic_id", "article_id, position"},
	{"byline", "article_id, position, person_id, role", "article_id, position"},
	{"listing", "noun, target_id, published_at, article_id", "noun, target_id, published_at, article_id"},
	{"revision", "article_id, version, saved_at, saved_by, fields, body_id, verb", "article_id, version"},
	{"working_copy", "staff_id, article_id, based_on, counter, fields, body, saved_at, change_id, change_version, names", "staff_id, article_id"},
	{"preview", "hash, article_id, staff_id, made_by, made_at, ends_at, change_id", "hash"},
	{"note", "id, article_id, parent_id, staff_id, made_at, body, block, quote, prefix, suffix, resolved_at, resolved_by", "id"},
	{"front", "section_id, version, arrangement, ends_at, changed_at, changed_by", "section_id"},
	{"front_revision", "section_id, version, saved_at, saved_by, verb, arrangement, plan_id", "section_id, version"},
	{"front_plan", "id, section_id, based_on, at, state, arrangement, made_at, made_by", "id"},
	{"later_change", `id, article_id, based_on, fields, body, due_at, says_updated, state, reason,
	made_by, made_at, failed_at, version`, "id"},
	{"withdrawal", "article_id, reason, note, withdrawn_by, withdrawn_at", "article_id"},
	{"address", "path, noun, target_id, state, moved_to", "path"},
	{"comment", "id, article_id, parent_id, kind, state, name, email, website, body, address, posted_at, decided_at, decided_by, old_id, fingerprint", "id"},
	{"correction", "id, article_id, made_at, body, version, amended_at, removed_at", "id"},
	{"correction_before", "correction_id, version, ended_at, ended_by, body", "correction_id, version"},
	{"rendition", "picture_id, name, type, stamp, blob, width, height, size", "picture_id, name, type"},
	{"rendition_queue", "picture_id, attempts, due_at", "picture_id"},
	{"picture_before", `picture_id, replaced_at, replaced_by, name, blob, served, type, width, height, size, focus_x, focus_y, focus_set, moving,
	crop_x, crop_y, crop_w, crop_h`, "picture_id"},
	{"picture_use", "picture_id, noun, target_id, place, staff_id", "picture_id, noun, target_id, place, staff_id"},
	{"audit", "id, at, who, verb, noun, target, detail", "id"},
	{"staff", "id, email, name, language, password, totp, totp_step, disabled_at, version, created_at", "id"},
	{"staff_role", "staff_id, role, section_id", "staff_id, role, section_id"},
	{"passkey", "id, staff_id, credential, name, record, made_at, used_at", "id"},
	{"recovery_code", "staff_id, hash", "staff_id, hash"},
	{"import_source", "id, kind, address", "id"},
	{"imported", "source_id, noun, old_id, new_id, hash, version", "source_id, noun, old_id"},
	{"open_reference", "source_id, article_id, kind, old_id", "source_id, article_id, kind, old_id"},
}

// Columns are the names of the table's columns, in their order.
func (t Table) Columns() []string {
	names := strings.Split(t.columns, ",")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names
}

func (t Table) width() int { return strings.Count(t.columns, ",") + 1 }

func (t Table) selection() string {
	return "select " + t.columns + " from " + t.Name + " order by " + t.order
}

func (t Table) insertion() string {
	marks := make([]string, t.width())
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	return "insert into " + t.Name + " (" + t.columns + ") values (" + strings.Join(marks, ", ") + ")"
}

// Dump writes every row of t as a line with a JSON array of its columns, the
// same from either engine, and returns how many there are.
func (r Reader) Dump(ctx context.Context, t Table, w io.Writer) (rows int, err error) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	fields := func(row *[]any) []any {
		*row = make([]any, t.width())
		places := make([]any, t.width())
		for i := range places {
			places[i] = &(*row)[i]
		}
		return places
	}
	err = db.Each(ctx, r.s, fields, func(row *[]any) error {
		for i, v := range *row {
			if b, ok := v.([]byte); ok {
				(*row)[i] = string(b)
			}
		}
		rows++
		return enc.Encode(*row)
	}, t.selection())
	return rows, err
}

// Load inserts the rows that Dump wrote into t, and returns how many there were.
func (tx *Tx) Load(ctx context.Context, t Table, r io.Reader) (rows int, err error) {
	const atOnce = 64
	dec := json.NewDecoder(r)
	dec.UseNumber()
	var batch [][]any
	for {
		var row []any
		err := dec.Decode(&row)
		if err == io.EOF {
			break
		}
		if err != nil || len(row) != t.width() {
			return rows, fault.Wrap(fault.Invalid, err, "row %d of the table %s can't be read", rows+1, t.Name)
		}
		if err := plainNumbers(row); err != nil {
			return rows, fault.Wrap(fault.Invalid, err, "row %d of the table %s can't be read", rows+1, t.Name)
		}
		batch = append(batch, row)
		rows++
		if len(batch) == atOnce {
			if err := db.Insert(ctx, tx.s, t.insertion(), batch); err != nil {
				return rows, err
			}
			batch = batch[:0]
		}
	}
	return rows, db.Insert(ctx, tx.s, t.insertion(), batch)
}

// plainNumbers makes int64 of the numbers in row: there are no others.
func plainNumbers(row []any) error {
	for i, v := range row {
		if n, ok := v.(json.Number); ok {
			k, err := n.Int64()
			if err != nil {
				return err
			}
			row[i] = k
		}
	}
	return nil
}

const anyRow = `select exists (select 1 from sequence)`

// Unused reports whether nothing was ever stored here.
func (r Reader) Unused(ctx context.Context) (bool, error) {
	used, err := db.Value[bool](ctx, r.s, anyRow)
	return !used, err
}

// SchemaVersion is the version of the schema that this program writes.
func SchemaVersion() (int, error) {
	entries, err := migrations.ReadDir("migrations")
	return len(entries), err
}
