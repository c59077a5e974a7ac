package media

import (
	"context"
	"encoding/binary"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/fault"
)

// peak runs f and returns by how much the heap grew meanwhile at most, in bytes,
// garbage included.
func peak(f func()) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, m.HeapAlloc
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return most - before
}

// bomb is a PNG whose header promises what a few bytes unfold into.
func bomb(w, h uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	header = append(header, 8, 6, 0, 0, 0)
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", header), pngChunk("IDAT", []byte{0x78, 0x9c, 1, 0, 0, 0xff, 0xff, 0, 0, 0, 1}), pngChunk("IEND"))
}

func TestABombIsNotUnfolded(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "a.png", bomb(10_000, 9_999))
	if err := d.Fits(context.Background(), p); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "100 megapixels") {
		t.Errorf("in advance: %v", err)
	}
	grew := peak(func() {
		if _, err := NewDarkroom(d, theme).Develop(context.Background(), p, nothing); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "megapixels") {
			t.Errorf("its renditions: %v", err)
		}
	})
	if grew > 10e6 {
		t.Errorf("the heap grew by %d MB", grew/1e6)
	}
}

func TestWhatDecodingTakesIsReadFromTheHeader(t *testing.T) {
	frame := func(marker byte, n byte, sampling byte) []byte {
		body := []byte{8, 0x0f, 0xa0, 0x17, 0x70, n} // 6000 × 4000
		for i := range n {
			s := byte(0x11)
			if i == 0 {
				s = sampling
			}
			body = append(body, i+1, s, 0)
		}
		return jpegSegment(marker, nil, body)
	}
	const megapixels = 24_000_000
	for name, test := range map[string]struct {
		frame []byte
		share float64 // bytes a pixel
	}{
		"4:2:0": {frame(0xc0, 3, 0x22), 1.5}, "4:4:4": {frame(0xc0, 3, 0x11), 3}, "grey": {frame(0xc0, 1, 0x11), 1},
		"4:2:0, progressive": {frame(0xc2, 3, 0x22), 7.5}, "4:4:4, progressive": {frame(0xc2, 3, 0x11), 15}, "inks": {frame(0xc0, 4, 0x11), 8},
	} {
		r := raster{picture: &picture{kind: jpegType, rest: [][]byte{test.frame, {0xff, sos, 0, 2}}}, w: 6000, h: 4000}
		if err := r.weighJPEG(megapixels); err != nil || float64(r.unfolded) != test.share*megapixels {
			t.Errorf("%s: %d MB, %v", name, r.unfolded/1e6, err)
		}
	}
	scans := [][]byte{frame(0xc2, 3, 0x22)}
	for range 1000 {
		scans = append(scans, []byte{0xff, sos, 0, 2})
	}
	r := raster{picture: &picture{kind: jpegType, rest: scans}}
	if err := r.weighJPEG(megapixels); !fault.Is(err, fault.Invalid) {
		t.Errorf("a thousand scans: %v", err)
	}
	short := raster{picture: &picture{kind: jpegType, rest: [][]byte{{0xff, 0xc0, 0, 4, 8, 0}}}}
	if err := short.weighJPEG(megapixels); !fault.Is(err, fault.Invalid) {
		t.Errorf("a header that is cut off: %v", err)
	}
}

func TestAPanicOfADecoderIsADamagedFile(t *testing.T) {
	d := disk(t)
	p := kept(t, d, "a.jpg", jpegOf(t, quarters(30, 20), 80))
	// A use that no theme may have makes the scaler panic.
	room := NewDarkroom(d, []Use{{Widths: []int{-5}}})
	if _, err := room.Develop(context.Background(), p, nothing); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "panic") {
		t.Error(err)
	}
	if !d.room.free.TryAcquire(memory) {
		t.Error("its memory is still taken")
	}
}
