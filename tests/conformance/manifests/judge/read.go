package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	"sigs.k8s.io/yaml"
)

type object map[string]any

// One object, with the text that it was read from.
type document struct {
	file string
	text []byte
	object
}

var separator = regexp.MustCompile(`(?m)^---(?:[ \t].*)?\n`)

func readYAML(text []byte) (object, error) {
	var value object
	return value, yaml.Unmarshal(text, &value)
}

// documents reads a stream as Kubernetes' clients do.
func documents(file string) []document {
	text, err := os.ReadFile(file)
	fail(err)
	var found []document
	for _, part := range separator.Split(string(text), -1) {
		value, err := readYAML([]byte(part))
		if err != nil {
			fault(file, "%v", err)
		} else if value != nil {
			found = append(found, document{file, []byte(part), value})
		}
	}
	return found
}

// resources lists the objects that a kustomization.yaml lists, however deep.
func resources(directory string) []document {
	text, err := os.ReadFile(filepath.Join(directory, "kustomization.yaml"))
	if err != nil {
		return tree(directory)
	}
	kustomization, err := readYAML(text)
	fail(err)
	var found []document
	entries, _ := kustomization["resources"].([]any)
	for _, entry := range entries {
		path := filepath.Join(directory, entry.(string))
		if about, err := os.Stat(path); err == nil && about.IsDir() {
			found = append(found, resources(path)...)
		} else {
			found = append(found, documents(path)...)
		}
	}
	return found
}

// tree lists what Flux applies of a directory without a kustomization.yaml.
func tree(directory string) []document {
	var found []document
	entries, err := os.ReadDir(directory)
	fail(err)
	for _, entry := range entries {
		path := filepath.Join(directory, entry.Name())
		if entry.IsDir() {
			found = append(found, resources(path)...)
		} else if strings.HasSuffix(path, ".yaml") {
			found = append(found, documents(path)...)
		}
	}
	return found
}

// substituted is what Flux applies of an object: its text, with no variable set and strictly, read again.
func substituted(given object) (object, error) {
	text, err := yaml.Marshal(given)
	if err != nil {
		return nil, err
	}
	return substitutedText(text)
}

func substitutedText(text []byte) (object, error) {
	unset := func(string) (string, bool) { return "", false }
	result, err := envsubst.Eval(string(text), unset)
	if err != nil {
		return nil, err
	}
	return readYAML([]byte(result))
}

// Flux's mark on what it applies, put on by its command-line program, too.
func withoutOwner(o object) {
	labels, _ := o.at("metadata", "labels").(map[string]any)
	for name := range labels {
		if strings.HasPrefix(name, "kustomize.toolkit.fluxcd.io/") {
			delete(labels, name)
		}
	}
	if metadata, _ := o.at("metadata").(map[string]any); labels != nil && len(labels) == 0 {
		delete(metadata, "labels")
	}
}

// streamed reads a built stream to what is applied of it in the end.
func streamed(b build) []document {
	found := documents(b.built)
	for i := range found {
		if b.mode == "escaped" {
			applied, err := substitutedText(found[i].text)
			if err != nil {
				fault(b.directory, "envsubst: %v", err)
				continue
			}
			found[i].object = applied
		}
		withoutOwner(found[i].object)
	}
	return found
}

func (o object) at(path ...string) any {
	var value any = map[string]any(o)
	for _, key := range path {
		next, _ := value.(map[string]any)
		value = next[key]
	}
	return value
}

func (o object) word(path ...string) string {
	text, _ := o.at(path...).(string)
	return text
}

func (o object) id() string {
	return strings.Join([]string{o.word("apiVersion"), o.word("kind"), o.word("metadata", "namespace"), o.word("metadata", "name")}, " ")
}

func spelled(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return errors.Unwrap(err).Error()
	}
	return strings.TrimSpace(out.String())
}
