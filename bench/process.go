package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// spent is the processor time that a server has taken so far, of all its threads:
// what other programs take at the same time is not in it. Linux tells it to a
// hundredth of a second (proc_pid_stat(5)).
func (s *server) spent() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	const tick, user, system = 10 * time.Millisecond, 11, 12
	_, rest, _ := strings.Cut(string(text), ") ") // behind the name, which may hold anything
	fields := strings.Fields(rest)
	if len(fields) <= system {
		return 0, errors.New("/proc tells nothing of processor time")
	}
	var sum int64
	for _, f := range []string{fields[user], fields[system]} {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return time.Duration(sum) * tick, nil
}

// resident is how many bytes a line of /proc/PID/status tells, as "VmRSS".
func (s *server) resident(line string) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, after, ok := strings.Cut(string(text), "\n"+line+":")
	if !ok {
		return 0, fmt.Errorf("this kernel does not tell %s", line)
	}
	kib, err := strconv.ParseInt(strings.Fields(after)[0], 10, 64)
	return kib << 10, err
}
