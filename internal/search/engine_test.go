package search_test

import (
	"database/sql"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"broadsheet/internal/search"
)

// article is a document as a test writes it.
type article struct{ language, headline, body string }

// engines holds the same documents in a real FTS5 table and, where TEST_POSTGRES
// names a database, in a real tsvector column.
type engines struct {
	t        testing.TB
	analyser *search.Analyser
	lite     *sql.DB
	postgres *sql.DB // nil where there is none
}

func open(t testing.TB) *engines {
	t.Helper()
	e := &engines{t: t, analyser: search.New()}
	e.lite = connect(t, "sqlite", ":memory:")
	e.exec(e.lite, "create virtual table doc using fts5(lexemes, tokenize = "+search.FTS5Tokenizer+")")
	if dsn := os.Getenv("TEST_POSTGRES"); dsn != "" {
		e.postgres = connect(t, "pgx", dsn)
		e.exec(e.postgres, "create temporary table doc (id bigint primary key, lexemes tsvector not null)")
	}
	return e
}

// connect opens a database with one connection, which keeps what is temporary.
func connect(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func (e *engines) exec(db *sql.DB, query string, args ...any) {
	e.t.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		e.t.Fatalf("%s %q: %v", query, args, err)
	}
}

// fill replaces all documents; their ids count from 1.
func (e *engines) fill(articles ...article) {
	e.t.Helper()
	e.exec(e.lite, "delete from doc")
	if e.postgres != nil {
		e.exec(e.postgres, "delete from doc")
	}
	for i, a := range articles {
		doc := e.analyser.Document(a.language, a.headline, a.body)
		e.exec(e.lite, "insert into doc (rowid, lexemes) values ($1, $2)", i+1, doc.FTS5())
		if e.postgres != nil {
			e.exec(e.postgres, "insert into doc (id, lexemes) values ($1, $2::text::tsvector)", i+1, doc.TSVector())
		}
	}
}

// find is the ids that both engines find, in order; that they differ fails the
// test.
func (e *engines) find(query string, languages ...string) []int {
	e.t.Helper()
	q := e.analyser.Parse(query)
	found := e.ids(e.lite, "select rowid from doc where doc match $1 order by rowid", q.FTS5(languages))
	if e.postgres != nil {
		again := e.ids(e.postgres, "select id from doc where lexemes @@ $1::text::tsquery order by id", q.TSQuery(languages))
		if !slices.Equal(found, again) {
			e.t.Fatalf("%q: FTS5 finds %v by %s, PostgreSQL %v by %s", query, found, q.FTS5(languages), again, q.TSQuery(languages))
		}
	}
	return found
}

func (e *engines) ids(db *sql.DB, query, expression string) []int {
	e.t.Helper()
	rows, err := db.Query(query, expression)
	if err != nil {
		e.t.Fatalf("%s: %v", expression, err)
	}
	defer rows.Close()
	var ids []int
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			e.t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		e.t.Fatalf("%s: %v", expression, err)
	}
	return ids
}

func TestFinds(t *testing.T) {
	e := open(t)
	e.fill(
		article{"en", "Harbour vote", "The mayor's well-known plan: don’t build, said Renée O'Neil. C++ costs 1,500 or 3.5 per cent."},
		article{"en", "A vote", "The plan of the mayor was known well. Build (or not) on iOS用ケース now."},
		article{"de", "Hafenstraße", "Die Häuser im Hafen; Müllers Haus. Der Buergermeister kommt."},
		article{"zh-Hans", "港口投票", "港口的投票结果昨天公布，东京Tower也开放。"},
		article{"ja", "東京都の猫", "ｶﾞｲﾄﾞブックとコンピューターを２０冊。新しい iPhone 用 ケース"},
		article{"ko", "서울에서", "서울에서 열린 투표"},
		article{"th", "การเมือง", "นายกรัฐมนตรีกล่าวว่า"},
		article{"ar", "المدينة", "ذهب الرَّئيس إلى المكتبة ومعه iPhone جديد في ٢٠٢٢"},
		article{"fa", "شهر", "می‌خواهم به کتابخانه بروم ۱۴۰۲"},
		article{"ru", "Выборы", "Мэра города выбирают жители"},
		article{"uk", "Вибори", "Ім’я п'яти мерів"},
		article{"fr", "L'élection", "Le maire d’aujourd'hui parle de l’eau et des journaux"},
		article{"tr", "IŞIK", "İstanbul'da INTERNET ışık IBM"},
		article{"hi", "हिन्दी", "समाचार पत्र"},
	)
	all := []string{"en", "de", "zh", "ja", "ko", "th", "ar", "fa", "ru", "uk", "fr", "tr", "hi"}
	for _, c := range []struct {
		query string
		want  []int
	}{
		{"harbour", []int{1}},
		{"HARBOUR votes", []int{1}},
		{"vote harbour", []int{1}},
		{"voting", []int{1, 2}},
		{"vote nothing", nil},
		{"the", []int{1, 2}},
		{`"of the mayor"`, []int{2}},
		{`"the mayor of"`, nil},
		{"„the mayor’s“ «well known»", []int{1}},
		{`"known well"`, []int{2}},
		{"well-known", []int{1}},
		{"don't", []int{1}},
		{"o’neil renée", []int{1}},
		{"renee", nil},
		{"1,500", []int{1}},
		{"c++", []int{1}},
		{`"harbour vote the"`, nil}, // the headline is no beginning of the body
		{`"vote`, []int{1, 2}},
		{"vote OR nothing", nil},
		{"(vote) AND* NOT -mayor", nil},
		{"harb*", nil},
		{"Haus", []int{3}},
		{"häuser", []int{3}},
		{"haeuser hafenstrasse", []int{3}},
		{"Bürgermeister", []int{3}},
		{"港口", []int{4}},
		{"港", []int{4}},
		{"布", []int{4}}, // before a comma
		{"放", []int{4}}, // at the end
		{"结果昨天公布", []int{4}},
		{"果结", nil},
		{"布东", nil}, // over a comma
		{"东京Tower", []int{4}},
		{"东京tower也", []int{4}},
		{"tower", []int{4}},
		{"猫", []int{5}},
		{"東京", []int{5}},
		{"京都の猫", []int{5}},
		{"都京", nil},
		{"ガイド", []int{5}},
		{"ンピュー", []int{5}},
		{"20", []int{5}},
		{`"iphone 用 ケース"`, []int{5}},
		{`"iphone 用"`, []int{5}},
		{"iOS用ケ", []int{2}}, // in English text
		{`"iOS 用"`, []int{2}},
		{"サービス", nil},
		{"서울", []int{6}},
		{"울에", []int{6}},
		{"투표", []int{6}},
		{"รัฐมนตรี", []int{7}},
		{"ตรีรัฐ", nil},
		{"الرئيس", []int{8}},
		{"رئيس مكتبه", []int{8}},
		{"iphone", []int{5, 8}},
		{"2022", []int{8}},
		{"کتابخانه", []int{9}},
		{"می‌خواهم", []int{9}},
		{"خواهم", []int{9}},
		{"1402", []int{9}},
		{"мэр город", []int{10}},
		{"п’яти імʼя", []int{11}},
		{"élections eau journal", []int{12}},
		{"ışık internet", []int{13}},
		{"istanbul ibm", []int{13}},
		{"हिंदी", []int{14}},
		{"@en", nil},
		{"en", nil},
		{"…", nil},
	} {
		if got := e.find(c.query, all...); !slices.Equal(got, c.want) {
			t.Errorf("%s finds %v, want %v", c.query, got, c.want)
		}
	}
}

