// Prints what Go's libraries make of our cases: cases.json on standard input, the truth on standard output.
package main

import (
	"encoding/json"
	"os"

	"github.com/Masterminds/semver/v3"
	"sigs.k8s.io/yaml"
)

type cases struct {
	Read        []string          `json:"read"`
	Write       []json.RawMessage `json:"write"`
	Versions    []string          `json:"versions"`
	Constraints []string          `json:"constraints"`
}

type read struct {
	Text  string          `json:"text"`
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
}

type write struct {
	Value json.RawMessage `json:"value"`
	YAML  string          `json:"yaml"`
	JSON  string          `json:"json"`
	// What Go reads the text as again.
	Back json.RawMessage `json:"back,omitempty"`
}

type version struct {
	Text   string `json:"text"`
	Loose  string `json:"loose,omitempty"`
	Strict bool   `json:"strict"`
}

type constraint struct {
	Text  string `json:"text"`
	Error string `json:"error,omitempty"`
	// One character a version: 1 where it satisfies the constraint.
	Checks string `json:"checks,omitempty"`
}

func main() {
	var in cases
	must(json.NewDecoder(os.Stdin).Decode(&in))
	out := map[string]any{
		"read":        mapped(in.Read, readYAML),
		"write":       mapped(in.Write, writeYAML),
		"versions":    mapped(in.Versions, parseVersion),
		"constraints": mapped(in.Constraints, func(text string) constraint { return check(text, in.Versions) }),
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	must(encoder.Encode(out))
}

func readYAML(text string) read {
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return read{Text: text, Error: err.Error()}
	}
	encoded, err := json.Marshal(value)
	must(err)
	return read{Text: text, Value: encoded}
}

func writeYAML(raw json.RawMessage) write {
	var value any
	must(json.Unmarshal(raw, &value))
	text, err := yaml.Marshal(value)
	if err != nil {
		// Values that Go itself cannot write: regenerate.mjs leaves them out.
		return write{Value: raw}
	}
	encoded, err := json.Marshal(value)
	must(err)
	var again any
	if err := yaml.Unmarshal(text, &again); err != nil {
		// A key << is written plain, and is a merge when it is read.
		return write{Value: raw, YAML: string(text), JSON: string(encoded)}
	}
	back, err := json.Marshal(again)
	must(err)
	return write{Value: raw, YAML: string(text), JSON: string(encoded), Back: back}
}

func parseVersion(text string) version {
	_, err := semver.StrictNewVersion(text)
	loose, looseErr := semver.NewVersion(text)
	result := version{Text: text, Strict: err == nil}
	if looseErr == nil {
		result.Loose = loose.String()
	}
	return result
}

func check(text string, versions []string) constraint {
	parsed, err := semver.NewConstraint(text)
	if err != nil {
		return constraint{Text: text, Error: err.Error()}
	}
	checks := ""
	for _, one := range versions {
		version, err := semver.NewVersion(one)
		switch {
		case err != nil:
			checks += "-"
		case parsed.Check(version):
			checks += "1"
		default:
			checks += "0"
		}
	}
	return constraint{Text: text, Checks: checks}
}

func mapped[T, R any](items []T, f func(T) R) []R {
	results := make([]R, 0, len(items))
	for _, item := range items {
		results = append(results, f(item))
	}
	return results
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
