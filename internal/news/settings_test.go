package news

import "testing"

func TestAColourIsWrittenAsSixDigits(t *testing.T) {
	for text, good := range map[string]bool{
		"": true, "#1d4f91": true, "#1D4F91": true,
		"red": false, "#fff": false, "1d4f91": false, "#1d4f9": false, "#1d4f911": false, "#1d4g91": false, "#1d4f9\u00e9": false,
	} {
		for _, name := range []string{"accent", "accent_dark"} {
			s := DefaultSettings()
			if name == "accent" {
				s.Accent = text
			} else {
				s.AccentDark = text
			}
			wrong := s.Check()
			if good && wrong != nil || !good && (len(wrong) != 1 || wrong[name] == "") {
				t.Errorf("%s %q: %v", name, text, wrong)
			}
		}
	}
}

func TestALogoIsAPictureOrNone(t *testing.T) {
	s := DefaultSettings()
	s.Logo = -1
	if wrong := s.Check(); wrong["logo"] == "" {
		t.Errorf("a logo of number %d is taken", s.Logo)
	}
}

func TestCommentsCloseAfterDays(t *testing.T) {
	for days, good := range map[int]bool{0: true, 14: true, 36500: true, -1: false, 36501: false} {
		s := DefaultSettings()
		s.CommentsCloseAfter = days
		if wrong := s.Check(); (wrong["comments_close_after"] == "") != good {
			t.Errorf("%d days: %v", days, wrong)
		}
	}
}
