package demo

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"
)

// The size of a picture in pixels. Portraits are square; the stair is a tall
// picture and the panorama a wide one.
const (
	pictureWidth  = 1600
	pictureHeight = 1000
	portraitSize  = 800
	tallWidth     = 1000
	tallHeight    = 1500
	wideWidth     = 2400
	wideHeight    = 800
)

// Draw makes the picture anew: the same pixels each time, in about a tenth of a
// second.
func (p *Picture) Draw() *image.RGBA { return p.draw() }

// FileName is the name under which the picture comes into the library.
func (p *Picture) FileName() string { return p.Slug + ".jpg" }

// JPEG draws the picture and encodes it. The bytes are the same each time with
// one version of Go.
func (p *Picture) JPEG() ([]byte, error) {
	var b bytes.Buffer
	// 82 keeps the grain alive and a picture below 600 kB.
	if err := jpeg.Encode(&b, p.Draw(), &jpeg.Options{Quality: 82}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// drawing is what draws the picture of a slug; nil for an unknown one.
func drawing(slug string) func() *image.RGBA {
	if sit := sitters()[slug]; sit != nil {
		return func() *image.RGBA { return drawPortrait(sit()) }
	}
	for _, table := range []map[string]func() *image.RGBA{seaDrawings(), townDrawings(), nightDrawings(), graphics()} {
		if draw := table[slug]; draw != nil {
			return draw
		}
	}
	return nil
}

// seaDrawings are the harbour, the coast and the land beyond, by slug.
func seaDrawings() map[string]func() *image.RGBA {
	return map[string]func() *image.RGBA{
		"harbour-dawn":     drawHarbourDawn,
		"cranes":           drawCranes,
		"night-ferry":      drawNightFerry,
		"fog":              drawFog,
		"hills":            drawHills,
		"dry-valley":       drawDryValley,
		"fish":             drawFish,
		"regatta":          drawRegatta,
		"lighthouse-lamp":  drawLighthouseLamp,
		"lighthouse-stair": drawLighthouseStair,
		"mussel-flats":     drawMusselFlats,
		"shipyard":         drawShipyard,
		"gulls":            drawGulls,
		"panorama":         drawPanorama,
	}
}

// townDrawings are the streets of Kelmouth, and what goes on indoors, by slug.
func townDrawings() map[string]func() *image.RGBA {
	return map[string]func() *image.RGBA{
		"gables":         drawGables,
		"lanterns":       drawLanterns,
		"shelves":        drawShelves,
		"press":          drawPress,
		"market":         drawMarket,
		"snow-roofs":     drawSnowRoofs,
		"tram-night":     drawTramNight,
		"bakery":         drawBakery,
		"classroom":      drawClassroom,
		"observatory":    drawObservatory,
		"violin":         drawViolin,
		"rain-street":    drawRainStreet,
		"chess":          drawChess,
		"kitchen":        drawKitchen,
		"lanterns-whale": drawLanternsWhale,
		"lanterns-ships": drawLanternsShips,
		"lanterns-crowd": drawLanternsCrowd,
	}
}

// nightDrawings are the pictures of one night in the city, by slug.
func nightDrawings() map[string]func() *image.RGBA {
	return map[string]func() *image.RGBA{
		"night-bakery":  drawNightBakery,
		"night-depot":   drawNightDepot,
		"night-auction": drawNightAuction,
		"night-press":   drawNightPress,
		"night-bridge":  drawNightBridge,
		"night-ward":    drawNightWard,
	}
}

// graphics are maps, charts and plans, by slug.
func graphics() map[string]func() *image.RGBA {
	return map[string]func() *image.RGBA{
		"bay-map":         drawBayMap,
		"container-years": drawContainerYears,
		"tide":            drawTide,
		"pitch":           drawPitch,
		"budget-chart":    drawBudgetChart,
		"rent-map":        drawRentMap,
		"stripes":         drawStripes,
		"rail-map":        drawRailMap,
		"bridge-plan":     drawBridgePlan,
	}
}

// sitters are the people of the portraits, by slug.
func sitters() map[string]func() sitter {
	return map[string]func() sitter{
		"portrait-hallward":   sitterHallward,
		"portrait-renmark":    sitterRenmark,
		"portrait-vastrel":    sitterVastrel,
		"portrait-pellaway":   sitterPellaway,
		"portrait-haddane":    sitterHaddane,
		"portrait-lomantseva": sitterLomantseva,
		"portrait-feldkirch":  sitterFeldkirch,
		"portrait-koval":      sitterKoval,
		"portrait-rostami":    sitterRostami,
		"portrait-oskarne":    sitterOskarne,
		"portrait-mossby":     sitterMossby,
		"portrait-keeper":     sitterKeeper,
	}
}

// rgb is an opaque colour.
type rgb struct{ r, g, b uint8 }

// The inks of the paper's drawing desk. All pictures keep to them and to their
// mixtures, so that they belong together.
var (
	inkNight = rgb{18, 32, 51}
	inkDeep  = rgb{32, 62, 86}
	inkSea   = rgb{58, 110, 122}
	inkMist  = rgb{158, 190, 190}
	inkSky   = rgb{212, 222, 214}
	inkPaper = rgb{245, 237, 220}
	inkSand  = rgb{230, 203, 155}
	inkOchre = rgb{222, 160, 62}
	inkCoral = rgb{214, 97, 66}
	inkBrick = rgb{150, 58, 46}
	inkMoss  = rgb{92, 112, 76}
)

// mix goes from a (0) to b (1); t is kept between them.
func mix(a, b rgb, t float64) rgb {
	t = min(max(t, 0), 1)
	part := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*t + 0.5) }
	return rgb{part(a.r, b.r), part(a.g, b.g), part(a.b, b.b)}
}

// smooth rises from 0 at from to 1 at to, gently at both ends.
func smooth(from, to, x float64) float64 {
	t := min(max((x-from)/(to-from), 0), 1)
	return t * t * (3 - 2*t)
}

// hash scatters a pair of numbers over 0…1; always the same for the same pair.
func hash(x, y int) float64 {
	return float64(hash32(x, y)>>8) / (1 << 24)
}

func hash32(x, y int) uint32 {
	h := uint32(x)*0x9e3779b1 ^ uint32(y)*0x85ebca77
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	h *= 0x297a2d39
	return h ^ h>>15
}

// wave is a smooth line of hills and dales between -1 and 1 along x, of period
// about 1; each seed has its own.
func wave(seed int, x float64) float64 {
	i := math.Floor(x)
	t := x - i
	t = t * t * (3 - 2*t)
	a, b := hash(int(i), seed), hash(int(i)+1, seed)
	return (a+(b-a)*t)*2 - 1
}

// ridge is wave with finer ones laid over it.
func ridge(seed int, x float64) float64 {
	return 0.6*wave(seed, x) + 0.27*wave(seed+1, 2.1*x) + 0.13*wave(seed+2, 4.7*x)
}
