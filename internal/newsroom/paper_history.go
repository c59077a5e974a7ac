package newsroom

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// PaperHistory is the screen of what the settings or a menu said before, with who made
// it so.
type PaperHistory struct {
	Frame
	Back    string // address
	Restore string // where a version is restored: its number and "/restore" follow
	Now     int    // the version of now
	Groups  []Tab
	Rows    []HistoryRow
	Older   string // address; "" for none
}

// HistoryRow is one version.
type HistoryRow struct {
	Version         int
	At, Machine, By string // "" where nobody knows any more
	Changes         []HistoryChange
}

// HistoryChange is what differs from the version before.
type HistoryChange struct{ Label, From, To string }

// historyLength is how many versions one page of a history has.
const historyLength = 20

// paperHistory reads a page of the history of a part; compare tells what differs between
// two values.
func (v *visit) paperHistory(part string, compare func(before, after []byte) []HistoryChange) (rows []HistoryRow, older int, err error) {
	before, _ := strconv.Atoi(v.r.URL.Query().Get("before")) // what is no number is none
	list, err := v.Store.PaperRevisions(v.ctx(), part, before, historyLength+1)
	if err != nil {
		return nil, 0, err
	}
	for i := range list[:min(len(list), historyLength)] {
		p := &list[i]
		row := HistoryRow{Version: p.Version, By: v.by(p.By)}
		if !p.Saved.IsZero() {
			row.At, row.Machine = v.moment(p.Saved), v.l.ISO(p.Saved)
		}
		if i+1 < len(list) {
			row.Changes = compare(list[i+1].Value, p.Value)
		}
		rows = append(rows, row)
	}
	if len(list) > historyLength {
		older = list[historyLength-1].Version
	}
	return rows, older, nil
}

func settingsHistory(v *visit) error {
	view := PaperHistory{Frame: v.frame(v.l.Word("settings_history_title")), Back: settingsPath, Restore: settingsPath + "history/", Now: v.settings.Version, Groups: v.settingsTabs("history")}
	rows, older, err := v.paperHistory(news.SettingsPart, func(before, after []byte) []HistoryChange {
		a, b := news.DefaultSettings(), news.DefaultSettings()
		if json.Unmarshal(before, &a) != nil || json.Unmarshal(after, &b) != nil {
			return nil
		}
		var list []HistoryChange
		for _, c := range news.CompareSettings(&a, &b) {
			list = append(list, HistoryChange{v.l.Word("set_" + c.Name), v.orEmpty(c.From), v.orEmpty(c.To)})
		}
		return list
	})
	if err != nil {
		return err
	}
	view.Rows = rows
	if older > 0 {
		view.Older = settingsPath + "history?before=" + strconv.Itoa(older)
	}
	return v.show(http.StatusOK, "paper-history", view)
}

// orEmpty is a value of a setting in words.
func (v *visit) orEmpty(value string) string {
	switch value {
	case "", "0":
		return v.l.Word("paper_empty")
	case "true", "false":
		return v.l.Word("paper_" + value)
	}
	return value
}

// restored leads on after something was restored, or says why it was not.
func (v *visit) restored(path string, err error) error {
	switch {
	case fault.Is(err, fault.Conflict):
		return v.see(path, "paper_changed_meanwhile")
	case fault.Is(err, fault.Invalid):
		return v.see(path, "paper_not_restored")
	case err != nil:
		return err
	}
	return v.see(path, "paper_restored")
}

func settingsRestore(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	return v.restored(settingsPath+"history", v.Desk.RestoreSettings(v.ctx(), v.who(), version, int(v.id("version"))))
}

func menuHistory(v *visit) error {
	m, err := v.menuNamed()
	if err != nil {
		return err
	}
	view := PaperHistory{Frame: v.frame(v.l.Say("menu_history_title", "name", v.menuLabel(m.Name))), Back: menuPath(m.Name), Restore: menuPath(m.Name) + "/history/", Now: m.Version}
	names := v.menuNames()
	rows, older, err := v.paperHistory(news.MenuPart(m.Name), func(before, after []byte) []HistoryChange {
		a, b := names.lines(before), names.lines(after)
		var list []HistoryChange
		for _, line := range a {
			if !slices.Contains(b, line) {
				list = append(list, HistoryChange{From: line})
			}
		}
		for _, line := range b {
			if !slices.Contains(a, line) {
				list = append(list, HistoryChange{To: line})
			}
		}
		if list == nil && !slices.Equal(a, b) {
			list = []HistoryChange{{Label: v.l.Word("menu_order_changed")}}
		}
		return list
	})
	if err != nil {
		return err
	}
	if names.err != nil {
		return names.err
	}
	view.Rows = rows
	if older > 0 {
		view.Older = menuPath(m.Name) + "/history?before=" + strconv.Itoa(older)
	}
	return v.show(http.StatusOK, "paper-history", view)
}

func menuRestore(v *visit) error {
	m, err := v.menuNamed()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(values.Get("version")) // what is no number is no version
	return v.restored(menuPath(m.Name)+"/history", v.Desk.RestoreMenu(v.ctx(), v.who(), m.Name, version, int(v.id("version"))))
}

// lines are a menu's items as text, one each, with how deep they stand.
func (n *menuNames) lines(items []byte) []string {
	var m news.Menu
	if json.Unmarshal(items, &m.Items) != nil {
		return nil
	}
	var lines []string
	for _, at := range m.Flat() {
		to := n.of(at.Item)
		line := strings.Repeat("– ", at.Depth) + to.name
		if at.Item.Label != "" && at.Item.Label != to.name {
			line = strings.Repeat("– ", at.Depth) + at.Item.Label + " (" + to.name + ")"
		}
		lines = append(lines, line)
	}
	return lines
}
