package news

import (
	"testing"
	"time"
)

func TestWhoMayComment(t *testing.T) {
	now := time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
	old, young := now.AddDate(0, 0, -15), now.AddDate(0, 0, -14)
	for name, c := range map[string]struct {
		change func(*Article, *Settings)
		want   bool
	}{
		"while comments never close":     {func(*Article, *Settings) {}, true},
		"when its days are over":         {func(_ *Article, s *Settings) { s.CommentsCloseAfter = 14 }, false},
		"a millisecond too late":         {func(a *Article, s *Settings) { s.CommentsCloseAfter, a.Published = 14, young.Add(-time.Millisecond) }, false},
		"to the last moment":             {func(a *Article, s *Settings) { s.CommentsCloseAfter, a.Published = 14, young }, true},
		"below a standing page":          {func(a *Article, s *Settings) { s.CommentsCloseAfter, a.Kind = 14, StandingPage }, true},
		"where the article takes none":   {func(a *Article, _ *Settings) { a.Comments = CommentsClosed }, false},
		"where the paper takes none":     {func(_ *Article, s *Settings) { s.CommentsOpen = false }, false},
		"where readers can't see it":     {func(a *Article, _ *Settings) { a.State = Withdrawn }, false},
		"with a number that is no limit": {func(_ *Article, s *Settings) { s.CommentsCloseAfter = -1 }, true},
	} {
		a, s := Article{Kind: Story, State: Published, Comments: CommentsModerated, Published: old}, DefaultSettings()
		c.change(&a, &s)
		if got := a.TakesComments(&s, s.CommentsClosedBefore(now)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

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
