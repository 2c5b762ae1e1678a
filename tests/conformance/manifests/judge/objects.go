package main

import "fmt"

func checkBuild(b build) int {
	wanted := map[string]string{}
	for _, d := range resources(b.directory) {
		if _, twice := wanted[d.id()]; twice {
			fault(d.file, "%s is there twice", d.id())
		}
		if b.mode != "plain" {
			applied, err := substituted(d.object)
			if err != nil {
				fault(d.file, "envsubst: %v", err)
				continue
			}
			d.object = applied
		}
		wanted[d.id()] = spelled(d.object)
	}
	count := len(wanted)
	for _, d := range streamed(b) {
		want, known := wanted[d.id()]
		if !known {
			fault(b.directory, "built, but in no file or once more: %s", d.id())
		} else if got := spelled(d.object); got != want {
			fault(b.directory, "%s changed\n  file:  %s\n  built: %s", d.id(), want, got)
		}
		delete(wanted, d.id())
	}
	for id := range wanted {
		fault(b.directory, "not built: %s", id)
	}
	return count
}

func checkObjects(all []build) {
	count := 0
	for _, b := range all {
		count += checkBuild(b)
	}
	fmt.Printf("objects: %d directories built to the %d objects of their files, %d differences\n", len(all), count, faults)
}
