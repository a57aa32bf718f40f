package fts

import (
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"vidimus/writing"
)

// register brings FTS5, our tokenizer and our functions to a connection.
func register(c *sqlite3.Conn) error {
	if err := registerFunctions(c); err != nil {
		return err
	}
	return fts5.RegisterCustom(c, func(api *fts5.API) error {
		return api.CreateTokenizer("vidimus", func([]string) (fts5.Tokenizer, error) { return tokenizer{}, nil })
	})
}

// tokenizer gives FTS5 the tokens of package writing. A query is made of
// tokens already: each is handed on as it is, or a pair of Han would give its
// last character once more.
type tokenizer struct{}

func (tokenizer) Tokenize(flags fts5.TokenizeFlag, text, _ string, give fts5.TokenCallback) error {
	if flags&fts5.TOKENIZE_QUERY != 0 {
		return give(0, text, 0, len(text))
	}
	for t := range writing.Tokens(text) {
		if err := give(0, t.Text, t.Start, t.End); err != nil {
			return err
		}
	}
	return nil
}
