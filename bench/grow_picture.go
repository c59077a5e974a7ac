package main

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"time"
)

// panel is one picture among the small ones that stand side by side: milliseconds
// over the number of articles.
type panel struct {
	title  string
	curves []curve
	goals  []goal
}

type curve struct {
	name   string
	colour int
	values []float64
}

// goal is a line that curves are to stay below.
type goal struct {
	name string
	ms   float64
}

// Measures of the picture, in its own pixels.
const (
	columns              = 2
	panelWide, panelHigh = 430, 210
	plotLeft, plotRight  = 44, 104 // beside a plot: its numbers, and the names of its curves
	plotAbove, plotBelow = 32, 38
	apart, pictureEdge   = 16, 12
	nameHigh             = 14 // of a name, so that none stands on another
)

// styles dress the picture on a light page and on a dark one.
const styles = `text{font:12px system-ui,sans-serif;fill:#222}.t{font-size:14px;font-weight:600}.q{fill:#666}.bg{fill:#fff}` +
	`.g{stroke:#ddd}.l{fill:none;stroke-width:2}.d{stroke-dasharray:4 3;stroke:#888;fill:none}` +
	`.s0{stroke:#0b62a8}.f0{fill:#0b62a8}.s1{stroke:#b3470d}.f1{fill:#b3470d}.s2{stroke:#3c7a2b}.f2{fill:#3c7a2b}` +
	`@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.q{fill:#a0a0a0}.bg{fill:#16181b}.g{stroke:#3a3a3a}.d{stroke:#999}` +
	`.s0{stroke:#6db6f2}.f0{fill:#6db6f2}.s1{stroke:#f2a06d}.f1{fill:#f2a06d}.s2{stroke:#93cf7d}.f2{fill:#93cf7d}}`

// draw makes the curves of what was measured, as SVG for a light and a dark page.
func (g *growing) draw() []byte {
	of := func(name string, colour int, part float64, of func(*grown) series) curve {
		c := curve{name: name, colour: colour}
		for _, m := range g.measured {
			c.values = append(c.values, float64(of(m).at(part))/float64(time.Millisecond))
		}
		return c
	}
	publish := func(m *grown) series { return m.publish }
	bytes := func(part float64) []curve {
		return []curve{
			of("article", 0, part, func(m *grown) series { return m.article }),
			of("front page", 1, part, func(m *grown) series { return m.front }),
			of("list", 2, part, func(m *grown) series { return m.list }),
		}
	}
	panels := []panel{
		{"Publish, until the reply, ms", []curve{of("p50", 0, 0.5, publish), of("p99", 1, 0.99, publish)}, nil},
		{"Start to the first page, p50, ms", []curve{of("start", 0, 0.5, func(m *grown) series { return m.starts })}, []goal{{"goal", 200}}},
		{"First byte, nothing kept, p50, ms", bytes(0.5), nil},
		{"First byte, nothing kept, p99, ms", bytes(0.99), []goal{{"goal: 5", 5}, {"goal, lists: 8", 8}}},
	}
	var b strings.Builder
	wide, high := 2*pictureEdge+columns*panelWide+(columns-1)*apart, 2*pictureEdge+len(panels)/columns*(panelHigh+apart)-apart
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="title"><title id="title">%s</title><style>%s</style><rect class="bg" width="100%%" height="100%%"/>`+"\n",
		wide, high, "What publishing, first bytes and the start cost with archives of different sizes", styles)
	for i, p := range panels {
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`, pictureEdge+i%columns*(panelWide+apart), pictureEdge+i/columns*(panelHigh+apart))
		g.drawPanel(&b, &p)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// label is a name at the right of a plot, beside what it names.
type label struct {
	at          float64
	class, name string
}

func (g *growing) drawPanel(b *strings.Builder, p *panel) {
	step, top := p.scale()
	x := func(articles int) float64 {
		low, span := math.Log10(float64(g.measured[0].articles)), math.Log10(float64(g.largest().articles)/float64(g.measured[0].articles))
		return plotLeft + (math.Log10(float64(articles))-low)/max(span, 1e-9)*(panelWide-plotLeft-plotRight)
	}
	y := func(v float64) float64 { return plotAbove + (1-v/top)*(panelHigh-plotAbove-plotBelow) }
	text := func(x, y float64, class, anchor, words string) {
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>`, x, y, class, anchor, html.EscapeString(words))
	}
	text(0, 14, "t", "start", p.title)
	for v := 0.0; v <= top+step/2; v += step {
		fmt.Fprintf(b, `<path class="g" d="M%d %.1fH%d"/>`, plotLeft, y(v), panelWide-plotRight)
		text(plotLeft-6, y(v)+4, "q", "end", fmt.Sprintf("%g", math.Round(v*1000)/1000))
	}
	for _, m := range g.measured {
		text(x(m.articles), panelHigh-plotBelow+18, "q", "middle", short(m.articles))
	}
	text(plotLeft+(panelWide-plotLeft-plotRight)/2, panelHigh-4, "q", "middle", "articles")
	var labels []label
	for _, goal := range p.goals {
		fmt.Fprintf(b, `<path class="d" d="M%d %.1fH%d"/>`, plotLeft, y(goal.ms), panelWide-plotRight)
		labels = append(labels, label{y(goal.ms), "q", goal.name})
	}
	for _, c := range p.curves {
		var line strings.Builder
		for i, v := range c.values {
			fmt.Fprintf(&line, "%s%.1f %.1f", map[bool]string{true: "M", false: "L"}[i == 0], x(g.measured[i].articles), y(v))
			fmt.Fprintf(b, `<circle class="f%d" r="3" cx="%.1f" cy="%.1f"/>`, c.colour, x(g.measured[i].articles), y(v))
		}
		fmt.Fprintf(b, `<path class="l s%d" d="%s"/>`, c.colour, line.String())
		labels = append(labels, label{y(c.values[len(c.values)-1]), fmt.Sprintf("f%d", c.colour), c.name})
	}
	slices.SortFunc(labels, func(a, b label) int { return cmp.Compare(a.at, b.at) })
	next := math.Inf(-1)
	for _, l := range labels {
		next = max(l.at+4, next)
		text(panelWide-plotRight+8, next, l.class, "start", l.name)
		next += nameHigh
	}
}

// scale is the distance of a panel's lines and the value of its highest.
func (p *panel) scale() (step, top float64) {
	for _, c := range p.curves {
		top = max(top, slices.Max(c.values))
	}
	for _, goal := range p.goals {
		top = max(top, goal.ms)
	}
	step = niceStep(top * 1.05 / 4)
	return step, math.Ceil(top*1.05/step) * step
}

// niceStep is the least of 1, 2 and 5 times a power of ten that is not below v.
func niceStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(v, 1e-3))))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v {
			return m * power
		}
	}
	return 10 * power
}

// short writes 1000000 as 1M.
func short(n int) string {
	switch {
	case n >= 1_000_000 && n%1_000_000 == 0:
		return fmt.Sprintf("%dM", n/1_000_000)
	case n >= 1000 && n%1000 == 0:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprint(n)
}
