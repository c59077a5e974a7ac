package news

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The menus that the default theme shows.
const (
	MainMenu   = "main"
	FooterMenu = "footer"
)

// Menu is a list of links that an editor has put in order.
type Menu struct {
	Name    string     `json:"name"`
	Version int        `json:"-"` // rises by one with each write; 0 for one that nobody has made
	Items   []MenuItem `json:"items"`
}

// MenuItem leads to a thing of the paper, whose present address and, where
// Label is "", name it takes; or, where Target is zero, to URL.
type MenuItem struct {
	Label  string     `json:"label,omitempty"`
	Target Target     `json:"target,omitzero"`
	URL    string     `json:"url,omitempty"`
	Items  []MenuItem `json:"items,omitempty"`
}

// Limits of a menu.
const (
	MaxMenuItems = 500 // on all its levels
	MaxMenuDepth = 6
	MaxMenuLabel = 200  // characters
	MaxMenuURL   = 2000 // likewise
	MaxMenuName  = 60   // likewise
)

// Check says what is wrong with a menu: "name", "items" for the whole, or the first
// item that can't be, by its place counted from 0 through all levels, as "item-3".
// It is nil when the menu may be stored.
func (m *Menu) Check() map[string]FieldProblem {
	wrong := map[string]FieldProblem{}
	if m.Name == "" || utf8.RuneCountInString(m.Name) > MaxMenuName {
		wrong["name"] = BadChoice
	}
	for i, at := range m.Flat() {
		switch item := at.Item; {
		case at.Depth >= MaxMenuDepth || i >= MaxMenuItems:
			wrong["items"] = TooMany
		case utf8.RuneCountInString(item.Label) > MaxMenuLabel:
			wrong[itemField(i)] = TooLong
		case item.Target == Target{} && item.URL == "":
			wrong[itemField(i)] = Missing
		case item.Target == Target{} && !IsMenuURL(item.URL):
			wrong[itemField(i)] = BadURL
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// PlacedItem is an item with how deep it stands; its own Items are those below it.
type PlacedItem struct {
	Item  *MenuItem
	Depth int // 0 at the top
}

// Flat is all items of a menu in the order in which they are read.
func (m *Menu) Flat() []PlacedItem { return flatItems(m.Items, 0, nil) }

func flatItems(items []MenuItem, depth int, list []PlacedItem) []PlacedItem {
	for i := range items {
		list = append(list, PlacedItem{&items[i], depth})
		list = flatItems(items[i].Items, depth+1, list)
	}
	return list
}

// NestItems puts items, whose own Items count for nothing, below each other: one
// that is deeper than the one before stands below it.
func NestItems(list []MenuItem, depths []int) []MenuItem {
	items, _ := nestItems(list, depths, 0, 0)
	return items
}

func nestItems(list []MenuItem, depths []int, i, depth int) ([]MenuItem, int) {
	var out []MenuItem
	for i < len(list) && depths[i] >= depth {
		if depths[i] > depth && len(out) > 0 {
			out[len(out)-1].Items, i = nestItems(list, depths, i, depth+1)
			continue
		}
		item := list[i]
		item.Items = nil
		out = append(out, item)
		i++
	}
	return out, i
}

// IsMenuURL holds for where a menu may lead by address: on the web, to a letter or a
// telephone, to a path of the paper's own, or to a place on the page.
func IsMenuURL(s string) bool {
	if s == "" || len(s) > MaxMenuURL || strings.ContainsAny(s, " \t\n\"<>") {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != ""
	case "":
		return s[0] == '#' || s[0] == '/'
	}
	return false
}

func itemField(i int) string { return "item-" + strconv.Itoa(i) }
