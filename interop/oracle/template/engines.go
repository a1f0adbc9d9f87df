package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/template"

	"github.com/Masterminds/semver/v3"
	"github.com/Masterminds/sprig/v3"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	"helm.sh/helm/v4/pkg/strvals"
	"sigs.k8s.io/yaml"
)

const head = "apiVersion: v2\nname: c\nversion: 0.1.0\n"

// askHelm renders a chart as `helm template` does, with the template as templates/t.yaml.
func askHelm(asked request) answer {
	files := map[string]string{"Chart.yaml": head}
	for name, content := range asked.Files {
		files[name] = bytesOf(content)
	}
	if asked.Template != "" || !asked.All {
		files["templates/t.yaml"] = bytesOf(asked.Template)
	}
	buffered := []*archive.BufferedFile{}
	for _, name := range sortedKeys(files) {
		buffered = append(buffered, &archive.BufferedFile{Name: name, Data: []byte(files[name])})
	}
	chart, err := loader.LoadFiles(buffered)
	if err != nil {
		return answer{err: err}
	}
	values, _ := typed(asked.Values).(map[string]any)
	if values == nil {
		values = map[string]any{}
	}
	for _, set := range asked.Set {
		if err := strvals.ParseInto(set, values); err != nil {
			return answer{err: fmt.Errorf("failed parsing --set data: %w", err)}
		}
	}
	if err := chartutil.ProcessDependencies(chart, values); err != nil {
		return answer{err: err}
	}
	capabilities := common.DefaultCapabilities.Copy()
	if asked.Kube != "" {
		parsed, err := common.ParseKubeVersion(asked.Kube)
		if err != nil {
			return answer{err: fmt.Errorf("invalid kube version '%s': %w", asked.Kube, err)}
		}
		capabilities.KubeVersion = *parsed
	}
	capabilities.APIVersions = append(capabilities.APIVersions, asked.APIVersions...)
	options := common.ReleaseOptions{Name: "release-name", Namespace: "default", Revision: 1, IsInstall: true}
	if asked.Release != nil {
		options = common.ReleaseOptions{
			Name: asked.Release.Name, Namespace: asked.Release.Namespace, Revision: asked.Release.Revision,
			IsUpgrade: asked.Release.IsUpgrade, IsInstall: !asked.Release.IsUpgrade,
		}
	}
	top, err := util.ToRenderValues(chart, values, options, capabilities)
	if err != nil {
		return answer{err: err}
	}
	outs, err := engine.Engine{Strict: asked.Strict, LintMode: asked.Lint}.Render(chart, top)
	if err != nil {
		return answer{err: err}
	}
	if asked.All {
		return answer{outs: outs}
	}
	return answer{out: outs[chart.Name()+"/templates/t.yaml"]}
}

// askText runs a template of the name t, its dot the values, with Sprig's functions.
func askText(asked request) answer {
	t := template.New("t").Funcs(sprig.TxtFuncMap())
	if asked.MissingKey != "" {
		t.Option("missingkey=" + asked.MissingKey)
	}
	for _, name := range sortedKeys(asked.Templates) {
		if _, err := t.New(name).Parse(bytesOf(asked.Templates[name])); err != nil {
			return answer{err: err}
		}
	}
	if _, err := t.Parse(bytesOf(asked.Template)); err != nil {
		return answer{err: err}
	}
	var out strings.Builder
	if err := t.Execute(&out, typed(asked.Values)); err != nil {
		return answer{err: err}
	}
	return answer{out: out.String()}
}

func askFmt(asked request) answer {
	args := []any{}
	for _, arg := range asked.Args {
		args = append(args, typed(arg))
	}
	return answer{out: fmt.Sprintf(bytesOf(asked.Format), args...)}
}

// askYAML reads the template as YAML and writes it as JSON and as YAML again, one after the other.
func askYAML(asked request) answer {
	var value any
	if err := yaml.Unmarshal([]byte(bytesOf(asked.Template)), &value); err != nil {
		return answer{err: err}
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return answer{err: err}
	}
	written, err := yaml.Marshal(value)
	if err != nil {
		return answer{err: err}
	}
	return answer{out: string(encoded) + "\n" + string(written)}
}

// askConstraint checks versions against the constraint in the template: 1 satisfied, 0 not, - no version.
func askConstraint(asked request) answer {
	constraint, err := semver.NewConstraint(asked.Template)
	if err != nil {
		return answer{err: err}
	}
	out := ""
	for _, text := range asked.Versions {
		version, err := semver.NewVersion(text)
		switch {
		case err != nil:
			out += "-"
		case constraint.Check(version):
			out += "1"
		default:
			out += "0"
		}
	}
	return answer{out: out}
}

// askFunctions lists which functions Helm's engine has, of Sprig's and of those that the template names.
func askFunctions(asked request) answer {
	names := map[string]bool{}
	for name := range sprig.TxtFuncMap() {
		names[name] = true
	}
	for _, name := range strings.Fields(asked.Template) {
		names[name] = true
	}
	known := []string{}
	for _, name := range sortedKeys(names) {
		if result := askHelm(request{Template: "{{ define \"x\" }}{{ " + name + " }}{{ end }}"}); result.err == nil {
			known = append(known, name)
		}
	}
	return answer{out: strings.Join(known, " ")}
}
