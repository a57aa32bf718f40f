package vidimus

import "testing"

func TestAMentionHasAName(t *testing.T) {
	for _, k := range MentionKinds {
		m := MentionID{Reading: 12, Page: 3, Start: 104, End: 110, Kind: k}
		if got, err := ParseMentionID(m.String()); err != nil || got != m {
			t.Errorf("%v comes back as %v, %v", m, got, err)
		}
	}
	for _, s := range []string{"", "1.2.3", "1.2.3.4.", "1.2.3.4.face", "0.2.3.4.person", "1.0.3.4.person", "1.2.4.4.person", "1.2.-3.4.person", "01.2.3.4.person", "1.2.3.4.person x"} {
		if got, err := ParseMentionID(s); err == nil {
			t.Errorf("%q is taken for %v", s, got)
		}
	}
}

func FuzzParseMentionID(f *testing.F) {
	f.Add("12.3.104.110.person")
	f.Add("1.1.0.1.document number")
	f.Fuzz(func(t *testing.T, s string) {
		if m, err := ParseMentionID(s); err == nil && m.String() != s {
			t.Errorf("%q is taken for %v", s, m)
		}
	})
}
