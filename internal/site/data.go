package site

import (
	"broadsheet/internal/news"
)

// Structured data for search engines, in schema.org's words (JSON-LD 1.1), made
// of the page's own view so that it can't say anything else than the page.

type ldWebsite struct {
	Context   string         `json:"@context"`
	Type      string         `json:"@type"`
	Name      string         `json:"name"`
	URL       string         `json:"url"`
	Publisher *ldPublication `json:"publisher,omitempty"`
}

// ldPublication is the paper itself.
type ldPublication struct {
	Type   string   `json:"@type"`
	Name   string   `json:"name"`
	URL    string   `json:"url"`
	SameAs []string `json:"sameAs,omitempty"`
}

type ldArticle struct {
	Context       string    `json:"@context"`
	Type          string    `json:"@type"`
	Headline      string    `json:"headline"`
	Description   string    `json:"description,omitempty"`
	URL           string    `json:"mainEntityOfPage"`
	Image         []ldImage `json:"image,omitempty"`
	Published     string    `json:"datePublished"`
	Modified      string    `json:"dateModified"`
	Authors       []ldThing `json:"author,omitempty"`
	Publisher     ldThing   `json:"publisher"`
	Section       string    `json:"articleSection,omitempty"`
	Keywords      []string  `json:"keywords,omitempty"`
	Language      string    `json:"inLanguage"`
	Copyright     string    `json:"copyrightNotice,omitempty"`
	CopyrightYear string    `json:"copyrightYear,omitempty"`
	BasedOn       string    `json:"isBasedOn,omitempty"`
	License       string    `json:"license,omitempty"`
}

type ldImage struct {
	Type   string `json:"@type"`
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Credit string `json:"creditText,omitempty"`
}

type ldThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type ldProfile struct {
	Context string  `json:"@context"`
	Type    string  `json:"@type"`
	Entity  ldThing `json:"mainEntity"`
}

type ldCrumbs struct {
	Context string    `json:"@context"`
	Type    string    `json:"@type"`
	Items   []ldCrumb `json:"itemListElement"`
}

type ldCrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

const schema = "https://schema.org"

func website(s news.Settings) any {
	w := ldWebsite{Context: schema, Type: "WebSite", Name: s.Title, URL: s.Address + "/"}
	if len(s.Social) > 0 {
		w.Publisher = &ldPublication{"NewsMediaOrganization", s.Title, s.Address + "/", s.Social}
	}
	return w
}

func newsArticle(r *reading, v *Article) any {
	a := ldArticle{Context: schema, Type: "NewsArticle", Headline: v.Headline, Description: v.Description, URL: v.Canonical, Published: v.Published,
		Modified: v.Modified, Publisher: ldThing{"NewsMediaOrganization", r.settings.Title, r.settings.Address + "/"}, Section: v.Section,
		Keywords: v.Topics, Language: v.Lang, Copyright: v.Rights, BasedOn: v.Source.URL}
	if len(v.Published) >= 4 {
		a.CopyrightYear = v.Published[:4]
	}
	for _, c := range v.Byline {
		a.Authors = append(a.Authors, ldThing{"Person", c.Text, r.settings.Address + c.URL})
	}
	if v.Lead != nil {
		a.Image = []ldImage{{"ImageObject", v.Image.URL, v.Image.Width, v.Image.Height, v.Lead.Credit}}
	}
	return a
}

func breadcrumbs(s news.Settings, way []Link, path string) any {
	c := ldCrumbs{Context: schema, Type: "BreadcrumbList"}
	for i, l := range way {
		url := l.URL
		if url == "" {
			url = path
		}
		c.Items = append(c.Items, ldCrumb{"ListItem", i + 1, l.Text, s.Address + url})
	}
	return c
}

func profile(s news.Settings, p *news.Person, path string) any {
	return ldProfile{schema, "ProfilePage", ldThing{"Person", p.Name, s.Address + path}}
}
