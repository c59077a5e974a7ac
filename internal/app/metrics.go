package app

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"broadsheet/internal/site"
	"broadsheet/internal/web"
)

// metrics counts what the server does, for /metrics on the private address.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	pages    prometheus.Counter // that of requests for what most answers are
	seconds  prometheus.Histogram
}

func newMetrics(a *App, h *site.Handler) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "broadsheet_requests_total", Help: "Answers to readers, by status and method.",
		}, []string{"status", "method"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "broadsheet_request_seconds", Help: "Time from the request's header to the end of the answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}),
	}
	m.pages = m.requests.WithLabelValues("200", http.MethodGet)
	queue := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "broadsheet_search_queue", Help: "Articles that wait for the search index; -1 when the store does not answer.",
	}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		n, err := a.Store.SearchQueueSize(ctx)
		if err != nil {
			return -1
		}
		return float64(n)
	})
	pieces := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "broadsheet_pieces_kept", Help: "Finished parts of pages that are kept.",
	}, func() float64 { return float64(h.Kept().Pieces) })
	bytes := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "broadsheet_pieces_bytes", Help: "About what they take of the memory.",
	}, func() float64 { return float64(h.Kept().Bytes) })
	m.registry.MustRegister(m.requests, m.seconds, queue, pieces, bytes,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// handler answers the private address: /metrics in Prometheus's text format, and
// /healthz with whether the store answers.
func (m *metrics) handler(a *App) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		if _, err := a.Store.Unused(r.Context()); err != nil {
			a.Log.Error("the store does not answer", "error", err)
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, "the store does not answer\n")
			return
		}
		io.WriteString(w, "ok\n")
	})
	return mux
}

// observe counts an answer.
func (m *metrics) observe(a web.Answer) {
	if a.Status == http.StatusOK && a.Method == http.MethodGet {
		m.pages.Inc()
	} else {
		m.requests.WithLabelValues(strconv.Itoa(a.Status), method(a.Method)).Inc()
	}
	m.seconds.Observe(a.Took.Seconds())
}

// method keeps what strangers send from making ever new labels.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return m
	}
	return "other"
}
