package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus/search"
)

func TestTheMessagesThatAMailNames(t *testing.T) {
	tests := []struct {
		name, about string
		want        []string
	}{
		{"itself, what it answers, and the first of all", "Message-ID: <c@x>\nIn-Reply-To: <b@x>\nReferences: <a@x> <b@x>\n", []string{"c@x", "b@x", "a@x"}},
		{"each once", "Message-ID: <c@x>\nReferences: <c@x>\n", []string{"c@x"}},
		{"not those of a part", "Subject: s\n\nPart 1\nMessage-ID: <c@x>\n", nil},
		{"not one that would end its quotation marks", "Message-ID: <c\" OR \"d@x>\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, messageIDs(test.about)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzMail holds that whatever a mail says of itself, the question made of it
// is one phrase a message, and nothing panics.
func FuzzMail(f *testing.F) {
	f.Add(mailText, mailAbout)
	f.Fuzz(func(t *testing.T, text, about string) {
		m := mailOf(text, about)
		if len(m.Parts) > maxParts {
			t.Errorf("%d parts", len(m.Parts))
		}
		ids := messageIDs(about)
		q, err := search.Parse(naming(ids))
		if err == nil && len(q.Clauses) > len(ids) {
			t.Errorf("%d clauses of %d ids", len(q.Clauses), len(ids))
		}
	})
}
