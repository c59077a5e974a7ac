package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/db"
	"broadsheet/internal/news"
)

// The log is read by these: one beginning, a condition for each filter in use, one
// end. Each condition has an index that goes on by id, which is the list's order. Who
// and verb together have one of their own; the plus before "id" has SQLite look
// things up there and sort the few, not walk all lines of the verb in their order. A
// time is turned into ids, near which it lies: ids rise with time, but for the few
// lines by which the clocks of several processes differ.
const (
	insertAudit = `insert into audit (id, at, who, verb, noun, target, detail) values ($1, $2, $3, $4, $5, $6, $7)`

	auditLines    = ` id, at, who, verb, noun, target, detail from audit where id < $1` // after "select"
	auditNewer    = ` id, at, who, verb, noun, target, detail from audit where id >= $1`
	auditWho      = ` and who in ($1, $2)`
	auditVerb     = ` and verb = $1`
	auditNumbered = ` and verb > $1 and verb < $2` // "restore revision 7"
	auditTarget   = ` and noun = $1 and target = $2`
	auditFrom     = ` and +at >= $1 and id >= (select id from audit where at >= $1 order by at, id limit 1) - 1000`
	auditUntil    = ` and +at < $1 and id <= (select id from audit where at < $1 order by at desc, id desc limit 1) + 1000`
	auditEnd      = ` order by id desc limit $1`
	auditSorted   = ` order by +id desc limit $1`
	auditRise     = ` order by id limit $1`
	auditRisen    = ` order by +id limit $1`

	// Each text there is, from one to the next in the index: as many steps as there
	// are texts, however long the log is.
	auditVerbs = `
with recursive one (name) as (
	select min(verb) from audit
	union all
	select (select min(verb) from audit where verb > case when one.name like 'restore revision %' then 'restore revision!' else one.name end) from one where one.name is not null
)
select name from one where name is not null limit $1`
	auditPeople = `
with recursive one (name) as (
	select min(who) from audit
	union all
	select (select min(who) from audit where who > one.name) from one where one.name is not null
)
select name from one where name is not null limit $1`
)

// AuditLine is one line of the log of who did what.
type AuditLine struct {
	ID     int64
	At     time.Time
	Who    string
	Verb   string
	Target news.Target
	Detail string // from which state to which, or what tells most
}

// AuditFilter says which lines of the log are asked for. What is zero filters
// nothing.
type AuditFilter struct {
	Who         string // what the clock has done for them is theirs, too
	Verb        string
	Target      news.Target
	From, Until time.Time // of the time of the line: from one moment until before another
}

// RestoreVerb is the verb with which an old text was taken up again. In the log the
// number of its revision follows.
const RestoreVerb = "restore revision"

// ByClock begins what the log says of who did something, where the clock did it for
// somebody.
const ByClock = "the clock, for "

func auditFields(l *AuditLine) []any {
	return []any{&l.ID, (*db.Millis)(&l.At), &l.Who, &l.Verb, &l.Target.Noun, &l.Target.ID, &l.Detail}
}

func (b *builder) audit(filters []AuditFilter) {
	for _, f := range filters {
		if f.Who != "" {
			b.add(auditWho, f.Who, ByClock+f.Who)
		}
		switch f.Verb {
		case "":
		case RestoreVerb:
			b.add(auditNumbered, f.Verb+" ", f.Verb+"!")
		default:
			b.add(auditVerb, f.Verb)
		}
		if f.Target != (news.Target{}) {
			b.add(auditTarget, f.Target.Noun, f.Target.ID)
		}
		if !f.From.IsZero() {
			b.add(auditFrom, f.From.UnixMilli())
		}
		if !f.Until.IsZero() {
			b.add(auditUntil, f.Until.UnixMilli())
		}
	}
}

// sorted reports whether what filters find is looked up and then sorted.
func sorted(filters []AuditFilter) bool {
	return slices.ContainsFunc(filters, func(f AuditFilter) bool { return f.Who != "" && f.Verb != "" })
}

// AuditBefore returns up to n lines older than the one with that id, the newest
// first, which pass all filters.
func (r Reader) AuditBefore(ctx context.Context, id int64, n int, filters ...AuditFilter) ([]AuditLine, error) {
	var b builder
	b.add("select"+auditLines, id)
	b.audit(filters)
	if sorted(filters) {
		b.add(auditSorted, n)
	} else {
		b.add(auditEnd, n)
	}
	return db.All(ctx, r.s, auditFields, b.text.String(), b.args...)
}

// AuditSince returns up to n lines from the one with that id on, the oldest
// first, which pass all filters.
func (r Reader) AuditSince(ctx context.Context, id int64, n int, filters ...AuditFilter) ([]AuditLine, error) {
	var b builder
	b.add("select"+auditNewer, id)
	b.audit(filters)
	if sorted(filters) {
		b.add(auditRisen, n)
	} else {
		b.add(auditRise, n)
	}
	return db.All(ctx, r.s, auditFields, b.text.String(), b.args...)
}

// AuditVerbs returns up to n of the verbs that the log has, in the order of their
// bytes, those with a number once without it.
func (r Reader) AuditVerbs(ctx context.Context, n int) ([]string, error) {
	verbs, err := db.Values[string](ctx, r.s, auditVerbs, n)
	for i, v := range verbs {
		if strings.HasPrefix(v, RestoreVerb+" ") {
			verbs[i] = RestoreVerb
		}
	}
	return slices.Compact(verbs), err
}

// AuditPeople returns up to n of those who did something, likewise.
func (r Reader) AuditPeople(ctx context.Context, n int) ([]string, error) {
	return db.Values[string](ctx, r.s, auditPeople, n)
}

// Audit writes down who did what to which thing. There is no way to change or
// remove such a line: the database refuses it.
func (tx *Tx) Audit(ctx context.Context, at time.Time, who, verb string, t news.Target, detail string) error {
	id, err := tx.newIDs(ctx, "audit", 1)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx.s, insertAudit, id, at.UnixMilli(), who, verb, t.Noun, t.ID, detail)
	return err
}
