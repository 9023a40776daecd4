"""Targets that are loaded before anything is read: a mistake in them is told (status 2), never a crash."""
import os, shutil

from running import Run, mutated, read, write

TELLING = b"\n\"'{}[]()\\=:<>,|?*+^$-#&!%@ \t\xff\xc3.0"


class LoadedTarget:
    """A damaged file of the configuration, and the commands that load it."""

    kept = "fuzz-loading"

    def __init__(self, name, seed, place, commands, work, environment=None, allowed=(0, 1, 2)):
        self.name, self.seed, self.place, self.commands = name, seed, place, commands
        self.environment, self.allowed, self.work = environment or {}, allowed, work

    def round(self, dice):
        data = mutated(self.seed, dice, TELLING)
        write(self.place, data)
        faults = []
        for command in self.commands:
            run = Run(command, env={**os.environ, **self.environment}, cwd=self.work)
            fault = run.fault(self.allowed)
            if fault:
                faults.append(f"{command[1:]}: {fault}")
        return 1, [(data, faults)] if faults else []


class FlagTarget:
    """Damaged values of flags that are small languages of their own."""

    kept = "fuzz-loading"
    values = [
        ("-S", "2026-11-05 09:30:15.25 Europe/Berlin"), ("-U", "end-1h30min"), ("-S", "Mon 2026-11-02, yesterday"),
        ("--input-tz", "Europe/Berlin"), ("--tz", "+02:00"), ("--where", "log.level>=error"), ("-g", "order (\\d+)+ .*?x{2,}"),
        ("-u", "gate@*"), ("-p", "err..alert"), ("--ignore", "order * rejected"), ("--lateness", "1min 30s"),
        ("--format", "lines-cloud"), ("--input-year", "2026"), ("--budget", "5/1h"), ("--session-field", "order.id"),
    ]

    def __init__(self, binary, sample, work):
        self.name, self.binary, self.sample, self.work = "flags", binary, sample, work

    def round(self, dice):
        flag, value = dice.choice(self.values)
        value = mutated(value.encode(), dice, TELLING).replace(b"\0", b"").decode("utf-8", "surrogateescape")
        run = Run([self.binary, "analyze", "-c", "-", flag, value[:4000], self.sample], cwd=self.work)
        fault = run.fault((0, 1, 2))
        return 1, [(f"{flag} {value}".encode("utf-8", "surrogateescape"), [fault])] if fault else []


def loading_targets(root, binary, work):
    loading = os.path.join(root, "fixtures", "loading")
    sample = os.path.join(root, "fixtures", "formats", "rfc3164.log")
    packs = os.environ["TAFFRAIL_PATTERNS_DIR"]
    folder = os.path.join(work, "packs")
    os.makedirs(folder)
    os.makedirs(os.path.join(work, "grokked"))
    shutil.copytree(os.path.join(packs, "grok"), os.path.join(folder, "grok"))
    shutil.copytree(os.path.join(packs, "grok"), os.path.join(work, "grokked", "grok"))
    run = [binary, "analyze", "-c", "-", sample]
    few = {"TAFFRAIL_PATTERNS_DIR": folder}

    def at(name):
        return os.path.join(work, name)

    def seed(name):
        return read(os.path.join(loading, name))

    def patterns(*words):
        return [[binary, "patterns", *word.split(), "-c", "-"] for word in words]

    targets = [
        LoadedTarget("pack", seed("pack.yaml"), os.path.join(folder, "gate.yaml"),
                     patterns("test", "check", "list -v") + [run], work, few),
        LoadedTarget("grok", seed("names.grok"), at("names.grok"), [run + ["--patterns", at("names.grok")]], work,
                     {"TAFFRAIL_PATTERNS_DIR": at("grokked")}),
        LoadedTarget("lnav", seed("lnav.json"), at("lnav.json"), [run + ["--patterns", at("lnav.json")]], work,
                     {"TAFFRAIL_PATTERNS_DIR": at("grokked")}),
        LoadedTarget("sigma", seed("sigma.yaml"), at("sigma.yaml"),
                     [[binary, "rules", "check", "-c", "-", "--rules", at("sigma.yaml"), sample], run + ["--rules", at("sigma.yaml")]],
                     work, few),
        LoadedTarget("configuration", seed("config.yaml"), at("config.yaml"),
                     [[binary, "analyze", "-c", at("config.yaml"), sample]], work, few),
        LoadedTarget("series", seed("series.csv"), at("series.csv"),
                     [[binary, "detect", "-c", "-", "-o", form, at("series.csv")] for form in ("csv", "json", "text")], work),
        LoadedTarget("model", read(os.path.join(packs, "text.model")), os.path.join(folder, "text.model"), [run], work, few),
        FlagTarget(binary, sample, work),
    ]
    partial = Run([binary, "partial", "-c", "-", sample]).out
    targets.append(LoadedTarget(
        "partial", partial, at("x.partial"),
        [[binary, "merge", "-c", "-", "--write", form, at("x.partial")] for form in ("events", "groups", "partial")], work))
    Run(run + ["--state", at("state")])
    states = [name for name in sorted(os.listdir(at("state"))) if os.path.getsize(os.path.join(at("state"), name))]
    for name in states:
        path = os.path.join(at("state"), name)
        targets.append(LoadedTarget(
            f"state.{name}", read(path), path, [run + ["--state", at("state")], [binary, "state", "show", "--state", at("state")]], work))
    compiled = os.path.join(packs, ".compiled")
    if os.path.exists(compiled):
        shutil.copytree(packs, at("compiled"))
        targets.append(LoadedTarget(
            "compiled", read(compiled), at("compiled/.compiled"), [run], work, {"TAFFRAIL_PATTERNS_DIR": at("compiled")}, (0,)))
    return targets
