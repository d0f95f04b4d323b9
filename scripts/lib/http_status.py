"""Prints the status of a GET, or 000 when nobody answers. curl is not on every Debian."""
import sys
import urllib.error
import urllib.request

try:
    with urllib.request.urlopen(sys.argv[1], timeout=3) as answer:
        print(answer.status)
except urllib.error.HTTPError as refusal:
    print(refusal.code)
except OSError:
    print("000")
