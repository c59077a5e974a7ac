// Package config is what the operator decides: addresses to listen on, paths,
// limits, advertisements. What the paper is (title, languages, menus) stands in
// the store and not here.
//
// Each key comes from the last of these that says something: its default, one
// TOML file, a BROADSHEET_ variable of the environment, a flag. Start reading at
// [Config], then [AddFlags] and [Load]; docs/broadsheet.toml shows every key.
package config
