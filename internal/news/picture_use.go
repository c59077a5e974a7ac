package news

// PicturePlace says where in a thing a picture stands.
type PicturePlace string

// The places of pictures.
const (
	InBody   PicturePlace = "body" // of an article: shown, in a gallery, or linked to
	AsLead   PicturePlace = "lead"
	AsSocial PicturePlace = "social"   // for other sites on which an article is shared
	Portrait PicturePlace = "portrait" // of a person
	AsLogo   PicturePlace = "logo"     // of the paper

	ForSharing PicturePlace = "sharing" // of the paper: shown elsewhere for pages without one
)

// PictureUse is one place where a picture stands.
type PictureUse struct {
	Of    Target // an article, a change of one that is yet to be put in, or a person; for the paper's settings the zero id of [SettingsNoun]
	Place PicturePlace
	Staff StaffID // whose text it is that was typed and not saved; 0 for what is stored
}

// SettingsNoun names the paper's settings where they use a picture; it has no
// address.
const SettingsNoun Noun = "settings"
