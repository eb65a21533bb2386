"""Ed25519 keys (RFC 8032) that sign credentials: the one module of the engine that does cryptography.

A private key is 32 bytes that the caller keeps; it is given in for the moment of signing.
"""

from secrets import token_bytes

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SIZE = 32
SIGNATURE = 64


def new_key() -> bytes:
    """A new private key, 32 random bytes."""
    return token_bytes(SIZE)


def public_key(private: bytes) -> bytes:
    """The public half (32 bytes) of a private key."""
    half = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return half.public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(private: bytes, message: bytes) -> bytes:
    """The signature, 64 bytes; the same for the same key and message."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this key signed exactly this message."""
    if len(signature) != SIGNATURE:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
