"""RFC 6962 trees, against the published vectors and against the verifier's own implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuokra.access import merkle, verifier

A, B, C = (merkle.leaf_hash(text.encode()) for text in "abc")
TREES = st.lists(st.binary(max_size=40), min_size=1, max_size=70).map(
    lambda rows: [merkle.leaf_hash(row) for row in rows]
)


def test_vectors() -> None:
    """Data-protection specification, section 9.4."""
    assert merkle.root([]).hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
    assert merkle.leaf_hash(b"").hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert A.hex() == "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c"
    assert merkle.root([A, B]).hex() == (
        "b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb"
    )
    assert merkle.root([A, B, C]).hex() == (
        "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1"
    )


@given(TREES)
def test_two_implementations_of_the_root_agree(leaves: list[bytes]) -> None:
    assert verifier.merkle_root(b"".join(leaves)) == merkle.root(leaves)


@given(TREES, st.data())
def test_every_leaf_is_proved_and_another_is_not(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    (path,), root = merkle.inclusion_proofs(leaves, [index]), merkle.root(leaves)
    size = len(leaves)
    other = merkle.leaf_hash(b"another row, longer than any in the tree of this test")

    assert merkle.proves(leaves[index], index, size, path, root)
    assert not merkle.proves(other, index, size, path, root)
    assert verifier.root_by_path(leaves[index], index, size, path) == root
    assert verifier.root_by_path(other, index, size, path) != root


@given(TREES, st.data())
def test_a_path_of_another_length_proves_nothing(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    (path,), root = merkle.inclusion_proofs(leaves, [index]), merkle.root(leaves)
    size = len(leaves)

    for wrong in (path[:-1], [*path, root]):
        if wrong != path:
            assert not merkle.proves(leaves[index], index, size, wrong, root)
            assert verifier.root_by_path(leaves[index], index, size, wrong) != root


@given(TREES, st.data())
def test_one_flipped_bit_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    flipped = bytes([leaves[index][0] ^ 1]) + leaves[index][1:]

    assert merkle.root([*leaves[:index], flipped, *leaves[index + 1 :]]) != merkle.root(leaves)


@pytest.mark.parametrize("index", [-1, 3])
def test_no_proof_of_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proofs([A, B, C], [0, index])
    assert not merkle.proves(A, index, 3, [B, C], merkle.root([A, B, C]))


@given(TREES)
def test_stored_leaves_come_apart_again(leaves: list[bytes]) -> None:
    assert merkle.split_leaves(b"".join(leaves)) == leaves


@given(TREES)
def test_many_leaves_are_proved_at_once(leaves: list[bytes]) -> None:
    everything = list(range(len(leaves)))
    paths = merkle.inclusion_proofs(leaves, everything)
    proved = [
        verifier.root_by_path(leaves[index], index, len(leaves), path)
        for index, path in zip(everything, paths, strict=True)
    ]
    assert set(proved) == {merkle.root(leaves)}
