package front

import (
	"context"
	"slices"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/theme"
)

// Ask is what a front is filled from.
type Ask struct {
	Section  news.SectionID // 0 for the front page
	As       news.Arrangement
	Zones    []theme.Zone     // of the layout
	Language string           // the paper's: of several translations, the one in it stands there
	Blocks   []news.SectionID // of the front page: sections that have a block of their own, in their order
}

// Page is a front with its stories.
type Page struct {
	Zones  []Zone // those that the layout has for it, in its order
	Blocks []Block
}

// Zone is a zone with what stands in it.
type Zone struct {
	theme.Zone
	From news.Target   // what fills it; zero for what the theme says
	Pins []Placed      // what was put there by hand, in order, also what is not shown
	Auto []news.Teaser // what fills the places behind
}

// Placed is an article that somebody has put in a zone. Story is what is shown of
// it, nil where it is not.
type Placed struct {
	news.Pin
	Story *news.Teaser
	Why   Hidden // "" where it is shown
}

// Hidden says why an article that was put on a front is not shown there.
type Hidden string

// The reasons.
const (
	Gone   Hidden = "gone"   // readers can't see it, or it is not in the front's section
	Unfit  Hidden = "unfit"  // opinion, or paid for, in a zone for news
	Twice  Hidden = "twice"  // a translation of it stands there already
	NoRoom Hidden = "noroom" // the zone's places, and those of all zones that follow it, are taken
)

// Block is a section on the front page.
type Block struct {
	Section news.SectionID
	Stories []news.Teaser
}

// Stories are what a zone shows, in its order.
func (z *Zone) Stories() []news.Teaser {
	var list []news.Teaser
	for _, p := range z.Pins {
		if p.Story != nil {
			list = append(list, *p.Story)
		}
	}
	return append(list, z.Auto...)
}

// Stories are all that the front shows, in the order of its zones and blocks.
func (p *Page) Stories() []news.Teaser {
	var list []news.Teaser
	for i := range p.Zones {
		list = append(list, p.Zones[i].Stories()...)
	}
	for _, b := range p.Blocks {
		list = append(list, b.Stories...)
	}
	return list
}

// How far fronts look, and how many stories blocks have.
const (
	reach       = 60 // so many of the newest stories are looked through for a zone
	nearPicture = 6  // further down, a story is too old to lead for its picture's sake
	blockCount  = 5
	mostBlocks  = 12
)

// filler is one front that is being filled.
type filler struct {
	Ask
	store.Reader
	chooser
	page   Page
	recent []news.Teaser // the newest of the whole, or of the front's section
}

// Fill says what stands on a front. It costs a query for what was put there, one
// for the newest stories, and one for each block and each zone that is filled from
// elsewhere, whatever the archive holds. On a page of a section zones that are
// filled with the rest are left out: its list is that.
func Fill(ctx context.Context, r store.Reader, ask Ask) (*Page, error) {
	f := &filler{Ask: ask, Reader: r, chooser: newChooser(ask.Language)}
	if err := f.place(ctx); err != nil {
		return nil, err
	}
	var err error
	if f.recent, err = f.newest(ctx, f.section(), reach+len(f.used)); err != nil {
		return nil, err
	}
	for i := range f.page.Zones {
		if z := &f.page.Zones[i]; z.Fill != theme.FillRest || z.From != (news.Target{}) {
			if err := f.fill(ctx, z); err != nil {
				return nil, err
			}
		}
	}
	if err := f.blocks(ctx); err != nil {
		return nil, err
	}
	return &f.page, f.rest(ctx)
}

// section is what the front's stories are from; zero for the whole paper.
func (f *filler) section() news.Target {
	if f.Section == 0 {
		return news.Target{}
	}
	return news.Target{Noun: news.SectionNoun, ID: int64(f.Section)}
}

func (f *filler) newest(ctx context.Context, of news.Target, n int) ([]news.Teaser, error) {
	if of == (news.Target{}) {
		return f.Latest(ctx, news.Place{}, time.Time{}, n)
	}
	return f.Listed(ctx, of, news.Place{}, n)
}

