package understand

import (
	"cmp"
	"maps"
	"slices"
)

// Member is one document of a group of near duplicates.
type Member struct {
	Document int // index, as given to Groups
	// Like is the earlier document that it is most like, itself for the first
	// of the group.
	Like     int
	Likeness Likeness // with Like
	Same     bool     // the words are those of Like, to the last
}

// mostCompared is how many members of a group are compared with a document
// before it is left out of the group.
const mostCompared = 6

// grouping finds groups among documents, in their order.
type grouping struct {
	sketches []Sketch
	compare  func(i, j int) (Likeness, error)
	same     map[[32]byte]int // the first document of these words
	heads    []int32          // of the chains in postings, by the hash's low bits
	postings []posting
	members  []Member
	group    []int // of each document, its first one
	counts   []count
}

// count is how many hashes of a sample were found: all, and the low ones.
type count struct{ all, low int }

// posting says that a document's sample has a hash. The upper half of the
// hash is enough: what is alike by accident does not pass compare.
type posting struct {
	hash     uint32
	document int32
	next     int32 // in its chain; -1 at the end
}

// Groups finds the near duplicates among documents by their sketches and lets
// compare decide, which is asked for few of them. Groups have two members or
// more and come in the order of their first.
func Groups(sketches []Sketch, compare func(i, j int) (Likeness, error)) ([][]Member, error) {
	g := &grouping{sketches: sketches, compare: compare, same: map[[32]byte]int{}, heads: heads(sketches), counts: make([]count, len(sketches))}
	for i := range sketches {
		g.group = append(g.group, i)
		g.members = append(g.members, Member{Document: i, Like: i, Likeness: Likeness{1, 1}})
		if err := g.place(i); err != nil {
			return nil, err
		}
	}
	return g.collect(), nil
}

// heads makes empty chains, about one for each hash there can be.
func heads(sketches []Sketch) []int32 {
	total := 0
	for _, s := range sketches {
		total += len(s.sample)
	}
	size := 1
	for size < total && size < 1<<26 {
		size *= 2
	}
	all := make([]int32, size)
	for i := range all {
		all[i] = -1
	}
	return all
}

// place finds what document i is like among those before it.
func (g *grouping) place(i int) error {
	s := g.sketches[i]
	if s.Runs < leastRuns {
		return nil
	}
	if first, there := g.same[s.Same]; there {
		g.members[i] = Member{Document: i, Like: first, Likeness: Likeness{1, 1}, Same: true}
		g.join(i, first)
		return nil
	}
	g.same[s.Same] = i
	best := Likeness{}
	for _, like := range g.candidates(i) {
		m, err := g.nearest(i, like)
		if err != nil {
			return err
		}
		if m.Like == i {
			continue
		}
		if m.Likeness.Shorter > best.Shorter {
			best, g.members[i] = m.Likeness, m
		}
		if first := g.root(m.Like); first != g.root(i) && g.root(i) != i {
			// Two groups become one: the second's first is like i, or as like as it is.
			second := max(first, g.root(i))
			l, err := g.compare(second, i)
			if err != nil {
				return err
			}
			g.members[second] = Member{Document: second, Like: i, Likeness: l}
		}
		g.join(i, m.Like)
	}
	g.post(i)
	return nil
}

// nearest gives what i is most like among the members of one group, itself if
// it is near none. The first that is near decides.
func (g *grouping) nearest(i int, members []int) (Member, error) {
	a := g.sketches[i].Runs
	for _, j := range members[:min(len(members), mostCompared)] {
		l, err := g.compare(i, j)
		if err != nil {
			return Member{}, err
		}
		if b := g.sketches[j].Runs; l.near(min(a, b), max(a, b)) {
			return Member{Document: i, Like: j, Likeness: l}, nil
		}
	}
	return Member{Like: i}, nil
}

func (g *grouping) chain(hash uint64) *int32 { return &g.heads[hash&uint64(len(g.heads)-1)] }

// post makes i findable by its sample. What another of its group has posted
// is not posted again: a thousand copies of a form cost what one costs.
func (g *grouping) post(i int) {
	group := g.root(i)
	for _, h := range g.sketches[i].sample {
		head, there := g.chain(h), false
		for at := *head; at >= 0 && !there; at = g.postings[at].next {
			p := g.postings[at]
			there = p.hash == uint32(h>>32) && g.root(int(p.document)) == group
		}
		if !there {
			g.postings = append(g.postings, posting{uint32(h >> 32), int32(i), *head})
			*head = int32(len(g.postings) - 1)
		}
	}
}

// candidates gives, for each group that document i may belong to, members
// that share its hashes, likeliest first.
func (g *grouping) candidates(i int) (found [][]int) {
	groups, sums := map[int][]int{}, map[int]count{}
	for _, h := range g.sketches[i].sample {
		for at := *g.chain(h); at >= 0; at = g.postings[at].next {
			p := g.postings[at]
			if p.hash != uint32(h>>32) {
				continue
			}
			j := int(p.document)
			r := g.root(j)
			if g.counts[j].all == 0 {
				groups[r] = append(groups[r], j)
			}
			g.counts[j].add(h)
			sum := sums[r]
			sum.add(h)
			sums[r] = sum
		}
	}
	for _, r := range slices.Sorted(maps.Keys(groups)) {
		members, sum := groups[r], sums[r]
		slices.SortFunc(members, func(a, b int) int {
			return cmp.Or(cmp.Compare(g.counts[b].all, g.counts[a].all), cmp.Compare(a, b))
		})
		for _, j := range members {
			g.counts[j] = count{}
		}
		members = slices.DeleteFunc(members, func(j int) bool {
			return !candidate(g.sketches[i], g.sketches[j], sum.all, sum.low)
		})
		if len(members) > 0 {
			found = append(found, members)
		}
	}
	return found
}

func (c *count) add(hash uint64) {
	c.all++
	if hash <= lowest {
		c.low++
	}
}

// root gives the first document of a group.
func (g *grouping) root(i int) int {
	for g.group[i] != i {
		g.group[i] = g.group[g.group[i]]
		i = g.group[i]
	}
	return i
}

func (g *grouping) join(i, j int) {
	a, b := g.root(i), g.root(j)
	g.group[max(a, b)] = min(a, b)
}

func (g *grouping) collect() [][]Member {
	byRoot := map[int][]Member{}
	var roots []int
	for i, m := range g.members {
		r := g.root(i)
		if len(byRoot[r]) == 1 {
			roots = append(roots, r)
		}
		byRoot[r] = append(byRoot[r], m)
	}
	slices.Sort(roots)
	var all [][]Member
	for _, r := range roots {
		all = append(all, byRoot[r])
	}
	return all
}
