package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
)

// PictureTools is what can be done with a picture itself, for the template
// "picture-view": crop, focus, another file.
type PictureTools struct {
	Seen     string // its file, by which a tool knows that it is still the one on the screen
	Pixels   bool   // it has a focus
	CanCrop  bool
	Cropped  bool
	Crop     CropForm
	Focus    FocusForm
	FocusSet bool
	Width    int // of the whole picture
	Height   int
	Least    int        // pixels of a crop
	Uncut    string     // address of the whole picture
	Cuts     []ThemeCut // the proportions that the theme cuts pictures to
	Replace  bool       // whoever looks may put another file in its place
	Accept   string     // types of file, as HTML's accept has them
	MaxSize  string
	Before   *BeforeFile // nil for none
	Changed  bool        // the file is another than the one that was on the screen
}

// CropForm is a crop as it was typed, in pixels.
type CropForm struct{ Left, Top, Width, Height string }

// FocusForm is a focus as it was typed, in percent.
type FocusForm struct{ X, Y string }

// ThemeCut is a proportion in which readers see pictures.
type ThemeCut struct {
	W, H  int
	Label string
}

// BeforeFile is the file that a picture had before.
type BeforeFile struct{ Name, When, By string }

// fillTools fills in the tools for p, as view has not been told them.
func (v *visit) fillTools(p *news.Picture, view *PictureEdit) error {
	t := &view.Tools
	t.Seen, t.Width, t.Height, t.Least = p.Blob, p.Width, p.Height, news.LeastCrop
	t.Cropped, t.FocusSet = p.Crop != (news.Crop{}), p.FocusSet
	t.Replace, t.MaxSize, t.Accept = v.mayDelete(p) && p.Served != "", v.fileSize(v.MaxUpload), accepts(p)
	if t.Pixels = p.Image(); t.Pixels {
		t.Uncut = fileURL(p, 0)
		t.CanCrop = media.CanCrop(p)
		if t.Crop == (CropForm{}) {
			c := p.Crop
			if !t.Cropped {
				c = news.Crop{W: p.Width, H: p.Height}
			}
			t.Crop = CropForm{strconv.Itoa(c.X), strconv.Itoa(c.Y), strconv.Itoa(c.W), strconv.Itoa(c.H)}
		}
		if t.Focus == (FocusForm{}) && p.Focus != (news.Focus{}) {
			t.Focus = FocusForm{percent(p.Focus.X), percent(p.Focus.Y)}
		}
		room, err := v.Room()
		if err != nil {
			return err
		}
		t.Cuts = v.themeCuts(room.Uses())
	}
	if !t.Replace {
		return nil
	}
	before, ok, err := v.Store.ReplacedFile(v.ctx(), p.ID)
	if ok {
		t.Before = &BeforeFile{before.File.Name, v.moment(before.At), v.by(before.By)}
	}
	return err
}

// themeCuts are the proportions that uses ask for, each once, the widest first.
func (v *visit) themeCuts(uses []media.Use) []ThemeCut {
	var cuts []ThemeCut
	for _, u := range uses {
		if c := (ThemeCut{W: u.Shape.W, H: u.Shape.H}); u.Shape != (media.Shape{}) {
			c.Label = v.l.Say("cut_label", "w", v.l.Number(c.W), "h", v.l.Number(c.H))
			if !slices.Contains(cuts, c) {
				cuts = append(cuts, c)
			}
		}
	}
	slices.SortFunc(cuts, func(a, b ThemeCut) int { return cmp.Compare(b.W*a.H, a.W*b.H) })
	return cuts
}

// accepts are the types of file that can take the place of p's.
func accepts(p *news.Picture) string {
	switch p.Kind() {
	case news.PictureFile:
		return "image/jpeg,image/png,image/gif,image/webp,image/avif"
	case news.SoundFile:
		return "audio/*"
	case news.FilmFile:
		return "video/mp4,video/webm,video/ogg"
	}
	return "application/pdf"
}

// percent is a number of thousandths as a number field has it.
func percent(thousandths int) string {
	return strings.TrimSuffix(strconv.FormatFloat(float64(thousandths)/10, 'f', 1, 64), ".0")
}

// pictureCrop says which part of a picture readers see.
func pictureCrop(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	var c news.Crop
	typed := CropForm{oneLine(values.Get("left")), oneLine(values.Get("top")), oneLine(values.Get("width")), oneLine(values.Get("height"))}
	if values.Get("all") == "" {
		for _, f := range []struct {
			text string
			to   *int
		}{{typed.Left, &c.X}, {typed.Top, &c.Y}, {typed.Width, &c.W}, {typed.Height, &c.H}} {
			if *f.to, err = strconv.Atoi(f.text); err != nil {
				v.bad("crop", news.CropOutside, 0)
			}
		}
	}
	if len(v.wrong) == 0 {
		room, err := v.Room()
		if err != nil {
			return err
		}
		err = v.Desk.CropPicture(v.ctx(), room, v.who(), news.PictureID(v.id("id")), values.Get("seen"), c)
		if !v.toolRefused(err) {
			return v.afterTool(err, "cropped")
		}
	}
	return v.showTools(http.StatusUnprocessableEntity, PictureTools{Crop: typed})
}

