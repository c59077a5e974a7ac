package news

import "time"

// PaperRevision is what the settings or a menu said from a version on.
type PaperRevision struct {
	Part    string // see [SettingsPart] and [MenuPart]
	Version int
	Saved   time.Time
	By      string // who made it so, as in the audit log; "" where nobody knows any more
	Verb    string
	Value   []byte // the settings, or the menu's items, as JSON
}

// SettingsPart is the part of the paper that its settings are.
const SettingsPart = "settings"

// MenuPart is likewise a menu.
func MenuPart(name string) string { return "menu/" + name }

// PaperPreview is a secret link to the front page with what nobody has saved.
type PaperPreview struct {
	Hash     string    `json:"-"`
	Settings *Settings `json:"settings,omitempty"` // nil for those of the paper
	Menus    []Menu    `json:"menus,omitempty"`    // in place of those of the same name
	Ends     time.Time `json:"-"`
}
