package writing

import "testing"

func TestMisread(t *testing.T) {
	for _, c := range []struct {
		name, word, read string
		most             int
		want             bool
	}{
		{"the same", "camp", "camp", 1, true},
		{"m for rn", "government", "govemment", 1, true},
		{"and back", "camp", "carnp", 1, true},
		{"a digit for a letter", "detail", "detai1", 1, true},
		{"two, where one is allowed", "detail", "de7ai1", 1, false},
		{"two", "hill", "hi11", 2, true},
		{"another letter", "camp", "lamp", 1, false},
		{"a letter more", "camp", "camps", 1, false},
		{"a letter less", "camps", "camp", 1, false},
		{"Cyrillic", "район", "райои", 1, true},
		{"Uyghur dots", "شەھەر", "سەھەر", 1, true},
		{"at the beginning and the end", "ilol", "1lo1", 2, true},
		{"a group against the letters of its other side", "burn", "bum", 1, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Misread(Fold(c.word), Fold(c.read), c.most); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// What a folded word can never have, no confusion may name.
func TestConfusionsAreFolded(t *testing.T) {
	for s, others := range confusionTable() {
		if Fold(s) != s || len(s) > maxMisread {
			t.Errorf("%q folds to %q, or is too long", s, Fold(s))
		}
		for _, o := range others {
			if !Misread(s, o, 1) || !Misread(o, s, 1) {
				t.Errorf("%q and %q are not taken for each other", s, o)
			}
		}
	}
}

func FuzzMisread(f *testing.F) {
	f.Add("government", "govemment")
	f.Add("乌鲁", "鸟鲁")
	f.Add("\xff", "a\xffi")
	f.Fuzz(func(t *testing.T, word, read string) {
		if len(word) > 60 {
			t.Skip()
		}
		if !Misread(word, word, 1) {
			t.Fatal("a word is not itself")
		}
		if Misread(word, read, 1) && !Misread(word, read, 3) {
			t.Fatal("more may be confused, and it is not found")
		}
	})
}
