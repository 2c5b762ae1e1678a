// Compares N.before with N.after in a folder as Go's two readers see them, and N.json (how glagent types a single
// document) with what sigs.k8s.io/yaml makes of it.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
	sigs "sigs.k8s.io/yaml"
)

type verdict struct{ asked, different int }

// v3Values reads all documents; empty ones are dropped, for an empty document and none at all are written alike.
func v3Values(text []byte) ([]any, error) {
	var values []any
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var value any
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, err
		}
		if value != nil {
			values = append(values, value)
		}
	}
}

// spelled prints a value so that NaN equals itself and types show.
func spelled(value any) string { return fmt.Sprintf("%#v", value) }

func (v *verdict) judge(reader, name string, same bool, why any) {
	v.asked++
	if !same {
		v.different++
		fmt.Printf("%s reads another value: %s: %v\n", reader, name, why)
	}
}

func fromJSON(text []byte) (value any, err error) {
	err = json.Unmarshal(text, &value)
	return value, err
}

func compare(base string, v3, sigsYAML, types *verdict) {
	before, _ := os.ReadFile(base + ".before")
	after, _ := os.ReadFile(base + ".after")
	ours, _ := os.ReadFile(base + ".json")
	nameBytes, _ := os.ReadFile(base + ".name")
	name := strings.TrimSpace(string(nameBytes))

	if wanted, err := v3Values(before); err == nil {
		actual, err := v3Values(after)
		v3.judge("yaml.v3", name, err == nil && spelled(actual) == spelled(wanted), err)
	}
	if bytes.Count(ours, []byte("\n")) != 1 {
		return // sigs.k8s.io/yaml reads single documents
	}
	wanted, err := sigs.YAMLToJSON(before)
	if err != nil {
		return
	}
	actual, err := sigs.YAMLToJSON(after)
	sigsYAML.judge("sigs.k8s.io/yaml", name, err == nil && bytes.Equal(actual, wanted), err)
	theirs, _ := fromJSON(wanted)
	typed, err := fromJSON(ours)
	types.judge("glagent (against sigs.k8s.io/yaml)", name, err == nil && reflect.DeepEqual(typed, theirs),
		fmt.Sprintf("\n  %s\n  %s", ours, wanted))
}

func main() {
	files, _ := filepath.Glob(filepath.Join(os.Args[1], "*.before"))
	var v3, sigsYAML, types verdict
	for _, file := range files {
		compare(strings.TrimSuffix(file, ".before"), &v3, &sigsYAML, &types)
	}
	fmt.Printf("yaml.v3: %d files read, %d different\n", v3.asked, v3.different)
	fmt.Printf("sigs.k8s.io/yaml: %d files read, %d different\n", sigsYAML.asked, sigsYAML.different)
	fmt.Printf("types as Helm has them: %d files, %d different\n", types.asked, types.different)
	if v3.different+sigsYAML.different+types.different > 0 {
		os.Exit(1)
	}
}
