package main

import (
	"reflect"

	"github.com/Masterminds/sprig/v3"
)

type signature struct {
	Parameters []string `json:"parameters"`
	Variadic   bool     `json:"variadic"`
}

// The signatures of all functions by name, without the two that Helm takes away.
func signatures() map[string]signature {
	all := map[string]signature{}
	for name, function := range sprig.TxtFuncMap() {
		if name == "env" || name == "expandenv" {
			continue
		}
		kind := reflect.TypeOf(function)
		one := signature{Parameters: []string{}, Variadic: kind.IsVariadic()}
		for i := range kind.NumIn() {
			parameter := kind.In(i)
			if one.Variadic && i == kind.NumIn()-1 {
				parameter = parameter.Elem()
			}
			one.Parameters = append(one.Parameters, parameter.String())
		}
		all[name] = one
	}
	return all
}
