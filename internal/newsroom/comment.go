package newsroom

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/fault"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// commentsLength is how many comments are shown at once: no more than are decided
// about at once.
const commentsLength = 50

// mostWaiting is up to how many comments that wait are counted; beyond that nobody
// asks how many it is.
const mostWaiting = 999

const commentsPath = Path + "comments/"

// commentStates are the states that have a tab, in their order.
var commentStates = []news.CommentState{news.Held, news.Approved, news.Rejected}

// Comments is the queue of readers' comments in one state.
type Comments struct {
	Frame
	Tabs    []Tab
	State   string
	Newest  bool   // the newest stand first
	Turned  string // the address of the same in the other order
	Rows    []CommentRow
	From    string // where this stretch begins, as in the address
	First   string // addresses; "" for none
	Further string
	To      []Decision // what may be decided about those that are shown
	Decided *Decided   // what was just decided; nil for nothing
	Nothing bool       // something was to be decided, and nothing chosen
}

// Decision is a state into which comments may be brought.
type Decision struct {
	State news.CommentState
	Label string
	Key   string // on the keyboard; "" for none
}

// CommentRow is one comment in the queue.
type CommentRow struct {
	ID          news.CommentID
	Name        string
	Email       string
	Website     string
	At, Machine string
	Text        []TextPart
	Links       int    // how many addresses its text holds
	LinksLabel  string // that in words
	Headline    string // of its article
	Lang, Dir   string // of the headline
	Path        string // where readers find the article; "" where they don't
	Answers     string // the name of whom it answers; "" for nobody
	AnswerText  string // the beginning of what they wrote
	By          string // who decided about it, and when, in words
}

// TextPart is a piece of a text; an address in it is shown, and not followed.
type TextPart struct {
	Text string
	Link bool
}

// Decided tells what was just done with some comments.
type Decided struct {
	Said   string           // that in words; "" where nothing was done
	IDs    []news.CommentID // which it was done with
	From   news.CommentState
	To     news.CommentState
	Missed []string // what others had decided about the rest, in words
}

// queue is which part of which list somebody looks at.
type queue struct {
	state  news.CommentState
	newest bool
	from   store.CommentPlace
}

// queueOf reads it from an address or a form: what waits longest comes first, and
// what was decided last.
func queueOf(q url.Values) queue {
	c := queue{state: news.Held}
	if s := news.CommentState(q.Get("state")); slices.Contains(commentStates, s) {
		c.state = s
	}
	c.newest = c.state != news.Held
	switch q.Get("order") {
	case "newest":
		c.newest = true
	case "oldest":
		c.newest = false
	}
	if p := parseDeskPlace(q.Get("from")); !p.IsZero() {
		c.from = store.CommentPlace{At: p.Changed, ID: news.CommentID(p.ID)}
	}
	return c
}

// place is where the stretch begins, as part of an address; "" for the list's
// beginning.
func (c queue) place() string {
	if c.from.ID == 0 {
		return ""
	}
	return formatDeskPlace(news.DeskPlace{Changed: c.from.At, ID: news.ArticleID(c.from.ID)})
}

// values are the queue as part of an address.
func (c queue) values() url.Values {
	q := url.Values{}
	if c.state != news.Held {
		q.Set("state", string(c.state))
	}
	if c.newest != (c.state != news.Held) {
		q.Set("order", map[bool]string{true: "newest", false: "oldest"}[c.newest])
	}
	if p := c.place(); p != "" {
		q.Set("from", p)
	}
	return q
}

func (c queue) path() string {
	if q := c.values(); len(q) > 0 {
		return commentsPath + "?" + q.Encode()
	}
	return commentsPath
}

