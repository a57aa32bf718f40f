package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect/trace"
	"vidimus/search"
)

// Vault is how the room knows the vault of protected people. It is opened in
// the terminal, never in a page.
type Vault struct {
	State func() VaultState
	Lock  func()
}

// VaultState says how the vault stands.
type VaultState int

// The states of a vault.
const (
	NoVault VaultState = iota
	VaultClosed
	VaultOpen
)

// ErrVaultClosed says that what was asked for lies in the vault.
var ErrVaultClosed = vidimus.WithHint(errors.New("the vault is closed"), "open it in the terminal in which the room was opened: type vault there, then Enter")

// VaultName is the key of a state's words.
func (v VaultState) VaultName() string {
	return [...]string{"none", "closed", "open"}[v]
}

func (s *Server) vault() VaultState {
	if s.room.Vault == nil {
		return NoVault
	}
	return s.room.Vault.State()
}

// lock closes the vault before its time.
func (s *Server) lock(w http.ResponseWriter, r *http.Request, in *session) {
	if s.room.Vault != nil {
		s.room.Vault.Lock()
	}
	to := "/traces"
	if v, ok := in.find(r.PostFormValue("back")); ok {
		v.Reveal = false
		to = "/v/" + in.keep(v)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// tracePanel stands beside the page that a trace is on.
type tracePanel struct {
	trace.Trace
	Number   int
	Vault    VaultState
	Show     string // address of the page with what the trace says; empty where it has no words, or they are shown
	Hide     string
	Handle   string // of the page as it is
	Shown    bool
	Words    line
	Letters  []letter // one by one, where they look like something else
	Cut      bool
	Crop     string // the part of the picture around the box; empty where there is none
	Picture  string
	Across   string // of the picture, in points
	Down     string
	Wordless bool // nothing but the picture shows it
}

// letter is one character, and its number.
type letter struct{ Text, Code string }

// Modes are the keys of the ways of publishing that do not carry the trace.
func (p tracePanel) Modes() []string { return traceLine{Trace: p.Trace}.Modes() }

// trace shows the page on which a trace stands, its place lit.
func (s *Server) trace(w http.ResponseWriter, r *http.Request, in *session, v view) {
	v.In, v.Page = pipeline.PageOfTrace(v.Trace)
	v.As = asWords
	s.pageWith(w, r, in, v, func(p *pagePage) error { return s.traced(r, in, v, p) })
}

// traced lights the place of v's trace on the page. Its words are lit only
// while the vault is open, and only when asked for: what a trace says is not
// told by its place to the letter.
func (s *Server) traced(r *http.Request, in *session, v view, p *pagePage) error {
	t := v.Trace
	panel := &tracePanel{Trace: t, Vault: s.vault(), Handle: in.keep(v), Wordless: t.Start >= t.End}
	p.Trace, p.Back, p.BackTo = panel, "/v/"+in.keep(view{Show: showTraces}), "traces.all"
	p.Boxes, p.Lit = nil, nil
	if t.In == "picture" && t.Box != (vidimus.Box{}) {
		p.Boxes = []vidimus.Box{t.Box}
		panel.Crop, panel.Across, panel.Down = enlarged(t.Box), fmt.Sprintf("%.2f", p.Width), fmt.Sprintf("%.2f", p.Height)
		panel.Picture = "/p/" + in.keep(view{Show: showPicture, Item: v.Item, Page: v.Page, Wide: true})
	}
	if !panel.Wordless && t.End <= len(p.Text) {
		p.Boxes = search.Boxes(p.Places, []search.Range{wholeLines(p.Text, t.Start, t.End)})
	}
	if panel.Wordless {
		return nil
	}
	other := v
	other.Reveal = !v.Reveal
	if !v.Reveal || panel.Vault != VaultOpen {
		panel.Show = "/v/" + in.keep(other)
		if v.Reveal {
			panel.Show = "/v/" + in.keep(v)
		}
		return nil
	}
	words, err := s.room.Traces.Words(r.Context(), v.Item, t)
	if errors.Is(err, ErrVaultClosed) {
		panel.Vault, panel.Show = VaultClosed, "/v/"+in.keep(v)
		return nil
	} else if err != nil {
		return err
	}
	panel.Shown, panel.Hide, panel.Cut = true, "/v/"+in.keep(other), words.Cut
	panel.Words = line{direction(words.Words), unseen(words.Words)}
	panel.Letters = letters(t.Kind, words.Words)
	if t.End <= len(p.Text) {
		p.Lit = []Range{{t.Start, t.End}}
	}
	return nil
}

// wholeLines widens a stretch to the lines that it touches.
func wholeLines(text string, start, end int) search.Range {
	start = strings.LastIndexByte(text[:start], '\n') + 1
	if i := strings.IndexByte(text[end:], '\n'); i >= 0 {
		return search.Range{Start: start, End: end + i}
	}
	return search.Range{Start: start, End: len(text)}
}

// enlarged is the part of the picture that is enlarged: the box and half of its
// size around it.
func enlarged(b vidimus.Box) string {
	w, h := max(b.X1-b.X0, 12), max(b.Y1-b.Y0, 12)
	return fmt.Sprintf("%.1f %.1f %.1f %.1f", b.X0-w/2, b.Y0-h/2, 2*w, 2*h)
}

// unseen names each character that has no shape of its own.
func unseen(words string) (parts []part) {
	for _, r := range words {
		if r != ' ' && r != '\n' && (unicode.In(r, unicode.Zs, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Variation_Selector)) {
			parts = append(parts, part{Text: fmt.Sprintf("U+%04X", r), Control: true})
			continue
		}
		if n := len(parts); n > 0 && !parts[n-1].Control {
			parts[n-1].Text += string(r)
		} else {
			parts = append(parts, part{Text: string(r)})
		}
	}
	return parts
}

// letters are the characters of a look-alike word with their numbers.
func letters(k trace.Kind, words string) (all []letter) {
	if k != trace.LookAlikes && k != trace.MixedForms {
		return nil
	}
	for _, r := range words {
		if len(all) < 64 {
			all = append(all, letter{string(r), fmt.Sprintf("U+%04X", r)})
		}
	}
	return all
}
