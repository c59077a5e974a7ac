package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks whose word on where a request came from is believed.
// The zero value believes nobody.
type Proxies struct{ trusted []netip.Prefix }

// TrustProxies believes those networks; none may be given.
func TrustProxies(networks []netip.Prefix) Proxies {
	trusted := make([]netip.Prefix, 0, len(networks))
	for _, n := range networks {
		if a := n.Addr(); a.Is4In6() && n.Bits() >= 96 {
			n = netip.PrefixFrom(a.Unmap(), n.Bits()-96)
		}
		trusted = append(trusted, n.Masked())
	}
	return Proxies{trusted}
}

// Client is the network address that a request came from: the connection's own,
// or, where that is a trusted proxy, what X-Forwarded-For tells, read from the
// right past every trusted one. What stands further left anybody can have
// written. Reading stops at what is no address, and the last hop that is known
// counts. IPv4 in IPv6 is given as IPv4; zones are dropped. The address is
// invalid (its zero value) where the connection has none, as on a Unix socket,
// and no such connection is trusted.
func (p Proxies) Client(r *http.Request) netip.Addr {
	client := parseAddr(r.RemoteAddr)
	if len(p.trusted) == 0 || !p.trusts(client) {
		return client
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		hop = strings.TrimSpace(hop)
		if hop == "" {
			continue
		}
		a := parseAddr(hop)
		if !a.IsValid() {
			return client
		}
		client = a
		if !p.trusts(a) {
			return client
		}
	}
	return client
}

func (p Proxies) trusts(a netip.Addr) bool {
	return a.IsValid() && slices.ContainsFunc(p.trusted, func(n netip.Prefix) bool { return n.Contains(a) })
}

// parseAddr reads an address with or without port, brackets and zone, since
// proxies write all of these. It returns the zero Addr for anything else.
func parseAddr(s string) netip.Addr {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	if inner, ok := strings.CutPrefix(s, "["); ok {
		if inner, ok = strings.CutSuffix(inner, "]"); !ok {
			return netip.Addr{}
		}
		a, err := netip.ParseAddr(inner)
		if err != nil || !a.Is6() {
			return netip.Addr{}
		}
		return a.Unmap().WithZone("")
	}
	a, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}
