package pipeline

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/understand"
)

// Mail is a message of a conversation.
type Mail struct {
	File     vidimus.File
	Subject  string
	Date     string         // as RFC 3339, or empty
	Answers  vidimus.ItemID // of the mail that it answers, or empty
	How      string         // how that is known
	Children []vidimus.ItemID
}

// Conversations puts the mails of a case together: those that answer each
// other, oldest first. A mail that nothing answers is a conversation too.
func Conversations(ctx context.Context, c *archive.Case) (all [][]Mail, err error) {
	var mails []Mail
	var messages []understand.Message
	children := map[vidimus.ItemID][]vidimus.ItemID{}
	err = EachFile(ctx, c, func(f vidimus.File) error {
		if f.Parent != "" {
			children[f.Parent] = append(children[f.Parent], f.Item)
		}
		if f.DuplicateOf != "" || f.Type != read.TypeMail {
			return nil
		}
		m, err := header(ctx, c, f.Item)
		if err != nil {
			return err
		}
		mail := Mail{File: f, Subject: m.Subject}
		if !m.Date.IsZero() {
			mail.Date = m.Date.Format("2006-01-02T15:04:05Z07:00")
		}
		mails, messages = append(mails, mail), append(messages, m)
		return nil
	})
	if err != nil {
		return nil, err
	}
	conversations, links := understand.Threads(messages)
	for _, members := range conversations {
		var one []Mail
		for _, i := range members {
			m := mails[i]
			m.Children = children[m.File.Item]
			if p := links[i].Parent; p >= 0 {
				m.Answers, m.How = mails[p].File.Item, links[i].How
			}
			one = append(one, m)
		}
		all = append(all, one)
	}
	return all, nil
}

// header reads a mail's own header from what the file says about itself. It is
// empty where that was not read.
func header(ctx context.Context, c *archive.Case, item vidimus.ItemID) (m understand.Message, err error) {
	readings, err := current(ctx, c, item)
	if err != nil {
		return m, err
	}
	properties := ofKind(readings, read.Properties)
	if properties.Number == 0 {
		return m, nil
	}
	err = c.View(ctx, func(tx archive.Tx) error {
		p, err := tx.Readings().Page(properties.Number, 1)
		if err == nil {
			m, _ = understand.ParseMessage(p.Text)
		}
		return err
	})
	return m, err
}
