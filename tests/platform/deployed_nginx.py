"""nginx as deploy/ has it, for tests."""
import http.client
import os
import pathlib
import re
import socket
import ssl
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Nginx:
    """Runs the configuration as it is deployed, moved into a folder and to free ports; `ports` says where deployed ones are."""

    def __init__(self, folder, site, ports=None):
        self.folder = pathlib.Path(folder)
        self.secure, self.plain = free_port(), free_port()
        self.ports = dict(ports or {})
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "1", "-subj", "/CN=shop.example.cn", "-keyout", f"{folder}/key.pem", "-out",
                        f"{folder}/certificate.pem"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name in (site, "server.conf"):
            (self.folder / name).write_text(self.moved((DEPLOY / "nginx" / name).read_text()))
        (self.folder / "nginx.conf").write_text(
            ("user root;\n" if os.geteuid() == 0 else "") +  # The folder is nobody else's.
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\nhttp {{ access_log off;\n" +
            "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) +
            f"include {folder}/{site}; }}\n")
        binary = next((p for p in (ROOT / ".deps/usr/sbin/nginx", pathlib.Path("/usr/sbin/nginx")) if p.exists()), "nginx")
        self.process = subprocess.Popen([binary, "-e", f"{folder}/error.log", "-p", folder, "-c", f"{folder}/nginx.conf"])
        deadline = time.monotonic() + 20
        while not self.listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((self.folder / "error.log").read_text())
            time.sleep(0.02)

    def moved(self, text):
        text = text.replace("/etc/nginx/shanhai", str(self.folder)).replace("/var/cache/nginx/shanhai", f"{self.folder}/cache")
        text = re.sub(r"listen \[::\].*\n", "", text)
        text = text.replace("listen 443", f"listen 127.0.0.1:{self.secure}").replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        return re.sub(r"server 127\.0\.0\.1:(\d+)", lambda m: f"server 127.0.0.1:{self.port_for(m[1])}", text)

    def connect(self, timeout=10):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=timeout, context=context)

    def port_for(self, deployed):
        return self.ports.setdefault(deployed, free_port())

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.secure)) == 0

    def ask(self, method, path, headers=None):
        connection = self.connect()
        try:
            connection.request(method, path, headers={"Host": "shop.example.cn", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait()
