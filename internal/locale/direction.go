package locale

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Dir is the direction that a language is written in, "ltr" or "rtl": that of the
// script which the tag names, else of the one which CLDR thinks likely for its
// language and region. "_" in the tag is as good as "-"; nonsense is "ltr".
func Dir(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		// An unknown subtag, as of a private use, does not hide the language.
		base, _, _ := strings.Cut(normal(tag), "-")
		t = language.Make(base)
	}
	script, confidence := t.Script()
	if confidence == language.No {
		return unscripted(t)
	}
	if slices.Contains(rightToLeft(), script.String()) {
		return "rtl"
	}
	return "ltr"
}

// rightToLeft are the scripts, in ISO 15924, of living languages that run from
// right to left, and that of Aramaic.
func rightToLeft() []string {
	return []string{"Adlm", "Arab", "Aran", "Armi", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
}

// unscripted is the direction of languages for which CLDR names no script.
func unscripted(t language.Tag) string {
	base, _ := t.Base()
	switch base.String() {
	case "azb", "prs", "aii", "mid", "sam": // South Azerbaijani, Dari, Assyrian, Mandaic, Samaritan
		return "rtl"
	}
	return "ltr"
}
