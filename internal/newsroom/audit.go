package newsroom

import (
	"math"
	"net/http"
	"strconv"

	"broadsheet/internal/store"
)

// auditLength is how many lines one page of the log has.
const auditLength = 50

// Audit is a page of the log of who did what. Nobody can change it.
type Audit struct {
	Frame
	Lines        []AuditRow
	Newer, Older string // addresses; "" for none
}

// AuditRow is one line of it.
type AuditRow struct {
	At, Machine string // the time in words, and for machines
	Who         string
	Verb        string
	What        string
	Detail      string
}

// audit shows the newest lines, or those before the one that the address names.
func audit(v *visit) error {
	before, err := strconv.ParseInt(v.r.URL.Query().Get("before"), 10, 64)
	newest := err != nil || before < 1
	if newest {
		before = math.MaxInt64
	}
	lines, err := v.Store.AuditBefore(v.ctx(), before, auditLength+1)
	if err != nil {
		return err
	}
	view := Audit{Frame: v.frame(v.l.Word("audit_title"))}
	if len(lines) > auditLength {
		lines = lines[:auditLength]
		view.Older = auditPath(lines[auditLength-1].ID)
	}
	if !newest {
		if view.Newer, err = v.newerAudit(before); err != nil {
			return err
		}
	}
	for _, l := range lines {
		view.Lines = append(view.Lines, v.auditRow(l))
	}
	return v.show(http.StatusOK, "audit", view)
}

// newerAudit is the address of the page whose last line is the first that is not
// on the page before id.
func (v *visit) newerAudit(id int64) (string, error) {
	newer, err := v.Store.AuditSince(v.ctx(), id, auditLength+1)
	if err != nil || len(newer) <= auditLength {
		return Path + "audit/", err
	}
	return auditPath(newer[auditLength].ID), nil
}

func auditPath(before int64) string {
	return Path + "audit/?before=" + strconv.FormatInt(before, 10)
}

func (v *visit) auditRow(l store.AuditLine) AuditRow {
	what := string(l.Target.Noun)
	if l.Target.ID != 0 {
		what += " " + strconv.FormatInt(l.Target.ID, 10)
	}
	return AuditRow{v.moment(l.At), v.l.ISO(l.At), l.Who, l.Verb, what, l.Detail}
}
