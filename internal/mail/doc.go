// Package mail hands a letter over to a mail server (SMTP, RFC 5321). It knows
// nothing of accounts, of words or of when a letter is due: who calls decides that,
// and tries again where [Refused] does not say that it is in vain.
//
// Start reading at [Server.Send].
package mail
