"""A result as a document to keep: one HTML page, Markdown or a table. A Result and its catalogue in, text out."""
