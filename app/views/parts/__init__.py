"""What all parts of the window are made of: small widgets, tables, banners, sheets."""
