package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus/read"
	"vidimus/sandbox"
)

func TestMain(m *testing.M) {
	dir, err := os.UserCacheDir()
	if err == nil {
		dir = filepath.Join(dir, "vidimus-test")
		sandbox.Main(Kind(dir))
		err = Warm(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestAWorkerBehindWallsReadsOneFileAfterAnother(t *testing.T) {
	worker, err := sandbox.Start(t.Context(), "pdf", sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer worker.Close()
	for i := range 5 {
		word := fmt.Sprintf("File%d", i)
		content := made([2]string{"", strings.Replace(hello, "Hello", word, 1)}, [2]string{"", ""})
		doc, err := read.Open(t.Context(), worker, strings.NewReader(content), int64(len(content)), "a.pdf")
		if err != nil {
			t.Fatal(err)
		}
		page, err := doc.Page(t.Context(), 1)
		if err != nil || page.Text != word+" there\n" {
			t.Errorf("%q, %v", page.Text, err)
		}
		if empty, err := doc.Page(t.Context(), 2); err != nil || !empty.Blank() {
			t.Errorf("blank %v, %v", empty.Blank(), err)
		}
		if _, err := doc.Picture(t.Context(), 1, 150); err != nil {
			t.Error(err)
		}
	}
}
