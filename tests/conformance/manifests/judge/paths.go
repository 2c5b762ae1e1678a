package main

import (
	"fmt"
	"os"
	"path"
	"strings"
)

// printPaths prints each cluster's flux.path of specs, as "SPEC PATH", once.
func printPaths(specs []string) {
	for _, file := range specs {
		text, err := os.ReadFile(file)
		fail(err)
		spec, err := readYAML(text)
		fail(err)
		pattern := spec.word("spec", "flux", "path")
		if pattern == "" {
			pattern = "clusters/{cluster}"
		}
		seen := map[string]bool{}
		agents, _ := spec.at("spec", "agents").([]any)
		for _, item := range agents {
			agent := object(item.(map[string]any))
			cluster := agent.word("cluster")
			if cluster == "" {
				cluster = agent.word("name")
			}
			at := path.Clean(strings.ReplaceAll(pattern, "{cluster}", cluster))
			if !seen[at] {
				fmt.Println(file, at)
			}
			seen[at] = true
		}
	}
}
