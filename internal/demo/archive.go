package demo

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"time"
)

// Archive makes articles for measuring: any number of them, each the same
// whenever it is made, with the spread of words, names and dates of a real
// paper. Its sentences mean nothing.
type Archive struct {
	words []string
	zipf  func(*rand.Rand) *rand.Zipf
	end   time.Time
}

// Generated is one article of an [Archive].
type Generated struct {
	Number    int // from 0, oldest last
	Headline  string
	Slug      string
	Section   string // a slug, see [ArchiveSections]
	Topics    []string
	Author    string
	Published time.Time
	HTML      string // about 600 words in paragraphs
	Comments  []string
}

// ArchiveSections are the slugs of the sections that generated articles are in.
var ArchiveSections = []string{"world", "politics", "economy", "city", "culture", "sport"}

// archiveAuthors is how many authors an archive has, archiveTopics how many
// topics.
const (
	archiveAuthors = 40
	archiveTopics  = 400
)

// NewArchive makes an archive whose newest article appeared just before end.
func NewArchive(end time.Time) *Archive {
	r := rand.New(rand.NewPCG(1, 2))
	common := strings.Fields(`the of and to in a is that for it was on are as with his they at be this from have or by one had not but what all were
		when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two
		like him see time could no make than first been its who now people my made over did down only way find use may water long little very after
		council harbour minister vote budget school river trade city report official police court hospital election party market price team season`)
	syllables := strings.Fields(`ba be bo ca co da de di do el en er fa fo ga ge go ha he ho in ka ke la le li lo ma me mi mo na ne no or pa pe po ra re ri ro sa se si so ta te ti to va ve vi wa we`)
	seen := map[string]bool{}
	words := common
	for len(words) < 12000 {
		w := ""
		for range 2 + r.IntN(3) {
			w += syllables[r.IntN(len(syllables))]
		}
		if !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return &Archive{words: words, end: end, zipf: func(r *rand.Rand) *rand.Zipf { return rand.NewZipf(r, 1.1, 6, uint64(len(words)-1)) }}
}

// Article makes the article of that number; the same number makes the same
// article.
func (a *Archive) Article(number int) Generated {
	r := rand.New(rand.NewPCG(3, uint64(number)))
	z := a.zipf(r)
	g := a.head(number, r, z)
	var b strings.Builder
	for range 10 {
		b.WriteString("<p>")
		for range 4 {
			b.WriteString(html.EscapeString(title(a.sentence(z, 10+r.IntN(11)))))
			b.WriteString(". ")
		}
		b.WriteString("</p>\n")
	}
	g.HTML = b.String()
	for range 5 {
		g.Comments = append(g.Comments, title(a.sentence(z, 8+r.IntN(40)))+".")
	}
	return g
}

// Head is Article without body and comments, for who wants to know where many of
// them stand.
func (a *Archive) Head(number int) Generated {
	r := rand.New(rand.NewPCG(3, uint64(number)))
	return a.head(number, r, a.zipf(r))
}

func (a *Archive) head(number int, r *rand.Rand, z *rand.Zipf) Generated {
	g := Generated{Number: number, Headline: title(a.sentence(z, 4+r.IntN(6))), Section: ArchiveSections[r.IntN(len(ArchiveSections))]}
	g.Slug = fmt.Sprintf("%s-%d", strings.ReplaceAll(strings.ToLower(g.Headline), " ", "-"), number)
	g.Author = fmt.Sprintf("author-%d", r.IntN(archiveAuthors))
	for range 1 + r.IntN(4) {
		g.Topics = append(g.Topics, fmt.Sprintf("topic-%d", int(rand.NewZipf(r, 1.2, 4, archiveTopics-1).Uint64())))
	}
	g.Published = a.end.Add(-time.Duration(number)*20*time.Minute - time.Duration(r.IntN(900))*time.Second).Truncate(time.Second)
	return g
}

// Path is the article's address.
func (g *Generated) Path() string {
	return fmt.Sprintf("/%s/%s/", g.Published.Format("2006/01/02"), g.Slug)
}

func (a *Archive) sentence(z *rand.Zipf, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = a.words[z.Uint64()]
	}
	return strings.Join(words, " ")
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