// comments shows a queue.
func comments(v *visit) error {
	c := queueOf(v.r.URL.Query())
	list, err := v.Store.CommentQueue(v.ctx(), c.state, c.newest, c.from, commentsLength+1)
	if err != nil {
		return err
	}
	view := Comments{Frame: v.frame(v.l.Word("queue_title")), State: string(c.state), Newest: c.newest, From: c.place(), To: v.decisions(c.state)}
	view.Turned = queue{state: c.state, newest: !c.newest}.path()
	if c.from.ID != 0 {
		view.First = queue{state: c.state, newest: c.newest}.path()
	}
	if len(list) > commentsLength {
		list = list[:commentsLength]
		last := list[commentsLength-1]
		view.Further = queue{c.state, c.newest, store.CommentPlace{At: last.Decided, ID: last.ID}}.path()
	}
	for _, s := range commentStates {
		t := Tab{Path: queue{state: s, newest: s != news.Held}.path(), Label: v.l.Word("comments_" + string(s)), Here: s == c.state}
		if s == news.Held {
			t.Count = v.waiting()
		}
		view.Tabs = append(view.Tabs, t)
	}
	if view.Rows, err = v.commentRows(list); err != nil {
		return err
	}
	if view.Decided, err = v.decided(v.r.URL.Query()); err != nil {
		return err
	}
	view.Nothing = v.r.URL.Query().Get("to") != "" && view.Decided == nil
	return v.show(http.StatusOK, "comments", view)
}

// waiting is how many comments wait for a decision, in words; "" for none.
func (v *visit) waiting() string {
	n, err := v.Store.CommentsWaiting(v.ctx(), mostWaiting+1)
	switch {
	case err != nil:
		v.Log.Warn("counting the comments that wait", "error", err)
		return ""
	case n == 0:
		return ""
	case n > mostWaiting:
		return v.l.Number(mostWaiting) + "+"
	}
	return v.l.Number(n)
}

// decisions are what may be decided about comments of a state.
func (v *visit) decisions(from news.CommentState) []Decision {
	all := []Decision{{news.Approved, v.l.Word("comment_approve"), "a"}, {news.Rejected, v.l.Word("comment_reject"), "r"}, {news.Held, v.l.Word("comment_hold"), "h"}}
	return slices.DeleteFunc(all, func(d Decision) bool { return d.State == from })
}

// commentRows fills in what is shown of each.
func (v *visit) commentRows(list []news.Comment) ([]CommentRow, error) {
	var articles []news.ArticleID
	var parents []news.CommentID
	for i := range list {
		articles = append(articles, list[i].Article)
		if list[i].Parent != 0 {
			parents = append(parents, list[i].Parent)
		}
	}
	slices.Sort(articles)
	items, err := v.Store.DeskItems(v.ctx(), slices.Compact(articles))
	if err != nil {
		return nil, err
	}
	about := map[news.ArticleID]*news.DeskItem{}
	for i := range items {
		about[items[i].ID] = &items[i]
	}
	answered, err := v.Store.Comments(v.ctx(), parents)
	if err != nil {
		return nil, err
	}
	before := map[news.CommentID]*news.Comment{}
	for i := range answered {
		before[answered[i].ID] = &answered[i]
	}
	rows := make([]CommentRow, len(list))
	for i := range list {
		rows[i] = v.commentRow(&list[i], about[list[i].Article], before[list[i].Parent])
	}
	return rows, nil
}

func (v *visit) commentRow(c *news.Comment, about *news.DeskItem, answers *news.Comment) CommentRow {
	r := CommentRow{ID: c.ID, Name: c.Name, Email: c.Email, Website: c.Website, At: v.moment(c.Posted), Machine: v.l.ISO(c.Posted)}
	if strings.TrimSpace(c.Name) == "" {
		r.Name = v.l.Word("comment_no_name")
	}
	r.Text = textParts(c.Text)
	for _, p := range r.Text {
		if p.Link {
			r.Links++
		}
	}
	if r.Links > 0 {
		r.LinksLabel = v.l.Plural("comment_links", r.Links)
	}
	if about != nil {
		r.Headline, r.Lang, r.Dir = about.Headline, about.Language, locale.Dir(about.Language)
		if about.State == news.Published {
			r.Path = (&url.URL{Path: about.Path}).EscapedPath()
		}
	}
	if answers != nil {
		r.Answers, r.AnswerText = apart(answers.Name), beginning(answers.Text)
	}
	r.By = v.decidedBy(c)
	return r
}

