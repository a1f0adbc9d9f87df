package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bytes that are not UTF-8 cross the protocol as lone surrogates U+DC80 to U+DCFF, which JSON can escape and
// encoding/json cannot keep: on the way in they stand as runes of the last private plane.
const shieldBase = 0x10DC00

// shield rewrites the escapes \udc80 to \udcff of a JSON text; JSON.stringify escapes only lone surrogates.
func shield(line string) string {
	if !strings.Contains(line, `\udc`) {
		return line
	}
	var out strings.Builder
	for at := 0; at < len(line); {
		if line[at] != '\\' || at+1 >= len(line) {
			out.WriteByte(line[at])
			at++
			continue
		}
		if value, ok := escapedByte(line[at:]); ok {
			out.WriteRune(shieldBase + rune(value))
			at += 6
			continue
		}
		out.WriteString(line[at : at+2])
		at += 2
	}
	return out.String()
}

func escapedByte(text string) (byte, bool) {
	if len(text) < 6 || text[:4] != `\udc` {
		return 0, false
	}
	high, low := strings.IndexByte("0123456789abcdef", text[4]), strings.IndexByte("0123456789abcdef", text[5])
	if high < 8 || low < 0 {
		return 0, false
	}
	return byte(high<<4 | low), true
}

// bytesOf gives the Go string that a shielded text stands for.
func bytesOf(text string) string {
	if !strings.Contains(text, "\xf4\x8d\xb2") && !strings.Contains(text, "\xf4\x8d\xb3") {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if r >= shieldBase+0x80 && r <= shieldBase+0xff {
			out.WriteByte(byte(r - shieldBase))
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// quote writes a Go string as JSON text, its invalid bytes as lone surrogates.
func quote(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	start := 0
	flush := func(end int) {
		var encoded bytes.Buffer
		encoder := json.NewEncoder(&encoded)
		encoder.SetEscapeHTML(false)
		must(encoder.Encode(text[start:end]))
		out.Write(encoded.Bytes()[1 : encoded.Len()-2])
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == utf8.RuneError && size == 1 {
			flush(at)
			const digits = "0123456789abcdef"
			out.WriteString(`\udc`)
			out.WriteByte(digits[text[at]>>4])
			out.WriteByte(digits[text[at]&15])
			start = at + 1
		}
		at += size
	}
	flush(len(text))
	out.WriteByte('"')
	return out.String()
}

func sortedKeys[V any](items map[string]V) []string {
	return slices.Sorted(maps.Keys(items))
}
