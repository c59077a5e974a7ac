package newsroom

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
)

// sent is a file as a browser sends it.
type sent struct{ name, content string }

// photograph is a JPEG picture in that shade.
func photograph(t *testing.T, shade uint8) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 12, 8))
	for i := range m.Pix {
		m.Pix[i] = shade
	}
	m.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// upload sends files as a form does, or as a script.
func (p *person) upload(script, again bool, files ...sent) *httptest.ResponseRecorder {
	p.t.Helper()
	return p.uploadWith(nil, script, again, files...)
}

// uploadWith is upload with pairs of a field that is for all files and its value.
func (p *person) uploadWith(all []string, script, again bool, files ...sent) *httptest.ResponseRecorder {
	p.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	if again {
		_ = form.WriteField("again", "1")
	}
	for i := 0; i < len(all); i += 2 {
		_ = form.WriteField(all[i], all[i+1])
	}
	for _, f := range files {
		w, err := form.CreateFormFile("file", f.name)
		if err != nil {
			p.t.Fatal(err)
		}
		_, _ = w.Write([]byte(f.content))
	}
	_ = form.Close()
	req := httptest.NewRequestWithContext(p.t.Context(), "POST", origin+"/newsroom/pictures/upload", &b)
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Accept", "text/html")
	if script {
		req.Header.Set("Accept", "application/json")
	}
	if p.cookie != "" {
		req.AddCookie(&http.Cookie{Name: cookieName, Value: p.cookie})
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, req)
	return w
}

// brought uploads a file and returns its picture.
func (p *person) brought(f sent) news.Picture {
	p.t.Helper()
	var answer struct{ Picture struct{ ID news.PictureID } }
	w := p.upload(true, false, f)
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Picture.ID == 0 {
		p.t.Fatalf("%s was answered by %d %s", f.name, w.Code, w.Body)
	}
	pic, err := p.store.Picture(p.t.Context(), answer.Picture.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	return pic
}

func TestFilesAreBroughtIntoTheLibraryWithoutScripts(t *testing.T) {
	p := open(t).hire("Rita Port", news.Grant{Role: news.Reporter})
	says(t, p.get("/newsroom/pictures/"), http.StatusOK, "The library is empty.", `enctype="multipart/form-data"`, "multiple")
	says(t, p.upload(false, false), http.StatusUnprocessableEntity, "No file was chosen.")
	says(t, p.upload(false, false, sent{"quay <b>.jpg", photograph(t, 10)}, sent{`C:\Photos\boats.jpg`, photograph(t, 90)}, sent{"lies.jpg", "<html><script>alert(1)</script>"}, sent{"same.jpg", photograph(t, 10)}),
		http.StatusUnprocessableEntity, "quay -b-.jpg", "boats.jpg", "lies.jpg", "Added. Describe it now", "It is in the library already.", "!Photos", "!alert(1)")
	w := p.get("/newsroom/pictures/?show=no_credit")
	says(t, w, http.StatusOK, "quay -b-.jpg", "boats.jpg", "no description", "unused", "!lies.jpg", "!same.jpg")
	says(t, p.upload(false, true, sent{"same.jpg", photograph(t, 10)}), http.StatusOK, "same.jpg", "!already")
	says(t, p.get("/newsroom/pictures/?q=sam&mine=1&kind=picture&since=2026-07-05&until=2026-07-05"), http.StatusOK, "same.jpg", "!boats.jpg")
	for _, other := range []string{"?q=sam&kind=film", "?since=2026-07-06", "?until=2026-07-04", "?q=nowhere"} {
		says(t, p.get("/newsroom/pictures/"+other), http.StatusOK, "Nothing was found.")
	}
	says(t, p.get("/newsroom/pictures/?show=<b>&before=x&since=yesterday&kind=<b>&mine=<b>&q=%00<b>"), http.StatusOK, "!show=<b>")
}

func TestWhatIsSaidOfAllFilesFillsInWhatAFileDoesNotSay(t *testing.T) {
	p := open(t).hire("Rita Port", news.Grant{Role: news.Reporter})
	own := `http://ns.adobe.com/xap/1.0/` + "\x00" + `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="The file’s own"/></rdf:RDF></x:xmpmeta>`
	tagged := photograph(t, 20)
	tagged = tagged[:2] + "\xff\xe1" + string([]byte{byte((len(own) + 2) >> 8), byte(len(own) + 2)}) + own + tagged[2:]
	all := []string{"credit", " Rita\r\nPort ", "source", strings.Repeat("s", 5000), "rights", "One.\r\nTwo.", "rights_end", "2026-08-01", "alt", "not for all"}
	says(t, p.uploadWith(all, false, false, sent{"one.jpg", photograph(t, 10)}, sent{"two.jpg", tagged}), http.StatusOK, "one.jpg", "two.jpg")
	for id, credit := range map[news.PictureID]string{1: "Rita Port", 2: "The file’s own"} {
		pic, err := p.store.Picture(t.Context(), id)
		if err != nil || pic.Credit != credit || pic.Rights != "One.\nTwo." || pic.Alt != "" || !strings.HasPrefix(pic.Source, "sss") || len(pic.Source) >= 5000 || !pic.RightsEnd.Equal(time.Date(2026, 8, 2, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v, %v", pic, err)
		}
	}
	bad := []string{"rights_end", "soon"}
	says(t, p.uploadWith(bad, true, false, sent{"three.jpg", photograph(t, 30)}), http.StatusUnprocessableEntity, `{"error":"`)
	says(t, p.uploadWith(bad, false, false, sent{"three.jpg", photograph(t, 30)}), http.StatusUnprocessableEntity, "three.jpg")
	if _, err := p.store.Picture(t.Context(), 3); !fault.Is(err, fault.NotFound) {
		t.Errorf("a file with a day that is none was taken: %v", err)
	}
}

func TestAScriptIsToldWhatBecameOfAFile(t *testing.T) {
	p := open(t).hire("Rita Port", news.Grant{Role: news.Reporter})
	says(t, p.upload(true, false, sent{"quay.jpg", photograph(t, 10)}), http.StatusOK, `"picture":{`, `"id":1,`, `"page":"/newsroom/pictures/1"`, `"width":12`, `!"there"`)
	says(t, p.upload(true, false, sent{"again.jpg", photograph(t, 10)}), http.StatusOK, `"id":1,`, `"there":"It is in the library already."`)
	says(t, p.upload(true, true, sent{"again.jpg", photograph(t, 10)}), http.StatusOK, `"id":2,`, `!"there"`)
	says(t, p.upload(true, false, sent{"quay.jpg", "no picture"}), http.StatusUnprocessableEntity, `{"error":"`)
	says(t, p.upload(true, false, sent{"large.jpg", photograph(t, 1) + strings.Repeat("x", 1<<20)}), http.StatusUnprocessableEntity, `{"error":"`, "1 MB")
	says(t, p.upload(true, false), http.StatusUnprocessableEntity, `{"error":"No file was chosen."}`)
	says(t, p.ask("POST", "/newsroom/pictures/upload", map[string][]string{"file": {"text"}}), http.StatusUnprocessableEntity)
	says(t, p.stranger().upload(true, false, sent{"quay.jpg", photograph(t, 10)}), http.StatusUnauthorized)
	says(t, p.hire("Con Tributor", news.Grant{Role: news.Contributor}).upload(true, false, sent{"quay.jpg", photograph(t, 10)}), http.StatusForbidden)
	if w := p.get("/newsroom/pictures/1/file?width=320"); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/jpeg" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("the file is answered by %d %v", w.Code, w.Header())
	}
	if w := p.get("/newsroom/pictures/1/file"); w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Cache-Control"), "private") {
		t.Errorf("the whole file is answered by %d %v", w.Code, w.Header())
	}
	says(t, p.hire("Mod Erator", news.Grant{Role: news.Moderator}).get("/newsroom/pictures/1/file"), http.StatusForbidden)
}

