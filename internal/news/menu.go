package news

// The menus that the default theme shows.
const (
	MainMenu   = "main"
	FooterMenu = "footer"
)

// Menu is a list of links that an editor has put in order.
type Menu struct {
	Name  string     `json:"name"`
	Items []MenuItem `json:"items"`
}

// MenuItem leads to a thing of the paper, whose present address and, where
// Label is "", name it takes; or, where Target is zero, to URL.
type MenuItem struct {
	Label  string     `json:"label,omitempty"`
	Target Target     `json:"target,omitzero"`
	URL    string     `json:"url,omitempty"`
	Items  []MenuItem `json:"items,omitempty"`
}
