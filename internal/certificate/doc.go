// Package certificate has what HTTPS needs to show that it is the paper: from a
// certificate authority, had and renewed by itself over ACME (RFC 8555), or from
// files that the operator brings. It serves nothing and opens no address.
//
// Start reading at [Open] for the one and [Read] for the other.
package certificate

import "crypto/tls"

// settings are TLS's for either: HTTP/2 before HTTP/1.1, and nothing that RFC 8996
// has retired.
func settings() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
}
