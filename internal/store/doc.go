// Package store holds all of Broadsheet's SQL: one file a noun, each query a
// constant beside the Go that scans its rows, in one portable text for SQLite
// and PostgreSQL (docs/SQL.md tells the traps).
//
// It keeps what it is given and makes no rule: rules are package news's, and
// package desk alone calls what writes. Start reading at [Store]; [Reader] is
// what can be read, [Tx] what can be written.
package store
