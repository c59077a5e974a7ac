package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// postgres starts a PostgreSQL with an empty database: in a temporary folder, and,
// since it refuses root, by the user nobody. As root on Debian it is installed
// where it is missing.
func postgres(ctx context.Context) (address string, stop func(), err error) {
	bin, err := postgresFolder(ctx)
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "broadsheet-postgres-*")
	if err != nil {
		return "", nil, err
	}
	as, err := asNobody(dir)
	if err != nil {
		return "", nil, err
	}
	run := func(program string, args ...string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, filepath.Join(bin, program), args...)
		cmd.Dir, cmd.SysProcAttr = dir, as
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // which it takes as: end now, in order
		return cmd
	}
	data := filepath.Join(dir, "data")
	if said, err := run("initdb", "-D", data, "-E", "UTF8", "--locale=C", "-U", "postgres", "-A", "trust").CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("initdb: %w: %s", err, said)
	}
	at, err := freeAddress()
	if err != nil {
		return "", nil, err
	}
	_, port, _ := strings.Cut(at, ":")
	server := run("postgres", "-D", data, "-p", port, "-k", dir, "-c", "listen_addresses=127.0.0.1")
	if err := server.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		server.Process.Signal(os.Interrupt) //nolint:errcheck // it may have ended
		server.Wait()                       //nolint:errcheck // likewise
		os.RemoveAll(dir)                   //nolint:errcheck // it is in the folder for temporary files
	}
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		err := run("pg_isready", "-q", "-h", "127.0.0.1", "-p", port).Run()
		if err == nil {
			return fmt.Sprintf("postgres://postgres@%s/postgres", at), stop, nil
		}
		if time.Since(began) > 30*time.Second {
			stop()
			return "", nil, fmt.Errorf("PostgreSQL does not come up: %w", err)
		}
	}
}

// postgresFolder is where Debian has PostgreSQL's programs.
func postgresFolder(ctx context.Context) (string, error) {
	const programs = "/usr/lib/postgresql/*/bin/initdb"
	found, err := filepath.Glob(programs)
	if err != nil {
		return "", err
	}
	if found == nil {
		if err := installed(ctx, map[string]string{"initdb": "postgresql"}); err != nil {
			return "", err
		}
		if found, err = filepath.Glob(programs); found == nil {
			return "", errors.Join(errors.New("there is no "+programs), err)
		}
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// asNobody gives a folder to the user nobody and returns how a process becomes
// that user; nil for who is not root.
func asNobody(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return nil, err
	}
	uid, err1 := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(nobody.Gid, 10, 32)
	if err := errors.Join(err1, err2, os.Chown(dir, int(uid), int(gid))); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}
