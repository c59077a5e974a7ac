package news

import "time"

// Letter is a mail to somebody with an account, in which they find a link to choose
// a password: one that waits, or what became of it.
type Letter struct {
	ID       int64
	Staff    StaffID // 0 while nobody has looked who has that address
	Email    string  // as [FoldEmail] writes it
	Language string  // it is written in where its receiver has chosen none
	Link     string  // the hash of the link on the screen that it goes with; "" where they have asked for it themselves
	Made     time.Time
	Due      time.Time // when it is tried next; zero when it is not any more
	Attempts int
	Sent     time.Time // zero for never
	Problem  string    // what went wrong at the last attempt, in the mail server's words; "" for nothing
}

// Waits reports whether the letter is to be sent yet.
func (l *Letter) Waits() bool { return !l.Due.IsZero() }

// LetterKept is how long it is known what became of a letter.
const LetterKept = 30 * 24 * time.Hour

// LetterRetry is how long a letter waits after so many attempts that have failed.
func LetterRetry(attempts int) time.Duration {
	return min(time.Minute<<min(max(attempts-1, 0), 10), time.Hour)
}
