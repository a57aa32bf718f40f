package web

import (
	"cmp"
	"context"
	"errors"
	"net/mail"
	"slices"
	"strings"
	"time"

	"vidimus"
	"vidimus/read"
	"vidimus/search"
)

// mailView is a mail taken apart: its fields, parts, what is attached, and the
// mails around it that it names or that name it.
type mailView struct {
	Fields   []mailField
	Parts    []mailField // number and type
	Attached []fileLine
	Into     string // of the folder of what is attached
	More     bool
	Thread   []threadLine
	Whole    bool // the thread is the whole conversation, in its order
}

type mailField struct {
	Name  string
	Value line
}

// threadLine is a mail of the same exchange.
type threadLine struct {
	fileLine
	Subject line
	Date    line
	Here    bool // it is the one that is shown
	Answers int  // place of the mail that it answers; 0 for none, or not known
	How     string
}

// Bounds of what is shown of a mail.
const (
	maxParts  = 100
	maxThread = 50
)

// headFields are those that readers put before a mail's words.
var headFields = []string{"Subject", "From", "To", "Cc", "Date"}

// mailOf takes a mail apart; about holds all its fields and parts.
func mailOf(text, about string) *mailView {
	m := &mailView{}
	for l := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSuffix(l, "\n"), ": ")
		if !ok || !slices.Contains(headFields, name) {
			break
		}
		m.Fields = append(m.Fields, mailField{name, line{direction(value), visible(nil, value, false)}})
	}
	if hidden := field(about, "Bcc"); hidden != "" {
		m.Fields = append(m.Fields, mailField{"Bcc", line{direction(hidden), visible(nil, hidden, false)}})
	}
	part := ""
	for l := range strings.Lines(about) {
		l = strings.TrimSuffix(l, "\n")
		if number, ok := strings.CutPrefix(l, "Part "); ok && len(number) < 40 {
			part = number
		} else if kind, ok := strings.CutPrefix(l, "Content-Type: "); ok && part != "" && len(m.Parts) < maxParts {
			m.Parts = append(m.Parts, mailField{part, plainLine(kind)})
			part = ""
		}
	}
	return m
}

// field gives the first field of that name of the mail itself.
func field(about, name string) string {
	for l := range strings.Lines(about) {
		if l == "\n" {
			return ""
		}
		if n, value, ok := strings.Cut(strings.TrimSuffix(l, "\n"), ": "); ok && strings.EqualFold(n, name) {
			return value
		}
	}
	return ""
}

// mail shows a mail: what its words and its fields say, and what is around it.
func (s *Server) mail(ctx context.Context, in *session, p PageView) (*mailView, error) {
	about, err := s.text(ctx, p, read.Properties, 1)
	if err != nil {
		return nil, err
	}
	m := mailOf(p.Text, about)
	f, err := s.room.File(ctx, p.Item)
	if err != nil {
		return nil, err
	}
	for _, inside := range f.Inside {
		m.Attached = append(m.Attached, fileEntry(in, inside))
	}
	m.More, m.Into = f.More, inFolder(in, insideOf(f.File), Place{})
	if m.Thread, m.Whole = s.conversation(ctx, in, p.Item); !m.Whole {
		m.Thread, err = s.thread(ctx, in, p.Item, about)
	}
	return m, err
}

// conversation gives the mails that belong together with one, and false where
// that is not known.
func (s *Server) conversation(ctx context.Context, in *session, item vidimus.ItemID) (all []threadLine, known bool) {
	if s.room.Conversation == nil {
		return nil, false
	}
	letters, known := s.room.Conversation(ctx, item)
	if len(letters) < 2 {
		return nil, known
	}
	places := map[vidimus.ItemID]int{}
	for i, l := range letters {
		places[l.File.Item] = i + 1
		all = append(all, threadLine{fileEntry(in, l.File), line{direction(l.Subject), visible(nil, l.Subject, false)},
			plainLine(l.Date), l.File.Item == item, places[l.Answers], l.How})
	}
	return all, known
}

// text gives the words of one section of a reading of a kind, "" where the
// file has none.
func (s *Server) text(ctx context.Context, p PageView, kind string, number int) (string, error) {
	for _, r := range p.Readings {
		if r.Kind == kind {
			return s.room.Text(ctx, r.Number, number)
		}
	}
	return "", nil
}

// thread finds the mails that name the same messages, in the order of their
// dates: what they say of themselves, which may be untrue.
func (s *Server) thread(ctx context.Context, in *session, item vidimus.ItemID, about string) ([]threadLine, error) {
	question := naming(messageIDs(about))
	if question == "" {
		return nil, nil
	}
	found, err := s.room.Search(ctx, Question{question, true}, search.Window{Limit: maxThread})
	if _, wrong := search.AtCharacter(err); wrong {
		return nil, nil // ids that are no words
	} else if err != nil {
		return nil, err
	}
	var all []threadLine
	dates := map[vidimus.ItemID]time.Time{}
	for _, h := range found.Hits {
		if _, seen := dates[h.Item]; seen {
			continue
		}
		f, err := s.room.File(ctx, h.Item)
		if err != nil {
			return nil, err
		}
		if f.Type != read.TypeMail {
			continue
		}
		fields, err := s.properties(ctx, f)
		if err != nil {
			return nil, err
		}
		date := field(fields, "Date")
		dates[h.Item], _ = mail.ParseDate(date)
		subject := field(fields, "Subject")
		all = append(all, threadLine{fileEntry(in, f.File), line{direction(subject), visible(nil, subject, false)}, plainLine(date), h.Item == item, 0, ""})
	}
	if len(all) < 2 {
		return nil, nil
	}
	slices.SortStableFunc(all, func(a, b threadLine) int {
		return cmp.Or(dates[a.Item].Compare(dates[b.Item]), cmp.Compare(a.Order, b.Order))
	})
	return all, nil
}

// properties gives what a file says about itself, as far as one section goes.
func (s *Server) properties(ctx context.Context, f FileView) (text string, err error) {
	for _, r := range f.Readings {
		if r.Kind == read.Properties {
			t, e := s.room.Text(ctx, r.Number, 1)
			text, err = t, errors.Join(err, e)
		}
	}
	return text, err
}

// messageIDs are the mail's own id, and the first and last that it names.
func messageIDs(about string) []string {
	ids := []string{field(about, "Message-ID"), field(about, "In-Reply-To")}
	if refs := strings.Fields(field(about, "References")); len(refs) > 0 {
		ids = append(ids, refs[0])
	}
	var clean []string
	for _, id := range ids {
		id = strings.Trim(id, "<> ")
		if id != "" && len(id) < 200 && !strings.ContainsAny(id, "\"“”„«»「」『』＂ ") && !slices.Contains(clean, id) {
			clean = append(clean, id)
		}
	}
	return clean
}

// naming is the question for pages that name one of the ids.
func naming(ids []string) string {
	var quoted []string
	for _, id := range ids {
		quoted = append(quoted, `"`+id+`"`)
	}
	return strings.Join(quoted, " OR ")
}
