"""The platform's services, as services/services.txt names them, in the order in which they start."""
import pathlib

FILE = pathlib.Path(__file__).resolve().parents[2] / "services" / "services.txt"
NAMES = tuple(line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
