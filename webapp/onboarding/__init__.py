"""Bringing a company in: the demo company and imports of known data sets, all through the verbs."""
