package archive

import (
	"errors"
	"slices"
	"time"

	"vidimus"
	"vidimus/custody"
)

// settingSpellings holds the forms that people of this case write for one name.
const settingSpellings = "spellings"

// Bounds of a case's own spellings.
const (
	maxSpellings = 2000
	maxForms     = 20
	maxForm      = 200 // bytes
)

// Spelling is one name as people of this case know it to be written. It is of
// this case only: no other case sees it.
type Spelling struct {
	Number int64    `json:"number"`
	Forms  []string `json:"forms"`
	Added  string   `json:"added"`
}

// Spellings gives the case's own, in the order in which they were added.
func Spellings(tx Tx) (all []Spelling, err error) {
	err = getFixed(tx, "spellings", &all)
	return all, err
}

// AddSpelling keeps forms as those of one name. The log says that it was done,
// and not with which words.
func (w *Work) AddSpelling(forms []string) (Spelling, error) {
	if err := checkForms(forms); err != nil {
		return Spelling{}, err
	}
	all, err := Spellings(w.Tx)
	if err != nil {
		return Spelling{}, err
	}
	if len(all) >= maxSpellings {
		return Spelling{}, errors.New("the case has too many spellings of its own")
	}
	s := Spelling{Number: 1, Forms: forms, Added: time.Now().UTC().Format(time.DateOnly)}
	if len(all) > 0 {
		s.Number = all[len(all)-1].Number + 1
	}
	return s, w.putSpellings("spelling added", s.Number, append(all, s))
}

// RemoveSpelling forgets one.
func (w *Work) RemoveSpelling(number int64) error {
	all, err := Spellings(w.Tx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s Spelling) bool { return s.Number == number })
	if i < 0 {
		return vidimus.WithHint(errors.New("the case has no spelling of this number"), "`vidimus spellings list CASE` shows them")
	}
	return w.putSpellings("spelling removed", number, slices.Delete(all, i, i+1))
}

func (w *Work) putSpellings(what string, number int64, all []Spelling) error {
	return w.putFixed("spellings", all, custody.Entry{Kind: custody.Correct, Fields: map[string]any{"what": what, "number": number}})
}

func checkForms(forms []string) error {
	if len(forms) < 2 || len(forms) > maxForms {
		return vidimus.WithHint(errors.New("a spelling has from two to twenty forms"), "part the forms of one name by =, one name a line")
	}
	for i, f := range forms {
		if f == "" || len(f) > maxForm || slices.Contains(forms[:i], f) {
			return errors.New("a form is empty, too long, or stands twice")
		}
	}
	return nil
}
