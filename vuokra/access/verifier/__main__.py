"""`python -m vuokra.access.verifier`, or the folder itself by its path, wherever it was copied."""

import sys
from importlib import import_module
from pathlib import Path

if __package__:
    package = __package__
else:  # run by its path, Python looks inside the folder only: let it be found as a package
    folder = Path(__file__).resolve().parent
    sys.path[0] = str(folder.parent)
    package = folder.name

sys.exit(import_module(package).main())
