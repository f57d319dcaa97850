"""The Files tab: what lies beside a saved state, and what stands in it; for looking only."""
