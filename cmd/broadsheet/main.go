// Command broadsheet runs a newspaper on the web.
//
// Each command is a file of its own here: it reads flags, calls package app and
// turns an error into an exit status. Start reading at the table of commands.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // zones also where the machine has none

	"broadsheet/internal/app"
	"broadsheet/internal/config"
)

// command is one thing that the program does.
type command struct {
	name    string // one or two words
	usage   string // its arguments
	summary string
	run     func(ctx context.Context, t *terminal, args []string) error
}

// commands are all of them, in the order in which the help shows them.
func commands() []command {
	return []command{
		{"demo", "[-addr HOST:PORT] [-data FOLDER] [-articles N] [-theme FOLDER [-dev]]", "run a sample newspaper", demo},
		{"serve", "[-config FILE] [-data FOLDER] [-addr HOST:PORT] [-database URL] [-theme FOLDER [-dev]]", "serve the newspaper", serve},
		{"import wordpress", "FILE... [-uploads FOLDER] [-site-url URL] [-dry-run] [-report FILE.json]", "read in a WordPress export", importWordPress},
		{"settings get", "[NAME]", "show what the paper is", settingsGet},
		{"settings set", "NAME VALUE", "change one setting", settingsSet},
		{"settings edit", "", "change the settings in an editor", settingsEdit},
		{"theme new", "FOLDER [-empty]", "make a theme, from the one built in", themeNew},
		{"theme check", "FOLDER", "find what is wrong with a theme", themeCheck},
		{"staff add", "EMAIL -name NAME -role ROLE [-sections SECTIONS] [-password]", "give somebody an account in the newsroom", staffAdd},
		{"staff list", "", "list who has an account", staffList},
		{"staff reset", "EMAIL [-devices]", "print a link for a new password", staffReset},
		{"comments list", "[-state STATE]", "list readers' comments that wait", commentsList},
		{"comments approve", "ID...", "show comments to readers", commentsApprove},
		{"comments reject", "ID...", "keep comments from readers", commentsReject},
		{"pictures focus", "ID X% Y% | ID auto", "say what a picture's cuts must keep", picturesFocus},
		{"pictures renditions", "", "make all sizes and cuts of pictures now", picturesRenditions},
		{"backup", "FILE", "write everything into one file, while serving", backUp},
		{"restore", "FILE", "read a backup into an empty store", restore},
		{"search rebuild", "", "build the search index anew", searchRebuild},
		{"version", "", "tell which version this is", version},
	}
}

// terminal is where a command is run from.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) (string, bool)
}

// errUsage says that the command line can't be understood; what is wrong with
// it has been told already.
var errUsage = errors.New("usage")

func main() {
	// The first signal asks for a graceful stop; the second, with the handler
	// gone, ends the process at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop()
	}()
	os.Exit(run(ctx, &terminal{os.Stdin, os.Stdout, os.Stderr, os.LookupEnv}, os.Args[1:]))
}

// run runs the command that args name and returns the exit status: 0, 1 when it
// has failed, 2 when the command line is wrong.
func run(ctx context.Context, t *terminal, args []string) int {
	c, rest := find(args)
	if c == nil {
		return help(t, args)
	}
	err := c.run(ctx, t, rest)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(t.err, "broadsheet: stopped")
		return 1
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintln(t.err, "broadsheet: "+strings.TrimSuffix(line, "\n"))
	}
	return 1
}

// find returns the command that args begin with, and the rest of args.
func find(args []string) (*command, []string) {
	for _, c := range commands() {
		words := strings.Fields(c.name)
		if len(args) >= len(words) && strings.Join(args[:len(words)], " ") == c.name {
			return &c, args[len(words):]
		}
	}
	return nil, nil
}

func help(t *terminal, args []string) int {
	out, status := t.out, 0
	if len(args) > 0 && args[0] != "help" && args[0] != "-h" && args[0] != "-help" && args[0] != "--help" {
		out, status = t.err, 2
		fmt.Fprintf(out, "broadsheet: there is no command %q\n\n", strings.Join(args, " "))
	}
	fmt.Fprint(out, "Broadsheet: a newspaper on the web.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(out, "  broadsheet %-20s %s\n", c.name, c.summary)
	}
	fmt.Fprint(out, "\nbroadsheet COMMAND -h tells more about one.\n")
	return status
}

// flags makes the flags of the command with that name.
func (t *terminal) flags(name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(t.err)
	fs.Usage = func() {
		c, _ := find(strings.Fields(name))
		fmt.Fprintf(t.err, "usage: broadsheet %s %s\n\n%s.\n\n", c.name, c.usage, c.summary)
		fs.PrintDefaults()
	}
	return fs
}

// parse reads flags that may stand before, between and behind the other
// arguments, which it returns. There must be min to max of those; max below 0 is
// no limit.
func (t *terminal) parse(fs *flag.FlagSet, args []string, min, max int) ([]string, error) {
	var words []string
	for {
		if err := fs.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, errUsage
		}
		if fs.NArg() == 0 {
			break
		}
		words, args = append(words, fs.Arg(0)), fs.Args()[1:]
	}
	if len(words) < min || max >= 0 && len(words) > max {
		fs.Usage()
		return nil, errUsage
	}
	return words, nil
}

// open reads the configuration and opens the paper. The caller closes it.
func (t *terminal) open(ctx context.Context, flags *config.Flags) (*app.App, error) {
	c, err := config.Load(flags, t.env)
	if err != nil {
		return nil, err
	}
	return app.Open(ctx, c, t.log(c))
}

// storeFlags are the settings that every command needs which opens the store.
var storeFlags = []string{"data", "database", "log.format", "log.level"}
