package web

import (
	"fmt"
	"maps"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"vidimus"
)

// catalogue is the room's words in one language.
type catalogue struct {
	Tag     string // BCP 47
	Dir     string // "ltr" or "rtl"
	words   map[string]string
	printer *message.Printer
}

// inEnglish is the one catalogue that there is now. The words about reasons
// are the program's own.
func inEnglish() *catalogue {
	words := maps.Clone(english)
	maps.Copy(words, englishProtect)
	for reason, hint := range vidimus.Hints {
		words["reason."+string(reason)], words["hint."+string(reason)] = string(reason), hint
	}
	wordsOfTraces(words)
	return &catalogue{"en", "ltr", words, message.NewPrinter(language.English)}
}

// say gives the words for a key, with numbers written as the language does.
func (c *catalogue) say(key string, args ...any) (string, error) {
	if len(args) > 0 && args[0] == 1 {
		if _, ok := c.words[key+".one"]; ok {
			key += ".one"
		}
	}
	format, ok := c.words[key]
	if !ok {
		return "", fmt.Errorf("no words for %q", key)
	}
	if len(args) == 0 {
		return format, nil
	}
	return c.printer.Sprintf(format, args...), nil
}

// known gives the words for a name that may be of a later version: then the
// name as it stands, and false.
func (c *catalogue) known(prefix, name string) (string, bool) {
	w, ok := c.words[prefix+"."+name]
	if !ok {
		return name, false
	}
	return w, true
}
