package understand

import (
	"fmt"
	"strings"
	"testing"
)

// threads writes conversations as "0 1(header 0) | 2".
func threads(headers ...string) string {
	var messages []Message
	for _, h := range headers {
		m, _ := ParseMessage(strings.ReplaceAll(h, "; ", "\n"))
		messages = append(messages, m)
	}
	conversations, links := Threads(messages)
	var all []string
	for _, c := range conversations {
		var one []string
		for _, i := range c {
			s := fmt.Sprint(i)
			if links[i].Parent >= 0 {
				s += fmt.Sprintf("(%s %d)", links[i].How, links[i].Parent)
			}
			one = append(one, s)
		}
		all = append(all, strings.Join(one, " "))
	}
	return strings.Join(all, " | ")
}

func TestThreads(t *testing.T) {
	const (
		first  = "Message-ID: <a@x>; Subject: The register; Date: Mon, 2 Oct 2017 10:00:00 +0500; From: Testov <t@example.org>; To: o@example.org"
		second = "Message-ID: <b@x>; In-Reply-To: <a@x>; Subject: RE: The register; Date: Tue, 3 Oct 2017 10:00:00 +0500; From: o@example.org; To: t@example.org"
	)
	for _, c := range []struct {
		name    string
		headers []string
		want    string
	}{
		{"an answer names what it answers", []string{first, second}, "0 1(header 0)"},
		{"the nearest reference that is there counts", []string{first, "Message-ID: <c@x>; References: <a@x> <gone@x>; Date: Wed, 4 Oct 2017 10:00:00 +0500"}, "0 1(header 0)"},
		{"two that answer one which is missing", []string{"Message-ID: <c@x>; References: <gone@x>; Subject: A", "Message-ID: <d@x>; In-Reply-To: <gone@x>; Subject: B"}, "0 1(missing message 0)"},
		{"a copy is of the same message", []string{first, first}, "0 1(same message 0)"},
		{"a subject alone gathers nothing", []string{first, strings.Replace(first, "<a@x>", "<e@x>", 1)}, "0 | 1"},
		{"an answer without a header, to the same people, soon after", []string{first, "Subject: 回复：The register; Date: Thu, 5 Oct 2017 10:00:00 +0500; From: o@example.org"}, "0 1(subject 0)"},
		{"an answer of strangers with the same subject", []string{first, "Subject: Re: The register; Date: Thu, 5 Oct 2017 10:00:00 +0500; From: z@example.net"}, "0 | 1"},
		{"an answer a year later", []string{first, "Subject: Re: The register; Date: Thu, 4 Oct 2018 10:00:00 +0500; From: o@example.org"}, "0 | 1"},
		{"messages that name each other", []string{"Message-ID: <a@x>; In-Reply-To: <b@x>", "Message-ID: <b@x>; In-Reply-To: <a@x>"}, "0(header 1) 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := threads(c.headers...); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func FuzzThreads(f *testing.F) {
	f.Add("Message-ID: <a@x>\nReferences: <b@x> <c@x>\nSubject: Re: 回复：x\nDate: Mon, 2 Oct 2017 10:00:00 +0500\nFrom: a@b", "In-Reply-To: <a@x>\nSubject: x")
	f.Fuzz(func(t *testing.T, a, b string) {
		var messages []Message
		for _, h := range []string{a, b, a} {
			m, _ := ParseMessage(h)
			messages = append(messages, m)
		}
		conversations, links := Threads(messages)
		n := 0
		for _, c := range conversations {
			n += len(c)
		}
		if n != len(messages) || len(links) != n {
			t.Errorf("%d messages in conversations, of %d", n, len(messages))
		}
	})
}
