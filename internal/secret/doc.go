// Package secret makes and checks what people sign in with: passwords (Argon2id,
// RFC 9106), random tokens, codes of an app (TOTP, RFC 6238) and recovery codes.
//
// It knows neither accounts nor how anything is stored; of a token and a recovery
// code only the hash is meant to be. Start reading at [Passwords], then [Token].
package secret
