package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"unicode/utf16"
)

// What the script of a page asks for while the page stands. Nothing else can
// be fetched: the policy lets scripts connect to these addresses only.

// liveWords are the words that stand in a page's live places.
type liveWords struct {
	Going bool              `json:"going"`
	Done  int               `json:"done"`
	Seen  int               `json:"seen"`
	Words map[string]string `json:"words"`
}

// liveProgress gives how far the reading is.
func (s *Server) liveProgress(w http.ResponseWriter, r *http.Request, _ *session) {
	left, err := s.room.Left(r.Context())
	if err != nil {
		s.refuse(w, http.StatusInternalServerError, "error.failed")
		return
	}
	g := s.going(left)
	words, err := s.goingWords(g)
	if err != nil {
		panic(err) // a key of the program's own is missing
	}
	s.live(w, liveWords{g.Adding, g.Done, g.Seen, words})
}

// goingWords are the sentences about g, by the names of their places.
func (s *Server) goingWords(g Going) (map[string]string, error) {
	var errs []error
	say := func(key string, args ...any) string {
		sentence, err := s.words.say(key, args...)
		errs = append(errs, err)
		return sentence
	}
	words := map[string]string{
		"done": say("progress.done", g.Done, g.Seen),
		"wait": say("progress.wait", g.Waiting),
		"ocr":  say("progress.ocr", g.OCR),
		"rate": say("progress.rate.unknown"),
		"left": say("progress.left.unknown"),
	}
	if g.Measured {
		words["rate"] = say("progress.rate", g.PerMin)
	}
	if g.Minutes > 0 {
		words["left"] = say("progress.left", g.Minutes)
	}
	return words, errors.Join(errs...)
}

// wrongAt is what is wrong with a question that is being typed.
type wrongAt struct {
	Wrong string `json:"wrong"` // empty when it can be answered
	Hint  string `json:"hint"`
	At    int    `json:"at"` // in UTF-16 units of what was typed; -1 for nowhere
}

// liveCheck reads a question, and asks nothing.
func (s *Server) liveCheck(w http.ResponseWriter, r *http.Request, _ *session) {
	s.live(w, s.check(r.Context(), r.PostFormValue("q")))
}

func (s *Server) live(w http.ResponseWriter, answer any) {
	b, err := json.Marshal(answer)
	if err != nil {
		panic(err) // it holds strings and numbers only
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(b)
}

// units gives where a character stands, counted as browsers do.
func units(typed string, character int) int {
	n := 0
	for _, r := range typed {
		if character--; character < 0 {
			break
		}
		n += utf16.RuneLen(r)
	}
	return n
}
