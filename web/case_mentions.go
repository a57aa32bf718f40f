package web

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// CaseMentions are what readers add to the pages of a case.
func CaseMentions(c *archive.Case, write Write) *Mentions {
	return &Mentions{
		On: func(ctx context.Context, item vidimus.ItemID, reading int64, page int) ([]pipeline.Found, error) {
			return pipeline.AddedOn(ctx, c, item, reading, page)
		},
		Add: func(ctx context.Context, sel pipeline.Selection, kind vidimus.MentionKind, value string) error {
			return write(ctx, func(c *archive.Case) error {
				_, err := pipeline.AddMention(ctx, c, sel, kind, value)
				return err
			})
		},
		Remove: func(ctx context.Context, id vidimus.MentionID) error {
			return write(ctx, func(c *archive.Case) error {
				return pipeline.Rule(ctx, c, vidimus.Ruling{Mention: id, Verdict: vidimus.Rejected})
			})
		},
	}
}
