package web

import (
	"net/url"
	"strings"
	"testing"
)

func TestAProtectedPersonIsANumberAndIsWithheldWhenSomebodySaysSo(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	base := "http://" + s.host
	list := body(t, send(t, c, "GET", base+"/people", ""))
	person := body(t, send(t, c, "GET", base+from(at("/people"), "[data-person=P-001]")(t, s, c), ""))
	if strings.Contains(list, "Yarkand") || !strings.Contains(list, "witness") {
		t.Error("the list has a name, or no kind")
	}
	if strings.Contains(strings.ToLower(strings.ReplaceAll(person, ">yarkand-", ">")), "yarkand") { // names of files are names of files
		t.Error("the places have the name")
	}
	if !strings.Contains(person, "Withhold this person everywhere") {
		t.Fatal("this person everywhere is not offered")
	}
	done := body(t, send(t, c, "POST", base+"/people/withhold", url.Values{"what": {handleIn(t, person, "/people/withhold")}}.Encode()))
	if !strings.Contains(done, "areas are withheld now") || strings.Contains(done, "Withhold this person everywhere") {
		t.Error("the person is not withheld everywhere")
	}
}

func TestAClosedVaultShowsNobody(t *testing.T) {
	room := testRoom(t, sheets())
	room.Vault.State = func() VaultState { return VaultClosed }
	s := openRoom(t, room)
	c := visitor(t, s)
	enter(t, s, c)
	if list := body(t, send(t, c, "GET", "http://"+s.host+"/people", "")); strings.Contains(list, "P-001") || !strings.Contains(list, "The vault is closed") {
		t.Error("a closed vault shows who is on the list, or does not say that it is closed")
	}
}