// pictureFocus says what the cuts of a picture must keep.
func pictureFocus(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	var f news.Focus
	typed := FocusForm{oneLine(values.Get("x")), oneLine(values.Get("y"))}
	if values.Get("find") == "" {
		f = news.Focus{X: thousandths(typed.X), Y: thousandths(typed.Y)}
		if f.X == 0 || f.Y == 0 {
			v.bad("focus", news.FocusOutside, 0)
			return v.showTools(http.StatusUnprocessableEntity, PictureTools{Focus: typed})
		}
	}
	err = v.Desk.SetFocus(v.ctx(), v.who(), news.PictureID(v.id("id")), f)
	if fault.Is(err, fault.Invalid) {
		v.bad("focus", news.FocusOutside, 0)
		return v.showTools(http.StatusUnprocessableEntity, PictureTools{Focus: typed})
	}
	return v.afterTool(err, "focused")
}

// thousandths reads a percentage from 0 to 100; 0 for what is none. A focus begins
// at 1: its edge is that of the picture.
func thousandths(s string) int {
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || !(n >= 0 && n <= 100) {
		return 0
	}
	return max(1, int(n*10+.5))
}

// pictureReplace puts another file in the place of a picture's.
func pictureReplace(v *visit) error {
	p, err := v.replaceable()
	if err != nil {
		return err
	}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "")
	}
	seen := ""
	for {
		part, err := parts.NextPart()
		if err != nil { // there is no file
			v.bad("file", news.FileEmpty, 0)
			return v.showTools(http.StatusUnprocessableEntity, PictureTools{})
		}
		if part.FormName() == "seen" {
			if seen, err = shortField(part); err != nil {
				return err
			}
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		file, problem, err := v.keepPart(part)
		if err != nil {
			return err
		}
		if problem != "" {
			v.bad("file", problem, int(v.MaxUpload>>20))
			return v.showTools(http.StatusUnprocessableEntity, PictureTools{})
		}
		room, err := v.Room()
		if err != nil {
			return err
		}
		err = v.Desk.ReplacePicture(v.ctx(), room, v.who(), p.ID, seen, file)
		if err != nil {
			if err := v.Desk.DiscardFile(v.ctx(), file.Blob); err != nil {
				return err
			}
		}
		if v.toolRefused(err) {
			return v.showTools(http.StatusUnprocessableEntity, PictureTools{})
		}
		return v.afterTool(err, "replaced")
	}
}

// picturePutBack puts the file before back in its place.
func picturePutBack(v *visit) error {
	p, err := v.replaceable()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	room, err := v.Room()
	if err != nil {
		return err
	}
	err = v.Desk.PutBackPicture(v.ctx(), room, v.who(), p.ID, values.Get("seen"))
	if v.toolRefused(err) {
		return v.showTools(http.StatusUnprocessableEntity, PictureTools{})
	}
	return v.afterTool(err, "put_back")
}

// replaceable is the picture of the address, if whoever asks may give it another
// file: those who might delete it.
func (v *visit) replaceable() (news.Picture, error) {
	p, err := v.Store.Picture(v.ctx(), news.PictureID(v.id("id")))
	if err == nil && !v.mayDelete(&p) {
		err = fault.New(fault.Denied, "")
	}
	return p, err
}

// toolRefused notes what is wrong with what was asked of a tool, and reports
// whether that was it.
func (v *visit) toolRefused(err error) bool {
	return fault.Is(err, fault.Invalid) && v.refused(err)
}

// afterTool leads back to the picture, or says that its file is another by now.
func (v *visit) afterTool(err error, done string) error {
	if fault.Is(err, fault.Conflict) {
		return v.showTools(http.StatusConflict, PictureTools{Changed: true})
	}
	if err != nil {
		return err
	}
	return v.see((&url.URL{Path: picturePath(news.PictureID(v.id("id")))}).Path, done)
}

// showTools shows the picture's page again, with what was typed into a tool.
func (v *visit) showTools(status int, tools PictureTools) error {
	p, err := v.Store.Picture(v.ctx(), news.PictureID(v.id("id")))
	if err != nil {
		return err
	}
	return v.showPicture(status, &p, &PictureEdit{Typed: p, Ends: v.endDay(p.RightsEnd), Tools: tools})
}
