package config

import (
	"encoding"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Duration is a length of time, written as "30s" or "1m30s".
type Duration struct{ time.Duration }

// UnmarshalText reads a length of time of 0 or more.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v < 0 {
		return fmt.Errorf("%q is no length of time; write one such as \"30s\" or \"5m\"", text)
	}
	d.Duration = v
	return nil
}

// MarshalText is how the length of time is written.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Size is a number of bytes, written as a number or as "64 MB".
type Size int64

var sizeUnits = []struct {
	name  string
	bytes int64
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"kB", 1 << 10}}

// UnmarshalText reads a number of bytes; a unit is a power of 1,024.
func (s *Size) UnmarshalText(text []byte) error {
	number, unit := strings.TrimSpace(string(text)), int64(1)
	for _, u := range sizeUnits {
		if n := len(number) - len(u.name); n > 0 && strings.EqualFold(number[n:], u.name) {
			number, unit = strings.TrimSpace(number[:n]), u.bytes
			break
		}
	}
	v, err := strconv.ParseInt(number, 10, 64)
	if err != nil || v < 0 || v > 1<<50/unit {
		return fmt.Errorf("%q is no size; write one such as \"64 MB\"", text)
	}
	*s = Size(v * unit)
	return nil
}

// String is the size in the largest unit that loses nothing.
func (s Size) String() string {
	for _, u := range sizeUnits {
		if s != 0 && int64(s)%u.bytes == 0 {
			return fmt.Sprintf("%d %s", int64(s)/u.bytes, u.name)
		}
	}
	return strconv.FormatInt(int64(s), 10)
}

// MarshalText is String.
func (s Size) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Network is a range of network addresses, written as "10.0.0.0/8"; one address
// alone is a network of its own.
type Network struct{ netip.Prefix }

// UnmarshalText reads a network.
func (n *Network) UnmarshalText(text []byte) error {
	if a, err := netip.ParseAddr(string(text)); err == nil && a.Zone() == "" {
		n.Prefix = netip.PrefixFrom(a, a.BitLen())
		return nil
	}
	p, err := netip.ParsePrefix(string(text))
	if err != nil {
		return fmt.Errorf("%q is no network; write one such as \"10.0.0.0/8\" or \"127.0.0.1\"", text)
	}
	n.Prefix = p.Masked()
	return nil
}

// set gives a field the value that text, from a variable or a flag, stands for.
func set(field any, text string) error {
	switch f := field.(type) {
	case *string:
		*f = text
	case *DatabaseURL:
		*f = DatabaseURL(text)
	case *int:
		v, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return fmt.Errorf("%q is no number", text)
		}
		*f = v
	case *bool:
		v, err := strconv.ParseBool(strings.TrimSpace(text))
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		*f = v
	case *[]Network:
		return setList(f, text)
	case *[]Domain:
		return setList(f, text)
	case encoding.TextUnmarshaler:
		return f.UnmarshalText([]byte(text))
	default:
		return fmt.Errorf("a value of type %T can't be given as text", field)
	}
	return nil
}

// setList takes values parted by commas or spaces.
func setList[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](field *[]T, text string) error {
	var list []T
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		var v T
		if err := P(&v).UnmarshalText([]byte(part)); err != nil {
			return err
		}
		list = append(list, v)
	}
	*field = list
	return nil
}

// show is a field's value as an operator would write it.
func show(field any) any {
	switch f := field.(type) {
	case *string:
		return strconv.Quote(*f)
	case *DatabaseURL:
		return f.String()
	case *int:
		return *f
	case *bool:
		return *f
	case *[]Network:
		return *f
	case *[]Domain:
		return *f
	}
	return field
}

// wants says which kind of value a field takes in the file; "" where it has it.
func wants(field any, is unstable.Kind) string {
	switch field.(type) {
	case *int:
		if is != unstable.Integer {
			return "a whole number is needed"
		}
	case *bool:
		if is != unstable.Bool {
			return "true or false is needed, without quotes"
		}
	case *[]Network:
		if is != unstable.Array {
			return `a list is needed, such as ["10.0.0.0/8"]`
		}
	case *[]Domain:
		if is != unstable.Array {
			return `a list is needed, such as ["paper.example"]`
		}
	case *Size:
		if is != unstable.Integer && is != unstable.String {
			return `a size is needed, such as "64 MB"`
		}
	case *Duration:
		if is != unstable.String {
			return `a length of time in quotes is needed, such as "30s"`
		}
	default:
		if is != unstable.String {
			return "a text in quotes is needed"
		}
	}
	return ""
}
