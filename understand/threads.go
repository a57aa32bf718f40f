package understand

import (
	"cmp"
	"net/mail"
	"slices"
	"strings"
	"time"
)

// Message is what a mail's own header says of its place in a conversation.
type Message struct {
	ID         string   // Message-ID, empty if it has none
	Answers    []string // In-Reply-To, then References from the nearest on
	Subject    string
	Date       time.Time // zero if there is none that can be read
	answer     bool      // the subject says that it answers or forwards
	base       string    // the subject without what says so
	correspond []string  // addresses in From, To and Cc
}

// ParseMessage reads a list of header fields, a line each, as the properties
// of a mail give them. ok is false for what is no mail's.
func ParseMessage(header string) (m Message, ok bool) {
	var references, reply []string
	for line := range strings.Lines(header) {
		if strings.TrimSpace(line) == "" {
			break
		}
		name, value, found := strings.Cut(strings.TrimSpace(line), ":")
		if !found || strings.HasPrefix(line, " ") {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(name) {
		case "message-id":
			if ids := messageIDs(value); len(ids) > 0 && m.ID == "" {
				m.ID = ids[0]
			}
		case "in-reply-to":
			reply = append(reply, messageIDs(value)...)
		case "references":
			references = append(references, messageIDs(value)...)
		case "subject":
			m.Subject = value
		case "date":
			m.Date, _ = mail.ParseDate(value)
		case "from", "to", "cc":
			m.correspond = append(m.correspond, addresses(value)...)
		default:
			continue
		}
		ok = true
	}
	slices.Reverse(references)
	m.Answers = slices.Concat(reply, references)
	m.base, m.answer = subject(m.Subject)
	return m, ok
}

// mostIDs bounds what one header can refer to.
const mostIDs = 200

func messageIDs(value string) (all []string) {
	for len(all) < mostIDs {
		_, rest, found := strings.Cut(value, "<")
		if !found {
			break
		}
		id, after, found := strings.Cut(rest, ">")
		if !found {
			break
		}
		if id = strings.ToLower(strings.TrimSpace(id)); id != "" && !strings.ContainsAny(id, " \t<") {
			all = append(all, id)
		}
		value = after
	}
	return all
}

func addresses(value string) (all []string) {
	for _, w := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" \t,;<>\"()", r) }) {
		if strings.Contains(w, "@") {
			all = append(all, strings.ToLower(w))
		}
	}
	return all
}

// answering are the beginnings of subjects by which mail programs of the
// languages served say that a mail answers or forwards another.
var answering = []string{"re", "aw", "fw", "fwd", "sv", "antw", "回复", "答复", "回覆", "答覆", "转发", "轉寄", "отв", "ответ", "на", "пересл", "жауап", "جاۋاب"}

// subject gives a subject without those beginnings, folded, and whether there
// were any.
func subject(s string) (base string, answers bool) {
	base = strings.ToLower(strings.Join(strings.Fields(s), " "))
	for {
		cut := false
		for _, a := range answering {
			rest, ok := strings.CutPrefix(base, a)
			if !ok {
				continue
			}
			rest = strings.TrimLeft(rest, "0123456789[]() ")
			for _, colon := range []string{":", "："} {
				if after, ok := strings.CutPrefix(rest, colon); ok {
					base, cut, answers = strings.TrimSpace(after), true, true
				}
			}
		}
		if !cut {
			return base, answers
		}
	}
}

// Link says what a message answers, and how that is known.
type Link struct {
	Parent int // index of the message, -1 for the first of a conversation
	How    string
}

// How a link is known.
const (
	ByHeader  = "header"          // In-Reply-To or References
	ByMissing = "missing message" // both refer to one that is not there
	BySubject = "subject"         // it answers this subject, to the same people, soon after
	SameID    = "same message"    // another copy of it
)

// bySubject is how long after another a mail can answer it by its subject
// alone.
const bySubject = 60 * 24 * time.Hour

// Threads puts messages into conversations: each is a list of indexes, oldest
// first; links are those of all messages. Headers decide. A subject does only
// where a mail has none, answers it, and shares a correspondent: a common
// subject gathers nothing.
func Threads(messages []Message) (conversations [][]int, links []Link) {
	t := &threading{messages: messages, links: make([]Link, len(messages)), group: make([]int, len(messages))}
	for i := range messages {
		t.group[i], t.links[i] = i, Link{Parent: -1}
	}
	t.byHeader()
	t.bySubject()
	byRoot := map[int][]int{}
	for i := range messages {
		byRoot[t.root(i)] = append(byRoot[t.root(i)], i)
	}
	for _, c := range byRoot {
		slices.SortFunc(c, t.order)
		conversations = append(conversations, c)
	}
	slices.SortFunc(conversations, func(a, b []int) int { return t.order(a[0], b[0]) })
	return conversations, t.links
}

type threading struct {
	messages []Message
	links    []Link
	group    []int
}

func (t *threading) order(a, b int) int {
	return cmp.Or(t.messages[a].Date.Compare(t.messages[b].Date), cmp.Compare(a, b))
}

func (t *threading) root(i int) int {
	for t.group[i] != i {
		t.group[i] = t.group[t.group[i]]
		i = t.group[i]
	}
	return i
}

// join links i to j unless they are together already.
func (t *threading) join(i, j int, how string) {
	a, b := t.root(i), t.root(j)
	if a == b {
		return
	}
	t.group[a] = b
	if t.links[i].Parent < 0 {
		t.links[i] = Link{j, how}
	}
}

func (t *threading) byHeader() {
	first := map[string]int{}
	for i, m := range t.messages {
		if m.ID == "" {
			continue
		}
		if j, there := first[m.ID]; there {
			t.join(i, j, SameID)
		} else {
			first[m.ID] = i
		}
	}
	missing := map[string]int{}
	for i, m := range t.messages {
		found := false
		for _, id := range m.Answers {
			if j, there := first[id]; there && j != i {
				t.join(i, j, ByHeader)
				found = true
				break
			}
		}
		if found || len(m.Answers) == 0 {
			continue
		}
		for _, id := range m.Answers {
			if j, there := missing[id]; there {
				t.join(i, j, ByMissing)
			} else {
				missing[id] = i
			}
		}
	}
}

func (t *threading) bySubject() {
	earlier := map[string][]int{}
	order := make([]int, len(t.messages))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, t.order)
	for _, i := range order {
		m := t.messages[i]
		if m.base == "" || m.Date.IsZero() {
			continue
		}
		if m.answer && len(m.Answers) == 0 {
			if j := t.answered(m, earlier[m.base]); j >= 0 {
				t.join(i, j, BySubject)
			}
		}
		earlier[m.base] = append(earlier[m.base], i)
	}
}

// mostAnswered is how many earlier mails of one subject are looked at.
const mostAnswered = 100

// answered gives the newest of earlier mails that m can answer, or -1.
func (t *threading) answered(m Message, earlier []int) int {
	for n := len(earlier) - 1; n >= max(0, len(earlier)-mostAnswered); n-- {
		o := t.messages[earlier[n]]
		if m.Date.Sub(o.Date) > bySubject {
			return -1
		}
		if slices.ContainsFunc(m.correspond, func(a string) bool { return slices.Contains(o.correspond, a) }) {
			return earlier[n]
		}
	}
	return -1
}
