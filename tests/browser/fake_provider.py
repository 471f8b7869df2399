"""An OpenID Connect provider on loopback that lets everybody in, as whom it is told."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "desk", "not so secret"


class Provider:
    """`mail` is who signs in next; `asked` counts how often somebody was sent here."""

    def __init__(self):
        self.mail, self.verified = "viewer@example.org", True
        self.asked = 0
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.nonces = {}
        self.address = ""

    def metadata(self):
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def token(self, code):
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": self.mail, "iat": now, "exp": now + 600,
            "nonce": self.nonces[code], "email": self.mail, "email_verified": self.verified, "name": self.mail,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": code, "token_type": "Bearer", "expires_in": 600, "id_token": signed}


@contextmanager
def providing():
    """Runs one; yields its Provider."""
    provider = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self._back({name: values[0] for name, values in parse_qs(parts.query).items()})
            elif parts.path == "/keys":
                self._json({"keys": [provider.key.as_dict(private=False)]})
            else:
                self._json(provider.metadata())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._json(provider.token(parse_qs(body)["code"][0]))

        def log_message(self, *_):
            pass

        def _back(self, asked):
            provider.asked += 1
            code = f"code-{provider.asked}"
            provider.nonces[code] = asked.get("nonce")
            self.send_response(302)
            self.send_header(
                "Location", asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})
            )
            self.end_headers()

        def _json(self, what):
            body = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
