// Package site is the reading site: what a newspaper's readers see.
//
// Each kind of page is a file here with its view (the struct that its template
// gets), its loader, and what it shares with nobody. Pages are put together from
// pieces by package page; header, footer, "Check Also", the comments and their
// form are pieces of their own. The site sets and reads no cookie.
//
// Start reading at routes.go, then article.go.
package site
