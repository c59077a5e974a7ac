// Package news holds the nouns of a newspaper and their rules: what an article
// is and when it may be published, what a reader's comment must hold, what a
// section contains.
//
// It knows nothing of how a thing is stored, shown or sent, and imports only
// the standard library; [Article.Body] is bytes that package richtext reads.
// Start reading at [Article]; then [Section], [Comment], and [Change], which is
// how one part of Broadsheet tells the others that something is different now.
package news
