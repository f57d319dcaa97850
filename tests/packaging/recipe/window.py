"""The frozen program `rigstate-gui`: the window, and nothing else."""

import os
import sys

from app.__main__ import main
from app.program import forget_our_libraries

if __name__ == "__main__":
    forget_our_libraries(os.environ)
    sys.exit(main())
