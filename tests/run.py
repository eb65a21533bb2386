"""Run everything: the gates, then every test on SQLite, then those that touch rows on PostgreSQL."""

import subprocess
import sys


def main() -> int:
    return subprocess.call([sys.executable, "-m", "pytest", "-n", "2", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
