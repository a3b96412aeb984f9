"""Draws a PDF from standard input as a JPEG to standard output, within limits; run by `drawn.py`.

Nothing of the project is imported here: there is neither a key nor a database in this process.
"""

from __future__ import annotations

import io
import os
import resource
import sys

import pikepdf
import typst
from PIL import Image

SECONDS = 20
MOST_MEMORY = 2 * 2**30
POINTS_PER_INCH = 120
QUALITY = 80
PAGE = """#set page(width: 210mm, height: 297mm, margin: 0pt)
#for number in range(1, {pages} + 1) {{
  image("{file}", format: "pdf", page: number, width: 210mm, height: 297mm, fit: "contain")
}}
"""


def main() -> None:
    """Read, draw, write."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        pages = min(len(pdf.pages), int(sys.argv[1]))
    sys.stdout.buffer.write(joined(pictures(content, pages)))


def pictures(content: bytes, pages: int) -> list[bytes]:
    """The pages as PNG. The file lies in memory under a number, never on the disk."""
    number = os.memfd_create("paper")
    with os.fdopen(number, "wb", closefd=False) as file:
        file.write(content)
    compiler = typst.Compiler(
        PAGE.format(pages=pages, file=number).encode(),
        root="/proc/self/fd",
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        package_path="/proc/self/fd",
        package_cache_path="/proc/self/fd",
    )
    drawn = compiler.compile(format="png", ppi=POINTS_PER_INCH)
    found = drawn if isinstance(drawn, list) else [drawn]
    return [page for page in found if page]


def joined(pages: list[bytes]) -> bytes:
    """The pages under one another."""
    found = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    whole = Image.new("RGB", (found[0].width, sum(page.height for page in found)), "white")
    top = 0
    for page in found:
        whole.paste(page, (0, top))
        top += page.height
    out = io.BytesIO()
    whole.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


if __name__ == "__main__":
    main()
