package news

// Crop is the part of a picture that readers see, in pixels of it as seen, from
// its top left; the zero crop is all of it. The file stays as it is.
type Crop struct{ X, Y, W, H int }

// LeastCrop is how wide and high a crop is at least, in pixels.
const LeastCrop = 32

// Shown is the size of what readers see of p, in pixels: its crop's, else its own.
func (p *Picture) Shown() (w, h int) {
	if p.Crop != (Crop{}) {
		return p.Crop.W, p.Crop.H
	}
	return p.Width, p.Height
}

// CheckCrop says what is wrong with c as a crop of p, which has to lie in it.
func (p *Picture) CheckCrop(c Crop) FieldProblem {
	switch {
	case c == Crop{}:
		return ""
	case !p.Image() || p.Moving:
		return NoCrop
	case c.W < LeastCrop || c.H < LeastCrop:
		return CropSmall
	case c.X < 0 || c.Y < 0 || c.X > p.Width-c.W || c.Y > p.Height-c.H:
		return CropOutside
	}
	return ""
}

// The problems of a crop and of a focus.
const (
	NoCrop      FieldProblem = "no crop"      // this file can't be cropped
	CropSmall   FieldProblem = "crop small"   // less than [LeastCrop]
	CropOutside FieldProblem = "crop outside" // not all of it lies in the picture

	FocusOutside FieldProblem = "focus outside" // it is no point of the picture
)

// InCrop is the focus as a point of what is shown, in thousandths of that; of a
// focus outside of the crop, the nearest. The zero focus is of nobody and stays.
func (p *Picture) InCrop() Focus {
	if p.Crop == (Crop{}) || p.Focus == (Focus{}) {
		return p.Focus
	}
	part := func(f, whole, from, n int) int {
		at := float64(f)*float64(whole)/1000 - float64(from)
		return min(1000, max(1, int(at*1000/float64(n)+0.5)))
	}
	return Focus{part(p.Focus.X, p.Width, p.Crop.X, p.Crop.W), part(p.Focus.Y, p.Height, p.Crop.Y, p.Crop.H)}
}

// OutOfCrop is the reverse: a point of what is shown as one of the whole picture.
func (p *Picture) OutOfCrop(f Focus) Focus {
	if p.Crop == (Crop{}) || f == (Focus{}) {
		return f
	}
	whole := func(f, whole, from, n int) int {
		return min(1000, max(1, int((float64(from)+float64(f)*float64(n)/1000)*1000/float64(whole)+0.5)))
	}
	return Focus{whole(f.X, p.Width, p.Crop.X, p.Crop.W), whole(f.Y, p.Height, p.Crop.Y, p.Crop.H)}
}
