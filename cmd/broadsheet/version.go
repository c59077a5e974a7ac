package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is set by the linker for a release: -ldflags "-X main.release=1.2.3".
var release = ""

func version(_ context.Context, t *terminal, args []string) error {
	if _, err := t.parse(t.flags("version"), args, 0, 0); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "broadsheet %s %s %s/%s\n", versionName(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// versionName is the release, or else the commit that was built.
func versionName() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return s.Value[:12]
			}
		}
	}
	return "unreleased"
}
