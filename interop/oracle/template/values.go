package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// typed reads a value: plain JSON gives what encoding/json gives (every number a float64), an object of one
// key that begins with $ gives a value of that Go type.
func typed(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	var plain any
	if err := json.Unmarshal(raw, &plain); err != nil {
		panic(err)
	}
	return convert(plain)
}

func convert(plain any) any {
	switch value := plain.(type) {
	case string:
		return bytesOf(value)
	case []any:
		for i := range value {
			value[i] = convert(value[i])
		}
		return value
	case map[string]any:
		if len(value) == 1 {
			for key, content := range value {
				if make, ok := makers[key]; ok {
					return make(content)
				}
			}
		}
		result := map[string]any{}
		for key, content := range value {
			result[bytesOf(key)] = convert(content)
		}
		return result
	}
	return plain
}

var makers map[string]func(any) any

// Set here, as the makers of maps make values within them.
func init() {
	makers = map[string]func(any) any{
		"$int":      func(v any) any { return int(signed(v)) },
		"$int8":     func(v any) any { return int8(signed(v)) },
		"$int16":    func(v any) any { return int16(signed(v)) },
		"$int32":    func(v any) any { return int32(signed(v)) },
		"$int64":    func(v any) any { return signed(v) },
		"$uint":     func(v any) any { return uint(unsigned(v)) },
		"$uint8":    func(v any) any { return uint8(unsigned(v)) },
		"$uint16":   func(v any) any { return uint16(unsigned(v)) },
		"$uint32":   func(v any) any { return uint32(unsigned(v)) },
		"$uint64":   func(v any) any { return unsigned(v) },
		"$float":    func(v any) any { f, err := strconv.ParseFloat(text(v), 64); must(err); return f },
		"$nil":      func(any) any { return nil },
		"$bytes":    func(v any) any { b, err := base64.StdEncoding.DecodeString(text(v)); must(err); return b },
		"$strings":  func(v any) any { return each(v, text) },
		"$ints":     func(v any) any { return each(v, func(v any) int { return int(signed(v)) }) },
		"$int64s":   func(v any) any { return each(v, signed) },
		"$floats":   func(v any) any { return each(v, func(v any) float64 { return v.(float64) }) },
		"$bools":    func(v any) any { return each(v, func(v any) bool { return v.(bool) }) },
		"$maps":     func(v any) any { return each(v, func(v any) map[string]any { return convert(v).(map[string]any) }) },
		"$mapStr":   func(v any) any { return eachKey(v, text) },
		"$mapInt":   func(v any) any { return eachKey(v, func(v any) int { return int(signed(v)) }) },
		"$error":    func(v any) any { return errors.New(text(v)) },
		"$duration": func(v any) any { d, err := time.ParseDuration(text(v)); must(err); return d },
		"$time":     func(v any) any { t, err := time.Parse(time.RFC3339Nano, text(v)); must(err); return t },
	}
}

func text(v any) string {
	if number, ok := v.(float64); ok {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return bytesOf(v.(string))
}

func signed(v any) int64 {
	n, err := strconv.ParseInt(text(v), 10, 64)
	must(err)
	return n
}

func unsigned(v any) uint64 {
	n, err := strconv.ParseUint(text(v), 10, 64)
	must(err)
	return n
}

func each[T any](v any, f func(any) T) []T {
	out := []T{}
	for _, item := range v.([]any) {
		out = append(out, f(item))
	}
	return out
}

func eachKey[T any](v any, f func(any) T) map[string]T {
	out := map[string]T{}
	for key, item := range v.(map[string]any) {
		out[bytesOf(key)] = f(item)
	}
	return out
}

func must(err error) {
	if err != nil {
		panic(fmt.Errorf("oracle: %w", err))
	}
}
