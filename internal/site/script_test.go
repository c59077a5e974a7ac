package site_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/news"
)

// forms are the ways in which others write the address of a path.
func forms(path string) map[string]string {
	encoded := (&url.URL{Path: path}).EscapedPath()
	apart := (&url.URL{Path: norm.NFD.String(path)}).EscapedPath()
	return map[string]string{
		"encoded":                             encoded,
		"encoded with small letters":          strings.ToLower(encoded),
		"not encoded":                         path,
		"with accents apart":                  apart,
		"with accents apart, small letters":   strings.ToLower(apart),
		"with accents apart, not encoded":     norm.NFD.String(path),
		"all encoded, even what need not be":  everything(path),
		"with a parameter that nobody reads":  encoded + "?fbclid=" + url.QueryEscape("می‌شود"),
		"with accents apart and a parameter ": apart + "?utm_source=x",
	}
}

// everything is a path with each byte but slashes encoded.
func everything(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		if path[i] == '/' {
			b.WriteByte('/')
			continue
		}
		b.Write([]byte{'%', hex[path[i]>>4], hex[path[i]&15]})
	}
	return b.String()
}

// headlines are in many scripts, some with their accents apart.
func headlines() map[string]string {
	return map[string]string{
		"Выборы в Киеве: «всё только начато»": "выборы-в-киеве-всё-только-начато",
		norm.NFD.String("Йод, ёлка й Їжак"):   "йод-ёлка-й-їжак",
		"Обʼєднання: що далі?":                "обєднання-що-далі",
		"الانتخاباتُ المُبكِّرة في العـــراق": "الانتخابات-المبكرة-في-العراق",
		norm.NFD.String("آخر الأخبار ٢٠٢٦"):   "آخر-الأخبار-٢٠٢٦",
		"خانه‌های تهران ۱۰٪ گران‌تر می‌شود؟":  "خانه-های-تهران-۱۰-گران-تر-می-شود",
		"ۀ و هٔ": "ۀ-و-هٔ",
		"港口表决：议会通过了新的预算案":                      "港口表决-议会通过了新的预算案",
		norm.NFD.String("首相「増税ではなくガガーリン」"):     "首相-増税ではなくガガーリン",
		norm.NFD.String("한국 대통령, 내일 회담"):       "한국-대통령-내일-회담",
		"EU و ایران: Deal یا No Deal? 50% + 1": "eu-و-ایران-deal-یا-no-deal-50-1",
		norm.NFD.String("Größe in Köln – più"): "größe-in-köln-più",
	}
}

func TestAHeadlineInAnyScriptHasAnAddressThatIsFound(t *testing.T) {
	p := sqlite(t, setup{})
	link := regexp.MustCompile(`href="([^"]*)"`)
	for headline, slug := range headlines() {
		a := p.story(t, headline, 9, four, nil)
		if want := "/world/2026/07/04/" + slug + "/"; a.Path != want || !norm.NFC.IsNormalString(a.Path) {
			t.Errorf("%q stands at %q, want %q", headline, a.Path, want)
			continue
		}
		encoded := (&url.URL{Path: a.Path}).EscapedPath()
		for how, form := range forms(a.Path) {
			resp := p.ask(t, form, nil)
			html := text(t, resp)
			if resp.StatusCode != http.StatusOK || !strings.Contains(html, `rel="canonical" href="https://paper.example`+encoded+`"`) {
				t.Errorf("%s: %s answers %s", how, form, resp.Status)
			}
		}
		for _, m := range link.FindAllStringSubmatch(p.page(t, "/world/"), -1) {
			for i := range len(m[1]) {
				if m[1][i] >= 0x80 || m[1][i] == ' ' {
					t.Fatalf("the link %q is not encoded", m[1])
				}
			}
		}
		holds(t, p.page(t, "/world/"), `href="`+encoded+`"`)
		holds(t, text(t, p.ask(t, "/feed/", nil)), "https://paper.example"+encoded)
	}
}

func TestOldFormsOfAnAddressInAnyScriptLeadThere(t *testing.T) {
	p := sqlite(t, setup{})
	for headline := range headlines() {
		a := p.story(t, headline, 9, four, nil)
		encoded := (&url.URL{Path: a.Path}).EscapedPath()
		for _, end := range []string{"", "/amp/", "/feed/", "/comment-page-2/", "/page/3"} {
			for how, form := range forms(strings.TrimSuffix(a.Path, "/") + end) {
				resp := p.ask(t, form, nil)
				if got := resp.Header.Get("Location"); resp.StatusCode != http.StatusMovedPermanently || got != encoded {
					t.Errorf("%s: %s answers %s, %s", how, form, resp.Status, got)
				}
			}
		}
	}
}

func TestSectionsTopicsPeopleAndPicturesHaveAddressesInAnyScript(t *testing.T) {
	p := sqlite(t, setup{})
	section, topic := &news.Section{Name: norm.NFD.String("Політика й війна")}, &news.Topic{Name: "خانه‌سازی"}
	person := &news.Person{Name: norm.NFD.String("Zoë Ångström")}
	must(t, p.CreateSection(t.Context(), "Anna", section))
	must(t, p.CreateTopic(t.Context(), "Anna", topic))
	must(t, p.CreatePerson(t.Context(), "Anna", person))
	picture := p.picture(t, norm.NFD.String("Київ, ніч.PNG"))
	p.story(t, "A story", 9, four, func(a *news.Article) {
		a.Section, a.Sections = section.ID, []news.SectionID{section.ID}
		a.Topics, a.Byline = []news.TopicID{topic.ID}, []news.Credit{{Person: person.ID}}
	})
	for path, want := range map[string]string{
		section.Path: "/політика-й-війна/", topic.Path: "/topic/خانه-سازی/", person.Path: "/author/zoë-ångström/", picture.Path: "/pictures/2026/07/київ-ніч.png",
		section.Path + "feed/": "/політика-й-війна/feed/",
	} {
		if path != want {
			t.Errorf("it stands at %q, want %q", path, want)
		}
		for how, form := range forms(path) {
			if resp := p.ask(t, form, nil); resp.StatusCode != http.StatusOK {
				t.Errorf("%s: %s answers %s", how, form, resp.Status)
			}
		}
	}
}

func TestACommentIsTakenAtAnyFormOfAnAddress(t *testing.T) {
	p := sqlite(t, setup{})
	a := p.story(t, "Йод, ёлка й Їжак", 9, four, nil)
	n := 0
	for how, form := range forms(a.Path) {
		resp := p.ask(t, form, url.Values{"name": {"Ida"}, "email": {"ida@mail.example"}, "text": {how}})
		if resp.StatusCode != http.StatusSeeOther || !strings.HasPrefix(resp.Header.Get("Location"), (&url.URL{Path: a.Path}).EscapedPath()) {
			t.Errorf("%s: %s answers %s, %s", how, form, resp.Status, resp.Header.Get("Location"))
		}
		n++
	}
	waiting, err := p.CommentsIn(t.Context(), news.Held, 0, 100)
	must(t, err)
	if len(waiting) != n {
		t.Errorf("%d comments wait, want %d", len(waiting), n)
	}
}
