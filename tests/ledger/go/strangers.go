// Reads what Jishan writes with nothing but Go's own transparency log, golang.org/x/mod/sumdb/{note,tlog}.
//
//	strangers bundle FOLDER VKEY [OLD_CHECKPOINT]  opens the checkpoint, proves every text and every beginning from the tiles
//	strangers receipt FILE VKEY                    checks the receipt's own proof
//	strangers consistency FILE VKEY OLD_CHECKPOINT checks what `jishan consistency` prints
//	strangers sign SECRET                          signs the text on standard input
//
// It prints what it checked, and exits with 1 and one line when anything does not hold.
package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) >= 3 && args[0] == "bundle":
		return bundle(args[1], args[2], args[3:])
	case len(args) == 3 && args[0] == "receipt":
		return receipt(args[1], args[2])
	case len(args) == 4 && args[0] == "consistency":
		return consistency(args[1], args[2], args[3])
	case len(args) == 2 && args[0] == "sign":
		return sign(args[1])
	}
	return errors.New("usage: strangers bundle|receipt|consistency|sign …")
}

// head opens a signed note with one key and reads the tree it is about.
func head(signed []byte, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// files reads tiles where C2SP keeps them: as Go's path, without the height.
type files struct{ folder string }

func (files) Height() int                                 { return tileHeight }
func (files) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(f.folder, path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// bundle proves from the tiles that every text is in the signed tree, and that it begins with every earlier one.
func bundle(folder, vkey string, old []string) error {
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := head(signed, vkey)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, files{folder})
	texts, err := os.ReadFile(filepath.Join(folder, "transactions.jsonl"))
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSuffix(string(texts), "\n"), "\n")
	if int64(len(lines)) != tree.N {
		return fmt.Errorf("%d texts in a tree of %d", len(lines), tree.N)
	}
	for index, line := range lines {
		proof, err := tlog.ProveRecord(tree.N, int64(index), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, int64(index), tlog.RecordHash([]byte(line))); err != nil {
			return fmt.Errorf("text %d: %w", index+1, err)
		}
		beginning, err := tlog.TreeHash(int64(index+1), reader)
		if err != nil {
			return err
		}
		extends, err := tlog.ProveTree(tree.N, int64(index+1), reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(extends, tree.N, tree.Hash, int64(index+1), beginning); err != nil {
			return fmt.Errorf("the first %d: %w", index+1, err)
		}
	}
	for _, path := range old {
		if err := extends(tree, path, vkey, reader); err != nil {
			return err
		}
	}
	fmt.Printf("%d texts, %d old checkpoints\n", len(lines), len(old))
	return nil
}

func extends(tree tlog.Tree, path, vkey string, reader tlog.HashReader) error {
	signed, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, err := head(signed, vkey)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, before.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
}

// receipt checks title, text, an empty line, a C2SP tlog-proof.
func receipt(path, vkey string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	kept, _, _ := strings.Cut(string(data), "\n\n# ")
	parts := strings.SplitN(kept, "\n\n", 3)
	if len(parts) != 3 {
		return errors.New("not a receipt")
	}
	_, text, _ := strings.Cut(parts[0], "\n")
	lines := strings.Split(parts[1], "\n")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	tree, err := head([]byte(strings.TrimRight(parts[2], "\n")+"\n"), vkey)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash([]byte(text))); err != nil {
		return err
	}
	fmt.Printf("text %d of %d\n", index+1, tree.N)
	return nil
}

// consistency checks `old SIZE`, a proof, an empty line and a note against an older note.
func consistency(path, vkey, old string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	top, signed, _ := strings.Cut(string(data), "\n\n")
	lines := strings.Split(top, "\n")
	proof, err := hashes(lines[1:])
	if err != nil {
		return err
	}
	tree, err := head([]byte(signed), vkey)
	if err != nil {
		return err
	}
	signedBefore, err := os.ReadFile(old)
	if err != nil {
		return err
	}
	before, err := head(signedBefore, vkey)
	if err != nil {
		return err
	}
	if lines[0] != fmt.Sprintf("old %d", before.N) {
		return errors.New("about another size")
	}
	if err := tlog.CheckTree(tlog.TreeProof(proof), tree.N, tree.Hash, before.N, before.Hash); err != nil {
		return err
	}
	fmt.Printf("%d begins with %d\n", tree.N, before.N)
	return nil
}

func hashes(lines []string) (tlog.RecordProof, error) {
	var all tlog.RecordProof
	for _, line := range lines {
		data, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(data) != tlog.HashSize {
			return nil, fmt.Errorf("%q is no hash", line)
		}
		var hash tlog.Hash
		copy(hash[:], data)
		all = append(all, hash)
	}
	return all, nil
}

// sign writes the note that Go makes of a text with a secret in its own form.
func sign(secret string) error {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(signed)
	return err
}
