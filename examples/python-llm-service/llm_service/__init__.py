"""Installs, runs and serves local language models behind one HTTP API."""

__version__ = "0.9.0"
