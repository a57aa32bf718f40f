package archive

import (
	"context"
	"errors"

	"vidimus/custody"
)

// Relation is how one copy of a case stands to another.
type Relation string

// The relations. Forked copies have both gone on from a common past: neither
// holds all that happened.
const (
	Same   Relation = "same"
	Older  Relation = "older"
	Newer  Relation = "newer"
	Forked Relation = "forked"
)

// ErrOtherCase is returned when two folders are no copies of one case.
var ErrOtherCase = errors.New("the two folders hold different cases")

// Compare tells how a stands to b. Copies whose logs are equal are compared by
// their generations: work that left no entry in the log cannot be told apart.
func Compare(ctx context.Context, a, b *Case) (r Relation, err error) {
	if a.Format.ID != b.Format.ID {
		return "", ErrOtherCase
	}
	err = a.View(ctx, func(left Tx) error {
		return b.View(ctx, func(right Tx) error {
			r, err = relation(left, right, a, b)
			return err
		})
	})
	return r, err
}

func relation(left, right Tx, a, b *Case) (Relation, error) {
	la, err1 := left.Log().Size()
	lb, err2 := right.Log().Size()
	ga, err3 := generation(left)
	gb, err4 := generation(right)
	ca, err5 := custody.Checkpoint(left.Log(), a.signer)
	cb, err6 := custody.Checkpoint(right.Log(), b.signer)
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		return "", err
	}
	if la <= lb {
		err := custody.Consistent(right.Log(), b.verifier, ca)
		return ahead(la < lb, ga, gb, Older, err), unlessForked(err)
	}
	err := custody.Consistent(left.Log(), a.verifier, cb)
	return ahead(true, gb, ga, Newer, err), unlessForked(err)
}

// ahead names the relation of a copy to one whose log continues its own.
func ahead(longer bool, mine, other int64, behind Relation, err error) Relation {
	switch {
	case err != nil, longer && mine > other:
		return Forked
	case longer, mine < other:
		return behind
	case mine > other:
		return Newer
	}
	return Same
}

// unlessForked keeps the errors that say that nothing could be compared.
func unlessForked(err error) error {
	if errors.Is(err, custody.ErrRewritten) || errors.Is(err, custody.ErrForeign) {
		return nil
	}
	return err
}
