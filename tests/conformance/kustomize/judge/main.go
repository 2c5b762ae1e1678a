// Asks kustomize's own libraries, at the version that kubectl 1.32 holds, what a directory builds to.
//
//	judge <trees      trees of conformance_kustomize, answered one by one: "== NUMBER", then the verdict
//	judge ROOT DIR…   directories of a repository: "== DIR", then the verdict
//
// A verdict is "ok" or "fails: why", then for each object of an "ok" a line: its identity, a blank, its content as JSON.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// build answers for one directory.
func build(files filesys.FileSystem, directory string) (answer string) {
	defer func() {
		if problem := recover(); problem != nil {
			answer = fmt.Sprintf("fails: panic: %v\n", problem)
		}
	}()
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy
	made, err := krusty.MakeKustomizer(options).Run(files, directory)
	if err == nil {
		_, err = made.AsYaml()
	}
	if err != nil {
		return fmt.Sprintf("fails: %s\n", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	lines := "ok\n"
	for _, object := range made.Resources() {
		content, err := object.MarshalJSON()
		if err != nil {
			return fmt.Sprintf("fails: %v\n", err)
		}
		id := object.CurId()
		lines += fmt.Sprintf("%s|%s|%s|%s|%s %s\n", id.Group, id.Version, id.Kind, id.Namespace, id.Name, content)
	}
	return lines
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// tree is one repository that is being read.
type tree struct {
	number, directory string
	files             filesys.FileSystem
}

func (t *tree) answer() {
	if t.files != nil {
		fmt.Printf("== %s\n%s", t.number, build(t.files, "/r/"+t.directory))
	}
}

func main() {
	if len(os.Args) > 1 {
		for _, directory := range os.Args[2:] {
			fmt.Printf("== %s\n%s", directory, build(filesys.MakeFsOnDisk(), path.Join(os.Args[1], directory)))
		}
		return
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	var current tree
	for {
		line, err := in.ReadString('\n')
		if err == io.EOF {
			break
		}
		check(err)
		words := strings.Fields(line)
		switch words[0] {
		case "tree":
			current.answer()
			current = tree{words[1], words[2], filesys.MakeFsInMemory()}
		case "file":
			var size int
			_, err := fmt.Sscan(words[2], &size)
			check(err)
			text := make([]byte, size+1)
			_, err = io.ReadFull(in, text)
			check(err)
			check(current.files.MkdirAll(path.Dir("/r/" + words[1])))
			check(current.files.WriteFile("/r/"+words[1], text[:size]))
		}
	}
	current.answer()
}
