"""JSON texts of all kinds, small and nested, for hypothesis to make."""

import json

from hypothesis import strategies as st

NUMBERS = st.sampled_from(
    ["0", "-0", "1", "-17", "1e2", "0.1", "1.50", "123456789012345678901", "-0.0", "1E400"]
)
TEXTS = st.text(alphabet='ab"\\{}[],: \u00e9\u2028\n', max_size=12)
VALUES = st.recursive(
    NUMBERS | TEXTS.map(json.dumps) | st.sampled_from(["true", "false", "null"]),
    lambda inner: (
        st.lists(inner, max_size=8).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(TEXTS, inner, max_size=8).map(
            lambda items: "{" + ", ".join(f"{json.dumps(key)}: {item}" for key, item in items.items()) + "}"
        )
    ),
    max_leaves=60,
)
