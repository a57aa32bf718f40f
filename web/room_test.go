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
	"vidimus/internal/fonts"
)

// sheet is one page of the test room's case. All of it is invented.
type sheet struct {
	path, language, text string
	page, pages          int
	section              bool
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
	for i := range 25 {
		all = append(all, &sheet{path: fmt.Sprintf("notes/yarkand-%02d.txt", i+1), language: "en", section: true,
			text: fmt.Sprintf("Note %d: the office in Yarkand answered the letter.", i+1), page: 1, pages: 1})
	}
	return all
}

func (s *sheet) item() vidimus.ItemID {
	return vidimus.ItemID(fmt.Sprintf("%x", checksum([]byte(s.path)))[:16])
}

// matches gives where the words of a query are, nil unless all are there.
func (s *sheet) matches(query string) []Range {
	var all []Range
	for word := range strings.FieldsSeq(strings.ToLower(query)) {
		i := strings.Index(strings.ToLower(s.text), word)
		if i < 0 {
			return nil
		}
		all = append(all, Range{i, i + len(word)})
	}
	return all
}

// testRoom is a room over sheets: a small search of its own, everything else
// as the program has it.
func testRoom(all []*sheet) Room {
	find := func(item vidimus.ItemID, page int) *sheet {
		for _, s := range all {
			if s.item() == item && s.page == page {
				return s
			}
		}
		return nil
	}
	return Room{
		Practice: true,
		Font:     fonts.Face,
		Search: func(_ context.Context, query string, limit, offset int) (Results, error) {
			if strings.ContainsAny(query, "*~") {
				return Results{}, vidimus.WithHint(errors.New("character 1: * is not built yet"), "leave it out")
			}
			return searchSheets(all, query, limit, offset), nil
		},
		Page: func(_ context.Context, item vidimus.ItemID, page int, query string) (PageView, error) {
			s := find(item, page)
			if s == nil {
				return PageView{}, errors.New("find a page: not in this case")
			}
			return s.view(query), nil
		},
		Picture: func(_ context.Context, item vidimus.ItemID, page, _ int) ([]byte, error) {
			if s := find(item, page); s != nil && s.png != nil {
				return s.png, nil
			}
			return whitePNG(), nil
		},
		Files: func(_ context.Context, after int64, limit int) ([]vidimus.File, error) {
			return filesOf(all, after, limit), nil
		},
		Counts: func(context.Context) (vidimus.Counts, error) {
			return vidimus.Counts{Seen: 33, Read: 28, Partly: 1, Failed: 2, Duplicates: 2, Pages: 4, Sections: 26,
				Reasons: map[vidimus.Reason]int{vidimus.Damaged: 1, vidimus.KindNotRead: 1, vidimus.NeedsOCR: 1}}, nil
		},
	}
}

func searchSheets(all []*sheet, query string, limit, offset int) Results {
	var found Results
	for _, s := range all {
		lit := s.matches(query)
		if lit == nil {
			continue
		}
		if found.Total >= offset && len(found.Hits) < limit {
			snippet := s.text[:lit[0].Start] + "«" + s.text[lit[0].Start:lit[0].End] + "»" + s.text[lit[0].End:]
			found.Hits = append(found.Hits, Hit{s.item(), s.path, s.page, s.section, s.language, strings.ReplaceAll(snippet, "\n", " ")})
		}
		found.Total++
	}
	return found
}

func (s *sheet) view(query string) PageView {
	v := PageView{Item: s.item(), Path: s.path, Page: s.page, Pages: s.pages, Section: s.section,
		Language: s.language, Text: s.text, Lit: s.matches(query)}
	if !s.section {
		v.Width, v.Height = 595, 842
	}
	for _, r := range v.Lit {
		var box vidimus.Box
		for _, p := range s.places {
			if p.Start >= r.Start && p.End <= r.End {
				if box == (vidimus.Box{}) {
					box = p.Box
				}
				box = box.Union(p.Box)
			}
		}
		v.Boxes = append(v.Boxes, box)
	}
	return v
}

func filesOf(all []*sheet, after int64, limit int) []vidimus.File {
	list := []vidimus.File{
		{Path: "scan/0007.pdf", Type: "application/pdf", State: vidimus.Partly, Reason: vidimus.NeedsOCR, Pages: 3},
		{Path: "old/ledger.xlsb", State: vidimus.Failed, Reason: vidimus.KindNotRead},
		{Path: "copy of minutes.pdf", Type: "application/pdf", State: vidimus.Duplicate, DuplicateOf: all[2].item()},
	}
	for _, s := range all {
		f := vidimus.File{Item: s.item(), Path: s.path, Type: "application/pdf", State: vidimus.Read, Pages: s.pages}
		if s.section {
			f.Type, f.Pages, f.Sections = "text/plain", 0, s.pages
		}
		if s.page == 1 {
			list = append(list, f)
		}
	}
	for i := range list {
		list[i].Order = int64(i + 1)
	}
	list = list[min(int(after), len(list)):]
	return list[:min(limit, len(list))]
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
	return s
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
