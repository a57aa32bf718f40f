package lexicon

import "testing"

func TestTheTablesAreThere(t *testing.T) {
	for _, c := range []struct {
		table Words
		word  string
		class Class
	}{
		{English(), "john", First}, {English(), "bangkok", Place}, {English(), "chinese", Demonym}, {English(), "while", Common},
		{Russian(), "ивана", First}, {Russian(), "владивостока", Place}, {Russian(), "петровым", Last},
		{Kazakh(), "қытай", Place}, {Uyghur(), "قازاقىستان", Place},
	} {
		if !c.table.Is(c.word, c.class) {
			t.Errorf("%s is not of class %d", c.word, c.class)
		}
	}
	h := Chinese()
	if h.Words["北京"].Class != Place || h.Words["奥巴马"].Class == 0 || h.Total < 1_000_000 || len(h.Words) < 200_000 {
		t.Errorf("Chinese: %d words, %d counts", len(h.Words), h.Total)
	}
}
