// Says of custom resources what the API server would say when they are applied from its side.
//
// The way of an object is the server's own: structured-merge-diff types it over the schema that the server publishes for
// applying; it is pruned, nulls are dropped and defaults filled in; then come the schema's validation, embedded objects,
// lists with keys and, where nothing stands in their way, the CEL rules. All steps are run, whatever the first one says.
//
//	judge                                      reads "crd PATH" and "object PATH" lines; prints "== PATH", then
//	                                           "refused PLACE: reason" for each fault, for each object
//	judge -generate DIR -number N -count N     reads "crd PATH" lines, writes random objects instead
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"
)

func judgeLines(known *definitions) error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		what, path, _ := strings.Cut(lines.Text(), " ")
		switch what {
		case "crd":
			if err := known.load(path); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		case "object":
			faults, err := known.judge(path)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			fmt.Fprintf(out, "== %s\n", path)
			for _, fault := range faults {
				fmt.Fprintf(out, "refused %s\n", strings.ReplaceAll(fault, "\n", " "))
			}
		}
	}
	return lines.Err()
}

func main() {
	directory := flag.String("generate", "", "where random objects go")
	number := flag.Uint64("number", 1, "what they are made from")
	count := flag.Int("count", 1000, "how many")
	flag.Parse()
	known := &definitions{}
	err := judgeLines(known)
	if err == nil && *directory != "" {
		err = generate(known, *directory, *number, *count)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(2)
	}
}
