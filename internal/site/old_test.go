package site

import (
	"slices"
	"testing"
)

func TestSimplerLooksForWhatAnOldPathPresents(t *testing.T) {
	for _, c := range []struct {
		path string
		want string // must be among the tries; "" for none but the path itself
	}{
		{"/2020/05/storm/page/3/", "/2020/05/storm/"},
		{"/2020/05/storm/comment-page-2/", "/2020/05/storm/"},
		{"/2020/05/storm/comment-page-2", "/2020/05/storm/"},
		{"/2020/05/storm/amp/", "/2020/05/storm/"},
		{"/2020/05/storm/amp", "/2020/05/storm/"},
		{"/2020/05/storm/embed/", "/2020/05/storm/"},
		{"/2020/05/storm/trackback/", "/2020/05/storm/"},
		{"/2020/05/storm/feed/", "/2020/05/storm/"},
		{"/2020/05/storm/feed/atom/", "/2020/05/storm/"},
		{"/2020/05/storm/2/", "/2020/05/storm/"},
		{"/2020/05/storm", "/2020/05/storm/"},
		{"/2020/05/storm.html/", "/2020/05/storm.html"},
		{"/category/world/page/12", "/category/world/"},
		{"/category/world/feed/", "/category/world/"},
		{"/index.php/2020/05/storm/", "/2020/05/storm/"},
		{"/wp-content/uploads/2020/05/sea-300x200.jpg", "/wp-content/uploads/2020/05/sea.jpg"},
		{"/2020/05/storm/page/x/", ""},
		{"/page/0/", ""},
	} {
		got := simpler(c.path)
		if c.want == "" {
			if len(got) > 2 {
				t.Errorf("simpler(%q) = %q, want only the path itself", c.path, got)
			}
		} else if !slices.Contains(got, c.want) {
			t.Errorf("simpler(%q) = %q, lacks %q", c.path, got, c.want)
		}
	}
}

func FuzzSimpler(f *testing.F) {
	f.Add("/a/b/feed/atom/")
	f.Add("//page/1//")
	f.Fuzz(func(t *testing.T, p string) {
		if n := len(simpler(p)); n > 2*len(p)+8 {
			t.Errorf("%d tries for a path of %d bytes", n, len(p))
		}
	})
}