// place puts in their zones what was put there by hand. What a zone has no place
// for goes on in the next one of its kind, before what is there: who puts something
// first moves all others on.
func (f *filler) place(ctx context.Context) error {
	pins := f.As.Pins()
	ids := make([]news.ArticleID, len(pins))
	for i, p := range pins {
		ids[i] = p.Article
	}
	list, err := f.Standing(ctx, ids, f.Section)
	if err != nil {
		return err
	}
	stories := map[news.ArticleID]*news.Teaser{}
	for i := range list {
		stories[list[i].ID] = &list[i]
	}
	for _, z := range f.Zones {
		if f.Section == 0 || z.Fill != theme.FillRest {
			f.page.Zones = append(f.page.Zones, Zone{Zone: z})
		}
	}
	over := map[theme.Fill][]news.Pin{}
	for i := range f.page.Zones {
		z := &f.page.Zones[i]
		queue := append(over[z.Fill], f.pinned(z, i == 0)...)
		over[z.Fill] = nil
		last := !slices.ContainsFunc(f.page.Zones[i+1:], func(b Zone) bool { return b.Fill == z.Fill })
		shown := 0
		for _, p := range queue {
			placed := Placed{Pin: p, Story: stories[p.Article]}
			switch {
			case placed.Story == nil:
				placed.Why = Gone
			case !fits(z.Fill, placed.Story.Genre):
				placed.Why = Unfit
			case !f.free(placed.Story):
				placed.Why = Twice
			case shown == z.Places && !last:
				over[z.Fill] = append(over[z.Fill], p)
				continue
			case shown == z.Places:
				placed.Why = NoRoom
			default:
				shown++
				f.use(placed.Story)
			}
			if placed.Why != "" {
				placed.Story = nil
			}
			z.Pins = append(z.Pins, placed)
		}
	}
	return nil
}

// pinned is what was put in a zone; what was put in none that the layout has
// belongs to the first.
func (f *filler) pinned(z *Zone, first bool) []news.Pin {
	var before, own, behind []news.Pin
	for _, a := range f.As.Zones {
		known := slices.ContainsFunc(f.page.Zones, func(z Zone) bool { return z.Name == a.Name })
		switch {
		case a.Name == z.Name:
			own, z.From = a.Pins, a.From
		case known || !first:
		case a.Name == news.FirstZone:
			before = a.Pins
		default:
			behind = append(behind, a.Pins...)
		}
	}
	return slices.Concat(before, own, behind)
}

// fits reports whether a story of that kind may stand in a zone that is filled so:
// opinion and what is paid for never stand among the news at the top.
func fits(fill theme.Fill, g news.Genre) bool {
	return fill != theme.FillNews || g != news.Opinion && g != news.Sponsored
}

// fill fills the places of a zone behind what was put there by hand.
func (f *filler) fill(ctx context.Context, z *Zone) error {
	shown := len(z.Stories())
	most := z.Places - shown
	if most <= 0 || z.Fill == theme.FillNone && z.From == (news.Target{}) {
		return nil
	}
	list := f.recent
	if z.From != (news.Target{}) {
		var err error
		if list, err = f.newest(ctx, z.From, reach+len(f.used)); err != nil {
			return err
		}
	}
	from := f.choice(list, func(t *news.Teaser) bool {
		return fits(z.Fill, t.Genre) && (z.Fill != theme.FillOpinion || t.Genre == news.Opinion)
	})
	if z.Picture && shown == 0 {
		z.Auto = f.takePicture(from)
	}
	z.Auto = append(z.Auto, f.take(from, most-len(z.Auto))...)
	if shown == 0 && len(z.Auto) < z.Fewest {
		f.putBack(z.Auto)
		z.Auto = nil
	}
	return nil
}

// blocks fills the blocks of sections: what has opinion alone stands there only
// where opinion has no zone that shows it.
func (f *filler) blocks(ctx context.Context) error {
	opinion, places := false, 0
	for i := range f.page.Zones {
		if z := &f.page.Zones[i]; z.Fill != theme.FillRest {
			places += z.Places
			opinion = opinion || z.Fill == theme.FillOpinion && len(z.Stories()) > 0
		}
	}
	for _, id := range f.Blocks {
		if len(f.page.Blocks) == mostBlocks {
			break
		}
		list, err := f.Listed(ctx, news.Target{Noun: news.SectionNoun, ID: int64(id)}, news.Place{}, blockCount+places)
		if err != nil {
			return err
		}
		list = f.take(f.choice(list, anything), blockCount)
		if opinion && !slices.ContainsFunc(list, func(t news.Teaser) bool { return t.Genre != news.Opinion }) {
			f.putBack(list)
			continue
		}
		if len(list) > 0 {
			f.page.Blocks = append(f.page.Blocks, Block{id, pictureFirst(list)})
		}
	}
	return nil
}

// rest fills the zones that show what stands nowhere else.
func (f *filler) rest(ctx context.Context) error {
	for i := range f.page.Zones {
		z := &f.page.Zones[i]
		most := z.Places - len(z.Stories())
		if z.Fill != theme.FillRest || most <= 0 || z.From != (news.Target{}) {
			continue
		}
		list, err := f.newest(ctx, f.section(), len(f.used)+z.Places)
		if err != nil {
			return err
		}
		z.Auto = f.take(f.choice(list, anything), most)
	}
	return nil
}

// pictureFirst moves the first story with a picture to the front, where a block
// shows it large.
func pictureFirst(list []news.Teaser) []news.Teaser {
	for i, t := range list {
		if t.LeadPicture != 0 {
			return append([]news.Teaser{t}, slices.Delete(slices.Clone(list), i, i+1)...)
		}
	}
	return list
}
