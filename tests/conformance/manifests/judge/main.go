// The judge of tests/conformance/{manifests,fluxcli}/run. What it is asked about are builds: lines "ROOT DIRECTORY BUILT
// MODE" on standard input, a built stream of the golden directory below the copy ROOT of a case's golden files. MODE says
// what has become of ${…}: plain (nothing; nobody substitutes), escaped (it is still to be substituted), done.
//
//	judge objects            are the objects of the files those of the stream, each once and unchanged?
//	judge streams            is what the program printed (BUILT; DIRECTORY is of no meaning) out of those files, in an order to apply?
//	judge values             are the HelmReleases' values, and the roles, those of the outputs values and rbac?
//	judge releases INTO      write the values of each HelmRelease, and print "FILE VALUES", the agent's values.yaml beside it
//	judge schemas LIST       does every Flux of LIST ("VERSION FILE" a line) and do Kubernetes' own types take each object?
//	judge wrong LIST         are wrong objects refused, each for its own fault?
//	judge paths SPEC...      the directories that Flux applies, by the spec
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

type build struct{ root, directory, built, mode string }

// The differences found; each is printed.
var faults int

func fault(where, format string, a ...any) {
	faults++
	fmt.Printf("%s: %s\n", where, fmt.Sprintf(format, a...))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(2)
	}
}

func builds() []build {
	var found []build
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		found = append(found, build{fields[0], fields[1], fields[2], fields[3]})
	}
	return found
}

func main() {
	command := ""
	if len(os.Args) > 1 {
		command = os.Args[1]
	}
	switch command {
	case "objects":
		checkObjects(builds())
	case "streams":
		checkStreams(builds())
	case "values":
		checkValues(builds())
	case "releases":
		writeReleases(builds(), os.Args[2])
	case "schemas":
		checkSchemas(builds(), readFluxes(os.Args[2]))
	case "wrong":
		checkWrong(readFluxes(os.Args[2]))
	case "paths":
		printPaths(os.Args[2:])
	default:
		fmt.Fprintln(os.Stderr, "usage: judge objects|streams|values|releases INTO|schemas LIST|wrong LIST|paths SPEC...")
		os.Exit(2)
	}
	if faults > 0 {
		os.Exit(1)
	}
}
