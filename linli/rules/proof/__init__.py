"""Proof that a history was not changed afterwards: canonical bytes, hash chains, a Merkle tree, and an outsider's verifier."""
