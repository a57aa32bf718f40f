package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/sqlite"
	"vidimus/internal/sealed"
)

// childVariable tells this binary, executed again, which records to write to.
const childVariable = "VIDIMUS_TEST_WRITE_RECORDS"

func TestMain(m *testing.M) {
	if path := os.Getenv(childVariable); path != "" {
		fmt.Fprintln(os.Stderr, writeForEver(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForEver commits one unit after another and prints the number of each
// once it is committed.
func writeForEver(path string) error {
	r, err := sqlite.Open(path, key, false)
	if err != nil {
		return err
	}
	for {
		var n int64
		err := r.Do(context.Background(), func(tx archive.Tx) (err error) {
			n, err = addUnit(tx)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// addUnit adds a file, a reading of two pages, its job and a log entry, and
// gives the number of the entry.
func addUnit(tx archive.Tx) (n int64, err error) {
	if n, err = tx.Log().Size(); err != nil {
		return 0, err
	}
	if n == 0 {
		err = tx.Files().AddSource(vidimus.Source{Number: 1})
	}
	item := vidimus.ItemID(fmt.Sprintf("item%d", n))
	err = errors.Join(err, tx.Files().Put(vidimus.File{Item: item, Source: 1, State: vidimus.Read, Pages: 2}))
	reading, err2 := tx.Readings().Begin(vidimus.Reading{Item: item, Kind: "text"})
	text := string(make([]byte, 6000)) + "words"
	return n, errors.Join(err, err2,
		tx.Readings().AddPages(reading, []vidimus.Page{{Number: 1, Text: text}, {Number: 2, Text: text}}),
		tx.Readings().Finish(reading),
		tx.Jobs().Put(vidimus.Job{Item: item, Stage: "read", State: vidimus.JobDone}),
		tx.Log().Append(n, [32]byte{byte(n)}, []byte{1}, []byte{2}),
	)
}

// wholeUnits demands that every unit is there whole and gives their number.
func wholeUnits(t *testing.T, r archive.Records) (n int64) {
	t.Helper()
	err := r.View(t.Context(), func(tx archive.Tx) error {
		size, err := tx.Log().Size()
		counts, err2 := tx.Files().Counts()
		files, err3 := tx.Files().List(0, 1e6)
		readings, err4 := tx.Readings().All(0, 1e6)
		done, err5 := tx.Jobs().Count("read", vidimus.JobDone)
		last, err6 := tx.Outbox().Last()
		n = size
		for what, got := range map[string]int64{
			"counted files": int64(counts.Read), "counted pages": int64(counts.Pages) / 2, "files": int64(len(files)),
			"readings": int64(len(readings)), "jobs": int64(done), "changes": last / 3,
		} {
			if got != n {
				t.Errorf("%d %s with %d log entries", got, what, n)
			}
		}
		if len(readings) > 0 {
			_, err := tx.Readings().Page(readings[len(readings)-1].Number, 2)
			err6 = errors.Join(err6, err)
		}
		return errors.Join(err, err2, err3, err4, err5, err6)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A writer is killed at any moment, ten times, while another process reads:
// what it had acknowledged stays, and no unit is there in part.
func TestNothingAcknowledgedIsLostWhenTheWriterIsKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	if err := open(t, path, false).Close(); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 6))
	for range 10 {
		last := killedWriter(t, path, 1+random.IntN(8), time.Duration(random.IntN(12))*time.Millisecond)
		r := open(t, path, random.IntN(2) == 0)
		if n := wholeUnits(t, r); n < last+1 || n > last+2 {
			t.Errorf("%d units after unit %d was acknowledged", n, last)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sealed.Walk(path, key[:], func(page int64) { t.Errorf("page %d is bad", page) }); err != nil {
		t.Error(err)
	}
}

// killedWriter starts a writer, reads beside it until some units are there,
// waits, and kills it. It gives the last number that the writer acknowledged.
func killedWriter(t *testing.T, path string, units int, wait time.Duration) (last int64) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	reader := open(t, path, true)
	defer reader.Close()
	lines := bufio.NewScanner(out)
	for seen := int64(0); lines.Scan(); {
		if last, err = strconv.ParseInt(lines.Text(), 10, 64); err != nil {
			t.Fatal(err)
		}
		if units > 0 {
			n := wholeUnits(t, reader)
			if n < seen || n < last+1 {
				t.Errorf("a reader sees %d units, after %d, when %d is acknowledged", n, seen, last)
			}
			seen = n
		}
		if units--; units == 0 {
			time.AfterFunc(wait, func() { child.Process.Kill() })
		}
	}
	child.Wait()
	return last
}
