"""Invented people, applications and awards on the real reference data, to try the portal with."""
