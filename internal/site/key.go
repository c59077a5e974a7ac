package site

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/fault"
	"broadsheet/internal/news"
	"broadsheet/internal/page"
)

// The keys of pages and pieces: one function a kind, so that none can be made with
// what its kind does not have. Those of pages get their language when they are sent.

func frontKey() page.Key  { return page.Key{Kind: frontKind} }
func peopleKey() page.Key { return page.Key{Kind: peopleKind} }

// feedKey is the feed of a section, of the paper for 0.
func feedKey(of news.SectionID) page.Key { return page.Key{Kind: feedKind, ID: int64(of)} }

// articleKey is an article's page with a page of its comments, as [commentPage] names
// it.
func articleKey(id news.ArticleID, comments string) page.Key {
	return page.Key{Kind: articleKind, ID: int64(id), Rest: comments}
}

// listKey is a page of the list of a section, a topic or a person, which begins after
// a place, as [formatPlace] writes it; "" for the first.
func listKey(kind string, id int64, before string) page.Key {
	return page.Key{Kind: kind, ID: id, Rest: before}
}

// archiveKey is likewise the archive at a path.
func archiveKey(path, before string) page.Key {
	return page.Key{Kind: archiveKind, Rest: path + "?" + before}
}

// parseArchive reads what archiveKey wrote.
func parseArchive(rest string) (p period, before string, ok bool) {
	path, before, ok := strings.Cut(rest, "?")
	if !ok {
		return p, "", false
	}
	p, ok = parsePeriod(path)
	return p, before, ok && isPlace(before)
}

func problemKey(language string, status int) page.Key {
	return page.Key{Kind: problemKind, Language: language, Rest: strconv.Itoa(status)}
}

// withdrawnKey is the page that stands instead of an article that was withdrawn.
func withdrawnKey(language string, id news.ArticleID) page.Key {
	return page.Key{Kind: problemKind, Language: language, ID: int64(id), Rest: strconv.Itoa(http.StatusGone)}
}

func maintenanceKey(language string) page.Key {
	return page.Key{Kind: problemKind, Language: language, Rest: maintenanceProblem}
}

// searchKey is the page of one search, which is never kept.
func searchKey(language string) page.Key { return page.Key{Kind: "search", Language: language} }

// The pieces in a page have its language.

func headerKey(in page.Key) page.Key {
	return page.Key{Kind: headerKind, Language: in.Language, Date: page.Today}
}

func footerKey(in page.Key) page.Key { return page.Key{Kind: footerKind, Language: in.Language} }

func checkAlsoKey(in page.Key) page.Key {
	return page.Key{Kind: checkAlsoKind, Language: in.Language, ID: in.ID}
}

func commentsKey(in page.Key) page.Key {
	return page.Key{Kind: commentsKind, Language: in.Language, ID: in.ID, Rest: in.Rest}
}

func formKey(in page.Key) page.Key {
	return page.Key{Kind: formKind, Language: in.Language, ID: in.ID}
}

// rests tell of each kind of piece what the Rest of its keys may be. Each place and
// each number is written in one way, so that a piece has one key.
var rests = map[string]func(string) bool{
	headerKind: isEmpty, footerKind: isEmpty, checkAlsoKind: isEmpty, formKind: isEmpty,
	frontKind: isEmpty, peopleKind: isEmpty, feedKind: isEmpty,
	articleKind: isCommentPage, commentsKind: isCommentPage,
	sectionKind: isPlace, topicKind: isPlace, personKind: isPlace, correctionsKind: isPlace,
	archiveKind: func(s string) bool { _, _, ok := parseArchive(s); return ok },
	problemKind: func(s string) bool { return s == maintenanceProblem || isStatus(s) },
}

func isEmpty(s string) bool       { return s == "" }
func isCommentPage(s string) bool { return s == "" || commentPage(s) == s }

func isPlace(s string) bool {
	p, err := parsePlace(s)
	return err == nil && (s == "" || formatPlace(p) == s)
}

func isStatus(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 400 && n <= 599 && strconv.Itoa(n) == s
}

// strict are loaders that refuse keys which their kind does not have.
func strict(loaders map[string]page.Loader) map[string]page.Loader {
	for kind, load := range loaders {
		valid := rests[kind]
		loaders[kind] = func(ctx context.Context, k page.Key, note func(...news.Ref)) (page.View, error) {
			if !valid(k.Rest) {
				return page.View{}, fault.New(fault.NotFound, "")
			}
			return load(ctx, k, note)
		}
	}
	return loaders
}
