package config

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Problems are everything that is wrong with a configuration, one line each,
// with the place that says it: a line of the file, a variable or a flag. The
// lines show no password.
type Problems []string

// Error is the lines.
func (p Problems) Error() string { return strings.Join(p, "\n") }

// origins is where each key's value comes from, as "broadsheet.toml:7".
type origins map[string]string

// Load puts the configuration together and checks it. Flags may be nil; env is
// os.LookupEnv outside of tests. The file is the one that -config or
// BROADSHEET_CONFIG names; there is none by default. Paths in the file are meant
// from its own folder, all others from the working directory. Errors are
// [Problems], or tell that the file can't be read.
//
// Variables that begin with BROADSHEET_ and name no key are let be: container
// hosts set some for a service of that name.
func Load(flags *Flags, env func(string) (string, bool)) (*Config, error) {
	if flags == nil {
		flags = &Flags{}
	}
	c := Default()
	c.origin = origins{}
	file := flags.file
	if file == "" {
		file, _ = env("BROADSHEET_CONFIG")
	}
	var wrong Problems
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("configuration: %w", err)
		}
		if wrong = c.read(file, text); len(wrong) > 0 {
			return nil, wrong
		}
		c.settle(filepath.Dir(file))
	}
	for _, s := range settings {
		if text, ok := env(s.envName()); ok {
			wrong = append(wrong, c.give(given{s, text}, s.envName())...)
		}
	}
	for _, g := range flags.values {
		wrong = append(wrong, c.give(g, "-"+g.setting.flagName())...)
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	if err := c.Validate(); err != nil {
		return nil, err
	}
	return &c, nil
}

// give sets one key from a variable or a flag.
func (c *Config) give(g given, from string) Problems {
	if err := set(g.setting.field(c), g.text); err != nil {
		return Problems{fmt.Sprintf("%s: %s", from, err)}
	}
	c.origin[g.setting.key] = from
	return nil
}

// settle makes the file's paths start from its folder.
func (c *Config) settle(dir string) {
	from := func(path string) string {
		if path == "" || filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(dir, path)
	}
	for _, key := range paths {
		if s, _ := settingFor(key); c.origin[key] != "" {
			path := s.field(c).(*string)
			*path = from(*path)
		}
	}
	for i := range c.Ads {
		c.Ads[i].Picture = from(c.Ads[i].Picture)
	}
}

// problem is a line about a key, from where its value comes.
func (c *Config) problem(key, format string, args ...any) string {
	words := fmt.Sprintf(format, args...)
	if from := c.origin[key]; from != "" {
		return fmt.Sprintf("%s: %s: %s", from, key, words)
	}
	return fmt.Sprintf("%s: %s", key, words)
}

// adProblems are the lines about an advertisement, in the order of its keys.
func (c *Config) adProblems(i int) Problems {
	var wrong Problems
	faults := c.Ads[i].Check()
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		key := fmt.Sprintf("ads[%d].%s", i, name)
		from := cmp.Or(c.origin[key], c.origin[fmt.Sprintf("ads[%d]", i)], c.origin["ads"])
		wrong = append(wrong, strings.TrimPrefix(fmt.Sprintf("%s: advertisement %d: %s: %s", from, i+1, name, faults[name]), ": "))
	}
	return wrong
}
