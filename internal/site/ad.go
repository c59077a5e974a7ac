package site

import (
	"math/rand/v2"
	"time"

	"broadsheet/internal/ads"
	"broadsheet/internal/locale"
	"broadsheet/internal/page"
)

// Ad is an advertisement in its slot. Lang and Dir are "" where they are the
// page's.
type Ad struct {
	L         *locale.Locale
	Placement string
	Lang, Dir string
	Text      string
	Image     *Image // nil for a text
	Link      string
}

// creatives are the advertisements as the theme shows them on pages of one
// language, each rendered once.
type creatives struct {
	language string
	block    map[*ads.Creative]*page.Block
	bySum    map[uint64]*ads.Creative
}

// creatives returns them for a language: a paper has one at a time.
func (s *Site) creatives(language string) (*creatives, error) {
	if c := s.ads.Load(); c != nil && c.language == language {
		return c, nil
	}
	c := &creatives{language, map[*ads.Creative]*page.Block{}, map[uint64]*ads.Creative{}}
	for _, one := range s.Ads.Creatives() {
		html, err := s.theme.Execute("ad", s.ad(one, language))
		if err != nil {
			return nil, err
		}
		b := page.NewBlock(html)
		c.block[one], c.bySum[b.Sum()] = b, one
	}
	s.ads.Store(c)
	return c, nil
}

func (s *Site) ad(c *ads.Creative, language string) Ad {
	v := Ad{L: s.Locales.For(language), Placement: c.Placement, Text: c.Text, Link: c.Link}
	if c.Language != "" {
		v.Lang, v.Dir = c.Language, locale.Dir(c.Language)
	}
	if c.Picture.URL != "" {
		v.Image = &Image{URL: c.Picture.URL, Width: c.Picture.Width, Height: c.Picture.Height, Alt: c.Picture.Alt}
	}
	return v
}

// draw fills a slot of one view; nil for an empty slot.
func (s *Site) draw(c *creatives, slot string, now time.Time) *page.Block {
	if drawn := s.Ads.Draw(slot, now, rand.Uint64()); drawn != nil {
		return c.block[drawn]
	}
	return nil
}

// mayStill reports whether what stood in a slot at an earlier view, 0 for
// nothing, may stand there now.
func (s *Site) mayStill(c *creatives, slot string, sum uint64, now time.Time) bool {
	if sum == 0 {
		return s.Ads.Draw(slot, now, 0) == nil
	}
	drawn := c.bySum[sum]
	return drawn != nil && drawn.Placement == slot && drawn.InFlight(now)
}
