package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// Texts of which one usually matches a pattern.
var texts = []string{
	"a", "main", "5m", "1h30m", "30s", "default", "v1", "1.2.3", "example.com", "https://example.com/x", "oci://example.com/x",
	"ssh://git@example.com/x", "a-b.c", "100m", "1Gi", "10", "key.yaml", "a.b[0].c", "IfNotPresent", "", "x y", "Ä", "A_B",
	"sha256:0123", "/path", "true", "null", "1", "*", "unix://x", "2006-01-02T15:04:05Z", "@daily", "YWJj", "YWI=", "YW", "2024-02-30T00:00:00Z", "2024-02-01", "5d", "1d2h", "http//x",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
}

// Values of every type, instead of the right one.
var strangers = []any{
	nil, "", "a", "5m", "1", "true", true, false, int64(0), int64(1), int64(-1), int64(7), int64(70000), 1.5, 1.0, 1e30,
	map[string]any{}, map[string]any{"a": "b"}, map[string]any{"name": "a"}, []any{}, []any{"a"}, []any{nil},
	[]any{map[string]any{}}, []any{"a", "a"}, map[string]any{"a": nil}, map[string]any{"kind": "Secret", "name": "x"},
}

type generator struct {
	random *rand.Rand
	depth  int
}

func pick[T any](g *generator, from []T) T {
	return from[g.random.IntN(len(from))]
}

// A copy, for it may be changed.
func (g *generator) stranger() any {
	return runtime.DeepCopyJSONValue(pick(g, strangers))
}

func sortedKeys[T any](from map[string]T) []string {
	var keys []string
	for key := range from {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (g *generator) text(schema *structuralschema.Structural) any {
	validation := schema.ValueValidation
	if validation != nil && len(validation.Enum) > 0 {
		return runtime.DeepCopyJSONValue(pick(g, validation.Enum).Object)
	}
	if validation != nil && validation.Pattern != "" {
		pattern := regexp.MustCompile(validation.Pattern)
		for range 100 {
			if text := pick(g, texts); pattern.MatchString(text) {
				return text
			}
		}
	}
	if validation != nil && validation.Format != "" && g.random.IntN(2) == 0 {
		return pick(g, texts)
	}
	return pick(g, texts[:12])
}

func (g *generator) number(schema *structuralschema.Structural) any {
	number := int64(g.random.IntN(20) + 1)
	if validation := schema.ValueValidation; validation != nil {
		if validation.Minimum != nil {
			number += int64(*validation.Minimum)
		}
		if len(validation.Enum) > 0 {
			return runtime.DeepCopyJSONValue(pick(g, validation.Enum).Object)
		}
	}
	return number
}

func (g *generator) object(schema *structuralschema.Structural) any {
	made := map[string]any{}
	var required []string
	if schema.ValueValidation != nil {
		required = schema.ValueValidation.Required
		for _, choices := range [][]structuralschema.NestedValueValidation{schema.ValueValidation.OneOf, schema.ValueValidation.AnyOf} {
			if len(choices) > 0 {
				required = append(slices.Clone(required), pick(g, choices).Required...)
			}
		}
	}
	for _, name := range sortedKeys(schema.Properties) {
		property := schema.Properties[name]
		if slices.Contains(required, name) || g.random.IntN(3+g.depth*2) == 0 {
			made[name] = g.value(&property)
		}
	}
	if schema.AdditionalProperties != nil && schema.AdditionalProperties.Structural != nil {
		for range g.random.IntN(3) {
			made[pick(g, texts[:8])] = g.value(schema.AdditionalProperties.Structural)
		}
	}
	return made
}

func (g *generator) list(schema *structuralschema.Structural) any {
	made := []any{}
	count := g.random.IntN(3)
	if schema.ValueValidation != nil && schema.ValueValidation.MinItems != nil {
		count += int(*schema.ValueValidation.MinItems)
	}
	for range count {
		made = append(made, g.value(schema.Items))
	}
	return made
}

// A value that the schema mostly takes.
func (g *generator) value(schema *structuralschema.Structural) any {
	g.depth++
	defer func() { g.depth-- }()
	if schema == nil || g.depth > 12 {
		return g.stranger()
	}
	switch schema.Type {
	case "string":
		return g.text(schema)
	case "integer", "number":
		return g.number(schema)
	case "boolean":
		return g.random.IntN(2) == 0
	case "array":
		return g.list(schema)
	case "object":
		return g.object(schema)
	}
	if schema.XIntOrString {
		return pick(g, []any{int64(1), int64(80), "50%", "100m", "1Gi"})
	}
	return g.stranger()
}

// Every map and list of a tree.
func collections(value any) []any {
	var all []any
	switch value := value.(type) {
	case map[string]any:
		all = append(all, value)
		for _, key := range sortedKeys(value) {
			all = append(all, collections(value[key])...)
		}
	case []any:
		all = append(all, value)
		for _, item := range value {
			all = append(all, collections(item)...)
		}
	}
	return all
}

func (g *generator) misspell(key string) string {
	at := g.random.IntN(len(key) + 1)
	return key[:at] + "x" + key[at:]
}

// One change somewhere in it.
func (g *generator) change(root any) {
	switch at := pick(g, collections(root)).(type) {
	case map[string]any:
		if len(at) == 0 {
			at["unknown"] = g.stranger()
			return
		}
		key := pick(g, sortedKeys(at))
		switch g.random.IntN(6) {
		case 0:
			at[g.misspell(key)] = at[key]
			delete(at, key)
		case 1:
			delete(at, key)
		case 2:
			at[key] = pick(g, texts)
		case 3:
			at[key] = nil
		default:
			at[key] = g.stranger()
		}
	case []any:
		if len(at) > 0 {
			from, to := g.random.IntN(len(at)), g.random.IntN(len(at))
			if at[to] = runtime.DeepCopyJSONValue(at[from]); g.random.IntN(2) == 0 {
				at[to] = g.stranger()
			}
		}
	}
}

func (g *generator) make(known *definition) map[string]any {
	made, _ := g.value(known.schema).(map[string]any)
	delete(made, "status")
	made["apiVersion"], made["kind"] = known.apiVersion, known.kind
	made["metadata"] = map[string]any{"name": "a"}
	if _, found := made["spec"]; !found && known.schema.Properties["spec"].Type != "" {
		spec := known.schema.Properties["spec"]
		made["spec"] = g.value(&spec)
	}
	for range g.random.IntN(3) {
		if len(collections(made["spec"])) > 0 { // some have no spec
			g.change(made["spec"])
		}
	}
	return made
}

// Writes random objects; the same number gives the same ones.
func generate(known *definitions, directory string, number uint64, count int) error {
	g := &generator{random: rand.New(rand.NewPCG(number, 0))}
	for i := range count {
		definition := pick(g, known.all)
		text, err := yaml.Marshal(g.make(definition))
		if err != nil {
			return err
		}
		path := filepath.Join(directory, fmt.Sprintf("object-%05d.yaml", i))
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
