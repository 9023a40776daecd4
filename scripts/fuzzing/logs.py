"""Targets that are logs: formats, traces, compressed files, journal files."""
import gzip, os, subprocess

from running import Run, flipped, mutated, read, write

COMMANDS = (["analyze"], ["parse"], ["groups"], ["groups", "--per-entry"])
FLAGS = ["-c", "-", "-o", "json", "--input-year", "2026"]
TOGETHER = 24  # damaged inputs that one run reads, each a file of its own
CODECS = {"gz": ["gzip", "-c"], "zst": ["zstd", "-c"], "xz": ["xz", "-c"], "lz4": ["lz4", "-c"], "bz2": ["bzip2", "-c"]}


class LogTarget:
    """Damaged logs: many read together, and one of them again in pieces and by several workers."""

    kept = "fuzz"

    def __init__(self, name, seeds, binary, work, extra=()):
        self.name, self.seeds, self.binary, self.work = name, seeds, binary, work
        self.extra = list(extra)

    def damaged(self, dice):
        return mutated(dice.choice(self.seeds), dice)

    def round(self, dice):
        inputs = [self.damaged(dice) for _ in range(TOGETHER)]
        paths = [write(os.path.join(self.work, f"{i}.log"), data) for i, data in enumerate(inputs)]
        failed = []
        if self.faults_of(paths):
            for path, data in zip(paths, inputs):
                faults = self.faults_of([path])
                if faults:
                    failed.append((data, faults))
            if not failed:
                failed.append((b"".join(inputs), ["only together: " + "; ".join(self.faults_of(paths))]))
        which = dice.randrange(TOGETHER)
        faults = list(self.differences(paths[which], dice))
        if faults:
            failed.append((inputs[which], faults))
        return TOGETHER, failed

    def argv(self, command, inputs, workers):
        return [self.binary, *command, *FLAGS, *self.extra, "--workers", str(workers), *inputs]

    def faults_of(self, paths):
        faults = []
        for command in COMMANDS:
            run = Run(self.argv(command, paths, 2))
            fault = run.fault((0, 1)) or run.broken_line()
            if fault:
                faults.append(f"{command}: {fault}")
        return faults

    def piped(self, command, path, piece, workers):
        feeder = subprocess.Popen(["dd", f"if={path}", f"bs={piece}", "status=none"], stdout=subprocess.PIPE)
        run = Run(self.argv(command, [], workers), feeder.stdout)
        feeder.stdout.close()
        feeder.wait()
        return run

    def differences(self, path, dice):
        """A file out of order is sorted, a pipe is not: pieces are held against a whole pipe."""
        for command in COMMANDS:
            whole = self.piped(command, path, "64M", 1) if command == ["analyze"] else Run(self.argv(command, [path], 1))
            piece, workers = dice.choice(["1", "7", "100", "4096"]), dice.choice([1, 2, 3])
            again = self.piped(command, path, piece, workers)
            if again.status != whole.status or named(again.out, path) != named(whole.out, path):
                yield f"{command}: pieces of {piece}, {workers} workers: status {again.status}, other output"


def named(out, path):
    """Output without the input's name, which is the one thing that may differ."""
    return out.replace(path.encode(), b"-").replace(b' INPUT"', b' -"')


class JournalTarget(LogTarget):
    """Journal files with changed numbers; what is damaged goes through libsystemd, where that is there."""

    def __init__(self, name, seeds, binary, work):
        super().__init__(name, seeds, binary, work)
        self.ranges = [used(seed) for seed in seeds]

    def round(self, dice):
        which = dice.randrange(len(self.seeds))
        data = flipped(self.seeds[which], dice, self.ranges[which])
        path = write(os.path.join(self.work, "damaged.journal"), data)
        faults = []
        for command in COMMANDS:
            run = Run([self.binary, *command, *FLAGS, "--workers", str(dice.choice([1, 3])), "--journal", path])
            fault = run.fault((0, 1)) or run.broken_line()
            if fault:
                faults.append(f"{command}: {fault}")
        return 1, [(gzip.compress(data), faults)] if faults else []


def used(data):
    """The pieces of a file that hold anything, in blocks of 4 KiB."""
    size = 4096
    blocks = [at for at in range(0, len(data), size) if any(data[at:at + size])]
    return [(at, min(at + size, len(data))) for at in blocks]


def log_targets(root, binary, work):
    formats = os.path.join(root, "fixtures", "formats")
    traces = os.path.join(root, "fixtures", "traces")
    targets = []
    for name in sorted(os.listdir(formats)):
        extra = ["--format", "csv"] if name.endswith(".csv") else []
        targets.append(LogTarget(name, [read(os.path.join(formats, name))], binary, work, extra))
    seeds = [read(os.path.join(traces, name)) for name in sorted(os.listdir(traces))]
    targets.append(LogTarget("traces", seeds, binary, work))
    plain = read(os.path.join(formats, "rfc3164.log"))
    for name, packer in CODECS.items():
        packed = subprocess.run(packer, input=plain, capture_output=True).stdout
        targets.append(LogTarget(f"compressed.{name}", [packed, packed + packed], binary, work))
    journals = os.path.join(root, "fixtures", "journals")
    seeds = [gzip.decompress(read(os.path.join(journals, name))) for name in sorted(os.listdir(journals))]
    targets.append(JournalTarget("journal", seeds, binary, work))
    return targets
