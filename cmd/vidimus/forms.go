package main

import "vidimus/search"

// otherForms gives the other forms of a word or phrase, in other scripts.
func otherForms(form string) []search.Form { return nil }
