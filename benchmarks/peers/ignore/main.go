// SPDX-License-Identifier: Apache-2.0

// Asks moby/patternmatcher which paths a .dockerignore leaves out, so many times, and prints how many those are:
// ignore PATTERNS PATHS TIMES. The paths come parents first, a line each. On a Debian with the packages golang-go and
// golang-github-moby-patternmatcher-dev it is built by
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o patternmatcher main.go
package main

import (
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("moby/patternmatcher")
		return
	}
	file, err := os.Open(os.Args[1])
	check(err)
	patterns, err := ignorefile.ReadAll(file)
	check(err)
	text, err := os.ReadFile(os.Args[2])
	check(err)
	paths := strings.Fields(string(text))
	parents := parentsOf(paths)
	times, err := strconv.Atoi(os.Args[3])
	check(err)
	ignored := 0
	for i := 0; i < times; i++ {
		matcher, err := patternmatcher.New(patterns)
		check(err)
		ignored = walk(matcher, paths, parents)
	}
	fmt.Println(ignored)
}

// Returns where the parent of each path is in the list; -1 for one at the top.
func parentsOf(paths []string) []int {
	places := map[string]int{}
	parents := make([]int, len(paths))
	for i, name := range paths {
		places[name] = i
		parents[i] = -1
		if parent, found := places[path.Dir(name)]; found {
			parents[i] = parent
		}
	}
	return parents
}

// Asks as BuildKit does on its way through a context: with what came of the parent.
func walk(matcher *patternmatcher.PatternMatcher, paths []string, parents []int) int {
	infos := make([]patternmatcher.MatchInfo, len(paths))
	ignored := 0
	for i, name := range paths {
		parent := patternmatcher.MatchInfo{}
		if parents[i] >= 0 {
			parent = infos[parents[i]]
		}
		matches, info, err := matcher.MatchesUsingParentResults(name, parent)
		check(err)
		infos[i] = info
		if matches {
			ignored++
		}
	}
	return ignored
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
