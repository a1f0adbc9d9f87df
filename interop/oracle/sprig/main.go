// Calls Sprig's functions as text/template does, with typed arguments, and says what they give.
// In: one JSON list a line, [function, arguments]. Out: one JSON object a line, {"gives"}, {"error"} or {"refused"}.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

type answer struct {
	Gives   any     `json:"gives"`
	Changed any     `json:"changed,omitempty"`
	Error   *string `json:"error,omitempty"`
	// The arguments do not fit the parameters: the template engine refuses the call.
	Refused string `json:"refused,omitempty"`
}

func main() {
	if len(os.Args) > 1 {
		must(json.NewEncoder(os.Stdout).Encode(signatures()))
		return
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for in.Scan() {
		var call [2]json.RawMessage
		var name string
		var arguments []json.RawMessage
		must(json.Unmarshal(in.Bytes(), &call))
		must(json.Unmarshal(call[0], &name))
		must(json.Unmarshal(call[1], &arguments))
		must(encoder.Encode(run(name, arguments)))
		must(out.Flush())
	}
	must(in.Err())
}

func run(name string, arguments []json.RawMessage) answer {
	data := map[string]any{}
	var given any
	functions := sprig.TxtFuncMap()
	functions["given"] = func(value any) string { given = value; return "" }
	text := "{{ given (" + name
	for i, argument := range arguments {
		if string(argument) == `{"$literal":"nil"}` {
			text += " nil"
			continue
		}
		key := fmt.Sprintf("A%d", i)
		data[key] = decode(argument)
		text += " $." + key
	}
	before := encode(data)
	parsed, err := template.New("t").Funcs(functions).Parse(text + ") }}")
	must(err)
	if err := parsed.Execute(&strings.Builder{}, data); err != nil {
		mark := "error calling " + name + ": "
		if at := strings.Index(err.Error(), mark); at >= 0 {
			message := encodeText(err.Error()[at+len(mark):])
			return answer{Error: &message}
		}
		return answer{Refused: encodeText(err.Error())}
	}
	result := answer{Gives: encode(given)}
	if after := encode(data); !reflect.DeepEqual(after, before) {
		result.Changed = after
	}
	return result
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
