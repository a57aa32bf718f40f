package pipeline

import (
	"context"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
)

// Family is what a document belongs to.
type Family struct {
	File   vidimus.File
	Above  []vidimus.File // what it was found in, the outermost first
	Inside []vidimus.File // what was found in it
	// Conversation is that of the mail itself, or of the mail that it came in;
	// none where there is only one mail.
	Conversation []Mail
	Alike        []Alike // it with its copies and versions; none where there are none
}

// FamilyOf gives what one document belongs to. Copies and versions are looked
// for in the whole case.
func FamilyOf(ctx context.Context, c *archive.Case, item vidimus.ItemID) (Family, error) {
	f, err := File(ctx, c, item)
	if err != nil {
		return Family{}, err
	}
	family := Family{File: f}
	if family.Above, err = containers(ctx, c, f); err != nil {
		return family, err
	}
	err = EachFile(ctx, c, func(child vidimus.File) error {
		if child.Parent == item {
			family.Inside = append(family.Inside, child)
		}
		return nil
	})
	if err != nil {
		return family, err
	}
	conversations, err := Conversations(ctx, c)
	if err != nil {
		return family, err
	}
	alikes, err := Duplicates(ctx, c)
	if err != nil {
		return family, err
	}
	family.Conversation = conversationOf(conversations, mailAround(family))
	family.Alike = GroupsByItem(alikes)[item]
	return family, nil
}

// containers gives what a file was found in, the outermost first.
func containers(ctx context.Context, c *archive.Case, f vidimus.File) (all []vidimus.File, err error) {
	err = c.View(ctx, func(tx archive.Tx) (err error) {
		for f.Parent != "" && err == nil {
			if f, err = tx.Files().Get(f.Parent); err == nil {
				all = append(all, f)
			}
		}
		return err
	})
	slices.Reverse(all)
	return all, err
}

// mailAround gives the mail that a document is, or came in; of a copy of a
// mail, the mail itself.
func mailAround(f Family) vidimus.ItemID {
	for _, one := range slices.Backward(append(slices.Clone(f.Above), f.File)) {
		if one.DuplicateOf != "" && one.Item == f.File.Item {
			return one.DuplicateOf
		}
		if one.Type == read.TypeMail {
			return one.Item
		}
	}
	return ""
}

// conversationOf gives the conversation of two mails or more that one is in.
func conversationOf(all [][]Mail, item vidimus.ItemID) []Mail {
	for _, mails := range all {
		if len(mails) > 1 && slices.ContainsFunc(mails, func(m Mail) bool { return m.File.Item == item }) {
			return mails
		}
	}
	return nil
}

// GroupsByItem gives each file of a group the group.
func GroupsByItem(found Alikes) map[vidimus.ItemID][]Alike {
	by := map[vidimus.ItemID][]Alike{}
	for _, group := range found.Groups {
		for _, m := range group {
			by[m.File.Item] = group
		}
	}
	return by
}
