#!/usr/bin/env python
"""The command line of Vuokra; `make run` and the worker start here too."""

import sys

from vuokra.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))
