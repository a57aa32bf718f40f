package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect"
	"vidimus/read/layout"
)

// settingDraft is where the plan lies that the reading room writes, sealed with
// the records.
const settingDraft = "plan/draft"

// maxDraft is the longest plan in bytes, as protect.ParsePlan has it.
const maxDraft = 1 << 20

// DraftPlan gives the plan that the reading room keeps; it may lack what a plan
// needs.
func DraftPlan(tx archive.Tx) (p protect.Plan, err error) {
	p = protect.Plan{Format: protect.PlanFormat}
	err = kept(tx, settingDraft, "the plan that the reading room keeps is damaged", &p)
	return p, err
}

// KeepDraft keeps it.
func KeepDraft(w *archive.Work, p protect.Plan) error {
	b, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("keep the plan: %w", err)
	}
	if len(b) > maxDraft {
		return errors.New("the plan is longer than a plan can be")
	}
	return w.Settings().Put(settingDraft, b)
}

// ShownPage gives a page as it would be shown, with its places, its reading and
// the item that holds it: the original of a duplicate.
func ShownPage(ctx context.Context, c *archive.Case, item vidimus.ItemID, number int, sections *layout.Layout) (of vidimus.ItemID, reading int64, p vidimus.Page, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		f, err := tx.Files().Get(item)
		if err != nil {
			return err
		}
		if of = f.Item; f.DuplicateOf != "" {
			of = f.DuplicateOf
		}
		r, page, err := shownFrom(tx, of, number)
		reading, p = r.Number, page
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		err = vidimus.WithHint(errors.New("this document has no such page that was read"), "`vidimus list CASE` prints how many pages it has")
	}
	return of, reading, sections.Page(p), err
}
