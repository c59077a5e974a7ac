package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

func TestTheCurvesAreXMLWithANameForEach(t *testing.T) {
	ms := func(list ...int) series {
		var s series
		for _, n := range list {
			s.each = append(s.each, time.Duration(n)*100*time.Microsecond)
		}
		return s
	}
	var g growing
	for i, n := range []int{1000, 10_000, 100_000, 1_000_000} {
		g.measured = append(g.measured, &grown{articles: n, publish: ms(17+i, 90+i), starts: ms(930 + i), article: ms(26+i, 77), list: ms(15+i, 110), front: ms(34+i, 100-20*i)})
	}
	svg := string(g.draw())
	if file := os.Getenv("BENCH_PICTURE"); file != "" { // to be looked at
		if err := os.WriteFile(file, []byte(svg), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, words := range []string{">1k<", ">1M<", ">front page<", ">list<", ">goal<", "prefers-color-scheme:dark"} {
		if !strings.Contains(svg, words) {
			t.Errorf("the picture lacks %s", words)
		}
	}
}
