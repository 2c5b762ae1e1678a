// The judge of tests/conformance/postbuild/run. Texts end in a NUL.
//
//	judge make COUNT NUMBER           random texts
//	judge make-variables COUNT NUMBER the same, with more of what stands in variables
//	judge compare TEXTS ESCAPED       does the substitution make of each escaped text the text?
//	judge evaluate TEXTS VERDICTS     does it make of each text what we say?
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

var inVariables = []string{"${", "${a", "${b", "${c", "${", "}", "}", "}", "$", "$$", "a", "b", "c", "1", ":", "=", "-", "?", "+", "#", "%",
	"/", "^", ",", "\\", "\n", "é", " ", "\"", "'", "_", ":-", ":=", "${a:-", "//", "##", ":1:"}

func random(parts []string, count, number int) {
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

// What we print of a text, made with the original.
func verdict(text string) (unset, result string) {
	values := map[string]string{"a": "value", "b": ""}
	_, err := envsubst.Eval(text, func(name string) (string, bool) { value, is := values[name]; return value, is })
	if err != nil {
		if _, name, is := strings.Cut(err.Error(), "variable not set (strict mode): "); is {
			unset, _ = strconv.Unquote(name)
		}
	}
	made, err := envsubst.Eval(text, func(name string) (string, bool) { return values[name], true })
	if err != nil {
		return "", "error " + err.Error()
	}
	return unset, "=" + made
}

func evaluate(texts, ours []string) bool {
	different, open, unknown, faults := 0, 0, 0, 0
	if len(texts) != len(ours) {
		fmt.Printf("%d texts, but %d verdicts\n", len(texts), len(ours))
		return false
	}
	for i, text := range texts[:len(texts)-1] {
		unset, result := verdict(text)
		wanted := result
		if !strings.HasPrefix(result, "error ") {
			wanted = unset + "\t" + result
		}
		switch {
		case ours[i] == "open" && (strings.HasPrefix(result, "error ") || strings.Contains(text, "é")):
			open++
		case strings.HasSuffix(ours[i], "\t?") && !strings.HasPrefix(result, "error ") && ours[i] == unset+"\t?":
			unknown++
		case ours[i] != wanted:
			different++
			fmt.Printf("%q: %q, but we say %q\n", text, wanted, ours[i])
		case strings.HasPrefix(result, "error "):
			faults++
		}
	}
	fmt.Printf("envsubst: %d texts, %d judged otherwise (%d refused, %d left open, %d not evaluated)\n", len(texts)-1, different, faults,
		open, unknown)
	return different == 0 && faults > 0 && open < len(texts)/2 && unknown < len(texts)/2
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: judge make|make-variables COUNT NUMBER | judge compare TEXTS ESCAPED | judge evaluate TEXTS VERDICTS")
		os.Exit(2)
	}
	switch os.Args[1] {
	case "make", "make-variables":
		count, _ := strconv.Atoi(os.Args[2])
		number, _ := strconv.Atoi(os.Args[3])
		random(map[bool][]string{true: parts, false: inVariables}[os.Args[1] == "make"], count, number)
	case "compare":
		if !compare(read(os.Args[2]), read(os.Args[3])) {
			os.Exit(1)
		}
	default:
		if !evaluate(read(os.Args[2]), read(os.Args[3])) {
			os.Exit(1)
		}
	}
}
