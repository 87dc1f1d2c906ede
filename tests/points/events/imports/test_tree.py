"""The areas of a file as a tree."""

from __future__ import annotations

from points.events.imports.tree import Tree


def test_the_way_up_goes_as_far_as_the_file_and_one_step_further() -> None:
    """What stands above the file's own areas is asked of the book; a circle ends where it began."""
    tree = Tree()
    for code, parent, level in (("g", "c", 5), ("c", "s", 2), ("r", None, 0), ("x", "y", 2), ("y", "x", 1)):
        tree.add(code, parent, level)
    assert tree.above(["g"]) == {"g", "c", "s"}
    assert tree.above(["r", "c"]) == {"r", "c", "s"}
    assert tree.above(["x"]) == {"x", "y"}
    assert (tree.get("g"), tree.get("r"), tree.get("s")) == (("c", 5), (None, 0), None)
