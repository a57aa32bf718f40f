package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/publish"
)

func editionMakeVerb(c *console, u *unlocking) *cobra.Command {
	var p planning
	var to string
	cmd := &cobra.Command{
		Use:   "make CASE PLAN -o DIR",
		Short: "write an approved edition to a folder, and examine it",
		Long: `Nothing is sent anywhere. This writes a folder.
It writes DIR.unreleased, a site that works from a disk, the words as data and a
book, and reads it as an enemy would. When nothing is open it is named DIR. Else
what is open is listed, exit 1, and "edition decide" and "edition release" go on.`,
		Example: "  vidimus edition make ~/cases/reservoir plan.json -o ~/edition",
		Args:    arguments(1, 2, "edition make CASE PLAN -o DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if to == "" {
				return errUsage{errors.New("-o DIR is needed")}
			}
			to = editionFolder(to)
			if inCase(to) {
				return errUsage{errors.New("an edition does not lie in the folder of a case")}
			}
			c.say("Nothing is sent anywhere. This writes a folder.")
			return withEdition(cmd.Context(), c, u, archive.ToWrite, args, &p, func(d *desk, plan protect.Plan, m made) error {
				return runMake(cmd.Context(), c, u, d, plan, m, to)
			})
		},
	}
	p.flags(cmd)
	cmd.Flags().StringVarP(&to, "output", "o", "", "the `DIR` to make; it must not exist")
	return cmd
}

func runMake(ctx context.Context, c *console, u *unlocking, d *desk, plan protect.Plan, m made, to string) error {
	e := m.Edition
	cleared, err := clearEdition(ctx, d, e, m.pictures)
	if errors.Is(err, protect.ErrApprovals) {
		return refused(c, []protect.Point{{Check: "approval", Page: "edition.json", Why: err.Error(), Final: true}}, err)
	} else if err != nil {
		return err
	}
	marks, err := editionMarks(ctx, d, plan, e)
	if err != nil {
		return err
	}
	if err := keepPlan(ctx, d, plan, e); err != nil {
		return err
	}
	if err := publish.Write(cleared, to); err != nil {
		return err
	}
	return examineAndRelease(ctx, c, u, d, plan, cleared, marks, to)
}

func editionMarks(ctx context.Context, d *desk, plan protect.Plan, e protect.Edition) ([]protect.Mark, error) {
	walls, err := standing(ctx, false)
	if err != nil {
		return nil, err
	}
	t, err := pipeline.NewTracing(ctx, d.Case, walls)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	marks, err := t.Marks(ctx, plan, e)
	if err != nil {
		return nil, err
	}
	earlier, err := t.Earlier(ctx, plan, e)
	return append(marks, earlier...), err
}

func clearEdition(ctx context.Context, d *desk, e protect.Edition, pictures protect.Pictures) (cleared protect.Cleared, err error) {
	err = d.View(ctx, func(tx archive.Tx) error {
		judged, err := pipeline.JudgedOf(tx, e.Digest())
		if err != nil {
			return err
		}
		signed, err := pipeline.SignedIn(tx)
		if err != nil {
			return err
		}
		cleared, err = protect.Clear(d.id, e, pictures, judged.Approvals, signed)
		return err
	})
	return cleared, err
}

// keepPlan keeps what was made, so that `release` needs the folder only.
func keepPlan(ctx context.Context, d *desk, plan protect.Plan, e protect.Edition) error {
	return d.Do(ctx, func(w *archive.Work) error {
		return pipeline.KeepMade(w, e.Digest(), pipeline.Made{Plan: plan, Edition: e})
	})
}

