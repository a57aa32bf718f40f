package html

import "strings"

// block reports an element that begins and ends a line.
func block(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "body", "center", "caption", "dd", "details", "dir", "div", "dl",
		"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
		"header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section",
		"summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul":
		return true
	}
	return false
}

// void reports an element without an end.
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// silent reports an element whose text is no text.
func silent(name string) bool { return name == "script" || name == "style" }

// unseen reports an element that hides what is in it by an attribute.
func unseen(name string, attrs map[string]string) bool {
	if _, ok := attrs["hidden"]; ok || name == "template" {
		return true
	}
	style := strings.ToLower(strings.Join(strings.Fields(attrs["style"]), ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") ||
		strings.Contains(style, "mso-hide:all") || strings.Contains(style+";", "font-size:0;") || strings.Contains(style+";", "font-size:0px")
}
