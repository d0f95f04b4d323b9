"""One kept-alive connection to the platform, whether an answer is as it is described, and how a request is told to people:
as a line of curl."""
import http.client
import json
import shlex
import time
import urllib.parse


class Connection:
    def __init__(self, url):
        self.url = url
        self.address = urllib.parse.urlsplit(url)
        self.connection = None
        self.sent = 0

    def send(self, method, target, body=None, headers=None):
        """(status, media type, bytes, headers). Opens the connection anew when the other side has closed it."""
        self.sent += 1
        for last_try in (False, True):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=30)
            try:
                self.connection.putrequest(method, target, skip_accept_encoding=True)
                for name, value in (headers or {}).items():
                    self.connection.putheader(name, value)
                if body is not None:
                    self.connection.putheader("Content-Length", str(len(body)))
                self.connection.endheaders(body)
                answer = self.connection.getresponse()
                content = answer.read()
                if answer.will_close:
                    self.close()
                return answer.status, answer.headers.get_content_type() if content else "", content, answer.headers
            except (http.client.HTTPException, OSError):
                self.close()
                if last_try:
                    raise
                time.sleep(0.05)  # The server refuses a body it will not read by closing; it needs a moment.
        raise AssertionError

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


# Any operation may answer so before it knows what it is asked (common.yaml says it).
TRANSPORT = {"431"}


def answer_faults(files, validator, operation, home, answer):
    """Sentences on what is not as the operation's description says. `answer` is (status, media type, bytes)."""
    status, media_type, body = answer
    if str(status) in TRANSPORT:
        return
    declared = operation["responses"].get(str(status))
    if declared is None:
        yield f"{status} is not described: {body[:300].decode(errors='replace')}"
        return
    response, home = files.follow(declared, home)
    contents = response.get("content", {})
    if not body:
        if contents:
            yield f"{status} has no body, and should have {' or '.join(contents)}"
    elif media_type not in contents:
        yield f"{status} with {media_type or 'no media type'} is not described"
    elif media_type.endswith("json"):
        for fault in validator.faults(json.loads(body), contents[media_type].get("schema", {}), home):
            yield f"{status}{fault}"


def curl(url, method, target, body, headers):
    parts = ["curl", "-i", "-X", method, "--path-as-is", shlex.quote(url + target)]
    for name, value in (headers or {}).items():
        shown = value if len(value) < 200 else value[:12] + "…"
        parts += ["-H", shlex.quote(f"{name}: {shown}" if shown else f"{name};")]
    if body is not None:
        escaped = "".join(chr(one) if 32 <= one < 127 and one not in (39, 92) else f"\\x{one:02x}" for one in body[:700])
        parts += ["--data-binary", f"$'{escaped}'" + (f" # … {len(body)} bytes in all" if len(body) > 700 else "")]
    return " ".join(parts)
