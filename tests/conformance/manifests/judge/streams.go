package main

import "fmt"

// fileObjects are the objects of all golden files below a root that a kustomization.yaml lists, as Flux applies them:
// kubectl, which a stream is for, substitutes nothing.
func fileObjects(b build) map[string]string {
	found := map[string]string{}
	for _, d := range tree(b.root) {
		if d.word("kind") == "" {
			continue
		}
		found[d.id()] = spelled(d.object)
		if b.mode == "escaped" {
			applied, err := substituted(d.object)
			if err != nil {
				fault(d.file, "envsubst: %v", err)
				continue
			}
			found[d.id()] = spelled(applied)
		}
	}
	return found
}

func checkStream(b build) int {
	wanted := fileObjects(b)
	found := documents(b.built)
	spaces := map[string]bool{} // true once its Namespace was there
	for _, d := range found {
		if d.word("kind") == "Namespace" {
			spaces[d.word("metadata", "name")] = false
		}
	}
	for _, d := range found {
		if want := wanted[d.id()]; want != spelled(d.object) {
			fault(b.built, "%s is printed otherwise than written, or twice\n  file:    %s\n  printed: %s", d.id(), want, spelled(d.object))
		}
		delete(wanted, d.id())
		if d.word("kind") == "Namespace" {
			spaces[d.word("metadata", "name")] = true
		} else if made, known := spaces[d.word("metadata", "namespace")]; known && !made {
			fault(b.built, "%s comes before its Namespace", d.id())
		}
	}
	return len(found)
}

func checkStreams(all []build) {
	count := 0
	for _, b := range all {
		count += checkStream(b)
	}
	fmt.Printf("streams: %d of them print %d objects, %d faults\n", len(all), count, faults)
}
