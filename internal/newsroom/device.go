package newsroom

import "strings"

// device names the program and the system in what a browser calls itself, as well
// as can be told; others are "another device". It is for people who look whether
// they know all their sessions, and decides nothing.
func (v *visit) device(agent string) string {
	first := func(names [][2]string) string {
		for _, n := range names {
			if strings.Contains(agent, n[0]) {
				return n[1]
			}
		}
		return ""
	}
	// The order matters: Edge calls itself Chrome too, and Chrome Safari.
	program := first([][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}})
	system := first([][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}})
	switch {
	case program == "" && system == "":
		return v.l.Word("device_unknown")
	case program == "" || system == "":
		return program + system
	}
	return v.l.Say("device", "program", program, "system", system)
}
