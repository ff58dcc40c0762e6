"""A workbook that leaves the house bears its name."""

from ...engine.sheets import workbook


def make_workbook(env, title, sheets, charts=(), **properties):
    """:return: bytes of an XLSX file, whose author is the intercommunality"""
    house = env.company._get_document_identity()["legal_name"]
    return workbook(
        sheets, {"title": title, "author": house, "company": house, **properties}, charts
    )
