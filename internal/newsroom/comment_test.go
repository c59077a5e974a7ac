package newsroom

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// queueRoom is a newsroom with a story that readers have commented on.
type queueRoom struct {
	*deskRoom
	about *news.Article
}

func openQueue(t *testing.T) *queueRoom {
	t.Helper()
	q := &queueRoom{deskRoom: openDesk(t)}
	q.must(q.desk.ChangeSettings(t.Context(), "test", func(s *news.Settings) error { s.CommentsOpen = true; return nil }))
	q.about = q.story("Harbour vote", q.world, 0)
	q.must(q.desk.Publish(t.Context(), "test", q.about.ID, q.about.Version))
	return q
}

// wrote has a reader write a comment; each comes a minute after the one before.
func (q *queueRoom) wrote(name, text string) news.CommentID {
	q.t.Helper()
	q.room.now = q.room.now.Add(time.Minute)
	c := &news.Comment{Article: q.about.ID, Name: name, Email: "reader@mail.example", Text: text, Address: "192.0.2.9"}
	q.must(q.desk.PostComment(q.t.Context(), c))
	return c.ID
}

func (q *queueRoom) state(id news.CommentID) news.CommentState {
	q.t.Helper()
	c, err := q.store.Comment(q.t.Context(), id)
	q.must(err)
	return c.State
}

func TestCommentsAreDecidedAboutAndThatIsUndone(t *testing.T) {
	q := openQueue(t)
	p := q.hire("Mo Derator", news.Grant{Role: news.Moderator})
	says(t, p.get("/newsroom/comments/"), http.StatusOK, "No comment is waiting.", `id="waits" hidden`)
	one := q.wrote("Ida", "Look at https://spam.example/buy?a=1&b=2 and <b>www.more.example</b>, please.")
	two, three := q.wrote("<script>alert(1)</script>", "I disagree."), q.wrote("Ole", "So do I.")
	w := p.get("/newsroom/comments/")
	says(t, w, http.StatusOK, `Harbour vote</a>`, "reader@mail.example", "<mark>https://spam.example/buy?a=1&amp;b=2</mark>", "2 links", "&lt;b&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;",
		"!<script>alert", "!192.0.2.9", `id="waits">3</span>`)
	if body := w.Body.String(); strings.Index(body, "Ida") > strings.Index(body, "Ole") {
		t.Error("what waits longest is not first")
	}
	if body := p.get("/newsroom/comments/?order=newest").Body.String(); strings.Index(body, "Ida") < strings.Index(body, "Ole") {
		t.Error("the newest is not first where that was asked for")
	}

	// One by its own button, two by their boxes.
	w = p.post("/newsroom/comments/", "state", "held", "order", "oldest", "one", fmt.Sprint("approved-", one))
	says(t, w, http.StatusSeeOther, "Location: /newsroom/comments/?decided=")
	says(t, p.get(w.Header().Get("Location")), http.StatusOK, "1 comment approved: readers see it.", "Undo", "!spam.example", "I disagree.")
	if a := q.state(one); a != news.Approved {
		t.Errorf("the first is %s", a)
	}
	w = p.post("/newsroom/comments/", "state", "held", "id", fmt.Sprint(two), "id", fmt.Sprint(three), "id", fmt.Sprint(three), "do", "rejected")
	says(t, p.get(w.Header().Get("Location")), http.StatusOK, "2 comments rejected", "No comment is waiting.")
	says(t, p.get("/newsroom/comments/?state=approved"), http.StatusOK, "spam.example", "approved by \u2068Mo Derator\u2069, ", "!I disagree.")
	says(t, p.get("/newsroom/comments/?state=rejected"), http.StatusOK, "I disagree.", "rejected by \u2068Mo Derator\u2069, ")

	// From the notice, and from the tab of what is decided.
	w = p.post("/newsroom/comments/", "state", "held", "was", "rejected", "id", fmt.Sprint(two), "id", fmt.Sprint(three), "do", "held")
	says(t, p.get(w.Header().Get("Location")), http.StatusOK, "2 comments are waiting again.", "I disagree.")
	w = p.post("/newsroom/comments/", "state", "approved", "one", fmt.Sprint("held-", one))
	says(t, p.get(w.Header().Get("Location")), http.StatusOK, "1 comment is waiting again.", "No comment has been approved yet.")
	for _, id := range []news.CommentID{one, two, three} {
		if got := q.state(id); got != news.Held {
			t.Errorf("comment %d is %s", id, got)
		}
	}
	lines, err := q.store.AuditBefore(t.Context(), 1<<60, 6)
	q.must(err)
	var said []string
	for _, l := range lines {
		said = append(said, fmt.Sprint(l.Who, " ", l.Verb, " ", l.Target.ID, " ", l.Detail))
	}
	me := "Mo Derator <mo@paper.example> "
	if want := []string{me + "hold 1 approved -> held", me + "hold 3 rejected -> held", me + "hold 2 rejected -> held", me + "reject 3 held -> rejected", me + "reject 2 held -> rejected", me + "approve 1 held -> approved"}; !slices.Equal(said, want) {
		t.Errorf("the log says %q", said)
	}
}

