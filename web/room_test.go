package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/read/layout"
	"vidimus/search"
	searchmemory "vidimus/search/memory"
)

// sheet is one page of the test room's case. All of it is invented.
type sheet struct {
	path, language, text string
	page, pages          int
	section              bool
	comments             []string // a reading of their own, a section each
	png                  []byte
	places               []vidimus.Place
}

const hostileName = "<script>document.title='taken'</script>\u202egpj.exe\xff"

const uyghurText = "ئويدۇرما سەنەت — مەشىق ئۈچۈن يېزىلغان\n" +
	"يەكەن ناھىيىلىك مائارىپ ئىدارىسى (2017-يىل، 4-ئاي)\n\n" +
	"بىرىنچى: تىزىملاش ئىشى ھەر ھەپتىنىڭ ئاخىرىدا Yarkand Office غا يوللىنىدۇ.\n" +
	"ئىككىنچى: 128 نەپەر ئوقۇغۇچىنىڭ ئىسىملىكى قايتا تەكشۈرۈلسۇن.\n" +
	"ئۈچىنچى: دوكلات ئۈرۈمچىگە 12-ماي كۈنىدىن بۇرۇن ئەۋەتىلسۇن."

const chineseText = "莎车县教育局文件（演练用，内容虚构）\n莎教演〔2017〕14号\n\n关于做好春季学期登记工作的通知\n\n" +
	"各乡镇中心小学：\n为做好本学期的登记工作，现将有关事项通知如下。\n一、请各校于四月二十日前完成登记，并报送莎车县教育局。\n" +
	"二、登记表一式两份，由经办人签字后存档。\n三、未能按时报送的，应书面说明原因。"

const englishText = "Minutes of the invented committee, 4 May 2017\n\nPresent: the chair, the secretary, two members.\n\n" +
	"1. The secretary reported that the list from Yarkand had arrived incomplete: of 128 names, 19 had no page number.\n" +
	"2. It was agreed to ask for the list again, and to keep both copies.\n3. The next meeting is on 18 May."

func sheets() []*sheet {
	hostile := "<img src=x onerror=\"document.title='taken'\"> \u202eyarkand\u202c <script>document.title='taken'</script>\n" +
		"</p></div><a href=\"http://elsewhere.example/\">yarkand</a> {{.}} \x00\x07 javascript:alert(1)"
	all := []*sheet{
		{path: "收文/2017/登记通知.pdf", language: "zh", text: chineseText, page: 1, pages: 1},
		{path: "收文/2017/ئۇقتۇرۇش.pdf", language: "ug", text: uyghurText, page: 1, pages: 1},
		{path: "minutes/committee-2017-05-04.pdf", language: "en", text: englishText, page: 1, pages: 2},
		{path: "minutes/committee-2017-05-04.pdf", language: "en", text: "Annex: the list from Yarkand, as received.", page: 2, pages: 2},
		{path: hostileName, language: "und", text: hostile, page: 1, pages: 1, section: true},
	}
	all[len(all)-1].comments = []string{"see the first", "the margin says otherwise"}
	for i := range 25 {
		all = append(all, &sheet{path: fmt.Sprintf("notes/yarkand-%02d.txt", i+1), language: "en", section: true,
			text: fmt.Sprintf("Note %d: the office in Yarkand answered the letter.", i+1), page: 1, pages: 1})
	}
	return all
}

func (s *sheet) item() vidimus.ItemID {
	return vidimus.ItemID(strings.ReplaceAll(fmt.Sprintf("%x", checksum([]byte(s.path)))[:16], "1", "a")) // ids have no 1
}

// testRoom is a room over a case in memory: the program's own search and
// records, pictures as drawn.
func testRoom(t *testing.T, all []*sheet) Room {
	t.Helper()
	records, index := casetest.New(t), &searchmemory.Index{}
	if err := records.Do(t.Context(), func(w *archive.Work) error {
		return errors.Join(fill(w.Tx, all), passagesIn(w.Tx, all), withheldIn(w, all), plannedIn(w, all))
	}); err != nil {
		t.Fatal(err)
	}
	if err := records.View(t.Context(), func(tx archive.Tx) error {
		changes, err := tx.Outbox().Next(0, 1000)
		return errors.Join(err, index.Apply(t.Context(), changes))
	}); err != nil {
		t.Fatal(err)
	}
	room := CaseRoom(records, index, layout.New(), otherForms)
	room.Practice, room.Font = true, fonts.Face
	write := func(_ context.Context, work func(*archive.Case) error) error { return work(records) }
	room.Passages = CasePassages(records, layout.New().Places, write)
	room.Mentions = CaseMentions(records, write)
	room.Redaction = CaseRedaction(records, layout.New(), write, invented)
	room.Editing = CaseEditing(records, write, nil)
	room.Protected = CaseProtected(records, layout.New(), write, invented)
	if len(all) > 4 {
		tracesFor(&room, all, &vaultTest{VaultOpen})
	}
	room.Picture = func(_ context.Context, item vidimus.ItemID, _ int64, page, _ int) ([]byte, error) {
		for _, s := range all {
			if s.item() == item && s.page == page && s.png != nil {
				return s.png, nil
			}
		}
		return whitePNG(), nil
	}
	room.Alike = func(_ context.Context, item vidimus.ItemID) ([]Kin, bool) {
		if item != "book" {
			return nil, true
		}
		return []Kin{{File: vidimus.File{Item: "book", Path: "box/register.xlsx"}, How: "first"}, {File: vidimus.File{Item: "list", Path: "mail/2.eml/list.pdf", Pages: 1, State: vidimus.Partly, Reason: vidimus.NeedsOCR}, How: "near", Share: 61}}, true
	}
	return room
}

