"""`python -m tests.bench [--only GROUP]`: one line a measure, tab-separated, on standard output.

    name  ours  reference  ratio  bound  ok|short

Lines that begin with # say what it was measured on. Ends with 0, with 1 where a measure is short, with 2 where
something could not be measured.
"""

import argparse
import sys
import traceback
from pathlib import Path

from ims import env
from tests.bench import entry, machine, pages, upload
from tests.bench.data import Size

# Each has measures(size, root, pairs), which yields measures, and lines of text about them.
GROUPS = {"pages": pages, "entry": entry, "upload": upload}


def main() -> int:
    options = _options()
    print(f"# milliseconds, medians; {machine.words()}; {machine.load()}")
    try:
        short = [_run(GROUPS[name], options) for name in options.only or GROUPS]
    except Exception as fault:  # whatever it is: 1 is kept for a measure that is short
        traceback.print_exc()
        print(getattr(fault, "stderr", None) or "", file=sys.stderr)
        return 2
    print(f"# {machine.load()}")
    return 1 if any(short) else 0


def _run(group, options) -> bool:
    """Print the lines of a group. Whether a measure of it is short."""
    short = False
    for said in group.measures(Size(options.clients, options.contacts), options.root, options.pairs):
        if isinstance(said, str):
            print(f"# {said}", flush=True)
        else:
            print(said.line(), f"# {said.name}: {said.spread()}", sep="\n", flush=True)
            short = short or said.is_short
    return short


def _options():
    parser = argparse.ArgumentParser(prog="tests.bench", description="Measures, as ratios, one line each.")
    parser.add_argument("--only", action="append", choices=GROUPS, help="one group of measures")
    parser.add_argument("--clients", type=int, default=200_000, help="size of the data; less for a try")
    parser.add_argument("--contacts", type=int, default=5_000_000)
    parser.add_argument("--pairs", type=int, default=200, help="how often each thing is done")
    options = parser.parse_args()
    options.root = Path(env.text("IMS_BENCH_DIR") or env.data_dir() / "bench")
    return options


if __name__ == "__main__":
    sys.exit(main())
