package ads

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/internal/fault"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
)

// PicturePath is the address below which [Set.Serve] is to be mounted.
const PicturePath = "/-/picture/"

// maxPicture bounds an advertisement's picture; readers load it with every page.
const maxPicture = 2 << 20

// served is where an advertisement's picture comes from.
type served struct {
	disk    *media.Disk
	picture news.Picture
}

// Load makes a set of checked bookings: days become instants in the paper's
// zone, pictures are read, freed of what they must not tell, and kept on the
// disk. A picture that can't be read or shown is an Invalid fault that names
// the booking.
func Load(ctx context.Context, disk *media.Disk, bookings []Booking, zone *time.Location) (*Set, error) {
	var creatives []Creative
	pictures := map[string]served{}
	names := map[string]bool{}
	for i, b := range bookings {
		c := Creative{
			Name: b.Name, Placement: b.Placement, Text: strings.TrimSpace(b.Text), Link: b.Link, Language: b.Language,
			Weight: max(b.Weight, 1), Start: b.Start.at(zone), End: b.End.next().at(zone),
		}
		if c.Name == "" {
			c.Name = fmt.Sprintf("%s %d", b.Placement, i+1)
		}
		if names[c.Name] {
			return nil, fault.New(fault.Invalid, "Two advertisements are called %q.", c.Name)
		}
		names[c.Name] = true
		if b.Picture != "" {
			p, err := keepPicture(ctx, disk, b.Picture)
			if err != nil {
				return nil, fault.Wrap(fault.Invalid, err, "The picture of the advertisement %q can't be used", c.Name)
			}
			c.Picture = Picture{URL: p.Path, Width: p.Width, Height: p.Height, Alt: b.Alt}
			pictures[p.Path] = served{disk, p}
		}
		creatives = append(creatives, c)
	}
	s := NewSet(creatives)
	s.pictures = pictures
	return s, nil
}

// keepPicture keeps a picture file and gives it an address made from its bytes.
func keepPicture(ctx context.Context, disk *media.Disk, path string) (news.Picture, error) {
	f, err := os.Open(path)
	if err != nil {
		return news.Picture{}, err
	}
	defer f.Close()
	p, err := disk.Keep(ctx, filepath.Base(path), f, maxPicture)
	if err != nil {
		return p, err
	}
	if !p.Image() {
		return p, fault.New(fault.Invalid, "%s is no picture that a browser shows.", p.Name)
	}
	p.Path = PicturePath + p.Served
	return p, nil
}

// Serve sends an advertisement's picture; an unknown address is a NotFound
// fault. Caches may keep it for ever.
func (s *Set) Serve(w http.ResponseWriter, r *http.Request) error {
	p, ok := s.pictures[r.URL.Path]
	if !ok {
		return fault.New(fault.NotFound, "There is no such picture.")
	}
	return p.disk.ServeForever(w, r, &p.picture)
}
