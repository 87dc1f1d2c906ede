"""The receipt a volunteer keeps: a transaction's text with the proof that it is in the signed ledger."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from ledger import checkpoints, digests, encoding, merkle
from ledger.checkpoints import Checkpoint
from ledger.errors import BadNote, NotIncluded

TITLE = "积善簿凭证 · Jishan receipt v1"
PROOF = "c2sp.org/tlog-proof@v1"
SUM = {"sha256": "sha256sum", "sm3": "openssl dgst -sm3 -r"}
"""What a terminal computes a book's hash with."""

HELP = r"""
# 怎样自己核对，不用我们的程序。把这份凭证存成 receipt.txt，在终端里依次输入：
# How to check it without our programs. Save this as receipt.txt and type in a terminal:
#
#   j() {{ printf '01%s%s' $1 $2 | tr a-f A-F | basenc -d --base16 | {sum} | cut -c1-64; }}
#   h=$( (printf '\0'; sed -n 2p receipt.txt | tr -d '\n') | {sum} | cut -c1-64)
{joins}#   echo $h
#
# 应当得到检查点里的树根 / It must be the root in the checkpoint:
#   {root}
# 再用从别处（公告栏）得到的公钥核对签名 / Then the signature, with the key from elsewhere (the notice board):
#
#   KEY='…'
#   sed -n '{first},{last}p' receipt.txt > text
#   grep '^— {name} ' receipt.txt | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
#   (printf '0*0\005\006\003+ep\003!\0'; echo "$KEY" | cut -d+ -f3- | base64 -d | tail -c 32) > key.der
#   openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in text -sigfile signature
"""


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """What a receipt says: the text at a position, its inclusion proof, and the signed checkpoint it leads
    to.
    """

    body: bytes
    position: int
    proof: tuple[bytes, ...]
    note: str


def format_receipt(receipt: KeptReceipt) -> str:
    """Write a receipt, format version 1: a C2SP tlog-proof under the text it is about, and how to check it.

    积善簿凭证 · Jishan receipt v1
    {"accounts":[…],"chart":…,"v":1}            the text, on one line, exactly as it is hashed
                                                (an empty line)
    c2sp.org/tlog-proof@v1
    index 11                                    from 0: the position less one
    base64 of 32 bytes, any number of lines     from the leaf's neighbour upwards
                                                (an empty line)
    origin, size, root, an empty line, signatures: the checkpoint, verbatim

    # help, which proves nothing and may be cut off
    """
    steps = "".join(b64encode(step).decode() + "\n" for step in receipt.proof)
    proof = f"{PROOF}\nindex {receipt.position - 1}\n{steps}"
    return f"{TITLE}\n{receipt.body.decode()}\n\n{proof}\n{receipt.note}{_help(receipt)}"


def parse(text: str) -> KeptReceipt:
    """Read what `format_receipt` wrote. Raises BadNote when it is not whole; checks neither proof nor
    signature.
    """
    parts = text.partition("\n\n# ")[0].split("\n\n", 2)
    lines = [part.split("\n") for part in parts[:2]]
    if len(parts) != 3 or len(lines[0]) != 2 or lines[0][0] != TITLE or lines[1][0] != PROOF:
        raise BadNote(problem="不是一份完整的凭证")
    index = lines[1][1].removeprefix("index ") if len(lines[1]) > 1 else ""
    if not checkpoints.SIZE.fullmatch(index) or lines[1][1] == index:
        raise BadNote(problem="凭证没有序号")
    proof = tuple(checkpoints.read_base64(step, 32) for step in lines[1][2:])
    return KeptReceipt(lines[0][1].encode(), int(index) + 1, proof, parts[2].rstrip("\n") + "\n")


def check(text: str, vkey: str) -> Checkpoint:
    """The checkpoint that a receipt is proved to be in, signed by the key `vkey` (text, from outside).

    Raises BadNote, WrongSignature, or NotIncluded when text, index, proof and root do not belong together.
    """
    receipt = parse(text)
    checkpoint = checkpoints.verify_head(receipt.note, vkey)
    leaf, index = merkle.leaf_hash(receipt.body), receipt.position - 1
    proved = merkle.verify_inclusion(leaf, index, checkpoint.size, receipt.proof, checkpoint.root)
    if not proved or _position(receipt.body) != receipt.position:
        raise NotIncluded(position=receipt.position, size=checkpoint.size)
    return checkpoint


def _position(body: bytes) -> object:
    """The position that a proven text claims; the text is ours once the proof holds."""
    try:
        return encoding.parse(body)["position"]
    except (ValueError, KeyError, TypeError):
        raise BadNote(problem="内容不是一笔账") from None


def _help(receipt: KeptReceipt) -> str:
    checkpoint = checkpoints.parse(receipt.note)
    lefts = _left_siblings(receipt.position - 1, checkpoint.size)
    first = 7 + len(receipt.proof)
    return HELP.format(
        sum=SUM[digests.BOOK.name],
        joins="".join(map(_join, receipt.proof, lefts)),
        root=checkpoint.root.hex(),
        first=first,
        last=first + receipt.note.rpartition("\n\n")[0].count("\n"),
        name=checkpoint.origin,
    )


def _join(step: bytes, left: bool) -> str:
    pair = f"{step.hex()} $h" if left else f"$h {step.hex()}"
    return f"#   h=$(j {pair})\n"


def _left_siblings(index: int, size: int) -> Sequence[bool]:
    """For each step of the proof, from the leaf upwards: does the neighbour stand on the left?"""
    lefts, at, last = [], index, size - 1
    while last:
        if at & 1 or at == last:
            lefts.append(True)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            lefts.append(False)
        at, last = at >> 1, last >> 1
    return lefts
