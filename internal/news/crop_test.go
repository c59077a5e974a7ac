package news

import "testing"

func TestWhichCropsAPictureCanHave(t *testing.T) {
	p := Picture{Width: 300, Height: 200, Served: "x", Type: "image/jpeg"}
	moving, document := p, Picture{Served: "x", Type: "application/pdf"}
	moving.Moving = true
	for _, test := range []struct {
		p    Picture
		c    Crop
		want FieldProblem
	}{
		{p, Crop{}, ""},
		{p, Crop{0, 0, 300, 200}, ""},
		{p, Crop{268, 168, 32, 32}, ""},
		{p, Crop{269, 168, 32, 32}, CropOutside},
		{p, Crop{0, 169, 32, 32}, CropOutside},
		{p, Crop{-1, 0, 100, 100}, CropOutside},
		{p, Crop{0, 0, 31, 100}, CropSmall},
		{p, Crop{0, 0, 100, -5}, CropSmall},
		{p, Crop{0, 0, 1 << 62, 1 << 62}, CropOutside},
		{p, Crop{1 << 62, 0, 1 << 62, 100}, CropOutside},
		{moving, Crop{0, 0, 100, 100}, NoCrop},
		{document, Crop{0, 0, 100, 100}, NoCrop},
	} {
		if got := test.p.CheckCrop(test.c); got != test.want {
			t.Errorf("%v of %v: %q, want %q", test.c, test.p.Type, got, test.want)
		}
	}
}

func TestAFocusOfTheWholeIsOneOfTheCrop(t *testing.T) {
	p := Picture{Width: 1000, Height: 500, Crop: Crop{500, 100, 400, 200}}
	for _, test := range []struct{ whole, crop Focus }{
		{Focus{}, Focus{}},
		{Focus{700, 400}, Focus{500, 500}},
		{Focus{500, 200}, Focus{1, 1}},
		{Focus{100, 1000}, Focus{1, 1000}}, // outside: the nearest
	} {
		p.Focus = test.whole
		if got := p.InCrop(); got != test.crop {
			t.Errorf("%v is %v in the crop, want %v", test.whole, got, test.crop)
		}
	}
	for _, f := range []Focus{{1, 1}, {500, 500}, {1000, 1000}, {250, 750}} {
		p.Focus = p.OutOfCrop(f)
		if got := p.InCrop(); got.X-f.X > 2 || f.X-got.X > 2 || got.Y-f.Y > 2 || f.Y-got.Y > 2 {
			t.Errorf("%v comes back as %v", f, got)
		}
	}
}

func TestAnotherFileTakesThePlaceOfOne(t *testing.T) {
	was := Picture{ID: 4, Name: "a.jpg", Blob: "1", Served: "1", Type: "image/jpeg", Width: 300, Height: 200, Alt: "Boats", Version: 7,
		Focus: Focus{1, 2}, FocusSet: true, Crop: Crop{1, 1, 100, 100}, Colour: "#010203"}
	png := Picture{Name: "b.png", Blob: "2", Served: "3", Type: "image/png", Width: 300, Height: 200, Size: 9, Alt: "Other"}
	for name, test := range map[string]struct {
		change func(f *Picture)
		want   func(p *Picture)
		not    FieldProblem
	}{
		"a better version": {func(*Picture) {}, func(*Picture) {}, ""},
		"another size": {func(f *Picture) { f.Width = 301 }, func(p *Picture) {
			p.Width, p.Focus, p.FocusSet, p.Crop = 301, Focus{}, false, Crop{}
		}, ""},
		"an animation": {func(f *Picture) { f.Moving = true }, func(p *Picture) { p.Moving, p.Crop = true, Crop{} }, ""},
		"one that had focus and crop": {func(f *Picture) { f.Focus, f.FocusSet, f.Crop = Focus{9, 9}, true, Crop{2, 2, 50, 50} }, func(p *Picture) {
			p.Focus, p.Crop = Focus{9, 9}, Crop{2, 2, 50, 50}
		}, ""},
		"a film":             {func(f *Picture) { f.Type, f.Width, f.Height = "video/mp4", 0, 0 }, nil, FileKindOther},
		"what can't be seen": {func(f *Picture) { f.Served = "" }, nil, FileKindOther},
	} {
		p, f := was, png
		test.change(&f)
		if problem := p.TakeFile(&f); problem != test.not {
			t.Errorf("%s: %q", name, problem)
		}
		if test.want == nil {
			if p != was {
				t.Errorf("%s has changed it: %+v", name, p)
			}
			continue
		}
		want := was
		want.Name, want.Blob, want.Served, want.Type, want.Size, want.Colour = "b.png", "2", "3", "image/png", 9, ""
		test.want(&want)
		if p != want {
			t.Errorf("%s:\n%+v, want\n%+v", name, p, want)
		}
	}
}
