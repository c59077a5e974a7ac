package news

import "testing"

func TestANameThatNobodySeesIsNoName(t *testing.T) {
	for _, name := range []string{"", "  ", "\u200b", "\u200e\u200f", "\u2060\ufeff", "\u3164", "\u2800", "\u0301", "\u00ad", "\u202e "} {
		c := Comment{Name: name, Email: "ida@post.example", Text: "Words."}
		if got := c.Check()["name"]; got != Missing {
			t.Errorf("%q: %q", name, got)
		}
	}
	for _, name := range []string{"Ida", "ا", "می‌شود", "李", "e\u0301", "🙂", "1"} {
		c := Comment{Name: name, Email: "ida@post.example", Text: "Words."}
		if wrong := c.Check(); wrong != nil {
			t.Errorf("%q: %v", name, wrong)
		}
	}
}