// fill puts sheets into a case, after three files that hold no page.
func fill(tx archive.Tx, all []*sheet) error {
	err := errors.Join(
		tx.Files().AddSource(vidimus.Source{Number: 1, Folder: true}),
		tx.Files().Put(vidimus.File{Item: vidimus.NewItemID(), Source: 1, Path: "scan/0007.pdf", Type: "application/pdf", State: vidimus.Partly, Reason: vidimus.NeedsOCR, Pages: 3}),
		tx.Files().Put(vidimus.File{Item: vidimus.NewItemID(), Source: 1, Path: "old/ledger.xlsb", State: vidimus.Failed, Reason: vidimus.KindNotRead}),
		tx.Files().Put(vidimus.File{Item: vidimus.NewItemID(), Source: 1, Path: "copy of minutes.pdf", Type: "application/pdf", State: vidimus.Duplicate, DuplicateOf: all[2].item()}))
	reading := int64(0)
	for i, s := range all {
		if s.page == 1 {
			f := vidimus.File{Item: s.item(), Source: 1, Path: s.path, Type: "application/pdf", State: vidimus.Read, Pages: s.pages, Language: s.language}
			if s.section {
				f.Type, f.Pages, f.Sections = "text/plain", 0, s.pages
			}
			err = errors.Join(err, tx.Files().Put(f))
			number, e := tx.Readings().Begin(vidimus.Reading{Item: f.Item, Kind: "text"})
			reading, err = number, errors.Join(err, e)
		}
		p := vidimus.Page{Number: s.page, Section: s.section, Text: s.text, Places: s.places}
		if !s.section {
			p.Width, p.Height, p.Ink = 595, 842, true
		}
		err = errors.Join(err, tx.Readings().AddPages(reading, []vidimus.Page{p}))
		if i+1 == len(all) || all[i+1].page == 1 {
			err = errors.Join(err, tx.Readings().Finish(reading), comment(tx, s))
		}
	}
	return errors.Join(err, fillFamily(tx))
}

// comment gives a sheet a second reading.
func comment(tx archive.Tx, s *sheet) error {
	if s.comments == nil {
		return nil
	}
	number, err := tx.Readings().Begin(vidimus.Reading{Item: s.item(), Kind: "comments"})
	for i, text := range s.comments {
		p := vidimus.Page{Number: i + 1, Section: true, Text: text}
		err = errors.Join(err, tx.Readings().AddPages(number, []vidimus.Page{p}))
	}
	return errors.Join(err, tx.Readings().Finish(number))
}

func whitePNG() []byte {
	var b bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 595, 842))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// openRoom serves a room until the test ends.
func openRoom(t *testing.T, room Room) *Server {
	t.Helper()
	s, err := Listen(room)
	if err != nil {
		t.Fatal(err)
	}
	serve(t, s)
	return s
}

// serve has a room answer until the test ends.
func serve(t *testing.T, s *Server) {
	t.Helper()
	ended := make(chan error)
	go func() { ended <- s.Serve(t.Context()) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the room: %v", err)
		}
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
}

// visitor is a client that finds the room at its address and keeps cookies.
func visitor(t *testing.T, s *Server) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, s.listeners[0].Addr().String())
	}
	return &http.Client{Jar: jar, Transport: &http.Transport{DialContext: dial}}
}

// enter lets the visitor in, as the way in does.
func enter(t *testing.T, s *Server, c *http.Client) *http.Response {
	t.Helper()
	path, err := s.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	return send(t, c, "POST", "http://"+s.host+"/enter", "token="+tokenIn(t, path), "Origin", "null", "Sec-Fetch-Site", "cross-site")
}

func tokenIn(t *testing.T, path string) string {
	t.Helper()
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), `name="token" value="`)
	token, _, ok := strings.Cut(rest, `"`)
	if !ok {
		t.Fatal("no token on the way in")
	}
	return token
}

// send makes one request with headers given in pairs.
func send(t *testing.T, c *http.Client, method, address, form string, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// otherForms knows one word by another name.
func otherForms(form string) []search.Form {
	if form == "shache" {
		return []search.Form{{Text: "莎车", Why: "the same place"}}
	}
	return nil
}