// examineAndRelease is the last step: nothing is named released that has not
// passed.
func examineAndRelease(ctx context.Context, c *console, u *unlocking, d *desk, plan protect.Plan, cleared protect.Cleared, marks []protect.Mark, to string) error {
	x := protect.Examination{CaseID: d.id, Cleared: cleared, Folder: os.DirFS(to + publish.Unreleased), Differs: publish.Differs, Marks: marks}
	err := d.View(ctx, func(tx archive.Tx) (err error) {
		judged, err := pipeline.JudgedOf(tx, cleared.Digest())
		if err != nil {
			return err
		}
		x.Decisions = judged.Decisions
		x.Signed, err = pipeline.SignedIn(tx)
		return err
	})
	if err != nil {
		return err
	}
	if err := lookFor(ctx, c, d, plan, cleared, &x); err != nil {
		return err
	}
	released, open, err := protect.Examine(x)
	if err != nil {
		return err
	}
	if len(open) > 0 {
		return refused(c, open, nil)
	}
	digest := released.Content()
	err = d.Do(ctx, func(w *archive.Work) error {
		w.Register(custody.Entry{Kind: custody.Release, Time: time.Now().UTC().Format(time.DateOnly), Fields: map[string]any{"edition": hex.EncodeToString(digest[:])}})
		return pipeline.KeepReleased(w, digest)
	})
	if err != nil {
		return err
	}
	if err := publish.Release(released, to); err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]any{"released": true, "open": []any{}, "digest": hex.EncodeToString(digest[:])})
	}
	_, err = fmt.Fprintf(c.out, "released: %s\n", to)
	return err
}

// openPoint is what a refused edition lists; docs/json.md.
type openPoint struct {
	Check protect.Check `json:"check"`
	Page  string        `json:"page"`
	Why   string        `json:"why"`
	Point string        `json:"point"` // for `edition decide`; empty when it must be mended
}

// errRefused ends a make or release that has listed what is open.
var errRefused = vidimus.WithHint(errors.New("the edition is not released: points of the release check are open"),
	"mend them, or `vidimus edition decide` those that have a name, then `vidimus edition release`")

func refused(c *console, open []protect.Point, why error) error {
	list := []openPoint{}
	for _, p := range open {
		o := openPoint{p.Check, p.Page, p.Why, p.ID}
		if p.Final {
			o.Point = ""
		}
		list = append(list, o)
	}
	if c.json {
		if err := c.data(map[string]any{"released": false, "open": list}); err != nil {
			return err
		}
		return errFound
	}
	for _, o := range list {
		point := o.Point
		if point == "" {
			point = "must be mended"
		}
		fmt.Fprintf(c.out, "%s\t%s\t%s\t%s\n", point, o.Check, o.Page, o.Why)
	}
	if why != nil {
		return why
	}
	return errRefused
}

// editionFolder is the name of an edition, whether or not it was typed with a
// slash behind it or as the folder that is not released.
func editionFolder(typed string) string {
	return strings.TrimSuffix(filepath.Clean(typed), publish.Unreleased)
}

// madeIn finds what was made in a folder by the words that lie in it.
func madeIn(ctx context.Context, d *desk, dir string) (pipeline.Made, protect.Cleared, error) {
	b, err := os.ReadFile(filepath.Join(dir+publish.Unreleased, "edition.json"))
	if err != nil {
		return pipeline.Made{}, protect.Cleared{}, vidimus.WithHint(errors.New("there is no unreleased edition of this name"), "`vidimus edition make` writes one")
	}
	var made pipeline.Made
	err = d.View(ctx, func(tx archive.Tx) error {
		digests, err := pipeline.AllMade(tx)
		if err != nil {
			return err
		}
		for _, digest := range digests {
			m, err := pipeline.MadeOf(tx, digest)
			if err == nil && slices.Equal(append(m.Edition.Bytes(), '\n'), b) {
				made = m
				return nil
			}
		}
		return vidimus.WithHint(errors.New("this edition was not made from this case as it stands"), "`vidimus edition make` writes it again")
	})
	if err != nil {
		return pipeline.Made{}, protect.Cleared{}, err
	}
	pictures := protect.Pictures{}
	for _, s := range made.Edition.Documents {
		for _, p := range s.Pictures {
			if pictures[p.Path], err = os.ReadFile(filepath.Join(dir+publish.Unreleased, p.Path)); err != nil {
				return pipeline.Made{}, protect.Cleared{}, errors.New("a picture of the edition is missing")
			}
		}
	}
	cleared, err := clearEdition(ctx, d, made.Edition, pictures)
	return made, cleared, err
}
