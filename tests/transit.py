"""A transit engine of our own on loopback, which answers as its HTTP API documentation says."""

import json
import os
import threading
from base64 import b64decode, b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "s.invented"


class Engine(ThreadingHTTPServer):
    """One key `r2com` with its versions. `silent` takes requests and never answers them."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Asked)
        self.keys, self.silent = {1: os.urandom(32)}, threading.Event()
        self.over, self.bounds = threading.Event(), {"min_decryption_version": 1}

    def encrypt(self, said):
        newest, nonce = max(self.keys), os.urandom(12)
        bound = b64decode(said.get("associated_data", ""))
        sealed = nonce + AESGCM(self.keys[newest]).encrypt(nonce, b64decode(said["plaintext"]), bound)
        return {"ciphertext": f"vault:v{newest}:{b64encode(sealed).decode()}", "key_version": newest}

    def decrypt(self, said):
        _, version, sealed = said["ciphertext"].split(":")
        raw, bound = b64decode(sealed), b64decode(said.get("associated_data", ""))
        key = self.keys[int(version[1:])]
        return {"plaintext": b64encode(AESGCM(key).decrypt(raw[:12], raw[12:], bound)).decode()}

    def rotate(self, said):
        self.keys[max(self.keys) + 1] = os.urandom(32)

    def config(self, said):
        self.bounds |= said

    def trim(self, said):
        first = said["min_available_version"]
        if first > min(self.bounds["min_decryption_version"], self.bounds["min_encryption_version"]):
            raise ValueError
        self.keys = {number: key for number, key in self.keys.items() if number >= first}

    def about(self, said):
        return {"latest_version": max(self.keys), "name": "r2com", "type": "aes256-gcm96", **self.bounds}


class Asked(BaseHTTPRequestHandler):
    def do_POST(self):
        self.answer(
            {"encrypt/r2com", "decrypt/r2com", "keys/r2com/rotate", "keys/r2com/config", "keys/r2com/trim"}
        )

    def do_GET(self):
        self.answer({"keys/r2com"})

    def answer(self, known):
        if self.server.silent.is_set():
            self.server.over.wait(30)
            return None
        path = self.path.removeprefix("/v1/transit/")
        if self.headers["X-Vault-Token"] != TOKEN:
            return self.say(403, {"errors": ["permission denied"]})
        if path not in known:
            return self.say(404, {"errors": []})
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or b"{}")
        name = "about" if path == "keys/r2com" else path.replace("/r2com", "").split("/")[-1]
        try:
            data = getattr(self.server, name)(said)
        except (InvalidTag, ValueError, KeyError):
            return self.say(400, {"errors": ["invalid ciphertext"]})
        return self.say(200 if data else 204, {"data": data} if data else None)

    def say(self, status, value):
        self.send_response(status)
        self.end_headers()
        if value is not None:
            self.wfile.write(json.dumps(value).encode())

    def log_message(self, *args):
        pass


@contextmanager
def engine():
    """Running, until the block ends."""
    started = Engine()
    threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield started
    finally:
        started.over.set()
        started.shutdown()
        started.server_close()
