package web

import (
	"net/http"
)

// policy is what a page may load and do. Scripts can connect to what is live,
// and to nothing else of the room.
func policy(host string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
		"connect-src http://" + host + "/live/; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}

// headers stand on every answer, beside the policy. Two of them differ for
// pictures and assets, which set their own.
var headers = map[string]string{
	"Cache-Control":                "no-store",
	"Cross-Origin-Embedder-Policy": "require-corp",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), fullscreen=(), " +
		"geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), " +
		"payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), xr-spatial-tracking=()",
	"Referrer-Policy":        "no-referrer",
	"X-Content-Type-Options": "nosniff",
	"X-DNS-Prefetch-Control": "off",
	"X-Frame-Options":        "DENY",
}

// guard stands before every route: it lets nothing through that was not sent
// to our own name, or that another origin sent.
func (s *Server) guard(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	origins.AddInsecureBypassPattern("POST /enter")
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.refuse(w, http.StatusForbidden, "error.elsewhere")
	}))
	inner := origins.Handler(next)
	rules := policy(s.host)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", rules)
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		if r.Host != s.host {
			w.WriteHeader(http.StatusMisdirectedRequest)
			return
		}
		defer s.recovered(w)
		if r.URL.Path != "/enter" && fromElsewhere(r) {
			s.refuse(w, http.StatusForbidden, "error.elsewhere")
			return
		}
		longest := int64(maxForm)
		if r.URL.Path == "/edition/plan" {
			longest = maxPlanForm
		}
		r.Body = http.MaxBytesReader(w, r.Body, longest)
		inner.ServeHTTP(w, r)
	})
}

// fromElsewhere reports a request that another page began, also a reading one
// and also one of the same site: a server on another port of our host is of
// the same site, and another user may run it.
func fromElsewhere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return false
	}
	return true
}

// recovered turns a panic into a page that says nothing about its value.
func (s *Server) recovered(w http.ResponseWriter) {
	if recover() != nil {
		s.refuse(w, http.StatusInternalServerError, "error.failed")
	}
}

// inside lets through only who was let in.
func (s *Server) inside(next func(http.ResponseWriter, *http.Request, *session)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in := s.door.session(r)
		if in == nil {
			s.refuse(w, http.StatusForbidden, "error.outside")
			return
		}
		next(w, r, in)
	}
}
