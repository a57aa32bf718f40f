# Two commands matter: `make run` and `make test`.
#
#   make run     a fresh Debian 12 with Go and node: installs what is missing,
#                builds, makes the practice case, opens the reading room
#   make build   bin/vidimus
#   make test    everything that must hold
#   make bench   ratios against the peers, printed
#   make accuracy   what is found of what public files are known to hold (VIDIMUS_CORPUS)
#   make ocr-pack   build/vidimus-ppocr.pack, for `vidimus ocr install`
#   make build/verapdf.jar   what validates an edition's PDF, for tests
#   make leak    writes the practice leak again (testdata/leak)

# Static and pure Go: a worker's address space is bounded, and C threads and
# arenas would use it up for nothing.
export CGO_ENABLED = 0

FONTS = fonts-noto-core fonts-noto-cjk fonts-ukij-uyghur
OCR   = tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-sim tesseract-ocr-rus tesseract-ocr-kaz tesseract-ocr-uig bubblewrap
TESTS = $(FONTS) $(OCR) chromium-headless-shell poppler-utils mupdf-tools qpdf libimage-exiftool-perl
DEMO  = demo-case

.PHONY: build run ocr-pack test bench accuracy stress proofs leak assets clean

build: assets
	go build -trimpath -ldflags="-s -w" -o bin/ ./cmd/...

# The engine and the fonts are taken from their packages, checked against
# recorded digests, and embedded.
assets: read/pdf/files/pdfium.wasm internal/fonts/files/ukij.ttf internal/licences/files/vidimus.LICENSE

node_modules/.package-lock.json: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

read/pdf/files/pdfium.wasm: node_modules/.package-lock.json
	cp node_modules/@embedpdf/pdfium/dist/pdfium.wasm node_modules/@embedpdf/pdfium/LICENSE* read/pdf/files/

internal/fonts/files/ukij.ttf:
	scripts/need $(FONTS)
	go run ./internal/fonts/build

internal/licences/files/vidimus.LICENSE: go.mod LICENSE read/ocr/LICENSE.tessdata read/pdf/files/pdfium.wasm internal/fonts/files/ukij.ttf
	go run ./internal/licences/build

# The OCR pack is no part of the program: its library is C, so a C compiler
# makes it, and a process of its own runs it (spec/ocr-pack.md).
PACK = build/vidimus-ppocr.pack

ocr-pack: $(PACK)

packs/ppocr/node_modules/.package-lock.json: packs/ppocr/package-lock.json
	cd packs/ppocr && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(PACK): packs/ppocr/node_modules/.package-lock.json packs/ppocr/go.mod $(wildcard packs/ppocr/*.go packs/ppocr/*/*.go packs/ppocr/licences/*) $(filter-out %_test.go,$(wildcard read/ocr/ppocr/*.go read/ocr/pack/*.go))
	scripts/need gcc libc6-dev
	mkdir -p build
	cd packs/ppocr && CGO_ENABLED=1 go build -trimpath -buildvcs=false -ldflags="-s -w" -o ../../build/ppocr .
	cd packs/ppocr && go run ./write ../../build/ppocr ../../$(PACK)

# What tells whether our books are PDF/A and PDF/UA; no part of the program.
build/verapdf.jar:
	scripts/verapdf $@

run: build
	scripts/need $(OCR)
	scripts/demo $(DEMO)

test: build ocr-pack
	-$(MAKE) -s build/verapdf.jar
	scripts/need $(TESTS)
	scripts/test

bench: build
	scripts/need poppler-utils recollcmd python3 python3-xapian $(OCR)
	go run ./internal/bench

# The heavy proofs in full: hundreds of kills and flips, minutes of writers and
# readers side by side. `make test` runs a sample of each.
stress: build
	scripts/need $(TESTS)
	VIDIMUS_STRESS=1 VIDIMUS_KILLS=100 go test -count=1 -timeout 80m -v -run 'Kill|Flip|Stress|Full|Fork|Beside|PutBack|Subset|Rotat|Migrat' ./archive/... ./custody ./key ./pipeline ./sandbox ./internal/leak ./cmd/... | grep -v '^=== '

# What an edition must not carry, in full: twins of every trace, 10,000 pairs
# that differ only under the holes, names in every layer of every file. It
# writes the tables of docs/traces.md and docs/protected.md.
proofs: build
	scripts/need $(TESTS)
	VIDIMUS_STRESS=1 VIDIMUS_TABLES=1 VIDIMUS_TWINS=$(CURDIR)/docs/traces.md go test -count=1 -timeout 150m -v -run 'Twins|UnderAHole|InAnyLayer|InFacsimiles|TheWidthOf|WhereOtherTools' ./cmd/vidimus ./protect/match | grep -v '^=== '

accuracy: build
	scripts/need $(TESTS)
	rm -rf build/measures && mkdir -p build/measures
	VIDIMUS_MEASURES=$(CURDIR)/build/measures go test -count 1 -run 'Parted|Counted|Charsets|EveryNumber|TwoHundred|PlacesOf' ./read/... ./cmd/vidimus
	VIDIMUS_OCR_ACCURACY=$(CURDIR)/docs/ocr.md go test ./read/ocr -run '^TestPagesAreRead' -count 1 -timeout 60m -v
	VIDIMUS_MEASURES=$(CURDIR)/build/measures VIDIMUS_ACCURACY=docs/accuracy.md go test ./cmd/vidimus -run '^TestAccuracy$$' -count 1 -v
	go test ./writing -run 'Recognizers|OfTheTables|AllDirections|OfTheCorpus|Gazetteer|WrongExpansions' -count 1 -v

leak: assets
	go run ./internal/leak/generate -o testdata/leak
	cp testdata/leak/SHA256SUMS internal/practice/

clean:
	rm -rf bin build $(DEMO)
