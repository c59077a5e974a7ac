package newsroom

import (
	"cmp"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// PictureChoice is a field of a form that holds a picture of the library: the
// template "picture-choice", with the script picturefield.js.
type PictureChoice struct {
	Name   string         // of the field
	Chosen news.PictureID // 0 for none
	Thumbs []Thumb        // to choose from without the script; what is chosen stands first
	Upload bool           // whoever chooses may bring pictures
	Words  string         // of the script, in JSON
	None   string         // what stands in the place of none

}

// Thumb is a picture to be chosen.
type Thumb struct {
	ID        news.PictureID
	URL, Name string
	Alt       string
	Chosen    bool
}

// choiceWords are the words of the script, under their keys without "choice_".
var choiceWords = []string{"choose", "another", "remove", "upload", "describe", "title", "search", "found", "none_found", "failed", "more", "close", "percent", "looking", "none", "no_alt", "no_credit"}

// pictureChoice makes a field for a picture. words are looked for where there is no
// script.
func (v *visit) pictureChoice(name string, chosen news.PictureID, words string) (PictureChoice, error) {
	const offered = 12
	c := PictureChoice{Name: name, Chosen: chosen, Upload: v.staff.May(news.MayPicture), None: v.l.Word("choice_none")}
	say := map[string]string{"noAnswer": v.l.Word("upload_no_answer"), "signedOut": v.l.Word("upload_signed_out"), "refused": v.l.Word("upload_refused")}
	for _, w := range choiceWords {
		say[w] = v.l.Word("choice_" + w)
	}
	c.Words = jsonText(say)
	if chosen != 0 {
		p, err := v.Store.Picture(v.ctx(), chosen)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return c, err
		}
		if err == nil {
			c.Thumbs = append(c.Thumbs, thumb(&p, true))
		}
	}
	list, err := v.Store.LibraryPictures(v.ctx(), news.PictureFilter{Words: words, Usable: true, Kind: news.PictureFile}, 0, offered)
	for i := range list {
		if list[i].ID != chosen {
			c.Thumbs = append(c.Thumbs, thumb(&list[i], false))
		}
	}
	return c, err
}

func thumb(p *news.Picture, chosen bool) Thumb {
	return Thumb{p.ID, fileURL(p, thumbWidth), cmp.Or(p.Title, p.Name), p.Alt, chosen}
}