// decidedBy says who decided about a comment, and when; "" where nobody here has.
func (v *visit) decidedBy(c *news.Comment) string {
	if c.DecidedBy == "" {
		return ""
	}
	return v.l.Say("comment_by_"+string(c.State), "name", apart(v.by(c.DecidedBy)), "date", v.moment(c.Decided))
}

// apart keeps a name from turning the words around it, where one of them runs the
// other way (Unicode's isolates).
func apart(name string) string { return "\u2068" + name + "\u2069" }

// beginning is as much of a text as reminds of it.
func beginning(text string) string {
	const most = 140 // characters: two lines
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}

var addresses = regexp.MustCompile(`(?i)\b(https?://|www\.)[^\s<>"]+`)

// textParts parts a text at the addresses in it.
func textParts(text string) []TextPart {
	var parts []TextPart
	at := 0
	for _, m := range addresses.FindAllStringIndex(text, -1) {
		if m[0] > at {
			parts = append(parts, TextPart{Text: text[at:m[0]]})
		}
		parts = append(parts, TextPart{text[m[0]:m[1]], true})
		at = m[1]
	}
	if at < len(text) {
		parts = append(parts, TextPart{Text: text[at:]})
	}
	return parts
}

// commentsDecide decides about the comments that were chosen, or about the one
// whose button was pressed, and leads back to where they stood.
func commentsDecide(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	c := queueOf(values)
	chosen, verb := values["id"], values.Get("do")
	if one := values.Get("one"); one != "" { // the button of a single comment
		to, id, _ := strings.Cut(one, "-")
		chosen, verb = []string{id}, to
	}
	was := c.state
	if s := news.CommentState(values.Get("was")); slices.Contains(commentStates, s) { // to undo: what was decided is in another list now
		was = s
	}
	to := news.CommentState(verb)
	if !slices.Contains(commentStates, to) || to == was || len(chosen) > desk.MostDecided {
		return fault.New(fault.Invalid, "")
	}
	ids := commentIDs(chosen)
	done, err := v.Desk.DecideComments(v.ctx(), v.who(), ids, was, to)
	if err != nil {
		return err
	}
	q := c.values()
	q.Set("to", string(to))
	q.Set("was", string(was))
	q["decided"] = idTexts(done)
	q["missed"] = idTexts(slices.DeleteFunc(ids, func(id news.CommentID) bool { return slices.Contains(done, id) }))
	http.Redirect(v.w, v.r, commentsPath+"?"+q.Encode(), http.StatusSeeOther)
	return nil
}

// commentIDs reads numbers of comments, each once; what is none is left out.
func commentIDs(texts []string) []news.CommentID {
	var ids []news.CommentID
	for _, s := range texts {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 0 && !slices.Contains(ids, news.CommentID(n)) && len(ids) < desk.MostDecided {
			ids = append(ids, news.CommentID(n))
		}
	}
	return ids
}

func idTexts(ids []news.CommentID) []string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(int64(id), 10)
	}
	return texts
}

// decided tells what the address says was just done: how many have been moved,
// with what undoes it, and for the others who had been quicker.
func (v *visit) decided(q url.Values) (*Decided, error) {
	d := &Decided{IDs: commentIDs(q["decided"]), From: news.CommentState(q.Get("was")), To: news.CommentState(q.Get("to"))}
	missed := commentIDs(q["missed"])
	if !slices.Contains(commentStates, d.From) || !slices.Contains(commentStates, d.To) || len(d.IDs)+len(missed) == 0 {
		return nil, nil
	}
	if len(d.IDs) > 0 {
		d.Said = v.l.Plural("comments_done_"+string(d.To), len(d.IDs))
	}
	others, err := v.Store.Comments(v.ctx(), missed)
	if err != nil {
		return nil, err
	}
	for i := range others {
		c := &others[i]
		now := v.decidedBy(c)
		if now == "" {
			now = v.l.Word("comment_is_" + string(c.State))
		}
		d.Missed = append(d.Missed, v.l.Say("comment_missed", "name", apart(c.Name), "now", now))
	}
	if len(others) < len(missed) {
		d.Missed = append(d.Missed, v.l.Word("comment_gone"))
	}
	return d, nil
}
