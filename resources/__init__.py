"""Data that ships with the application: palettes, the icon, the demo launchers.

Its one idea: everything here is read through ``importlib.resources``, so that it is found in a checkout
and in an installed wheel alike. Not for: code that shows the data; that stands in ``app``.
"""

from importlib.resources import files


def read(*parts: str) -> bytes:
    """Return the bytes of one file below this package, e.g. ``read("palettes", "light.json")``.

    Raises FileNotFoundError when there is no such file: a broken installation.
    """
    return files(__name__).joinpath(*parts).read_bytes()
