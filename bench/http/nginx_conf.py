#!/usr/bin/env python3
"""Writes an nginx configuration that returns a recorded response from memory.

Usage: nginx_conf.py <folder with the files head and body> <port>
"""
import pathlib
import sys

PIECE = 1500  # nginx reads at most 4096 bytes a parameter, and every byte may need a backslash.
OF_NGINX = {"server", "date", "content-length", "content-type", "connection"}


def quoted(data: bytes) -> bytes:
    """A parameter in double quotes. `geo` takes its values as they are: a dollar sign means nothing there."""
    return b'"' + data.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def main() -> None:
    folder, port = pathlib.Path(sys.argv[1]), sys.argv[2].encode()
    body = (folder / "body").read_bytes()
    lines = (folder / "head").read_bytes().decode().splitlines()[1:]
    headers = [line.split(": ", 1) for line in lines if ": " in line]
    content_type = next((value for name, value in headers if name.lower() == "content-type"), "text/plain")

    pieces = [body[i : i + PIECE] for i in range(0, len(body), PIECE)]
    out = [b"worker_processes 1;", b"daemon on;", b"pid nginx.pid;"]
    out += [b"events { worker_connections 4096; }", b"http {", b"access_log off;", b"server_tokens off;"]
    out += [b"client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;"]
    out += [b"uwsgi_temp_path t4; scgi_temp_path t5;", b"keepalive_requests 1000000000;"]
    for i, piece in enumerate(pieces):
        out.append(b"geo $piece%d { default %s; }" % (i, quoted(piece)))
    out += [b"server {", b"listen 127.0.0.1:%s;" % port, b"location / {"]
    out.append(b"default_type %s;" % quoted(content_type.encode()))
    for name, value in headers:
        if name.lower() not in OF_NGINX:
            out.append(b"add_header %s %s;" % (name.encode(), quoted(value.encode())))
    whole = b"".join(b"${piece%d}" % i for i in range(len(pieces)))
    out += [b'return 200 "%s";' % whole, b"}", b"}", b"}", b""]
    sys.stdout.buffer.write(b"\n".join(out))


if __name__ == "__main__":
    main()
