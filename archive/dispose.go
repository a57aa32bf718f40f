package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"vidimus"
	"vidimus/custody"
)

// settingErasing is there while a disposal is not finished: the names of the
// originals whose files must still go.
const settingErasing = "erasing"

// Disposing is what people have said about a disposal.
type Disposing struct {
	Item      vidimus.ItemID
	Choice    Choice
	Reason    string // stays in the log
	By        []Signature
	OnePerson bool // one signer is enough, and the log says so
}

// Disposed is the account of a disposal.
type Disposed struct {
	*Doomed
	Entries int // of the log whose bodies and keys went
	Copies  int // copies out that the log knows and that may hold what went
	Backups int
}

// DisposalText is what a signer signs of a disposal (spec/signer.md).
func DisposalText(caseID string, items []vidimus.ItemID, reason string) string {
	h := sha256.New()
	for _, item := range items {
		h.Write([]byte(string(item) + "\n"))
	}
	why := sha256.Sum256([]byte(reason))
	return "vidimus-disposal/1\n" + caseID + "\n" + hex.EncodeToString(h.Sum(nil)) + "\n" + hex.EncodeToString(why[:]) + "\n"
}

// Dispose takes an item, what is inside it, and the log's word of both out of
// the records. What remains of it in files goes when the unit of work is one
// of [Case.DoAndErase].
func (w *Work) Dispose(d Disposing) (Disposed, error) {
	doomed, err := DoomedBy(w.Tx, d.Item, d.Choice)
	if err != nil {
		return Disposed{}, err
	}
	done := Disposed{Doomed: doomed}
	if err := doomed.held(w.Tx); err != nil {
		return done, err
	}
	id, err := w.Settings().Get(settingCase)
	if err != nil {
		return done, err
	}
	need := 2
	if d.OnePerson {
		need = 1
	}
	if err := counted(w.Tx, DisposalText(string(id), doomed.Items, d.Reason), need, d.By); err != nil {
		return done, err
	}
	entries, err := w.forgetEntries(&done)
	if err != nil {
		return done, err
	}
	if err := w.forgetItems(doomed); err != nil {
		return done, err
	}
	w.Register(disposal(d, doomed, entries))
	return done, nil
}

func disposal(d Disposing, doomed *Doomed, entries []int64) custody.Entry {
	fields := map[string]any{"items": texts(doomed.Items), custody.Disposed: entries, "reason": d.Reason, "one_person": d.OnePerson}
	if len(doomed.Kept) > 0 {
		fields["duplicates"] = string(KeepDuplicates)
	}
	var signers, notes []string
	for _, by := range d.By {
		signers, notes = append(signers, by.Signer), append(notes, string(by.Note))
	}
	fields["signers"], fields["notes"] = signers, notes
	return custody.Entry{Kind: custody.Dispose, Fields: fields}
}

func texts(items []vidimus.ItemID) (all []string) {
	for _, item := range items {
		all = append(all, string(item))
	}
	return all
}

// forgetEntries destroys what the log says of the content, the names and the
// pages of items that go. That copies left, it goes on saying. What it says of
// an item that has an heir, it says of the heir from now on.
func (w *Work) forgetEntries(done *Disposed) (gone []int64, err error) {
	size, err := w.Log().Size()
	if err != nil {
		return nil, err
	}
	for i := range size {
		e, err := custody.ReadBody(w.Log(), i)
		if errors.Is(err, ErrNotFound) {
			continue // disposed of before
		} else if err != nil {
			return nil, err
		}
		item := vidimus.ItemID(text(e, "item"))
		switch e.Kind {
		case custody.Receive, custody.Derive, custody.Correct, custody.Redact:
			if !done.in[item] {
				continue
			}
			if heir := done.heirs[item]; heir != "" && e.Kind != custody.Receive {
				e.Fields["item"] = string(heir)
				w.Register(e)
			}
			if err := w.Disposal().Entry(i); err != nil {
				return nil, err
			}
			gone = append(gone, i)
		case custody.CopyOut:
			if item == "" && e.Fields["edition"] == nil || done.in[item] {
				done.Copies++
			}
		case custody.Backup:
			done.Backups++
		}
	}
	done.Entries = len(gone)
	return gone, nil
}

// forgetItems empties the rows of the items, and lists the files that must go.
func (w *Work) forgetItems(d *Doomed) error {
	erasing, err := w.Settings().Get(settingErasing)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	names := slices.DeleteFunc(strings.Split(string(erasing), "\n"), func(s string) bool { return s == "" })
	for _, item := range d.Items {
		f, err := w.Files().Get(item)
		if err != nil {
			return err
		}
		if heir := d.heirs[item]; heir != "" {
			err = w.inherit(f, heir, d.Kept)
		} else if f.DuplicateOf == "" && f.Digest != (vidimus.Digest{}) {
			var name BlobName
			if name, err = w.forgetOriginal(f.Digest); name != "" {
				names = append(names, string(name))
			}
		}
		if err == nil {
			err = w.Disposal().Item(item)
		}
		if err == nil {
			err = w.Files().Put(vidimus.File{Item: item, Source: f.Source, Parent: f.Parent, State: vidimus.Disposed})
		}
		if err != nil {
			return err
		}
	}
	return w.Settings().Put(settingErasing, []byte(strings.Join(names, "\n")))
}

// inherit makes the first of the duplicates that stay what f was to them.
func (w *Work) inherit(f vidimus.File, heir vidimus.ItemID, kept []vidimus.ItemID) error {
	if err := w.Disposal().Hand(f.Item, heir); err != nil {
		return err
	}
	for _, item := range kept {
		other, err := w.Files().Get(item)
		if err != nil {
			return err
		}
		switch {
		case item == heir:
			other.DuplicateOf, other.State, other.Reason, other.Type = "", f.State, f.Reason, f.Type
			other.Pages, other.Sections, other.Blank, other.Language, other.NameCharset = f.Pages, f.Sections, f.Blank, f.Language, f.NameCharset
		case other.DuplicateOf == f.Item:
			other.DuplicateOf = heir
		}
		if err := w.Files().Put(other); err != nil {
			return err
		}
	}
	return nil
}

// forgetOriginal destroys an original's key, and its bytes where they lie in
// the records. The name is that of the file in which they lie otherwise.
func (w *Work) forgetOriginal(d vidimus.Digest) (BlobName, error) {
	o, err := w.Originals().Get(d)
	if errors.Is(err, ErrNotFound) {
		return "", nil // never stored whole
	} else if err != nil {
		return "", err
	}
	if o.Format == InRecords {
		o.Blob = ""
	}
	return o.Blob, w.Disposal().Original(d)
}
