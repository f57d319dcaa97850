"""Data that ships with the application: palettes, the icon, the demo launchers.

Its one idea: everything here is read by whoever imported this package, so that it is found in a checkout and
in an installed wheel alike; through ``pkgutil``, which is imported faster than ``importlib.resources``.
Not for: code that shows the data; that stands in ``app``.
"""

from pkgutil import get_data


def read(*parts: str) -> bytes:
    """Return the bytes of one file below this package, e.g. ``read("palettes", "light.json")``.

    Raises FileNotFoundError when there is no such file: a broken installation.
    """
    data = get_data(__name__, "/".join(parts))
    if data is None:
        raise FileNotFoundError("/".join(parts))
    return data
