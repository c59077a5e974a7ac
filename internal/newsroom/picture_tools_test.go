package newsroom

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"

	"broadsheet/internal/news"
)

// drawing is a PNG picture of that size and shade.
func drawing(t *testing.T, w, h int, shade uint8) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = shade
	}
	m.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// replace sends another file for a picture, as its form does.
func (p *person) replace(id news.PictureID, seen string, f sent) *httptest.ResponseRecorder {
	p.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	_ = form.WriteField("seen", seen)
	w, err := form.CreateFormFile("file", f.name)
	if err != nil {
		p.t.Fatal(err)
	}
	_, _ = w.Write([]byte(f.content))
	_ = form.Close()
	req := httptest.NewRequestWithContext(p.t.Context(), "POST", origin+picturePath(id)+"/replace", &b)
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Accept", "text/html")
	req.AddCookie(&http.Cookie{Name: cookieName, Value: p.cookie})
	answer := httptest.NewRecorder()
	p.handler.ServeHTTP(answer, req)
	return answer
}

// picture is one as it is stored.
func (p *person) picture(id news.PictureID) news.Picture {
	p.t.Helper()
	pic, err := p.store.Picture(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	return pic
}

func TestAPictureIsCroppedAndGivenAFocusByForms(t *testing.T) {
	p := open(t).hire("Rita Port", news.Grant{Role: news.Reporter})
	pic := p.brought(sent{"quay.png", drawing(t, 120, 80, 10)})
	at := picturePath(pic.ID)
	for _, wrong := range [][4]string{{"", "", "", ""}, {"a", "0", "60", "40"}, {"100", "0", "60", "40"}, {"-1", "0", "60", "40"}, {"0", "0", "1", "1"}, {"0", "0", "99999999999999999999", "40"}} {
		w := p.post(at+"/crop", "seen", pic.Blob, "left", wrong[0], "top", wrong[1], "width", wrong[2], "height", wrong[3])
		says(t, w, http.StatusUnprocessableEntity, `value="`+wrong[2]+`"`)
	}
	if now := p.picture(pic.ID); now.Crop != (news.Crop{}) {
		t.Errorf("what was refused has cropped it: %+v", now.Crop)
	}
	says(t, p.post(at+"/crop", "seen", pic.Blob, "left", "20", "top", "10", "width", "60", "height", "40"), http.StatusSeeOther, "done=cropped")
	if now := p.picture(pic.ID); now.Crop != (news.Crop{X: 20, Y: 10, W: 60, H: 40}) || now.Blob != pic.Blob {
		t.Errorf("cropped it is %+v of %s", now.Crop, now.Blob)
	}
	says(t, p.post(at+"/crop", "seen", "another", "left", "0", "top", "0", "width", "60", "height", "40"), http.StatusConflict)
	says(t, p.post(at+"/crop", "seen", pic.Blob, "all", "1"), http.StatusSeeOther)
	if now := p.picture(pic.ID); now.Crop != (news.Crop{}) {
		t.Errorf("whole again it is %+v", now.Crop)
	}

	for _, wrong := range [][2]string{{"", ""}, {"half", "50"}, {"50", "101"}, {"-1", "50"}, {"NaN", "50"}} {
		says(t, p.post(at+"/focus", "x", wrong[0], "y", wrong[1]), http.StatusUnprocessableEntity)
	}
	says(t, p.post(at+"/focus", "x", "25,5", "y", "75"), http.StatusSeeOther, "done=focused")
	if now := p.picture(pic.ID); now.Focus != (news.Focus{X: 255, Y: 750}) || !now.FocusSet {
		t.Errorf("its focus is %+v, %v", now.Focus, now.FocusSet)
	}
	says(t, p.post(at+"/focus", "find", "1"), http.StatusSeeOther)
	if p.picture(pic.ID).FocusSet {
		t.Error("the focus that is to be found is still the one that was set")
	}
	says(t, p.post("/newsroom/pictures/999/crop", "all", "1"), http.StatusNotFound)
}

func TestAPictureGetsAnotherFileFromThoseWhoMayDeleteIt(t *testing.T) {
	r := open(t)
	rita := r.hire("Rita Port", news.Grant{Role: news.Reporter})
	other := r.hire("Olga Other", news.Grant{Role: news.Reporter})
	pic := rita.brought(sent{"quay.png", drawing(t, 120, 80, 10)})
	at := picturePath(pic.ID)
	says(t, other.replace(pic.ID, pic.Blob, sent{"new.png", drawing(t, 90, 60, 20)}), http.StatusForbidden)
	says(t, other.post(at+"/put-back", "seen", pic.Blob), http.StatusForbidden)
	says(t, rita.replace(pic.ID, pic.Blob, sent{"lies.png", "<html><script>alert(1)</script>"}), http.StatusUnprocessableEntity, "!alert(1)")
	says(t, rita.replace(pic.ID, pic.Blob, sent{"", ""}), http.StatusUnprocessableEntity)
	says(t, rita.replace(pic.ID, "another", sent{"new.png", drawing(t, 90, 60, 20)}), http.StatusConflict)
	says(t, rita.post(at+"/put-back", "seen", pic.Blob), http.StatusNotFound)
	if now := rita.picture(pic.ID); now.Blob != pic.Blob {
		t.Errorf("what was refused has replaced it by %s", now.Blob)
	}
	says(t, rita.replace(pic.ID, pic.Blob, sent{"new.png", drawing(t, 90, 60, 20)}), http.StatusSeeOther, "done=replaced")
	now := rita.picture(pic.ID)
	if now.Blob == pic.Blob || now.Path != pic.Path || now.Width != 90 {
		t.Errorf("with another file it is %+v", now)
	}
	says(t, rita.get(at), http.StatusOK, "quay.png")
	says(t, rita.post(at+"/put-back", "seen", now.Blob), http.StatusSeeOther, "done=put_back")
	if back := rita.picture(pic.ID); back.Blob != pic.Blob || back.Width != 120 {
		t.Errorf("put back it is %+v", back)
	}
}
