package protect

import (
	"errors"
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

func pictured(words func([]byte) ([]string, error)) Examination {
	folder := fstest.MapFS{}
	for _, name := range []string{"1.png", "2.png", "3.png", "4.png", "a.html"} {
		folder[name] = &fstest.MapFile{Data: []byte(name)}
	}
	return Examination{Folder: folder, Words: words, Spot: func([]byte) ([]Found, error) { return nil, nil }}
}

func TestTheNextPictureIsReadWhileOneIsLookedThrough(t *testing.T) {
	begun := make(chan string, 9)
	x := pictured(func(b []byte) ([]string, error) {
		begun <- string(b)
		return []string{"words of " + string(b)}, nil
	})
	var seen []string
	err := x.eachRead(func(r readFile) error {
		if r.path == "1.png" {
			for _, want := range []string{"1.png", "2.png"} {
				select {
				case got := <-begun:
					if got != want {
						t.Errorf("%s is read, want %s", got, want)
					}
				case <-time.After(time.Minute):
					t.Error("the next picture is not read")
				}
			}
		}
		if want := "words of " + r.path; r.path != "a.html" && r.words[0] != want {
			t.Errorf("%s says %q", r.path, r.words)
		}
		seen = append(seen, r.path)
		return nil
	})
	if want := []string{"1.png", "2.png", "3.png", "4.png", "a.html"}; err != nil || !slices.Equal(seen, want) {
		t.Errorf("seen %v, %v", seen, err)
	}
}

func TestNothingIsReadAfterAnError(t *testing.T) {
	broken := errors.New("broken")
	read := 0
	x := pictured(func(b []byte) ([]string, error) {
		if read++; read == 3 {
			return nil, broken
		}
		return nil, nil
	})
	seen := 0
	if err := x.eachRead(func(readFile) error { seen++; return nil }); !errors.Is(err, broken) || seen != 2 || read != 3 {
		t.Errorf("%v after %d pictures read and %d seen", err, read, seen)
	}
	read = 3
	if err := x.eachRead(func(readFile) error { return broken }); !errors.Is(err, broken) || read > 6 {
		t.Errorf("%v after %d pictures", err, read-3)
	}
	at := read
	time.Sleep(10 * time.Millisecond)
	if read != at {
		t.Error("a picture was read after the end")
	}
}
