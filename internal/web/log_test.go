package web

import "testing"

func TestTheJournalKeepsSecretsOfAddresses(t *testing.T) {
	j := &Journal{Secret: []string{"/preview/"}}
	for path, want := range map[string]string{"/preview/abc": "/preview/…", "/preview/": "/preview/", "/previews": "/previews", "/world/preview/abc": "/world/preview/abc"} {
		if got := j.path(path); got != want {
			t.Errorf("%s is noted as %s, want %s", path, got, want)
		}
	}
}
