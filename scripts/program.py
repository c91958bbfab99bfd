"""The built program under test: in an empty folder, with nothing of the caller's configuration."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

WEDNESDAY = "2026-03-04T10:00:00+03:00"


class Program:
    """`duka` in an empty folder, with nothing of the caller's configuration."""

    def __init__(self, binary, folder, database=None):
        self.binary, self.folder = str(Path(binary).resolve()), folder
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("DUKA_", "OTEL_", "LANGFUSE_"))}
        self.environment |= {"DUKA_DATA_DIR": f"{folder}/data", "DUKA_LOG": "warn", "DUKA_LLM_CHAIN": ""}
        self.environment["DUKA_DATABASE_URL"] = database or f"sqlite://{folder}/data/duka.db"

    def run(self, *arguments, text="", **environment):
        """Runs one command to its end; its standard output. Raises with what it said if it failed."""
        done = subprocess.run(
            [self.binary, *arguments], cwd=self.folder, env=self.environment | environment,
            input=text, capture_output=True, text=True, timeout=120, check=False,
        )
        assert done.returncode == 0, f"duka {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-800:]}"
        return done.stdout

    def chat(self, *lines):
        """A conversation by the console protocol: a line out for each line in."""
        text = "".join(json.dumps(line) + "\n" for line in lines)
        out = self.run("chat", "--tenant", "zuri", "--jsonl", text=text, DUKA_CLOCK=WEDNESDAY)
        answers = [json.loads(line) for line in out.splitlines()]
        assert len(answers) == len(lines), f"{len(lines)} lines in, {len(answers)} out: {out[-800:]}"
        return answers

    @contextlib.contextmanager
    def demo(self, **environment):
        """`duka demo` while the block runs: its address and the password it printed. Raises if it does not end well by SIGTERM."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        log = Path(self.folder, "demo.log")
        with log.open("w") as out:
            bound = {"DUKA_BIND": address, "DUKA_PUBLIC_URL": f"http://{address}"}
            server = subprocess.Popen(
                [self.binary, "demo"], cwd=self.folder, env=self.environment | bound | environment, stdout=out, stderr=out
            )
        try:
            deadline = time.monotonic() + 60
            while not (answers(f"http://{address}/health/ready") and (password := printed_password(log))):
                assert server.poll() is None, f"ended with {server.returncode}: {log.read_text()[-800:]}"
                assert time.monotonic() < deadline, f"not ready after 60 s: {log.read_text()[-800:]}"
                time.sleep(0.1)
            yield f"http://{address}", password
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=20) == 0, f"ended with {server.returncode}: {log.read_text()[-800:]}"
        finally:
            if server.poll() is None:
                server.kill()


def printed_password(log):
    """The password of the demo shop's owner, once the program has printed it."""
    found = re.search(r"password +(\S+)", log.read_text())
    return found and found[1]


def answers(url):
    """Whether the address answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False
