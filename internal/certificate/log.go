package certificate

import (
	"context"
	"log/slog"
	"strings"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// zapFor is certmagic's way into our log.
func zapFor(log *slog.Logger) *zap.Logger { return zap.New(core{log: log}) }

// core passes on what goes wrong with having and renewing certificates. What else
// certmagic tells is about single connections, with strangers' addresses, or about
// its own inner life.
type core struct {
	log    *slog.Logger
	fields []zapcore.Field
}

// Enabled is for errors only.
func (core) Enabled(l zapcore.Level) bool { return l >= zapcore.ErrorLevel }

// With adds fields to all that follows.
func (c core) With(fields []zapcore.Field) zapcore.Core {
	c.fields = append(c.fields[:len(c.fields):len(c.fields)], fields...)
	return c
}

// Check has an entry written where it is of use.
func (c core) Check(e zapcore.Entry, to *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	part, _, _ := strings.Cut(e.LoggerName, ".")
	if c.Enabled(e.Level) && (part == "obtain" || part == "renew" || part == "maintenance") {
		return to.AddCore(e, c)
	}
	return to
}

// Write writes an entry.
func (c core) Write(e zapcore.Entry, fields []zapcore.Field) error {
	all := zapcore.NewMapObjectEncoder()
	for _, f := range c.fields {
		f.AddTo(all)
	}
	for _, f := range fields {
		f.AddTo(all)
	}
	if text, ok := all.Fields["error"].(string); ok && strings.Contains(text, context.Canceled.Error()) {
		return nil // the server stops
	}
	var args []any
	for _, name := range []string{"identifier", "issuer", "error", "retrying_in"} {
		if v, ok := all.Fields[name]; ok {
			args = append(args, name, v)
		}
	}
	c.log.Log(context.Background(), slog.LevelError, "certificates: "+e.Message, args...)
	return nil
}

// Sync has nothing to do.
func (core) Sync() error { return nil }
