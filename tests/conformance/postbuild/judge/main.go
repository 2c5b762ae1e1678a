// The judge of tests/conformance/postbuild/run. Texts end in a NUL.
//
//	judge make COUNT NUMBER           random texts
//	judge compare TEXTS ESCAPED       does the substitution make of each escaped text the text?
package main

import (
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
)

var parts = []string{"$", "$", "$", "{", "}", "a", "(", ")", "\n", "é", " ", ":-", ":=", "#", "/", "\\", "${", "$${", "${a}"}

func random(count, number int) {
	source := rand.New(rand.NewSource(int64(number)))
	for ; count > 0; count-- {
		for length := source.Intn(12); length >= 0; length-- {
			fmt.Print(parts[source.Intn(len(parts))])
		}
		fmt.Print("\x00")
	}
}

func read(file string) []string {
	text, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(2)
	}
	return strings.Split(string(text), "\x00")
}

func survives(text, wanted string) (string, bool) {
	unset := func(string) (string, bool) { return "", false }
	result, err := envsubst.Eval(text, unset)
	if err != nil {
		return err.Error(), false
	}
	return result, result == wanted
}

func compare(texts, escaped []string) bool {
	bare, different := 0, 0
	if len(texts) != len(escaped) {
		fmt.Printf("%d texts, but %d escaped ones\n", len(texts), len(escaped))
		return false
	}
	for i, text := range texts {
		if _, same := survives(text, text); same {
			bare++
		}
		if result, same := survives(escaped[i], text); !same {
			different++
			fmt.Printf("%q, escaped as %q, becomes %q\n", text, escaped[i], result)
		}
	}
	fmt.Printf("envsubst: %d texts, %d not given back (%d needed no escaping)\n", len(texts)-1, different, bare-1)
	return different == 0 && bare < len(texts)
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: judge make COUNT NUMBER | judge compare TEXTS ESCAPED")
		os.Exit(2)
	}
	if os.Args[1] == "make" {
		count, _ := strconv.Atoi(os.Args[2])
		number, _ := strconv.Atoi(os.Args[3])
		random(count, number)
	} else if !compare(read(os.Args[2]), read(os.Args[3])) {
		os.Exit(1)
	}
}
