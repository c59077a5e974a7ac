package web

import (
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func prefixes(list ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

func TestWhereARequestComesFrom(t *testing.T) {
	inside := prefixes("10.0.0.0/8", "fd00::/8", "127.0.0.1/32")
	for _, test := range []struct {
		name    string
		trusted []netip.Prefix
		remote  string
		header  []string // lines of X-Forwarded-For
		want    string   // "invalid IP" for none
	}{
		{"straight", nil, "203.0.113.9:55", nil, "203.0.113.9"},
		{"nobody is trusted", nil, "10.0.0.1:55", []string{"203.0.113.9"}, "10.0.0.1"},
		{"a stranger writes the header", inside, "203.0.113.9:55", []string{"198.51.100.7"}, "203.0.113.9"},
		{"one proxy", inside, "10.0.0.1:55", []string{"203.0.113.9"}, "203.0.113.9"},
		{"two proxies", inside, "10.0.0.1:55", []string{"203.0.113.9, 10.0.0.2"}, "203.0.113.9"},
		{"the client's own lies stand left", inside, "10.0.0.1:55", []string{"127.0.0.1, 198.51.100.7, 203.0.113.9, 10.0.0.2"}, "203.0.113.9"},
		{"over several lines", inside, "10.0.0.1:55", []string{"198.51.100.7", "203.0.113.9", "10.0.0.2"}, "203.0.113.9"},
		{"only proxies", inside, "10.0.0.1:55", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"no header", inside, "10.0.0.1:55", nil, "10.0.0.1"},
		{"empty header", inside, "10.0.0.1:55", []string{"", " , "}, "10.0.0.1"},
		{"nonsense", inside, "10.0.0.1:55", []string{"203.0.113.9, unknown, 10.0.0.2"}, "10.0.0.2"},
		{"with a port", inside, "10.0.0.1:55", []string{"203.0.113.9:4711"}, "203.0.113.9"},
		{"IPv6", inside, "[fd00::1]:55", []string{"2001:db8::7"}, "2001:db8::7"},
		{"IPv6 in brackets", inside, "[fd00::1]:55", []string{"[2001:db8::7]"}, "2001:db8::7"},
		{"IPv6 with a port", inside, "[fd00::1]:55", []string{"[2001:db8::7]:4711"}, "2001:db8::7"},
		{"IPv6 with a zone", nil, "[fe80::1%eth0]:55", nil, "fe80::1"},
		{"IPv4 in IPv6", inside, "[::ffff:10.0.0.1]:55", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		{"a network in IPv6 form", prefixes("::ffff:10.0.0.0/104"), "10.0.0.1:55", []string{"203.0.113.9"}, "203.0.113.9"},
		{"half a bracket", inside, "10.0.0.1:55", []string{"[2001:db8::7"}, "10.0.0.1"},
		{"IPv4 in brackets", inside, "10.0.0.1:55", []string{"[203.0.113.9]"}, "10.0.0.1"},
		{"a Unix socket", inside, "@", []string{"203.0.113.9"}, "invalid IP"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.remote
		r.Header["X-Forwarded-For"] = test.header
		if got := TrustProxies(test.trusted).Client(r).String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// FuzzClient proves that no header moves a client that is not behind a trusted
// proxy, and that behind one, what stands left of the client's address does not
// count.
func FuzzClient(f *testing.F) {
	for _, s := range []string{"203.0.113.9", "[2001:db8::1]:80, 10.0.0.1", "unknown, ,", "::ffff:1.2.3.4", "fe80::1%25eth0", strings.Repeat("1.1.1.1,", 50)} {
		f.Add("203.0.113.9:1", s)
		f.Add("10.0.0.1:1", s)
	}
	trusting := TrustProxies(prefixes("10.0.0.0/8"))
	f.Fuzz(func(t *testing.T, remote, header string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = remote
		alone := trusting.Client(r)
		r.Header.Set("X-Forwarded-For", header)
		got := trusting.Client(r)
		if own := (Proxies{}).Client(r); own != alone || !trusting.trusts(own) && got != own {
			t.Errorf("remote %q, header %q: %v, %v, %v", remote, header, alone, own, got)
		}
		if got.Zone() != "" || got.Is4In6() {
			t.Errorf("%v is not in its plain form", got)
		}
		r.RemoteAddr = "10.0.0.1:1"
		r.Header.Set("X-Forwarded-For", header+", 203.0.113.9")
		if got := trusting.Client(r).String(); got != "203.0.113.9" {
			t.Errorf("header %q moved the client to %s", header, got)
		}
	})
}
