// Package e2e looks at Broadsheet as its readers and its operators do: it runs
// the real program and reads its pages in a real Chromium, with the Nu HTML
// checker and with axe. Its tests want the build tag "e2e", Chromium, Java and
// the checkers of scripts/package.json; check.sh brings them.
//
// With E2E_SHOTS=FOLDER the run keeps a picture of each kind of page, in the
// widths of a phone and of a desk, light and dark. With E2E_WXR=FILE (more than
// one parted by colons) the import's journey is made with these exports, too.
// Start reading at demo_test.go.
package e2e