func TestALanguageIsComparedWithItsOwnDocuments(t *testing.T) {
	e := open(t)
	e.fill(article{"en", "Die", "gift"}, article{"de-AT", "Die", "Gift"}, article{"uk", "die", "gift"})
	for _, c := range []struct {
		languages []string
		want      []int
	}{
		{[]string{"en"}, []int{1}},
		{[]string{"de"}, []int{2}},
		{[]string{"en-GB", "de", "en"}, []int{1, 2}},
		{[]string{"ja"}, []int{3}}, // no rules of its own, as Ukrainian
		{[]string{"xx", "", "not a tag"}, []int{3}},
		{nil, nil},
	} {
		if got := e.find("die gift", c.languages...); !slices.Equal(got, c.want) {
			t.Errorf("in %q: found %v, want %v", c.languages, got, c.want)
		}
	}
}

// Beyond the limits of PostgreSQL both engines still find each word, and neither
// a phrase that is not there.
func TestLongDocuments(t *testing.T) {
	var long strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&long, "w%d the ", i)
	}
	var wide strings.Builder
	for i := range 9_000 {
		fmt.Fprintf(&wide, "%s%d ", strings.Repeat("x", 200), i)
	}
	var characters strings.Builder
	for r := rune(0x4E00); r < 0x2A000; r++ {
		if unicode.Is(unicode.Han, r) {
			fmt.Fprintf(&characters, "%c一", r)
		}
	}
	e := open(t)
	e.fill(article{"en", "long", long.String()}, article{"en", "wide", wide.String()}, article{"zh", "汉字", characters.String()})
	for _, c := range []struct {
		query string
		want  []int
	}{
		{"w1 the", []int{1}},
		{`"w1 the w2"`, []int{1}},
		{`"w300 the"`, nil}, // the 257th "the" has no place
		{"w300 the", []int{1}},
		{"w19999", []int{1}},
		{`"w8190 w8191"`, nil},
		{`"w19998 w19999"`, nil},
		{strings.Repeat("x", 200) + "1", []int{2}},
		{"wide", []int{2}},
		{"汉", []int{3}},
		{"乙一", []int{3}},
		{"一丁一丂一", []int{3}},
	} {
		if got := e.find(c.query, "en", "zh"); !slices.Equal(got, c.want) {
			t.Errorf("%.20s finds %v, want %v", c.query, got, c.want)
		}
	}
}

func TestAnEmptyQueryFindsNothing(t *testing.T) {
	e := open(t)
	e.fill(article{"en", "None", "none @none"})
	for _, query := range []string{"", " ", "…", `""`, `"`, "*", "- &", "@", "\x00"} {
		if !e.analyser.Parse(query).Empty() {
			t.Errorf("%q is not empty", query)
		}
		if got := e.find(query, "en"); got != nil {
			t.Errorf("%q finds %v", query, got)
		}
	}
	var zero search.Query
	if !zero.Empty() || e.ids(e.lite, "select rowid from doc where doc match $1", zero.FTS5([]string{"en"})) != nil {
		t.Error("the zero query finds something")
	}
}
