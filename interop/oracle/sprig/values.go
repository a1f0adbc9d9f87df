package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/Masterminds/semver/v3"
)

// A typed value in JSON: see packages/template/src/sprig/testing/golden-value.ts for the other side.
func decode(raw json.RawMessage) any {
	var plain any
	must(json.Unmarshal(raw, &plain))
	return typed(plain)
}

func typed(plain any) any {
	switch value := plain.(type) {
	case []any:
		list := make([]any, len(value), len(value))
		for i, element := range value {
			list[i] = typed(element)
		}
		return list
	case map[string]any:
		for kind, content := range value {
			return tagged(kind, content)
		}
	}
	return plain
}

func tagged(kind string, content any) any {
	text, _ := content.(string)
	list, _ := content.([]any)
	switch kind {
	case "$bytes":
		return fromBase64(text)
	case "$text":
		return string(fromBase64(text))
	case "$float64":
		value, err := strconv.ParseFloat(text, 64)
		must(err)
		return value
	case "$map":
		m := map[string]any{}
		for _, entry := range list {
			pair := entry.([]any)
			m[typed(pair[0]).(string)] = typed(pair[1])
		}
		return m
	case "$texts":
		m := map[string]string{}
		for _, entry := range list {
			pair := entry.([]any)
			m[typed(pair[0]).(string)] = typed(pair[1]).(string)
		}
		return m
	case "$strings":
		texts := []string{}
		for _, element := range list {
			texts = append(texts, typed(element).(string))
		}
		return texts[:len(texts):len(texts)]
	case "$ints":
		ints := []int{}
		for _, element := range list {
			n, err := strconv.Atoi(element.(string))
			must(err)
			ints = append(ints, n)
		}
		return ints[:len(ints):len(ints)]
	case "$nil":
		if text == "[]string" {
			return []string(nil)
		}
		return []any(nil)
	case "$version":
		return semver.MustParse(text)
	case "$duration":
		d, err := time.ParseDuration(text)
		must(err)
		return d
	}
	return integer(kind, text)
}

func integer(kind, text string) any {
	if strings.HasPrefix(kind, "$uint") {
		n, err := strconv.ParseUint(text, 10, 64)
		must(err)
		return map[string]any{"$uint": uint(n), "$uint8": uint8(n), "$uint16": uint16(n), "$uint32": uint32(n), "$uint64": n}[kind]
	}
	n, err := strconv.ParseInt(text, 10, 64)
	must(err)
	return map[string]any{"$int": int(n), "$int8": int8(n), "$int16": int16(n), "$int32": int32(n), "$int64": n}[kind]
}

func fromBase64(text string) []byte {
	bytes, err := base64.StdEncoding.DecodeString(text)
	must(err)
	return bytes
}

func tag(kind string, content any) any { return map[string]any{"$" + kind: content} }

func encodeText(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return "$text:" + base64.StdEncoding.EncodeToString([]byte(text))
}

func encode(v any) any {
	switch value := v.(type) {
	case nil, bool:
		return value
	case string:
		if !utf8.ValidString(value) {
			return tag("text", base64.StdEncoding.EncodeToString([]byte(value)))
		}
		return value
	case float64:
		if math.IsNaN(value) || math.IsInf(value, 0) || value == 0 && math.Signbit(value) {
			return tag("float64", strconv.FormatFloat(value, 'g', -1, 64))
		}
		return value
	case []byte:
		return tag("bytes", base64.StdEncoding.EncodeToString(value))
	case []any:
		if value == nil {
			return tag("nil", "[]interface {}")
		}
		return encodeAll(value)
	case [][]any:
		lists := []any{}
		for _, list := range value {
			lists = append(lists, encode(list))
		}
		return tag("lists", lists)
	case []string:
		if value == nil {
			return tag("nil", "[]string")
		}
		texts := []any{}
		for _, text := range value {
			texts = append(texts, encode(text))
		}
		return tag("strings", texts)
	case []int:
		ints := []any{}
		for _, n := range value {
			ints = append(ints, strconv.Itoa(n))
		}
		return tag("ints", ints)
	case map[string]any:
		entries := []any{}
		for _, key := range sortedKeys(value) {
			entries = append(entries, []any{encode(key), encode(value[key])})
		}
		return tag("map", entries)
	case map[string]string:
		entries := []any{}
		for _, key := range sortedKeys(value) {
			entries = append(entries, []any{encode(key), encode(value[key])})
		}
		return tag("texts", entries)
	case *semver.Version:
		return tag("version", value.Original())
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return tag(fmt.Sprintf("%T", value), fmt.Sprint(value))
	}
	return tag("other", fmt.Sprintf("%T %v", v, v))
}

func encodeAll(list []any) []any {
	all := []any{}
	for _, element := range list {
		all = append(all, encode(element))
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string {
	keys := []string{}
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
