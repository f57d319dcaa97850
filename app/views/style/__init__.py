"""What the window looks like: palettes, fonts, icons, the stylesheet, and painting with them."""
