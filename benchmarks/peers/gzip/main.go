// SPDX-License-Identifier: Apache-2.0

// Compresses a file with klauspost/compress, from memory into a file: gzip LEVEL FILE OUT. On a Debian with the packages
// golang-go and golang-github-klauspost-compress-dev it is built by
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o klauspost-gzip main.go
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/klauspost/compress/gzip"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("klauspost/compress")
		return
	}
	level, err := strconv.Atoi(os.Args[1])
	check(err)
	bytes, err := os.ReadFile(os.Args[2])
	check(err)
	out, err := os.Create(os.Args[3])
	check(err)
	writer, err := gzip.NewWriterLevel(out, level)
	check(err)
	_, err = writer.Write(bytes)
	check(err)
	check(writer.Close())
	check(out.Close())
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
