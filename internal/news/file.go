package news

// The problems of a file that somebody sends, each a [FieldProblem] of the field
// that it came in.
const (
	FileEmpty   FieldProblem = "file empty"
	FileLarge   FieldProblem = "file large"   // more bytes than are taken
	FileDamaged FieldProblem = "file damaged" // it can't be read to its end
	FileOther   FieldProblem = "file other"   // it is not what its name says
	FileUnknown FieldProblem = "file unknown" // of a kind that the library does not take
	FileFormat  FieldProblem = "file format"  // a picture that browsers don't show
	FileVast    FieldProblem = "file vast"    // more pixels than are taken
	FileHeavy   FieldProblem = "file heavy"   // its pixels take more memory than there is
	FileFrames  FieldProblem = "file frames"  // an animation of more pictures than are taken
)
