"""Which icon stands for which type of a value; the word is always beside. Not for drawing (`icons`)."""

from collections.abc import Mapping

from persistence.values.kinds import Kind

KIND_ICONS: Mapping[Kind, str] = {
    Kind.TEXT: "format-text",
    Kind.INTEGER: "numeric",
    Kind.DECIMAL: "decimal",
    Kind.EXACT_DECIMAL: "decimal",
    Kind.COMPLEX: "decimal",
    Kind.YES_NO: "toggle-switch-outline",
    Kind.DATE_TIME: "calendar-clock-outline",
    Kind.DATE: "calendar-outline",
    Kind.TIME: "clock-outline",
    Kind.DURATION: "timer-outline",
    Kind.LIST: "format-list-numbered",
    Kind.TUPLE: "format-list-numbered",
    Kind.SET: "format-list-bulleted",
    Kind.FROZEN_SET: "format-list-bulleted",
    Kind.MAPPING: "code-braces",
    Kind.EMPTY: "circle-off-outline",
    Kind.BYTES: "file-code-outline",
    Kind.UUID: "identifier",
    Kind.PATH: "folder-outline",
    Kind.ARRAY: "grid",
    Kind.UNKNOWN: "help-circle-outline",
}
