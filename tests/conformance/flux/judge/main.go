// The judge of tests/conformance/flux/run: what source-controller packs, kustomize-controller generates and kustomize
// builds, by their own libraries. Its answers have the form of ../model.c's.
//
//	judge decode FILE...      "ok COUNT FILE" | "refused FILE: why"
//	judge build ROOT PATH...  "== PATH", then "refused FILE: why" | "fails: why" | "ok", then "  KIND NAMESPACE NAME" sorted
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/sourceignore"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/provider"
)

func decode(path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		fmt.Printf("unknown %s: %v\n", path, err)
		return
	}
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("refused %s: panic\n", path)
		}
	}()
	resources, err := provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(text)
	if err != nil {
		why, _, _ := strings.Cut(err.Error(), "\n")
		fmt.Printf("refused %s: %s\n", path, why)
		return
	}
	fmt.Printf("ok %d %s\n", len(resources), path)
}

// Copies what source-controller would put into the artifact.
func pack(root, into string) error {
	patterns, err := sourceignore.LoadIgnorePatterns(root, nil)
	if err != nil {
		return err
	}
	all := sourceignore.VCSPatterns(nil)
	if len(patterns) > 0 {
		all = append(all, patterns...)
	} else {
		all = append(all, sourceignore.DefaultPatterns(nil)...)
	}
	matcher := sourceignore.NewMatcher(all)
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		relative, _ := filepath.Rel(root, path)
		if err != nil || relative == "." {
			return err
		}
		if relative == ".git" {
			return filepath.SkipDir
		}
		regular := entry.Type().IsRegular()
		if (!regular && !entry.IsDir()) || matcher.Match(strings.Split(relative, "/"), entry.IsDir()) {
			return nil
		}
		target := filepath.Join(into, relative)
		if entry.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
}

func build(root, path string) {
	fmt.Printf("== %s\n", path)
	work, err := os.MkdirTemp("", "kustomization-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(work)
	work, _ = filepath.EvalSymlinks(work)
	if err := pack(root, work); err != nil {
		fmt.Printf("unknown: %v\n", err)
		return
	}
	directory := filepath.Join(work, filepath.Clean("/"+path))
	if _, err := os.Stat(directory); err != nil {
		fmt.Println("fails: kustomization path not found")
		return
	}
	one := func(err error) string {
		why, _, _ := strings.Cut(err.Error(), "\n")
		return strings.ReplaceAll(why, work+"/", "")
	}
	generator := kustomize.NewGenerator(work, unstructured.Unstructured{Object: map[string]any{}})
	if _, err := generator.WriteFile(directory); err != nil {
		why := one(err)
		if rest, found := strings.CutPrefix(why, "failed to decode Kubernetes YAML from "); found {
			fmt.Printf("refused %s\n", rest)
		} else {
			fmt.Printf("fails: %s\n", why)
		}
		return
	}
	resources, err := kustomize.SecureBuild(work, directory, false)
	if err != nil {
		fmt.Printf("fails: %s\n", one(err))
		return
	}
	lines := []string{}
	for _, resource := range resources.Resources() {
		lines = append(lines, fmt.Sprintf("  %s %s %s", resource.GetKind(), resource.GetNamespace(), resource.GetName()))
	}
	sort.Strings(lines)
	fmt.Println("ok")
	for _, line := range lines {
		fmt.Println(line)
	}
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: judge decode FILE... | judge build ROOT PATH...")
		os.Exit(2)
	}
	if os.Args[1] == "decode" {
		for _, path := range os.Args[2:] {
			decode(path)
		}
		return
	}
	for _, path := range os.Args[3:] {
		build(os.Args[2], path)
	}
}
