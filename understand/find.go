package understand

// Find gives the first place in a text where words stand in a row, as package
// writing folds them: layout, case, width and punctuation do not count.
func Find(text, words string) (start, end int, ok bool) {
	in, row := unitsOf(0, text), unitsOf(0, words)
	if len(row) == 0 {
		return 0, 0, false
	}
	for i := 0; i+len(row) <= len(in); i++ {
		n := 0
		for n < len(row) && in[i+n].hash == row[n].hash && in[i+n].text == row[n].text {
			n++
		}
		if n == len(row) {
			return in[i].start, in[i+n-1].end, true
		}
	}
	return 0, 0, false
}
