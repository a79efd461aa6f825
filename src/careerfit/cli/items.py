"""`careerfit items`: every question the quiz can ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from careerfit.catalogue.compiled import open_catalogue
from careerfit.cli import output
from careerfit.cli.reading import reading_language
from careerfit.language import _
from careerfit.model import Item, Pair
from careerfit.terminal.blocks import Block, Paragraph, dim, spans


def list_items(folder: Path | None, as_json: bool) -> None:
    """Write all items with the traits they speak about."""
    catalogue = open_catalogue(folder).catalogue()
    spoken = reading_language(catalogue.languages)
    documents = [_document(item, spoken) for item in catalogue.items]
    if as_json:
        output.write_json(documents)
        return
    blocks: list[Block] = []
    for document in documents:
        text = document.get("text") or _("{left} / or / {right}").format(**document)
        blocks.append(Paragraph(spans(text)))
        blocks.append(Paragraph(spans(dim(f"{document['id']} · {', '.join(document['traits'])}")), indent=2))
    output.write_blocks(blocks)


def _document(item: Item, spoken: str) -> dict[str, Any]:
    if isinstance(item, Pair):
        texts = {"left": item.left.text[spoken], "right": item.right.text[spoken]}
        return {"id": item.id, "kind": "pair", **texts, "traits": dict(item.weights)}
    return {"id": item.id, "kind": "statement", "text": item.text[spoken], "traits": dict(item.weights)}
