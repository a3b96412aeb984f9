"""An empty file to fill in: headers, nothing else."""

from __future__ import annotations

import io

import openpyxl
from openpyxl.styles import Font

from vuokra.imports.columns import Columns

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 20


def workbook(columns: Columns) -> bytes:
    """An XLSX file whose cells are text, so that no zero is lost and no code becomes a number."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([column.title for column in columns])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True)
        dimension = sheet.column_dimensions[cell.column_letter]
        dimension.width = WIDTH
        if not column.day:
            dimension.number_format = "@"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
