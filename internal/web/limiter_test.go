package web

import (
	"net/netip"
	"testing"
	"testing/synctest"
	"time"
)

func TestALimitIsForOneNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLimiter(time.Minute, 2, time.Now)
		anna, ben := netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("203.0.113.10")
		allow := func(a netip.Addr, want bool) {
			t.Helper()
			if _, ok := l.Allow(a); ok != want {
				t.Errorf("%s: allowed is %v at %s", a, ok, time.Now())
			}
		}
		allow(anna, true)
		allow(anna, true)
		allow(anna, false)
		allow(ben, true)
		allow(netip.MustParseAddr("::ffff:203.0.113.9"), false) // the same address in other clothes

		time.Sleep(40 * time.Second)
		if wait, ok := l.Allow(anna); ok || wait != 20*time.Second {
			t.Errorf("wait %s, %v; asking again must cost nothing", wait, ok)
		}
		time.Sleep(20 * time.Second)
		allow(anna, true)
		allow(anna, false)
		time.Sleep(time.Hour)
		allow(anna, true)
		allow(anna, true)
		allow(anna, false)
	})
}

func TestAnIPv6HouseholdIsOneVisitor(t *testing.T) {
	l := NewLimiter(time.Minute, 1, time.Now)
	for _, test := range []struct {
		addr string
		want bool
	}{{"2001:db8:1:2::1", true}, {"2001:db8:1:2:ffff::2", false}, {"2001:db8:1:3::1", true}, {"fe80::1%eth0", true}, {"fe80::2%eth1", false}} {
		if _, ok := l.Allow(netip.MustParseAddr(test.addr)); ok != test.want {
			t.Errorf("%s: %v", test.addr, ok)
		}
	}
	if _, ok := l.Allow(netip.Addr{}); !ok {
		t.Error("the first without an address is refused")
	}
	if _, ok := l.Allow(netip.Addr{}); ok {
		t.Error("those without an address don't share a limit")
	}
}

func TestNoLimitAndNothingAllowed(t *testing.T) {
	a := netip.MustParseAddr("203.0.113.9")
	free, shut := NewLimiter(0, 1, time.Now), NewLimiter(time.Minute, 0, time.Now)
	for range 100 {
		if _, ok := free.Allow(a); !ok {
			t.Fatal("refused without a limit")
		}
		if wait, ok := shut.Allow(a); ok || wait <= 0 {
			t.Fatal("allowed with a burst of 0")
		}
	}
}

func TestALimiterForgetsTheQuietest(t *testing.T) {
	l := NewLimiter(time.Hour, 1, time.Now)
	busy := netip.MustParseAddr("203.0.113.9")
	if _, ok := l.Allow(busy); !ok {
		t.Fatal("refused")
	}
	a := netip.MustParseAddr("10.0.0.0")
	for i := range 3 * maxKept {
		l.Allow(a)
		a = a.Next()
		if i%1000 == 0 {
			if _, ok := l.Allow(busy); ok {
				t.Fatalf("the busy one was forgotten after %d others", i)
			}
		}
	}
	if len(l.buckets) != maxKept || l.recent.Len() != maxKept {
		t.Errorf("%d and %d networks are kept", len(l.buckets), l.recent.Len())
	}
}

func TestWhoIsForgivenBeginsAnew(t *testing.T) {
	now := time.Unix(0, 0)
	l := NewLimits[string](time.Minute, 2, func() time.Time { return now })
	for range 2 {
		if _, ok := l.Allow("ida"); !ok {
			t.Fatal("refused at once")
		}
	}
	if wait, ok := l.Allow("ida"); ok || wait != time.Minute {
		t.Errorf("the third time: %v, %v", wait, ok)
	}
	if _, ok := l.Allow("otto"); !ok {
		t.Error("one key counts for another")
	}
	l.Forgive("ida")
	l.Forgive("nobody")
	if _, ok := l.Allow("ida"); !ok {
		t.Error("not forgiven")
	}
}
