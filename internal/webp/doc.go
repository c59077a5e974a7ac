// Package webp writes pictures as lossy WebP: one key frame of VP8 (RFC 6386) in
// a RIFF container. It is for the smaller copies of a newspaper's pictures, which
// readers' browsers fetch, so it spends time on few bytes rather than few
// milliseconds, and knows opaque pictures only.
//
// It reads nothing (golang.org/x/image/webp does), and writes no animation,
// transparency, metadata or colour profile.
//
// Start reading at [Encode]; choose.go decides how each macroblock is described,
// token.go and header.go write it down.
package webp
