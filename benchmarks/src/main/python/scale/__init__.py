"""Simulations for docs/scale.md, where arithmetic doesn't do. The standard library is all they need."""
