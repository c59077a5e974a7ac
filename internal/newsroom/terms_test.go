package newsroom

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

func TestSectionsAreMadeMovedOrderedMergedAndRetired(t *testing.T) {
	d := openDesk(t)
	carl := d.hire("Carl Chief", news.Grant{Role: news.Chief})
	d.story("A story", d.europe, 0)
	says(t, carl.get("/newsroom/sections/"), http.StatusOK, "World", "/world/europe/", `<a class="count" href="/newsroom/articles/?section=1">1 article</a>`, "/newsroom/articles/?section=2")
	says(t, carl.post("/newsroom/sections/new", "name", "Arts & <b>more</b>", "parent", "0", "description", "All of it"), http.StatusSeeOther, "/newsroom/sections/4?done=saved")
	says(t, carl.get("/newsroom/sections/4"), http.StatusOK, "Arts &amp; &lt;b&gt;more&lt;/b&gt;", "/arts-b-more-b/", "All of it")
	for name, row := range map[string]struct {
		path, want string
		pairs      []string
	}{
		"nothing":      {"new", "This is needed.", []string{"name", " "}},
		"no letter":    {"new", "A letter or a digit is needed", []string{"name", "***"}},
		"too long":     {"4", "At most 200 characters", []string{"name", strings.Repeat("x", 201), "version", "1"}},
		"long text":    {"4", "At most 5,000 characters", []string{"name", "Arts", "description", strings.Repeat("x", 5001), "version", "1"}},
		"below itself": {"1", "It can’t stand below itself.", []string{"name", "World", "parent", "2", "version", "1"}},
		"below none":   {"1", "This is not there any more", []string{"name", "World", "parent", "99", "version", "1"}},
	} {
		w := carl.post("/newsroom/sections/"+row.path, row.pairs...)
		if !strings.Contains(w.Body.String(), row.want) || w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	// Its place and its address change at once, and the one before leads on.
	says(t, carl.post("/newsroom/sections/4", "name", "Arts", "slug", "arts", "parent", "1", "version", "1"), http.StatusSeeOther, "done=saved")
	says(t, carl.get("/newsroom/sections/4"), http.StatusOK, "/world/arts/", "Addresses that lead here", "/arts-b-more-b/")
	says(t, carl.post("/newsroom/sections/4", "name", "Culture", "slug", "arts", "parent", "1", "version", "1"), http.StatusConflict, "Somebody else has changed this", `value="Culture"`, `name="version" value="2"`)
	says(t, carl.post("/newsroom/sections/99", "name", "x", "version", "1"), http.StatusNotFound)

	says(t, carl.post("/newsroom/sections/order", "parent", "1", "id", "4", "id", "2", "do", "up 2"), http.StatusSeeOther, "done=paper_ordered")
	all, _ := d.store.Sections(t.Context())
	if list := all.Children(1); list[0].Name != "Europe" || list[1].Name != "Arts" {
		t.Errorf("the order is %v, %v", list[0].Name, list[1].Name)
	}
	says(t, carl.post("/newsroom/sections/order", "parent", "1", "id", "4", "do", "up 4"), http.StatusSeeOther, "done=paper_order_changed")

	says(t, carl.post("/newsroom/sections/3/retire", "version", fmt.Sprint(all[3].Version), "retired", "1"), http.StatusSeeOther, "done=term_retired")
	says(t, carl.get("/newsroom/sections/"), http.StatusOK, "retired")
	says(t, carl.post("/newsroom/sections/3/retire", "version", "1"), http.StatusSeeOther, "done=paper_changed_meanwhile")
	says(t, carl.post("/newsroom/sections/3/retire", "version", fmt.Sprint(all[3].Version+1)), http.StatusSeeOther, "done=term_reopened")

	says(t, carl.get("/newsroom/sections/2/merge?q=wor"), http.StatusOK, `name="into" value="1"`, "!name=\"into\" value=\"2\"", "1 article")
	says(t, carl.post("/newsroom/sections/2/merge", "version", "2", "into", "4"), http.StatusConflict, "changed in the meantime")
	says(t, carl.post("/newsroom/sections/2/merge", "version", "2"), http.StatusUnprocessableEntity, "This is needed.")
	all, _ = d.store.Sections(t.Context())
	says(t, carl.post("/newsroom/sections/1/merge", "version", fmt.Sprint(all[1].Version), "into", "4", "version-4", fmt.Sprint(all[4].Version)), http.StatusUnprocessableEntity, "It can’t stand below itself.")
	says(t, carl.post("/newsroom/sections/2/merge", "version", fmt.Sprint(all[2].Version), "into", "4", "version-4", fmt.Sprint(all[4].Version)), http.StatusSeeOther, "/newsroom/sections/4?done=term_merged")
	says(t, carl.get("/newsroom/sections/4"), http.StatusOK, "1 article", "/world/europe/")
	says(t, carl.get("/newsroom/sections/2"), http.StatusNotFound)
}

func TestTopicsAndPeopleAreFoundAmongManyAndChanged(t *testing.T) {
	d := openDesk(t)
	carl := d.hire("Carl Chief", news.Grant{Role: news.Chief})
	for i := range termsLength + 20 {
		d.must(d.desk.CreateTopic(t.Context(), "test", &news.Topic{Name: fmt.Sprintf("Topic %03d", i)}))
	}
	d.must(d.desk.CreatePerson(t.Context(), "test", &news.Person{Name: "Łukasz Żółć"}))
	w := carl.get("/newsroom/topics/")
	says(t, w, http.StatusOK, "Tides", "Topic 000", "More", "!Topic 118")
	says(t, carl.get("/newsroom/topics/?after=101"), http.StatusOK, "Topic 100", "Topic 119", "!Topic 099", "To the beginning")
	says(t, carl.get("/newsroom/topics/?after=9999"), http.StatusOK, "Tides")
	says(t, carl.get("/newsroom/topics/?q=top+11"), http.StatusOK, "Topic 110", "!Topic 100", "!Tides")
	says(t, carl.get("/newsroom/topics/?q=nothing"), http.StatusOK, "Nothing was found.")
	says(t, carl.get("/newsroom/people/?q=zo"), http.StatusOK, "Łukasz")
	says(t, carl.get("/newsroom/topics/new"), http.StatusOK)
	says(t, carl.post("/newsroom/topics/new", "name", "Tides"), http.StatusUnprocessableEntity)
	says(t, carl.post("/newsroom/topics/new", "name", "Ebb"), http.StatusSeeOther, "done=saved")
	says(t, carl.post("/newsroom/topics/1", "name", "Tides <b>", "slug", "topic-001", "version", "1"), http.StatusUnprocessableEntity, `value="Tides &lt;b&gt;"`)
	says(t, carl.post("/newsroom/topics/1", "name", "High tides", "slug", "high", "version", "1"), http.StatusSeeOther)
	says(t, carl.get("/newsroom/topics/1"), http.StatusOK, "/topic/high/", "/topic/tides/")
	says(t, carl.post("/newsroom/topics/1/retire", "version", "2", "retired", "1"), http.StatusSeeOther, "done=term_retired")
	says(t, carl.get("/newsroom/topics/?retired=1"), http.StatusOK, "High tides", "!Topic 001")
	says(t, carl.get("/newsroom/topics/2/merge"), http.StatusOK, "!name=\"into\"")
	says(t, carl.get("/newsroom/topics/2/merge?q=topic+001"), http.StatusOK, `name="into" value="3"`)
	says(t, carl.post("/newsroom/topics/2/merge", "version", "1", "into", "3", "version-3", "1"), http.StatusSeeOther, "/newsroom/topics/3?done=term_merged")

	says(t, carl.post("/newsroom/people/1", "name", "Anna <i>Bell</i>", "description", "Writes.\n\n<script>", "email", "anna", "website", "javascript:x", "picture", "99", "version", "1"), http.StatusUnprocessableEntity,
		"Anna &lt;i&gt;Bell", "&lt;script&gt;", "This is no email address.", "Write a whole address")
	says(t, carl.post("/newsroom/people/1", "name", "Anna Bell", "description", "Writes.", "email", "anna@paper.example", "website", "https://anna.example", "picture", "99", "version", "1"), http.StatusUnprocessableEntity, "This is not there any more")
	says(t, carl.post("/newsroom/people/1", "name", "Anna Bell", "slug", "anna", "description", "Writes.", "email", "anna@paper.example", "website", "https://anna.example", "version", "1"), http.StatusSeeOther)
	says(t, carl.post("/newsroom/people/1/retire", "version", "2", "retired", "1"), http.StatusSeeOther)
	p, err := d.store.Person(t.Context(), 1)
	if err != nil || !p.Retired || p.Slug != "anna" || p.Website != "https://anna.example" {
		t.Errorf("stored: %+v, %v", p, err)
	}
	if names, _ := d.store.PersonNames(t.Context(), 10); len(names) != 1 {
		t.Errorf("for a byline are offered: %v", names)
	}
	says(t, carl.get("/newsroom/people/1/merge"), http.StatusNotFound)
}

func TestStandingPagesAreATree(t *testing.T) {
	d := openDesk(t)
	carl := d.hire("Carl Chief", news.Grant{Role: news.Chief})
	says(t, carl.get(pagesPath), http.StatusOK, "There are no standing pages yet.")
	says(t, carl.post(pagesPath+"new", "headline", "About <us>", "parent", "0"), http.StatusSeeOther, "/newsroom/articles/1")
	says(t, carl.post(pagesPath+"new", "headline", "Imprint", "parent", "1"), http.StatusSeeOther, "/newsroom/articles/2")
	says(t, carl.post(pagesPath+"new", "headline", "Contact", "parent", "1"), http.StatusSeeOther, "/newsroom/articles/3")
	says(t, carl.post(pagesPath+"new", "headline", "Lost", "parent", "99"), http.StatusUnprocessableEntity, "This is not there any more", `value="Lost"`)
	says(t, carl.post(pagesPath+"new", "headline", strings.Repeat("x", 501)), http.StatusUnprocessableEntity, "At most 500 characters")
	says(t, carl.get(pagesPath), http.StatusOK, "About &lt;us&gt;", "Draft", `class="depth-1"`)
	says(t, carl.post(pagesPath+"order", "parent", "1", "id", "3", "id", "2", "do", "down 3"), http.StatusSeeOther, "done=paper_ordered")
	says(t, carl.post(pagesPath+"order", "parent", "1", "id", "2"), http.StatusSeeOther, "done=paper_order_changed")
	tree := carl.get(pagesPath).Body.String()
	if strings.Index(tree, "Imprint") > strings.Index(tree, "Contact") {
		t.Error("the order is another")
	}
	// The form of a page has its place, and not what belongs to stories.
	w := carl.get("/newsroom/articles/2")
	says(t, w, http.StatusOK, `name="parent"`, "Page above", "!name=\"byline_name\"", "!name=\"genre\" id", `<option value="1" lang="en" selected`)
	save := []string{"headline", "Imprint", "language", "en", "comments", "closed", "body", text, "do", "save"}
	says(t, carl.post("/newsroom/articles/2", append(save, "version", "1", "parent", "3")...), http.StatusSeeOther, "done=saved")
	if a := d.now(2); a.Parent != 3 {
		t.Errorf("it stands below %d", a.Parent)
	}
	says(t, carl.post("/newsroom/articles/3", append(save, "version", "1", "parent", "2")...), http.StatusUnprocessableEntity, "It can’t stand below itself.")
	d.story("A story", d.world, 0)
	says(t, carl.post("/newsroom/articles/3", append(save, "version", "1", "parent", "4")...), http.StatusUnprocessableEntity, "This is not there any more")
	says(t, carl.post("/newsroom/articles/3", append(save, "version", "1", "parent", "0")...), http.StatusSeeOther)
}
