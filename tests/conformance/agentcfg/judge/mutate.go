package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Values of every type and dialect that a field may be given instead of its own.
var strangers = []string{
	"null", "~", "''", "{}", "[]", "true", "yes", "off", "'true'", "0", "1", "-1", "10", "'10'", "1.0", "1.5", "1e1",
	"'1e1'", "'010'", "010", "0x1f", "'0x1f'", "1_000", "9223372036854775807", "9223372036854775808", "text", "info",
	"DEBUG", "30s", "'30s'", "1h", "2001-01-01", "12:30", "{agent: {}}", "{agent: }", "{user: {}}", "{ci_job: {}}",
	"{agent: {}, ci_job: {}}", "[a]", "[null]", "['']", "[{}]", "[{id: a/b}]", "[1]", "{id: a/b}", "{id: 1}",
	"!!str 1", "!!int '1'", "!!float 1", "!!binary aGk=", "!!null ''", ".inf", ".nan", "'*/5 * * * *'", "{a: b}",
	"{a: 1}", "{a: null}", "{1: a}", "{yes: a}", "{~: a}", "{? [a] : b}", "{<<: {a: b}}", "{<<: [{a: b}, {a: c}]}",
	"{<<: a}",
}

var keys = []string{
	"id", "access_as", "agent", "projects", "groups", "enabled", "unknown", "default-namespace", "defaultNamespace",
	"cilium", "starboard", "gitops", "charts", "extra", "key", "val", "username", "ref", "tag", "level", "cadence",
	"limits", "cpu", "namespace", "environments", "flux", "ci_access", "instance", "<<", "1", "yes",
}

type mutator struct {
	random *rand.Rand
}

// Every node below and with `node`, in document order.
func nodesOf(node *yaml.Node) []*yaml.Node {
	all := []*yaml.Node{node}
	for _, child := range node.Content {
		all = append(all, nodesOf(child)...)
	}
	return all
}

func pick[T any](m *mutator, from []T) T {
	return from[m.random.IntN(len(from))]
}

func parse(text string) *yaml.Node {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		panic(fmt.Sprintf("%q: %v", text, err))
	}
	return document.Content[0]
}

func (m *mutator) stranger() *yaml.Node {
	return parse(pick(m, strangers))
}

func (m *mutator) key() *yaml.Node {
	return parse(pick(m, keys))
}

// One change somewhere; may change nothing.
func (m *mutator) change(root *yaml.Node) {
	node := pick(m, nodesOf(root))
	switch m.random.IntN(6) {
	case 0:
		*node = *m.stranger()
	case 1: // drop an entry or an item
		if node.Kind == yaml.MappingNode && len(node.Content) > 0 {
			at := m.random.IntN(len(node.Content)/2) * 2
			node.Content = append(node.Content[:at:at], node.Content[at+2:]...)
		} else if node.Kind == yaml.SequenceNode && len(node.Content) > 0 {
			at := m.random.IntN(len(node.Content))
			node.Content = append(node.Content[:at:at], node.Content[at+1:]...)
		}
	case 2: // a further key
		if node.Kind == yaml.MappingNode {
			node.Content = append(node.Content, m.key(), m.stranger())
		}
	case 3: // a key twice
		if node.Kind == yaml.MappingNode && len(node.Content) > 0 {
			at := m.random.IntN(len(node.Content)/2) * 2
			key := *node.Content[at]
			node.Content = append(node.Content, &key, m.stranger())
		}
	case 4: // a subtree from elsewhere
		other := *pick(m, nodesOf(root))
		*node = *copyOf(&other)
	case 5: // a key under another name
		if node.Kind == yaml.MappingNode && len(node.Content) > 0 {
			node.Content[m.random.IntN(len(node.Content)/2)*2] = m.key()
		}
	}
}

func copyOf(node *yaml.Node) *yaml.Node {
	copied := *node
	copied.Content = nil
	for _, child := range node.Content {
		copied.Content = append(copied.Content, copyOf(child))
	}
	return &copied
}

func (m *mutator) mutant(text []byte) ([]byte, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil || len(document.Content) == 0 {
		return nil, err
	}
	for range 1 + m.random.IntN(3) {
		m.change(document.Content[0])
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	err := encoder.Encode(&document)
	return out.Bytes(), err
}

// Writes `count` mutants of the files; the same number gives the same mutants.
func mutate(directory string, number uint64, count int, paths []string) error {
	m := &mutator{rand.New(rand.NewPCG(number, 0))}
	for written := 0; written < count; {
		text, err := os.ReadFile(pick(m, paths))
		if err != nil {
			return err
		}
		mutant, err := m.mutant(text)
		if err != nil || mutant == nil {
			continue // not every change can be written down again
		}
		path := filepath.Join(directory, fmt.Sprintf("mutant-%05d.yaml", written))
		if err := os.WriteFile(path, mutant, 0o644); err != nil {
			return err
		}
		written++
	}
	return nil
}

var pieces = []string{
	"*", "?", "0", "1", "5", "12", "13", "23", "24", "31", "32", "59", "60", "07", "+1", "-1", "-", "/", ",", "jan",
	"DEC", "mon", "Sun", "sunday", "L", "#", "@daily", "@every", "@hourly", "@weekly", "1h", "30m", "1.5s", ".5h", "1d",
	"TZ=UTC", "CRON_TZ=UTC", "TZ=", " ", "  ", "\t",
}

// Prints schedules, most of them nearly right.
func printSchedules(number uint64, count int) {
	m := &mutator{rand.New(rand.NewPCG(number, 1))}
	for range count {
		fields := []string{"0", "0", "*", "*", "*"}
		for range 1 + m.random.IntN(3) {
			field := &fields[m.random.IntN(len(fields))]
			*field = pick(m, pieces)
			for m.random.IntN(2) == 0 {
				*field += pick(m, pieces)
			}
		}
		if m.random.IntN(8) == 0 {
			fields = fields[:1+m.random.IntN(len(fields))]
		}
		fmt.Println(strings.Join(fields, " "))
	}
}
