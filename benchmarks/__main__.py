"""`python -m benchmarks [engine|chain|canvas|timeline|window|memory]`: prints tables."""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")


def main() -> int:
    arguments = sys.argv[1:]
    which = arguments.pop(0) if arguments and not arguments[0].startswith("-") else "all"
    code = 0
    if which in ("engine", "all"):
        from benchmarks import engine_speed

        code = engine_speed.main(arguments)
    if which in ("chain", "all"):
        from benchmarks import chain_speed

        code = chain_speed.main(arguments) or code
    if which in ("chain", "all"):
        from benchmarks import chain_window_speed

        code = chain_window_speed.main(arguments) or code
    if which in ("canvas", "all"):
        from benchmarks import canvas_speed

        code = canvas_speed.main(arguments) or code
    if which in ("timeline", "all"):
        from benchmarks import timeline_speed

        code = timeline_speed.main(arguments) or code
    if which in ("window", "all"):
        from benchmarks import window_speed

        code = window_speed.main(arguments) or code
    if which == "memory":  # a run of ten million steps: not among the others
        from benchmarks import memory

        code = memory.main(arguments) or code
    return code


if __name__ == "__main__":
    sys.exit(main())
