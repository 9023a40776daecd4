"""What all targets of the fuzzer use: damage to bytes, and a run of the binary under limits."""
import json, os, subprocess, threading

TELLING = b"\n\r\0\"{}[]\\=:<>,| \t\x1b\x1e\xff\xc3\xed\x28\xb5"
MEMORY_LIMIT = 1 << 20  # KiB of resident memory
TIME_LIMIT = 60


def mutated(data, dice, telling=TELLING):
    """One to twenty changes: bytes set, pieces taken out, moved, repeated."""
    data = bytearray(data)
    for _ in range(1 + dice.randrange(20)):
        if not data:
            break
        at = dice.randrange(len(data))
        end = min(len(data), at + 1 + dice.randrange(200))
        kind = dice.randrange(8)
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            data[at] = dice.choice(telling)
        elif kind == 2:
            del data[at:end]
        elif kind == 3:
            to = dice.randrange(len(data))
            data[to:to] = data[at:end]
        elif kind == 4:
            data[at:at] = bytes([dice.choice(telling)])
        elif kind == 5:
            data[at:at] = bytes(data[at:end]) * dice.randrange(1, 60)
        elif kind == 6:
            data[at] ^= 1 << dice.randrange(8)
        else:
            del data[max(at, len(data) // 2):]
    return bytes(data)


def flipped(data, dice, ranges):
    """Changes in place, where offsets count: numbers of one to eight bytes, mostly at the edges of their range."""
    data = bytearray(data)
    for _ in range(1 + dice.randrange(8)):
        start, end = dice.choice(ranges)
        at = dice.randrange(start, end)
        kind = dice.randrange(3)
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            data[at] ^= 1 << dice.randrange(8)
        else:
            at -= at % 8
            value = dice.choice([0, 1, 7, 8, 0xFFFF, 1 << 31, (1 << 63) - 1, (1 << 64) - 1, len(data), dice.randrange(len(data))])
            data[at:at + 8] = value.to_bytes(8, "little")
    return bytes(data)


class Run:
    """A run of the binary: its status, output and peak memory in KiB."""

    def __init__(self, argv, stdin=subprocess.DEVNULL, env=None, cwd=None):
        process = subprocess.Popen(argv, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=cwd)
        self.hung = False

        def kill():
            self.hung = True
            process.kill()

        timer = threading.Timer(TIME_LIMIT, kill)
        timer.start()
        said = []
        reader = threading.Thread(target=lambda: said.append(process.stderr.read()))
        reader.start()
        self.out = process.stdout.read()
        reader.join()
        self.err = said[0]
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        process.stderr.close()
        self.status = "hung" if self.hung else process.returncode
        self.memory = usage.ru_maxrss

    def fault(self, allowed):
        """Why the run failed, or nothing."""
        if self.status not in allowed:
            return f"status {self.status}: {self.err[:300]!r}"
        if self.memory > MEMORY_LIMIT:
            return f"{self.memory >> 10} MiB of memory"
        if b"does not balance" in self.err:
            return f"{self.err[:300]!r}"
        return None

    def broken_line(self):
        """The first line of output that is no JSON, or nothing."""
        for line in self.out.splitlines():
            try:
                json.loads(line.decode("utf-8"))
            except ValueError as error:
                return f"{error}: {line[:300]!r}"
        return None


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    return path


def read(path):
    with open(path, "rb") as file:
        return file.read()
