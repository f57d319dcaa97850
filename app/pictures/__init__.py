"""Pictures of all that can be seen: every tab, sheet, banner and status, in both palettes and sizes."""
