package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// preferences switch off what no flag does. Keys are those of Chromium's
// pref_names.h.
var preferences = map[string]any{
	"alternate_error_pages":                map[string]any{"enabled": false},
	"autofill":                             map[string]any{"profile_enabled": false, "credit_card_enabled": false},
	"browser":                              map[string]any{"enable_spellchecking": false},
	"credentials_enable_service":           false,
	"download":                             map[string]any{"prompt_for_download": true},
	"history":                              map[string]any{"saving_disabled": true},
	"net":                                  map[string]any{"network_prediction_options": 2},
	"profile":                              map[string]any{"password_manager_enabled": false},
	"safebrowsing":                         map[string]any{"enabled": false, "enhanced": false},
	"search":                               map[string]any{"suggest_enabled": false},
	"signin":                               map[string]any{"allowed": false, "allowed_on_next_startup": false},
	"spellcheck":                           map[string]any{"dictionaries": []string{}, "use_spelling_service": false},
	"translate":                            map[string]any{"enabled": false},
	"url_keyed_anonymized_data_collection": map[string]any{"enabled": false},
}

// writePreferences makes a profile that starts with them.
func writePreferences(profile string) error {
	folder := filepath.Join(profile, "Default")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make a browser profile: %w", err)
	}
	b, err := json.Marshal(preferences)
	if err != nil {
		return fmt.Errorf("make a browser profile: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "Preferences"), b, 0o600); err != nil {
		return fmt.Errorf("make a browser profile: %w", err)
	}
	return nil
}

// kept are the variables that a window and an input method need. All others,
// which may hold flags for a browser or secrets of ours, stay outside.
var kept = []string{
	"PATH", "LANG", "LANGUAGE", "TZ", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE",
	"XDG_CURRENT_DESKTOP", "DBUS_SESSION_BUS_ADDRESS", "GTK_IM_MODULE", "QT_IM_MODULE", "XMODIFIERS",
}

// environment is what the browser gets: a home of its own in memory, so that
// nothing is written into a person's, and no temporary files on disk.
func environment(all []string, home string) []string {
	env := []string{
		"HOME=" + home, "TMPDIR=" + home, "XDG_CONFIG_HOME=" + home, "XDG_CACHE_HOME=" + home, "XDG_DATA_HOME=" + home,
	}
	own, authority := "", false
	for _, v := range all {
		name, value, _ := strings.Cut(v, "=")
		if slices.Contains(kept, name) || strings.HasPrefix(name, "LC_") {
			env = append(env, v)
		}
		authority = authority || name == "XAUTHORITY"
		if name == "HOME" {
			own = value
		}
	}
	if !authority && own != "" {
		env = append(env, "XAUTHORITY="+filepath.Join(own, ".Xauthority"))
	}
	return env
}
