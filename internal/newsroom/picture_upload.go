package newsroom

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// mostFiles is how many files one form may bring.
const mostFiles = 100

// PicturesUploaded is what became of files that were sent without the page's script.
type PicturesUploaded struct {
	Frame
	Files []Uploaded
}

// Uploaded is what became of one file.
type Uploaded struct {
	File    string // its name
	Problem string // why it was not taken, in words; "" where it was
	Again   bool   // the library has it already
	Tile    PictureTile
}

// common is what a form of files says of all of them, by field; it comes before the
// files.
type common map[string]string

// commonFields are those fields, besides the end of rights.
var commonFields = []string{"credit", "source", "rights"}

// read takes a field over; others say nothing.
func (c common) read(part *multipart.Part) error {
	name := part.FormName()
	if name != "rights_end" && !slices.Contains(commonFields, name) {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(part, 64<<10)) // what is too long is cut like what a file says
	c[name] = strings.TrimSpace(clean(string(b)))
	return err
}

// fill fills in what a file does not say of itself.
func (c common) fill(v *visit, p *news.Picture) {
	for _, f := range pictureFields {
		if to := f.of(p); *to == "" && slices.Contains(commonFields, f.name) {
			if *to = c[f.name]; f.rows == 0 {
				*to = oneLine(*to)
			}
		}
	}
	if day := v.day(c["rights_end"]); p.RightsEnd.IsZero() && !day.IsZero() {
		p.RightsEnd = day.AddDate(0, 0, 1)
	}
}

// picturesUpload takes files into the library, as they come: each goes to the disk
// before the next is read. The page's script sends one at a time, and is answered in
// JSON: {"picture": …}, with "there": words where the library had it already, or
// {"error": words}.
func picturesUpload(v *visit) error {
	parts, err := v.r.MultipartReader()
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "")
	}
	inJSON := !strings.Contains(v.r.Header.Get("Accept"), "text/html")
	view, again, all := PicturesUploaded{Frame: v.frame(v.l.Word("uploaded_title"))}, false, common{}
	for len(view.Files) < mostFiles {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "")
		}
		if part.FormName() == "again" {
			again = true
			continue
		}
		if part.FileName() == "" {
			if err := all.read(part); err != nil {
				return fault.Wrap(fault.Invalid, err, "")
			}
			continue // a field without a file
		}
		if v.day(all["rights_end"]).IsZero() && all["rights_end"] != "" {
			v.bad("rights_end", news.BadChoice, 0)
			view.Files = append(view.Files, Uploaded{File: fileName(part.FileName()), Problem: v.wrong["rights_end"]})
			if inJSON {
				return v.answerUpload(&view.Files[0], nil)
			}
			continue
		}
		one, p, err := v.take(part, again, all)
		if err != nil {
			return err
		}
		if inJSON {
			return v.answerUpload(&one, p)
		}
		view.Files = append(view.Files, one)
	}
	if len(view.Files) == 0 {
		view.Files = []Uploaded{{Problem: v.l.Word("upload_nothing")}}
		if inJSON {
			return v.answerUpload(&view.Files[0], nil)
		}
	}
	status := http.StatusOK
	for _, f := range view.Files {
		if f.Problem != "" {
			status = http.StatusUnprocessableEntity
		}
	}
	return v.show(status, "pictures-uploaded", view)
}

// answerUpload answers the page's script.
func (v *visit) answerUpload(one *Uploaded, p *news.Picture) error {
	if one.Problem != "" {
		return v.jsonStatus(http.StatusUnprocessableEntity, map[string]string{"error": one.Problem})
	}
	answer := map[string]any{"picture": v.foundPicture(p)}
	if one.Again {
		answer["there"] = v.l.Word("upload_there")
	}
	return v.json(answer)
}

// take takes one file. What is wrong with the file is told in words; an error is
// that of the store or the disk, or a line that broke.
func (v *visit) take(part *multipart.Part, again bool, all common) (one Uploaded, p *news.Picture, err error) {
	one.File = fileName(part.FileName())
	file, problem, err := v.keepPart(part)
	if err != nil || problem != "" {
		v.bad("file", problem, int(v.MaxUpload>>20))
		one.Problem = v.wrong["file"]
		return one, nil, err
	}
	kept := *file
	kept.Creator = v.staff.ID
	all.fill(v, &kept)
	there, err := v.Desk.UploadPicture(v.ctx(), v.who(), &kept, again)
	if err != nil {
		return one, nil, err
	}
	if there != 0 {
		one.Again = true
		if kept, err = v.Store.Picture(v.ctx(), there); err != nil {
			return one, nil, err
		}
	}
	one.Tile = v.pictureTile(&kept)
	return one, &kept, nil
}

// keepPart keeps a file on the disk, in no picture yet. What is wrong with it is the
// problem; then nothing of it is left.
func (v *visit) keepPart(part *multipart.Part) (*news.Picture, news.FieldProblem, error) {
	kept, err := v.Disk.Take(v.ctx(), fileName(part.FileName()), v.patient(part), v.MaxUpload)
	if err == nil {
		return &kept, "", nil
	}
	if kept.Blob != "" {
		if err := v.Desk.DiscardFile(v.ctx(), kept.Blob); err != nil {
			return nil, "", err
		}
	}
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.Invalid || e.Fields["file"] == "" {
		return nil, "", err
	}
	return nil, news.FieldProblem(e.Fields["file"]), nil
}

// shortField is the value of a field that came beside a file.
func shortField(part *multipart.Part) (string, error) {
	b, err := io.ReadAll(io.LimitReader(part, 1<<10))
	return string(b), err
}

// patience is how long nothing may come of a file that is being sent.
const patience = 30 * time.Second

// patient reads r as long as something comes: a large file takes longer than the
// server else gives a request.
func (v *visit) patient(r io.Reader) io.Reader {
	return &patientReader{r: r, line: http.NewResponseController(v.w)}
}

type patientReader struct {
	r    io.Reader
	line *http.ResponseController
	told time.Time
}

func (p *patientReader) Read(b []byte) (int, error) {
	if now := time.Now(); now.Sub(p.told) > time.Second {
		p.told = now
		// Not every connection has deadlines.
		_ = p.line.SetReadDeadline(now.Add(patience))
		_ = p.line.SetWriteDeadline(now.Add(2 * patience))
	}
	return p.r.Read(b)
}

// fileName is the name of a file that somebody has sent, without folders and signs
// that no name has, and not longer than names are.
func fileName(s string) string {
	const longest = 200
	s = oneLine(norm.NFC.String(clean(s)))
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"|?*`, r) {
			return '-'
		}
		return r
	}, s)
	if s == "" || s == "." || s == ".." {
		return "file"
	}
	if n := utf8.RuneCountInString(s); n > longest {
		ext := path.Ext(s)
		if utf8.RuneCountInString(ext) > 10 {
			ext = ""
		}
		s = string([]rune(s)[:longest-utf8.RuneCountInString(ext)]) + ext
	}
	return s
}

// foundPicture is a picture as the page's scripts know it.
func (v *visit) foundPicture(p *news.Picture) foundPicture {
	f := foundPicture{ID: p.ID, URL: fileURL(p, viewWidth), Thumb: fileURL(p, thumbWidth), Page: picturePath(p.ID),
		Alt: p.Alt, Caption: p.Caption, Credit: p.Credit, Name: p.Name, Kind: p.Kind(), Usable: p.Usable() && !p.Ended}
	f.Width, f.Height = p.Shown()
	if p.Path != "" {
		f.Path = (&url.URL{Path: p.Path}).EscapedPath()
	}
	return f
}
