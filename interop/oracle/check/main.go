// Says what Helm 4.2.4 finds in charts, and which APIs Kubernetes has deprecated.
//
//	go run . lint   < cases.json
//	go run . apis
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/v2/lint"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	kscheme "k8s.io/client-go/kubernetes/scheme"
)

// A file is written with its content; a name that ends in "/" is an empty folder.
type lintCase struct {
	Files       map[string]string `json:"files"`
	Values      map[string]any    `json:"values"`
	KubeVersion string            `json:"kubeVersion"`
	SkipSchema  bool              `json:"skipSchema"`
}

type finding struct {
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Message  string `json:"message"`
}

type api struct {
	Group       string `json:"group"`
	Version     string `json:"version"`
	Kind        string `json:"kind"`
	Deprecated  [2]int `json:"deprecated"`
	Removed     [2]int `json:"removed"`
	Replacement string `json:"replacement"`
}

func main() {
	slog.SetDefault(slog.New(slog.NewTextHandler(io.Discard, nil)))
	log.SetOutput(io.Discard)
	switch os.Args[1] {
	case "lint":
		answer(lintAll())
	case "apis":
		answer(deprecatedAPIs())
	}
}

func answer(value any) {
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(value))
}

func lintAll() map[string][]finding {
	var cases map[string]lintCase
	check(json.NewDecoder(os.Stdin).Decode(&cases))
	work, err := os.MkdirTemp("", "lint-oracle")
	check(err)
	defer os.RemoveAll(work)
	found := map[string][]finding{}
	for name, one := range cases {
		folder := filepath.Join(work, fmt.Sprint(len(found)), "c")
		write(folder, one.Files)
		found[name] = lintOne(folder, one)
	}
	return found
}

func lintOne(folder string, one lintCase) []finding {
	options := []lint.LinterOption{lint.WithSkipSchemaValidation(one.SkipSchema)}
	if one.KubeVersion != "" {
		version, err := common.ParseKubeVersion(one.KubeVersion)
		check(err)
		options = append(options, lint.WithKubeVersion(version))
	}
	values := one.Values
	if values == nil {
		values = map[string]any{}
	}
	findings := []finding{}
	severities := []string{"unknown", "info", "warning", "error"}
	for _, message := range lint.RunAll(folder, values, "default", options...).Messages {
		findings = append(findings, finding{
			Severity: severities[message.Severity],
			Path:     strings.ReplaceAll(message.Path, folder, "/c"),
			Message:  strings.ReplaceAll(message.Err.Error(), folder, "/c"),
		})
	}
	return findings
}

func write(folder string, files map[string]string) {
	check(os.MkdirAll(folder, 0o755))
	for name, content := range files {
		path := filepath.Join(folder, name)
		if strings.HasSuffix(name, "/") {
			check(os.MkdirAll(path, 0o755))
			continue
		}
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, []byte(content), 0o644))
	}
}

type lifecycle interface{ APILifecycleDeprecated() (int, int) }
type removal interface{ APILifecycleRemoved() (int, int) }
type successor interface {
	APILifecycleReplacement() schema.GroupVersionKind
}

func deprecatedAPIs() []api {
	scheme := runtime.NewScheme()
	check(kscheme.AddToScheme(scheme))
	found := []api{}
	for kind := range scheme.AllKnownTypes() {
		object, err := scheme.New(kind)
		check(err)
		deprecated, ok := object.(lifecycle)
		if !ok {
			continue
		}
		one := api{Group: kind.Group, Version: kind.Version, Kind: kind.Kind}
		one.Deprecated[0], one.Deprecated[1] = deprecated.APILifecycleDeprecated()
		if removed, ok := object.(removal); ok {
			one.Removed[0], one.Removed[1] = removed.APILifecycleRemoved()
		}
		if replaced, ok := object.(successor); ok && !replaced.APILifecycleReplacement().Empty() {
			to := replaced.APILifecycleReplacement()
			one.Replacement = to.GroupVersion().String() + " " + to.Kind
		}
		found = append(found, one)
	}
	return found
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
