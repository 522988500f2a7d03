// SPDX-License-Identifier: Apache-2.0

// Reads the Dockerfiles of a folder with BuildKit's parser, so many times, and prints how many
// instructions they have: parser FOLDER TIMES. To be built in a checkout of BuildKit, whose modules
// it needs:
//
//	mkdir cmd/parser && cp main.go cmd/parser && go build -mod=vendor -tags dfaddchecksum ./cmd/parser
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("BuildKit's parser")
		return
	}
	names, err := filepath.Glob(filepath.Join(os.Args[1], "*.Dockerfile"))
	check(err)
	times, err := strconv.Atoi(os.Args[2])
	check(err)
	var files [][]byte
	for _, name := range names {
		text, err := os.ReadFile(name)
		check(err)
		files = append(files, text)
	}
	count := 0
	for i := 0; i < times; i++ {
		count = 0
		for _, text := range files {
			result, err := parser.Parse(bytes.NewReader(text))
			check(err)
			stages, _, err := instructions.Parse(result.AST)
			check(err)
			for _, stage := range stages {
				count += len(stage.Commands) + 1
			}
		}
	}
	fmt.Println(count)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
