package secret

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"
)

// Cost is what a password's hash takes to make.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// DefaultCost is the first choice of OWASP's Password Storage Cheat Sheet that
// needs no more than 19 MiB, with two passes: some 40 ms on a small server.
func DefaultCost() Cost { return Cost{Memory: 19 << 10, Passes: 2, Threads: 1} }

// Passwords hashes passwords, a few at once: each takes much memory, and a flood
// of attempts must not take all.
type Passwords struct {
	cost   Cost
	turns  *semaphore.Weighted
	nobody string // a hash that no password has, at the same cost
}

// NewPasswords makes hashes at that cost, at most atOnce at the same time.
func NewPasswords(cost Cost, atOnce int64) *Passwords {
	p := &Passwords{cost: cost, turns: semaphore.NewWeighted(atOnce)}
	salt := make([]byte, saltSize)
	p.nobody = encode(cost, salt, make([]byte, keySize))
	return p
}

const (
	saltSize = 16 // RFC 9106, 3.1
	keySize  = 32
)

// Hash hashes a password with a salt of its own, in the form that libraries of
// other languages write too: "$argon2id$v=19$m=…,t=…,p=…$salt$key". It waits for
// its turn, and fails when ctx ends before.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	key, err := p.key(ctx, p.cost, password, salt)
	if err != nil {
		return "", err
	}
	return encode(p.cost, salt, key), nil
}

// Check reports whether a password is the one with that hash, and whether the hash
// should be made anew since it was made at another cost. Without a hash (nobody
// has that account, or no password was chosen) it takes as long and is false.
func (p *Passwords) Check(ctx context.Context, hash, password string) (ok, stale bool, err error) {
	known := hash != ""
	if !known {
		hash = p.nobody
	}
	cost, salt, want, err := decode(hash)
	if err != nil {
		return false, false, err
	}
	got, err := p.key(ctx, cost, password, salt)
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(got, want) == 1 && known
	return ok, ok && cost != p.cost, nil
}

// key runs Argon2id. What looks the same typed on two keyboards is the same
// password: NFKC, as NIST SP 800-63B asks.
func (p *Passwords) key(ctx context.Context, cost Cost, password string, salt []byte) ([]byte, error) {
	if err := p.turns.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer p.turns.Release(1)
	return argon2.IDKey(norm.NFKC.Bytes([]byte(password)), salt, cost.Passes, cost.Memory, cost.Threads, keySize), nil
}

func encode(c Cost, salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, c.Threads, b.EncodeToString(salt), b.EncodeToString(key))
}

var errHash = errors.New("secret: the stored hash of a password can't be read")

func decode(hash string) (c Cost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Threads); err != nil || n != 3 || c.Passes == 0 || c.Threads == 0 || c.Memory > 1<<21 {
		return c, nil, nil, errHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) != keySize {
		return c, nil, nil, errHash
	}
	return c, salt, key, nil
}
