package fts

import (
	"path/filepath"
	"testing"

	"vidimus/search"
	"vidimus/search/suite"
)

// BenchmarkApply indexes 5,000 pages in batches; pages/s is what to read.
func BenchmarkApply(b *testing.B) {
	pages := suite.Pages(1, 5000)
	size := 0
	for _, p := range pages {
		size += len(p.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		x, err := Open(filepath.Join(b.TempDir(), "index.db"), options())
		if err != nil {
			b.Fatal(err)
		}
		for from := 0; from < len(pages); from += 1000 {
			if err := x.Apply(b.Context(), pages[from:from+1000]); err != nil {
				b.Fatal(err)
			}
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkQuery asks 20,000 pages one question of each class for 20 hits.
func BenchmarkQuery(b *testing.B) {
	path := filepath.Join(b.TempDir(), "index.db")
	fill(b, path, suite.Pages(2, 20_000)...)
	x, err := Open(path, options())
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	for _, c := range []struct{ class, typed string }{
		{"no hit", "nowhere"},
		{"one Han character", "乌"},
		{"two Han", "木齐"},
		{"five Han", "木齐市人民"},
		{"word", "office"},
		{"three words", "office county 2017"},
		{"phrase", `"of the county"`},
	} {
		b.Run(c.class, func(b *testing.B) {
			q, err := search.Parse(c.typed)
			if err != nil {
				b.Fatal(err)
			}
			total := 0
			for b.Loop() {
				found, err := x.Query(b.Context(), q, search.Window{Limit: 20})
				if err != nil {
					b.Fatal(err)
				}
				total = found.Total
			}
			b.ReportMetric(float64(total), "hits")
		})
	}
}
