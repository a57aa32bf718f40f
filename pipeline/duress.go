package pipeline

import (
	"context"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect"
)

// Tags by which a reader says of a passage that its document was made under
// duress, or shows somebody who is held.
var duressTags = []string{"duress", "detainee"}

// duress asks for a reason in the plan where a reader has said so and the plan
// says nothing.
func (t *Tracing) duress(ctx context.Context, document int, d protect.Document, f vidimus.File) ([]protect.Mark, error) {
	if d.Duress != "" {
		return nil, nil
	}
	flagged := false
	err := t.c.View(ctx, func(tx archive.Tx) error {
		for _, item := range []vidimus.ItemID{f.Item, f.DuplicateOf} {
			all, err := tx.Passages().OfItem(item)
			if err != nil {
				return err
			}
			flagged = flagged || slices.ContainsFunc(all, isDuress)
		}
		return nil
	})
	if err != nil || !flagged {
		return nil, err
	}
	return []protect.Mark{{Document: document, Block: -1, Check: protect.CheckDuress, Final: true,
		Why: "a reader has tagged it as made under duress or showing a detainee, and the plan has no reason to show it (`duress`)"}}, nil
}

func isDuress(p vidimus.Passage) bool {
	return slices.ContainsFunc(p.Tags, func(tag string) bool { return slices.Contains(duressTags, strings.ToLower(tag)) })
}
