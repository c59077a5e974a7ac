package demo

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// figures are the numbers in the rows of an article's table; what is no number
// is left out.
func figures(t *testing.T, slug string) (rows [][]float64) {
	t.Helper()
	for _, a := range load(t, anyDay).Articles {
		if a.Slug != slug {
			continue
		}
		for _, row := range regexp.MustCompile(`(?s)<tr>(.*?)</tr>`).FindAllString(a.Body, -1) {
			var line []float64
			for _, cell := range regexp.MustCompile(`<td>([^<]*)</td>`).FindAllStringSubmatch(row, -1) {
				text := strings.NewReplacer(",", "", "−", "-", "+", "", " %", "").Replace(cell[1])
				if n, err := strconv.ParseFloat(text, 64); err == nil {
					line = append(line, n)
				}
			}
			if line != nil {
				rows = append(rows, line)
			}
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no table", slug)
	}
	return rows
}

func near(a, b, within float64) bool { return a-b <= within && b-a <= within }

func TestLeagueTableAddsUp(t *testing.T) {
	var won, lost, scored, conceded float64
	for _, r := range figures(t, "bay-league-table") { // place, played, won, drawn, lost, for, against, difference, points
		if r[1] != r[2]+r[3]+r[4] || r[7] != r[5]-r[6] || r[8] != 3*r[2]+r[3] {
			t.Errorf("place %v: %v", r[0], r)
		}
		won, lost, scored, conceded = won+r[2], lost+r[4], scored+r[5], conceded+r[6]
	}
	if won != lost || scored != conceded {
		t.Errorf("%v won and %v lost, %v scored and %v conceded", won, lost, scored, conceded)
	}
}

func TestFerryTableAddsUp(t *testing.T) {
	rows := figures(t, "ferry-punctuality") // planned, on time, late, later, cancelled, per cent
	sum := make([]float64, 5)
	for i, r := range rows {
		if r[0] != r[1]+r[2]+r[3]+r[4] || !near(r[5], 100*r[1]/r[0], 0.051) {
			t.Errorf("row %d: %v", i, r)
		}
		for k := range sum {
			sum[k] += r[k]
		}
	}
	for k, total := range rows[len(rows)-1][:5] {
		if sum[k] != 2*total { // itself and the rows above
			t.Errorf("column %d adds up to %v, not %v", k, sum[k]-total, total)
		}
	}
}

func TestElectionTableAddsUp(t *testing.T) {
	rows := figures(t, "ward-by-ward-2025") // entitled, turnout, five shares
	sum := make([]float64, 7)
	for i, r := range rows {
		if shares := r[2] + r[3] + r[4] + r[5] + r[6]; !near(shares, 100, 0.21) {
			t.Errorf("row %d: the shares are %v", i, shares)
		}
		if i == len(rows)-1 {
			break
		}
		votes := r[0] * r[1] / 100
		sum[0], sum[1] = sum[0]+r[0], sum[1]+votes
		for k := 2; k < 7; k++ {
			sum[k] += votes * r[k] / 100
		}
	}
	city := rows[len(rows)-1]
	if city[0] != sum[0] || !near(city[1], 100*sum[1]/sum[0], 0.06) {
		t.Errorf("the city has %v, the wards %v and %v votes", city[:2], sum[0], sum[1])
	}
	for k := 2; k < 7; k++ {
		if !near(city[k], 100*sum[k]/sum[1], 0.06) {
			t.Errorf("list %d has %v, in the wards %v", k-1, city[k], 100*sum[k]/sum[1])
		}
	}
}

func TestBudgetTableAddsUp(t *testing.T) {
	const millions, residents = 1240, 214_000
	var share float64
	for _, r := range figures(t, "where-the-money-goes") { // per cent, millions, crowns a resident
		share += r[0]
		if !near(r[1], millions*r[0]/100, 0.051) || !near(r[2], 1e6*r[1]/residents, 0.51) {
			t.Errorf("%v", r)
		}
	}
	if share != 100 {
		t.Errorf("the fields are %v per cent", share)
	}
}

func TestRentsAreThoseOfTheSquareMetre(t *testing.T) {
	for _, r := range figures(t, "rent-per-metre") { // crowns a square metre, for 62
		if !near(r[1], 62*r[0], 0.51) {
			t.Errorf("%v", r)
		}
	}
}
