package migrate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Entry is one line of the report: something that was changed, kept aside or
// left out, and why.
type Entry struct {
	What   string `json:"what"`             // kind of event, as "left out" or "picture missing"; counted by it
	Why    string `json:"why"`              // in words
	File   string `json:"file,omitempty"`   // the export
	Offset int64  `json:"offset,omitempty"` // of the item in it, in bytes
	Item   string `json:"item,omitempty"`   // old id with its kind, as "post 12"
	Title  string `json:"title,omitempty"`
	Path   string `json:"path,omitempty"` // address here
}

// Report gathers what an import did. Entries are written out as they come, since
// a large archive has many; counts and a few examples of each kind stay in
// memory.
type Report struct {
	out     *bufio.Writer // nil: entries are only counted
	err     error
	any     bool
	Counts  map[string]int `json:"counts"`  // by noun and outcome, as "articles imported"
	Entries map[string]int `json:"entries"` // lines by What

	examples map[string][]Entry
}

// exampleCount is how many entries of a kind the summary shows.
const exampleCount = 3

// NewReport begins a report. The entries go to out as a JSON document that End
// completes; out may be nil.
func NewReport(out io.Writer) *Report {
	r := &Report{Counts: map[string]int{}, Entries: map[string]int{}, examples: map[string][]Entry{}}
	if out != nil {
		r.out = bufio.NewWriter(out)
		r.write("{\"items\": [")
	}
	return r
}

func (r *Report) write(s string) {
	if r.out != nil && r.err == nil {
		_, r.err = r.out.WriteString(s)
	}
}

// Add writes down one entry.
func (r *Report) Add(e Entry) {
	r.Entries[e.What]++
	if len(r.examples[e.What]) < exampleCount {
		r.examples[e.What] = append(r.examples[e.What], e)
	}
	if r.out == nil {
		return
	}
	b, err := json.Marshal(e)
	if err != nil {
		r.err = err
		return
	}
	if r.any {
		r.write(",")
	}
	r.any = true
	r.write("\n")
	r.write(string(b))
}

// Count adds to the count of a noun's outcome.
func (r *Report) Count(what string, n int) {
	if n != 0 {
		r.Counts[what] += n
	}
}

// End completes the report's document and returns the first error in writing it.
func (r *Report) End() error {
	if r.out == nil {
		return nil
	}
	counts, err := json.Marshal(r.Counts)
	if err != nil {
		return err
	}
	entries, err := json.Marshal(r.Entries)
	if err != nil {
		return err
	}
	r.write(fmt.Sprintf("\n],\n\"counts\": %s,\n\"entries\": %s}\n", counts, entries))
	if r.err != nil {
		return fmt.Errorf("writing the report: %w", r.err)
	}
	return r.out.Flush()
}

// Summary tells the counts, and of each kind of entry how many there are with a
// few examples, for a terminal.
func (r *Report) Summary() string {
	var b strings.Builder
	for _, what := range slices.Sorted(maps.Keys(r.Counts)) {
		fmt.Fprintf(&b, "%8d  %s\n", r.Counts[what], what)
	}
	for _, what := range slices.Sorted(maps.Keys(r.Entries)) {
		fmt.Fprintf(&b, "\n%s: %d\n", what, r.Entries[what])
		for _, e := range r.examples[what] {
			fmt.Fprintf(&b, "    %s\n", e.line())
		}
		if more := r.Entries[what] - len(r.examples[what]); more > 0 {
			fmt.Fprintf(&b, "    … and %d more\n", more)
		}
	}
	return b.String()
}

func (e Entry) line() string {
	var where []string
	switch {
	case e.Item != "":
		where = append(where, e.Item)
	case e.Offset > 0:
		where = append(where, fmt.Sprintf("byte %d", e.Offset))
	}
	if e.Title != "" {
		where = append(where, fmt.Sprintf("%q", e.Title))
	}
	if len(where) == 0 {
		return e.Why
	}
	return strings.Join(where, " ") + ": " + e.Why
}
