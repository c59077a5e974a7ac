package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// Token is a new secret of 256 random bits that can stand in an address and in a
// cookie.
func Token() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// Hash is what is stored of a token or a recovery code. Both are random, so that
// a plain hash is enough: there is nothing to guess.
func Hash(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}

// codeLetters are letters and digits that nobody takes for one another, on paper
// and on the telephone (Crockford's Base32, in lower case).
const codeLetters = "0123456789abcdefghjkmnpqrstvwxyz"

// RecoveryCodes makes n codes for when the device is lost, of 60 random bits each,
// as "k3m8-x2qa-9fht".
func RecoveryCodes(n int) []string {
	codes := make([]string, n)
	for i := range codes {
		b := make([]byte, 12)
		rand.Read(b) // never fails
		var code strings.Builder
		for j, c := range b {
			if j > 0 && j%4 == 0 {
				code.WriteByte('-')
			}
			code.WriteByte(codeLetters[c%32])
		}
		codes[i] = code.String()
	}
	return codes
}

// PlainCode is a recovery code as it was made, however it was typed: with other
// case, spaces or none of the hyphens, o for 0 and i or l for 1.
func PlainCode(typed string) string {
	var code strings.Builder
	n := 0
	for _, r := range strings.ToLower(typed) {
		switch r {
		case 'o':
			r = '0'
		case 'i', 'l':
			r = '1'
		}
		if !strings.ContainsRune(codeLetters, r) || n == 12 {
			continue
		}
		if n > 0 && n%4 == 0 {
			code.WriteByte('-')
		}
		code.WriteRune(r)
		n++
	}
	return code.String()
}
