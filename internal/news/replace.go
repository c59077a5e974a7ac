package news

import "time"

// ReplacedFile is the file that a picture had before the present one.
type ReplacedFile struct {
	File Picture   // what belongs to a file: name, blobs, type, size, focus, crop
	At   time.Time // when another came in its place
	By   string    // who brought that, as in the audit log
}

// TakeFile puts another file in the place of p's. What is told about the picture
// stays. Focus and crop are those of the file where that has some; else, where both
// files have the same size, they stay, since the one is then a better version of
// the other; else they are found anew, and the whole picture is shown. A file of
// another kind, which could not stand where p stands, is a problem.
func (p *Picture) TakeFile(f *Picture) FieldProblem {
	if f.Kind() != p.Kind() || p.Image() && !f.Image() {
		return FileKindOther
	}
	same := p.Width == f.Width && p.Height == f.Height
	p.Name, p.Blob, p.Served, p.Type, p.Width, p.Height, p.Size = f.Name, f.Blob, f.Served, f.Type, f.Width, f.Height, f.Size
	p.Colour, p.Moving = "", f.Moving
	switch {
	case f.FocusSet || f.Crop != (Crop{}):
		p.Focus, p.FocusSet, p.Crop = f.Focus, f.FocusSet, f.Crop
	case !same:
		p.Focus, p.FocusSet, p.Crop = Focus{}, false, Crop{}
	case !p.FocusSet:
		p.Focus = Focus{}
	}
	if p.CheckCrop(p.Crop) != "" {
		p.Crop = Crop{}
	}
	return ""
}

// FileKindOther: a picture is replaced by a picture only, and so on.
const FileKindOther FieldProblem = "file kind other"
