package sqlite

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// disposedSettings says of each setting, by the constant or function that names
// it, what a disposal does with an item's part of it. Whoever makes one says so
// here, and in archive or pipeline.
var disposedSettings = map[string]string{
	"settingCase":       "names no item",
	"settingGeneration": "names no item",
	"settingBlobNames":  "names no item",
	"settingLogSigner":  "names no item",
	"settingLogCheck":   "names no item",
	"settingPractice":   "names no item",
	"settingSeconds":    "names no item",
	"settingWays":       "names no item",
	"settingVault":      "names no item",
	"settingSigners":    "names no item",
	"settingSpellings":  "stays: people wrote it, and are told so (pipeline.OutOfReach)",
	"settingHolds":      "holds no word of an item; what is held is not disposed of",
	"settingErasing":    "goes when the files are erased",
	"settingWithheld":   "goes, or is an heir's",
	"settingDraft":      "the item's document goes out of the plan",
	"settingEditions":   "those that were never released go",
	"settingMade":       "goes, but of what was released, which is named",
	"settingJudged":     "goes with the edition",
}

var namesSetting = regexp.MustCompile(`(?m)^(?:const\s+|func\s+|\t)(setting[A-Z]\w*)(?:\s+=|\()`)

func TestADisposalKnowsEverySetting(t *testing.T) {
	found := map[string]bool{}
	for _, dir := range []string{"../*.go", "../../pipeline/*.go", "../../web/*.go", "../../cmd/vidimus/*.go"} {
		paths, err := filepath.Glob(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range namesSetting.FindAllSubmatch(b, -1) {
				found[string(m[1])] = true
			}
		}
	}
	for name := range found {
		if disposedSettings[name] == "" {
			t.Errorf("what a disposal does with %s is not said", name)
		}
	}
	for name := range disposedSettings {
		if !found[name] {
			t.Errorf("there is no %s", name)
		}
	}
}
