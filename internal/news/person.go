package news

// PersonID names a person; 0 is none.
type PersonID int64

// Person is somebody with a byline, with or without an account.
type Person struct {
	ID        PersonID
	Version   int // rises by one with each write; 1 for a new one
	Name      string
	Slug      string
	Path      string // address of the page about them
	Email     string // for the newsroom; never shown to readers
	Biography string // plain text; paragraphs parted by a blank line
	Website   string
	Picture   PictureID
}
