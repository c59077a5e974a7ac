// Package web is what every HTTP face shares: a handler that returns an error,
// the one place that turns an error into an answer, the request log, security
// headers, compression, the client's address behind proxies, rate limits, and a
// server with its time limits set.
//
// It knows nothing of news and renders no page: a face says how a problem looks
// through [Face.Page]. Start reading at [Face.Handle], then [Log], [Gzip] and
// [Proxies].
package web
