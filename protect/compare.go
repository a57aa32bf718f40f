package protect

// DocumentChange is what differs of one document between two editions: counts,
// and no words, so that it can be published beside a withdrawal.
type DocumentChange struct {
	Document int    `json:"document"` // its number in the newer edition, or in the older one where it was taken out
	How      string `json:"how"`      // added, removed, changed
	Added    int    `json:"added"`    // paragraphs
	Removed  int    `json:"removed"`
	Withheld int    `json:"withheld"` // more areas withheld than before
}

// Changes compares two editions. Documents are the same where their titles
// are; of several with one title the first that is left.
func Changes(before, after Edition) []DocumentChange {
	var all []DocumentChange
	left := map[string][]int{}
	for i, d := range before.Documents {
		left[d.Title] = append(left[d.Title], i)
	}
	for i, d := range after.Documents {
		same := left[d.Title]
		if len(same) == 0 {
			all = append(all, DocumentChange{Document: i + 1, How: "added", Added: len(d.Blocks), Withheld: held(d)})
			continue
		}
		left[d.Title] = same[1:]
		old := before.Documents[same[0]]
		c := DocumentChange{Document: i + 1, How: "changed", Added: missing(d, old), Removed: missing(old, d), Withheld: held(d) - held(old)}
		if c.Added != 0 || c.Removed != 0 || c.Withheld != 0 {
			all = append(all, c)
		}
	}
	for i, d := range before.Documents {
		if n := left[d.Title]; len(n) > 0 && n[0] == i {
			left[d.Title] = n[1:]
			all = append(all, DocumentChange{Document: i + 1, How: "removed", Removed: len(d.Blocks), Withheld: -held(d)})
		}
	}
	return all
}

// missing counts the paragraphs of a that b does not have.
func missing(a, b Shown) (n int) {
	has := map[string]int{}
	for _, x := range b.Blocks {
		if x.Withheld == "" {
			has[x.Text]++
		}
	}
	for _, x := range a.Blocks {
		if x.Withheld != "" {
			continue
		}
		if has[x.Text]--; has[x.Text] < 0 {
			n++
		}
	}
	return n
}

func held(d Shown) (n int) {
	for _, b := range d.Blocks {
		if b.Withheld != "" {
			n++
		}
	}
	return n
}
