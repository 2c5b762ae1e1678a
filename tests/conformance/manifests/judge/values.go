package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func agentOf(release object) string {
	return release.word("metadata", "annotations", "glagent.dev/agent")
}

func valuesFile(b build, agent string) string { return filepath.Join(b.root, agent, "values.yaml") }

func checkRelease(b build, agent string, release object) {
	text, err := os.ReadFile(valuesFile(b, agent))
	if err != nil {
		fault(b.directory, "no values of agent %q: %v", agent, err)
		return
	}
	wanted, err := readYAML(text)
	fail(err)
	if want, got := spelled(wanted), spelled(release.at("spec", "values")); got != want {
		fault(b.directory, "values of agent %s differ\n  values.yaml: %s\n  HelmRelease: %s", agent, want, got)
	}
}

// The roles are those of the output rbac, which other installations apply.
func checkRoles(b build, agent string, found []document) int {
	built := map[string]string{}
	for _, d := range found {
		built[d.id()] = spelled(d.object)
	}
	wanted := documents(filepath.Join(b.root, agent, "rbac.yaml"))
	for _, d := range wanted {
		if got, want := built[d.id()], spelled(d.object); got != want {
			fault(b.directory, "%s of agent %s differs\n  rbac:  %s\n  built: %s", d.id(), agent, want, got)
		}
		delete(built, d.id())
	}
	for id := range built {
		if strings.HasPrefix(id, "rbac.authorization.k8s.io/") {
			fault(b.directory, "not in the output rbac: %s", id)
		}
	}
	return len(wanted)
}

func checkValues(all []build) {
	asked, substitutions, roles := map[string]bool{}, 0, 0
	for _, b := range all {
		found := streamed(b)
		agents := []string{}
		for _, d := range found {
			if d.word("kind") != "HelmRelease" {
				continue
			}
			agent := agentOf(d.object)
			agents = append(agents, agent)
			checkRelease(b, agent, d.object)
			if of := b.root + " " + agent; !asked[of] && b.mode != "plain" {
				substitutions++
			}
			asked[b.root+" "+agent] = true
		}
		if len(agents) == 1 {
			roles += checkRoles(b, agents[0], found)
		}
	}
	fmt.Printf("values: %d HelmReleases (%d of them through envsubst) and %d objects of roles, %d differences\n",
		len(asked), substitutions, roles, faults)
}

func writeReleases(all []build, into string) {
	written := map[string]bool{}
	for _, b := range all {
		for _, d := range streamed(b) {
			values := valuesFile(b, agentOf(d.object))
			if d.word("kind") != "HelmRelease" || written[values] {
				continue
			}
			file := filepath.Join(into, fmt.Sprintf("%d.json", len(written)))
			fail(os.WriteFile(file, []byte(spelled(d.object.at("spec", "values"))), 0o644))
			fmt.Println(file, values)
			written[values] = true
		}
	}
}
