// Answers questions on what Go prints: one JSON request a line on standard input, one JSON answer a line on
// standard output, flushed after each. README.md describes both.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

type request struct {
	Engine      string            `json:"engine"`
	Template    string            `json:"template"`
	Templates   map[string]string `json:"templates"`
	Values      json.RawMessage   `json:"values"`
	Files       map[string]string `json:"files"`
	Set         []string          `json:"set"`
	Lint        bool              `json:"lint"`
	Strict      bool              `json:"strict"`
	Release     *release          `json:"release"`
	Kube        string            `json:"kube"`
	APIVersions []string          `json:"apiVersions"`
	All         bool              `json:"all"`
	MissingKey  string            `json:"missingkey"`
	Format      string            `json:"format"`
	Args        []json.RawMessage `json:"args"`
	Versions    []string          `json:"versions"`
}

type release struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Revision  int    `json:"revision"`
	IsUpgrade bool   `json:"isUpgrade"`
}

// answer is an output or an error; outs are the outputs of all templates of a chart.
type answer struct {
	out  string
	outs map[string]string
	err  error
}

var engines = map[string]func(request) answer{
	"":           askHelm,
	"helm":       askHelm,
	"text":       askText,
	"fmt":        askFmt,
	"yaml":       askYAML,
	"constraint": askConstraint,
	"functions":  askFunctions,
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	for {
		line, err := in.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			out.WriteString(encode(ask(line)) + "\n")
			out.Flush()
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// ask never panics: what panics outside the recovery of Go's and Helm's own engines is an error that says so.
func ask(line string) (result answer) {
	defer func() {
		if r := recover(); r != nil {
			result = answer{err: fmt.Errorf("panic: %v", r)}
		}
	}()
	var asked request
	if err := json.Unmarshal([]byte(shield(line)), &asked); err != nil {
		return answer{err: fmt.Errorf("oracle: bad request: %w", err)}
	}
	engine, ok := engines[asked.Engine]
	if !ok {
		return answer{err: fmt.Errorf("oracle: no engine %q", asked.Engine)}
	}
	return engine(asked)
}

func encode(result answer) string {
	if result.err != nil {
		return `{"error":` + quote(result.err.Error()) + `}`
	}
	if result.outs == nil {
		return `{"out":` + quote(result.out) + `}`
	}
	parts := make([]string, 0, len(result.outs))
	for _, name := range sortedKeys(result.outs) {
		parts = append(parts, quote(name)+":"+quote(result.outs[name]))
	}
	return `{"outs":{` + strings.Join(parts, ",") + `}}`
}
