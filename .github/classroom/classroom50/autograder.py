"""Grades Valkey challenges for Classroom 50, which runs this in the student's checkout.

Exit code 0 with ./result.json: graded. Any other: a fault of the grader or the runner, nobody's points.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# A challenge (sessions/cantina), a mission (sessions), all, or several with commas between them.
CHALLENGES = "sessions"
# `container` keeps scripts that you do not trust away from the runner; it needs Docker and the runtime image.
SANDBOX = "process"
# The package: a tarball of `npm pack` in the assignment's bundle, or else this version of the registry's.
VERSION = "0.1.0"

# Where the bundle lies. Older runners do not say so, and run this file in it.
bundle = Path(os.environ.get("CLASSROOM50_BUNDLE_DIR") or Path(__file__).resolve().parent)
checkout = Path.cwd()

# The current folder is a student's: no program is taken from it, whatever PATH says.
folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
outside = [folder for folder in folders if os.path.isabs(folder) and checkout not in [Path(folder), *Path(folder).parents]]
os.environ["PATH"] = os.pathsep.join(outside)


def clear(path: Path) -> None:
    """Whatever a student put in place of a result is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def installed(folder: str) -> str:
    """Installs the grader, away from the checkout: npm would take settings and programs from there."""
    tarball = bundle / f"keyspace-grader-{VERSION}.tgz"
    package = str(tarball) if tarball.exists() else f"keyspace-grader@{VERSION}"
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", package]
    try:
        code = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL).returncode
    except OSError as error:
        sys.exit(f"The grader cannot be installed: npm cannot be started ({error}).")
    if code != 0:
        # What npm has to say stands above, on stderr.
        sys.exit(f"The grader cannot be installed: npm install {package} ended with exit code {code}.")
    return str(Path(folder, "node_modules", ".bin", "keyspace-grader"))


for name in ("result.json", "release-body.md"):
    clear(checkout / name)

with tempfile.TemporaryDirectory() as tools:
    grader = os.environ.get("KEYSPACE_GRADER") or installed(tools)
    grade = [grader, "grade", CHALLENGES, ".", "--sandbox", SANDBOX, "--report", "classroom50"]
    sys.exit(subprocess.run(grade, cwd=checkout).returncode)
