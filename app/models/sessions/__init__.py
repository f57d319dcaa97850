"""The list of sessions, from columns of plain values to the Qt table."""
