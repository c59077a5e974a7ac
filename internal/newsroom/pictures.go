package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
)

// picturesLength is how many pictures one page of the library has.
const picturesLength = 60

// rightsSoon is how long before their end rights count as ending.
const rightsSoon = 30 * 24 * time.Hour

// Pictures is the library.
type Pictures struct {
	Frame
	Tabs         []Tab
	Show         string // the tab, as in the address
	Query        string
	Mine         bool
	Since, Until string // days, as a date field has them
	Kinds        []Choice
	Filtered     bool // by more than the tab
	Tiles        []PictureTile
	First, Older string // addresses; "" for none
	Nothing      string // what stands where there are no tiles
	MaxSize      string // of a file, in words
	Most         int64  // the same in bytes
}

// PictureTile is one file in a grid.
type PictureTile struct {
	ID            news.PictureID
	URL           string // of what is shown; "" for a file that is no picture
	Width, Height int
	Name          string
	Kind          string // in words, of a file that is no picture
	Credit        string
	Flags         []Flag // what is to be known before it is used
	Ended         bool   // its rights have
}

// Flag is a short word about a file; Bad where something is to be done.
type Flag struct {
	Label string
	Bad   bool
}

// pictureTabs are the lists of the library, in their order.
var pictureTabs = []string{"", "no_alt", "no_credit", "ending", "ended", "unused"}

// fileKinds are the kinds of file, in the order of the form.
var fileKinds = []news.FileKind{news.PictureFile, news.SoundFile, news.FilmFile, news.OtherFile}

// pictures shows the library.
func pictures(v *visit) error {
	q := v.r.URL.Query()
	view := Pictures{Frame: v.frame(v.l.Word("pictures_title")), Show: q.Get("show"), Query: q.Get("q"), Mine: q.Get("mine") != "", MaxSize: v.fileSize(v.MaxUpload), Most: v.MaxUpload}
	filter := v.pictureFilter(q)
	if !filter.Since.IsZero() {
		view.Since = q.Get("since")
	}
	if !filter.Until.IsZero() {
		view.Until = q.Get("until")
	}
	if !slices.Contains(pictureTabs, view.Show) {
		view.Show = ""
	}
	for _, show := range pictureTabs {
		view.Tabs = append(view.Tabs, Tab{Path: picturesPath(q, "show", show), Label: v.l.Word("pictures_" + cmp.Or(show, "all")), Here: show == view.Show})
	}
	for _, k := range fileKinds {
		view.Kinds = append(view.Kinds, Choice{Value: string(k), Label: v.l.Word("file_" + string(k)), Chosen: k == filter.Kind})
	}
	after, _ := strconv.ParseInt(q.Get("before"), 10, 64) // what is no number is the beginning
	list, err := v.Store.LibraryPictures(v.ctx(), filter, news.PictureID(max(after, 0)), picturesLength+1)
	if err != nil {
		return err
	}
	if len(list) > picturesLength {
		list = list[:picturesLength]
		view.Older = picturesPath(q, "before", strconv.FormatInt(int64(list[picturesLength-1].ID), 10))
	}
	if after > 0 {
		view.First = picturesPath(q, "before", "")
	}
	view.Filtered = view.Query != "" || view.Mine || view.Since != "" || view.Until != "" || filter.Kind != ""
	switch {
	case view.Filtered || after > 0:
		view.Nothing = v.l.Word("pictures_none_found")
	case view.Show != "":
		view.Nothing = v.l.Word("pictures_none_" + view.Show)
	default:
		view.Nothing = v.l.Word("pictures_none")
	}
	if view.Tiles, err = v.pictureTiles(list); err != nil {
		return err
	}
	return v.show(http.StatusOK, "pictures", view)
}

// pictureFilter is what the address asks for.
func (v *visit) pictureFilter(q url.Values) news.PictureFilter {
	f := news.PictureFilter{Words: q.Get("q"), Since: v.day(q.Get("since")), Until: v.day(q.Get("until"))}
	if !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1) // that day included
	}
	if q.Get("mine") != "" {
		f.Creator = v.staff.ID
	}
	for _, k := range fileKinds {
		if string(k) == q.Get("kind") {
			f.Kind = k
		}
	}
	switch q.Get("show") {
	case "no_alt":
		f.NoAlt, f.Kind = true, news.PictureFile
	case "no_credit":
		f.NoCredit = true
	case "ending":
		f.EndsBy = v.Now().Add(rightsSoon)
	case "ended":
		f.Ended = true
	case "unused":
		f.Unused = true
	}
	return f
}

// day is the beginning of a day in the paper's zone, as a date field writes it; the
// zero time for what is none.
func (v *visit) day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, v.settings.Zone())
	if err != nil {
		return time.Time{}
	}
	return t
}

// picturesPath is the library's address with one part of it changed, at its
// beginning unless that is the place.
func picturesPath(q url.Values, name, value string) string {
	return listPath(Path+"pictures/", q, name, value, "show", "q", "kind", "mine", "since", "until")
}

// pictureTiles are pictures as a grid shows them.
func (v *visit) pictureTiles(list []news.Picture) ([]PictureTile, error) {
	ids := make([]news.PictureID, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	used, err := v.Store.UsedTimes(v.ctx(), ids)
	if err != nil {
		return nil, err
	}
	tiles := make([]PictureTile, len(list))
	for i := range list {
		tiles[i] = v.pictureTile(&list[i])
		if used[list[i].ID] == 0 {
			tiles[i].Flags = append(tiles[i].Flags, Flag{v.l.Word("flag_unused"), false})
		}
	}
	return tiles, nil
}

func (v *visit) pictureTile(p *news.Picture) PictureTile {
	t := PictureTile{ID: p.ID, Name: cmp.Or(strings.TrimSpace(p.Title), p.Name), Credit: p.Credit, Ended: p.Ended}
	t.Width, t.Height = p.Shown()
	if shown(p) {
		t.URL = fileURL(p, thumbWidth)
	} else {
		t.Kind = v.l.Word("file_" + string(p.Kind()))
	}
	switch {
	case p.Ended:
		t.Flags = append(t.Flags, Flag{v.l.Word("rights_ended"), true})
	case !p.RightsEnd.IsZero() && p.RightsEnd.Before(v.Now().Add(rightsSoon)):
		t.Flags = append(t.Flags, Flag{v.l.Say("rights_until", "date", v.lastDay(p.RightsEnd)), true})
	}
	if p.Kind() == news.PictureFile && p.Alt == "" {
		t.Flags = append(t.Flags, Flag{v.l.Word("flag_no_alt"), true})
	}
	if p.Credit == "" {
		t.Flags = append(t.Flags, Flag{v.l.Word("flag_no_credit"), true})
	}
	return t
}

// lastDay is the last day before a moment at which rights end, in words.
func (v *visit) lastDay(end time.Time) string {
	return v.l.Date(end.In(v.settings.Zone()).Add(-time.Millisecond))
}

// fileSize is a number of bytes in words.
func (v *visit) fileSize(n int64) string {
	switch {
	case n < 1<<20:
		return v.l.Say("size_kb", "n", v.l.Number(int((n+1023)>>10)))
	case n < 10<<30:
		return v.l.Say("size_mb", "n", v.l.Number(int((n+1<<19)>>20)))
	}
	return v.l.Say("size_gb", "n", v.l.Number(int((n+1<<29)>>30)))
}
