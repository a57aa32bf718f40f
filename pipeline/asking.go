package pipeline

import (
	"context"

	"vidimus/archive"
	"vidimus/search"
	"vidimus/understand"
)

// Question reads a query as a person types it, with what this case has for it:
// its officials and, unless expand is nil, other forms of words.
func Question(tx archive.Tx, typed string, expand search.Expander) (search.Query, error) {
	q, err := search.Parse(typed)
	if err != nil {
		return q, err
	}
	officials, err := tx.Mentions().Officials()
	if err != nil {
		return q, err
	}
	q, err = search.WithOfficials(search.WithPlaceWords(q, expand), officials, expand)
	if err == nil && expand != nil {
		q = search.Expand(q, expand)
	}
	return q, err
}

// Search asks a case, and says of how many pages it cannot tell.
func Search(ctx context.Context, records search.Viewer, index search.Index, q search.Query, w search.Window, places search.Places) (search.Results, error) {
	found, err := search.Run(ctx, index, records, q, w, places)
	if err == nil && q.AsksUnderstanding() {
		found.Waiting, err = notLooked(ctx, records, index)
	}
	return found, err
}

// notLooked counts the pages of an index in which this version has not looked
// for mentions.
func notLooked(ctx context.Context, records search.Viewer, index search.Index) (int, error) {
	pages, err := search.PagesIn(ctx, index)
	if err != nil {
		return 0, err
	}
	err = records.View(ctx, func(tx archive.Tx) error {
		looked, _, err := tx.Mentions().Looked(understand.Producer())
		pages -= looked
		return err
	})
	return max(0, pages), err
}
