package intake

import (
	"errors"
	"time"
	"unicode/utf8"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
)

// Arrival is what a person says about how a source came: never from whom.
type Arrival struct {
	Received string // a year, a month or a day: 2024, 2024-11, 2024-11-03
	Medium   string // what it came on: "stick 1"
	Note     string
	Written  string // the day on which this was said; set by Arrivals
}

// maxSaid is the longest medium or note in bytes.
const maxSaid = 16 << 10

// Said reports that anything was said.
func (a Arrival) Said() bool { return a.Received != "" || a.Medium != "" || a.Note != "" }

// Check refuses what cannot be kept.
func (a Arrival) Check(now time.Time) error {
	if !coarse(a.Received) {
		return vidimus.WithHint(errors.New("the day of receipt is no year, month or day"),
			"give it as coarsely as you wish: 2024, 2024-11 or 2024-11-03")
	}
	if a.Received > now.Format(time.DateOnly)[:len(a.Received)] {
		return vidimus.WithHint(errors.New("the day of receipt lies in the future"), "correct it, or the machine's clock")
	}
	for _, s := range []string{a.Medium, a.Note} {
		if !utf8.ValidString(s) || len(s) > maxSaid {
			return vidimus.WithHint(errors.New("the medium or the note is no text, or longer than 16 KiB"), "make it shorter; it must be UTF-8")
		}
	}
	return nil
}

func coarse(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil && len(s) == len(layout) {
			return true
		}
	}
	return s == ""
}

// RegisterArrival writes into the custody log what was said of a source. It
// stands nowhere else: with its entry's key it can be disposed of alone.
func RegisterArrival(w *archive.Work, source int, a Arrival) {
	fields := map[string]any{"source": source}
	for name, s := range map[string]string{"received": a.Received, "medium": a.Medium, "note": a.Note} {
		if s != "" {
			fields[name] = s
		}
	}
	w.Register(custody.Entry{Kind: custody.Receive, Fields: fields})
}

// Known reports that the last thing that was said of a source is this.
func (a Arrival) Known(before []Arrival) bool {
	if len(before) == 0 {
		return false
	}
	a.Written = before[len(before)-1].Written
	return a == before[len(before)-1]
}

// Arrivals gives what was said of a source, oldest first. What was disposed of
// is left out.
func Arrivals(tx archive.Tx, source int) (said []Arrival, err error) {
	err = Received(tx, func(r Receipt) {
		if r.Source == source && r.Item == "" {
			said = append(said, r.Arrival)
		}
	})
	return said, err
}

// Receipt is one entry of the custody log about what came in.
type Receipt struct {
	Source  int
	Day     string         // on which the entry was written
	Item    vidimus.ItemID // empty: it is about the source as a whole
	Arrival Arrival        // what it says then
}

// Received calls yield for each receipt in the log, oldest first.
func Received(tx archive.Tx, yield func(Receipt)) error {
	size, err := tx.Log().Size()
	if err != nil {
		return err
	}
	for i := range size {
		e, err := custody.ReadBody(tx.Log(), i)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		} else if err != nil {
			return err
		}
		if e.Kind == custody.Receive {
			yield(read(e))
		}
	}
	return nil
}

func read(e custody.Entry) Receipt {
	text := func(name string) string {
		s, _ := e.Fields[name].(string)
		return s
	}
	source, _ := e.Fields["source"].(int64)
	r := Receipt{Source: int(source), Day: e.Time, Item: vidimus.ItemID(text("item"))}
	if r.Item == "" {
		r.Arrival = Arrival{text("received"), text("medium"), text("note"), e.Time}
	}
	return r
}
