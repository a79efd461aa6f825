"""Bytes in, a checked Catalogue or Problems out; nothing is imported here, so that a cached start stays cheap."""
