"""Refuses an #include that crosses a wall of the architecture (http -> application -> store, all of them -> domain; events -> store).

A wall is named by the folder that a file lies in; what is listed may be included, besides the standard library.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
BOOST_TOOLS = ["boost/asio/", "boost/json", "boost/url", "boost/system"]

WALLS = {
    "vocabulary": ["vocabulary/"],
    "chassis": ["vocabulary/", "chassis/", "shanhai/event/v1/frame.pb.h", "shanhai/event/v1/subject.pb.h",
                "shanhai/event/v1/identity.pb.h", "shanhai/event/v1/bounds.pb.h", "google/protobuf/", "openssl/", "sys/",
                "netinet/", "arpa/"] + BOOST_TOOLS,
    "domain": ["vocabulary/", "{service}/domain/", "boost/asio/awaitable.hpp", "chassis/security/crypto.hpp",
               "chassis/files/file.hpp", "chassis/security/envelope.hpp", "chassis/security/totp.hpp"],
    "http": ["vocabulary/", "chassis/", "{service}/domain/", "{service}/application/", "{service}/http/"] + BOOST_TOOLS,
    "application": ["vocabulary/", "chassis/", "{service}/domain/", "{service}/store/", "{service}/application/"] + BOOST_TOOLS,
    "store": ["vocabulary/", "chassis/", "{service}/domain/", "{service}/store/"] + BOOST_TOOLS,
    "events": ["vocabulary/", "chassis/", "{service}/domain/", "{service}/store/", "{service}/events/",
               "shanhai/event/v1/"] + BOOST_TOOLS,
    "wiring": ["vocabulary/", "chassis/", "{service}/"] + BOOST_TOOLS,
    "pictures": ["pictures/", "sys/", "libexif/", "webp/"],
    "typesetter": ["vocabulary/", "typesetter/", "sys/", "certification/domain/", "certification/application/catalogue_reading.hpp",
                   "chassis/security/crypto.hpp"],
    "tools": ["vocabulary/", "chassis/", "tools/", "CLI/", "boost/json"],
}

# Libraries that one place alone knows.
ONLY_IN = {
    "boost/beast": ("chassis/http/", "chassis/boost_sources.cpp"),
    "cppconn/": "chassis/database/",
    "mysql_driver.h": "chassis/database/",
    "mysql_connection.h": "chassis/database/",
    "hiredis/": ("chassis/events/", "chassis/cache/"),
    "argon2.h": "chassis/security/",
    "spdlog/": "chassis/observe/",
    "prometheus/": "chassis/observe/",
    "CLI/": ("chassis/config/", "tools/", "main.cpp"),
    "unicode/": ("vocabulary/text.cpp", "vocabulary/folding.cpp"),
    "liboath/": "chassis/security/",
    "zxcvbn.h": "identity/domain/password_policy.cpp",
    "zlib.h": "chassis/http/",
    "qrencode.h": "channel/",
    "png.h": "channel/",
    "gd.h": "pictures/",
    "jpeglib.h": "pictures/",
    "webp/": "pictures/",
    "libexif/": "pictures/",
    "seccomp.h": "pictures/",
    "pango/": "typesetter/",
    "cairo": "typesetter/",
}


def wall_of(parts):
    if len(parts) == 1:
        return None, None  # services/main.cpp and serve.cpp know everybody.
    service = parts[0]
    if service in WALLS:
        return service, service
    return service, parts[1] if parts[1] in WALLS else "wiring"


def standard(include):
    return "/" not in include and not include.endswith((".h", ".hpp"))


def complaints(root):
    for path in sorted(root.rglob("*.[ch]pp")):
        relative = path.relative_to(root)
        if "node_modules" in relative.parts:
            continue
        service, wall = wall_of(relative.parts)
        for include in INCLUDE.findall(path.read_text()):
            home = next((where for library, where in ONLY_IN.items() if include.startswith(library)), None)
            if home is not None:
                if not str(relative).startswith(home) and "tests" not in relative.parts:
                    yield f"{path}: only {home} may include {include}"
            elif wall is None or "tests" in relative.parts or standard(include):
                continue
            elif "/" in include and not include.startswith(
                    tuple(prefix.format(service=service) for prefix in WALLS[wall])):
                yield f"{path}: {wall} must not include {include}"


def main():
    found = list(complaints(pathlib.Path(sys.argv[1])))
    print("\n".join(found), end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
