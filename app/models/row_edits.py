"""What is done to a row of the state tree, as an edit. Pure; no Qt.

One idea: a row knows where it stands and what was saved there; from these alone follows the edit. Not for
typed text (`state_tree`), and not for asking anybody.
"""

from __future__ import annotations

from app.edits import InsertValue
from app.models.state_nodes import Node
from app.models.state_parts import key_behind


def brought_back(node: Node) -> InsertValue:
    """The edit that brings a removed row back, in front of what stands behind it where it is saved."""
    above = node.parent
    before = None
    if above is not None and isinstance(above.value, dict):
        before = key_behind(above.base, above.value, str(node.place[-1]))
    return InsertValue(node.namespace, node.place, node.value, before)