func TestTheSecondToDecideAboutACommentIsTold(t *testing.T) {
	q := openQueue(t)
	first, second := q.hire("Mo Derator", news.Grant{Role: news.Moderator}), q.hire("Kim Chief", news.Grant{Role: news.Chief})
	one, two := q.wrote("Ida", "One."), q.wrote("Ole", "Two.")
	first.post("/newsroom/comments/", "state", "held", "one", fmt.Sprint("rejected-", one))
	w := second.post("/newsroom/comments/", "state", "held", "id", fmt.Sprint(one), "id", fmt.Sprint(two), "id", "999", "do", "approved")
	says(t, second.get(w.Header().Get("Location")), http.StatusOK, "1 comment approved", "Somebody else was quicker with the comment of \u2068Ida\u2069: rejected by \u2068Mo Derator\u2069, ", "One of them is not there any more.")
	if a, b := q.state(one), q.state(two); a != news.Rejected || b != news.Approved {
		t.Errorf("they are %s and %s", a, b)
	}
	// What was undone already is not undone into something else.
	first.post("/newsroom/comments/", "state", "held", "was", "rejected", "id", fmt.Sprint(one), "do", "held")
	w = second.post("/newsroom/comments/", "state", "held", "was", "rejected", "id", fmt.Sprint(one), "do", "approved")
	says(t, second.get(w.Header().Get("Location")), http.StatusOK, "quicker with the comment of \u2068Ida\u2069: waiting again.", "!id=\"undo\"")
	if got := q.state(one); got != news.Held {
		t.Errorf("it is %s", got)
	}
}

func TestNonsenseIsDecidedAboutNothing(t *testing.T) {
	q := openQueue(t)
	p := q.hire("Mo Derator", news.Grant{Role: news.Moderator})
	id := q.wrote("Ida", "One.")
	says(t, p.get(p.post("/newsroom/comments/", "state", "held", "do", "approved").Header().Get("Location")), http.StatusOK, "No comment was chosen, so nothing was done.")
	for _, form := range []url.Values{{}, {"do": {"removed"}, "id": {"1"}}, {"do": {"held"}, "id": {"1"}}, {"one": {"approved"}, "state": {"approved"}}, {"do": {"approved"}, "id": make([]string, 101)}} {
		says(t, p.ask("POST", "/newsroom/comments/", form), http.StatusUnprocessableEntity, "This could not be read")
	}
	says(t, p.get("/newsroom/comments/?state=<b>&order=up&from=9&to=approved&was=held&decided=1&decided=x&missed=77"), http.StatusOK, "1 comment approved", "Ida")
	if got := q.state(id); got != news.Held {
		t.Errorf("it is %s", got)
	}
}

// However many wait, a stretch of them is found by its place, and each is met once.
func TestTheQueueGoesOnWhereItEnded(t *testing.T) {
	q := openQueue(t)
	p := q.hire("Mo Derator", news.Grant{Role: news.Moderator})
	const n = 2*commentsLength + 7
	for i := range n {
		q.wrote(fmt.Sprintf("Reader %03d", i), "Words.")
	}
	for _, order := range []string{"", "?order=newest"} {
		seen, at := 0, "/newsroom/comments/"+order
		for at != "" {
			body := p.get(at).Body.String()
			seen += strings.Count(body, `class="choose"`)
			_, link, ok := strings.Cut(body, `rel="next" href="`)
			if at, _, _ = strings.Cut(link, `"`); !ok {
				at = ""
			}
			at = strings.ReplaceAll(at, "&amp;", "&")
		}
		if seen != n {
			t.Errorf("%s: %d of %d were met", order, seen, n)
		}
	}
	q.must(q.decideAll(news.Approved))
	says(t, p.get("/newsroom/comments/"), http.StatusOK, "No comment is waiting.")
}

// decideAll decides about all that wait.
func (q *queueRoom) decideAll(to news.CommentState) error {
	for {
		list, err := q.store.CommentQueue(q.t.Context(), news.Held, false, store.CommentPlace{}, 100)
		if err != nil || len(list) == 0 {
			return err
		}
		var ids []news.CommentID
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		if done, err := q.desk.DecideComments(q.t.Context(), "test", ids, news.Held, to); err != nil || len(done) != len(ids) {
			return fmt.Errorf("%d of %d: %w", len(done), len(ids), err)
		}
	}
}
