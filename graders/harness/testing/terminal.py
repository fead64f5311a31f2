"""Runs a program on a pseudo-terminal: terminal.py COLUMNS ROWS PROGRAM ARGS...

What the program prints goes to stdout. Orders come on stdin, one JSON object a line: {"send": "text"},
{"resize": [columns, rows]}, {"signal": 15} (to the program alone), {"close": true} (the terminal, as one closes its
window). When the program has ended, a line of JSON on stderr tells how, and whether the terminal's settings are what
they were.
"""

import fcntl
import json
import os
import select
import struct
import subprocess
import sys
import termios


def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def main():
    columns, rows, *command = sys.argv[1:]
    ours, theirs = os.openpty()
    resize(ours, int(columns), int(rows))
    before = termios.tcgetattr(theirs)

    def own_terminal():
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, preexec_fn=own_terminal)
    orders = b""
    is_open = True
    sources = [ours, sys.stdin.fileno()]
    while True:
        ready, _, _ = select.select(sources, [], [], 0.02)
        if ours in ready:
            os.write(1, os.read(ours, 65536))
        elif child.poll() is not None:
            break
        if sys.stdin.fileno() in ready:
            chunk = os.read(sys.stdin.fileno(), 65536)
            if not chunk:
                sources.remove(sys.stdin.fileno())
            orders += chunk
            while b"\n" in orders:
                line, orders = orders.split(b"\n", 1)
                order = json.loads(line)
                if "send" in order:
                    os.write(ours, order["send"].encode())
                if "resize" in order:
                    resize(ours, *order["resize"])
                if "signal" in order:
                    child.send_signal(order["signal"])
                if "close" in order:
                    os.close(ours)
                    sources.remove(ours)
                    is_open = False
    restored = is_open and termios.tcgetattr(theirs) == before
    print(json.dumps({"code": child.returncode, "restored": restored}), file=sys.stderr)


main()