func TestAPictureIsDescribedByTwoAtOnce(t *testing.T) {
	p := open(t).hire("Rita Port", news.Grant{Role: news.Reporter})
	pic := p.brought(sent{"quay.jpg", photograph(t, 10)})
	at := picturePath(pic.ID)
	says(t, p.get(at), http.StatusOK, "12 × 8 pixels", "Rita Port", "It is used nowhere.", "Delete from the library", `name="was_caption"`)
	evil := `<script>alert("x")</script>`
	says(t, p.post(at, "version", "1", "caption", evil, "alt", "A quay", "rights_end", "2026-08-01"), http.StatusSeeOther, "done=saved")
	says(t, p.get(at), http.StatusOK, "&lt;script&gt;", "!"+evil, `value="2026-08-01"`)
	if now, _ := p.store.Picture(t.Context(), pic.ID); !now.RightsEnd.Equal(time.Date(2026, 8, 2, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("its rights end at %v", now.RightsEnd)
	}

	// What only one has changed goes in by itself; what both have is shown.
	ben := p.hire("Ben Boat", news.Grant{Role: news.PictureDesk})
	was := []string{"was_caption", evil, "was_alt", "A quay", "was_rights_end", "2026-08-01"}
	says(t, ben.post(at, append(was, "version", "2", "caption", evil, "alt", "A quay", "credit", "Ben", "rights_end", "2026-08-01")...), http.StatusSeeOther)
	says(t, p.post(at, append(was, "version", "2", "caption", "Mine", "alt", "A quay", "rights_end", "")...), http.StatusSeeOther)
	now, _ := p.store.Picture(t.Context(), pic.ID)
	if now.Caption != "Mine" || now.Credit != "Ben" || !now.RightsEnd.IsZero() || now.Version != 4 {
		t.Errorf("put together it is %+v", now)
	}
	says(t, ben.post(at, append(was, "version", "3", "caption", "Theirs", "alt", "A quay", "credit", "Ben", "was_credit", "Ben", "rights_end", "2026-09-01")...),
		http.StatusConflict, "Rita Port has changed the same meanwhile.", "Stored now:", "Mine", ">Theirs</textarea>", `name="version" value="4"`, "never")
	says(t, ben.post(at, "version", "4", "caption", "Theirs"), http.StatusSeeOther)

	says(t, p.post(at, "version", "5", "title", strings.Repeat("x", 301), "rights_end", "tomorrow"), http.StatusUnprocessableEntity, strings.Repeat("x", 301), `value="tomorrow"`)
	says(t, p.post(at, "version", "5", "title", strings.Repeat("x", 301)), http.StatusUnprocessableEntity, "300", strings.Repeat("x", 301))
	says(t, p.post(at, "version", "x", "caption", "Theirs"), http.StatusSeeOther)
	says(t, p.get("/newsroom/pictures/99"), http.StatusNotFound)
	says(t, p.get("/newsroom/pictures/<b>"), http.StatusNotFound)
}

func TestAPictureIsDeletedByWhomItIsTo(t *testing.T) {
	d := openDesk(t)
	rita := d.hire("Rita Port", news.Grant{Role: news.Reporter})
	other := d.hire("Olga Other", news.Grant{Role: news.Reporter})
	desk := d.hire("Pia Desk", news.Grant{Role: news.PictureDesk})
	pic := rita.brought(sent{"quay.jpg", photograph(t, 10)})
	at := picturePath(pic.ID)
	says(t, other.get(at), http.StatusOK, "!Delete from the library")
	says(t, other.post(at+"/delete", "version", "1"), http.StatusForbidden)

	// What is used is not deleted, and it is told where, as far as one may see that.
	world, sport := d.story("In the world", d.world, 0), d.story("In sport", d.sport, 0)
	for _, a := range []*news.Article{world, sport} {
		d.must(d.desk.SetLeadPicture(t.Context(), "test", a.ID, 1, pic.ID, ""))
	}
	public := d.story("Out already", d.sport, 0)
	public.Body = fmt.Appendf(nil, `{"type":"doc","content":[{"type":"gallery","content":[{"type":"picture","attrs":{"picture":%d}}]}]}`, pic.ID)
	d.must(d.desk.Save(t.Context(), "test", public))
	d.must(d.desk.Publish(t.Context(), "test", public.ID, 2))
	says(t, desk.post(at+"/delete", "version", "1"), http.StatusConflict, "It can’t be deleted while it is used.", "Out already", "in the text", "!In sport", "!In the world", "And 2 more places that are not named here.")
	editor := d.hire("Will World", news.Grant{Role: news.Editor, Section: d.world.ID})
	says(t, editor.get(at), http.StatusOK, "In the world", "lead picture", "Out already", "!In sport", "And 1 more place that is not named here.")
	says(t, d.hire("Chief", news.Grant{Role: news.Chief}).get(at), http.StatusOK, "In the world", "In sport", "Out already", "!more place")
	says(t, rita.get("/newsroom/pictures/?show=unused"), http.StatusOK, "Everything in the library is used somewhere.")

	// A change that waits for its hour keeps it, too.
	later := rita.brought(sent{"later.jpg", photograph(t, 40)})
	d.must(d.desk.ScheduleChange(t.Context(), "test", &news.LaterChange{Article: public.ID, BasedOn: 3, Fields: func() news.Article {
		f := d.now(public.ID)
		f.LeadPicture, f.Headline = later.ID, "Out with a picture"
		return f
	}(), Due: d.room.now.Add(time.Hour)}))
	says(t, rita.post(picturePath(later.ID)+"/delete", "version", "1"), http.StatusConflict, "And 1 more place", "!Out already")
	says(t, d.hire("Ed Sport", news.Grant{Role: news.Editor, Section: d.sport.ID}).get(picturePath(later.ID)), http.StatusOK, "Change of “Out already”", "!more place")

	twin := rita.brought(sent{"twin.jpg", photograph(t, 20)})
	says(t, rita.post(picturePath(twin.ID)+"/delete", "version", "7"), http.StatusConflict)
	says(t, rita.post(picturePath(twin.ID)+"/delete", "version", "1"), http.StatusSeeOther, "/newsroom/pictures/?done=picture_deleted")
	says(t, rita.post(picturePath(twin.ID)+"/delete", "version", "1"), http.StatusNotFound)
	third := rita.brought(sent{"third.jpg", photograph(t, 30)})
	says(t, desk.post(picturePath(third.ID)+"/delete", "version", "1"), http.StatusSeeOther, "done=picture_deleted")
}

func TestTheNamesOfFilesAreMadeFit(t *testing.T) {
	for in, want := range map[string]string{
		"quay.jpg": "quay.jpg", `C:\a\b.jpg`: "b.jpg", "../../etc/passwd": "passwd", "a\x00b\r\n.png": "ab .png", "": "file", "..": "file", "/": "file",
		"ca\u0301fe.jpg": "cáfe.jpg", strings.Repeat("x", 300) + ".jpg": strings.Repeat("x", 196) + ".jpg", strings.Repeat("y", 300): strings.Repeat("y", 200), "\xff.jpg": "\uFFFD.jpg",
	} {
		if got := fileName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
