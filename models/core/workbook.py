"""Exported workbooks bear the organisation's name, and a mark when persons are invented."""

from ...engine.sheets import workbook


def make_workbook(env, title, sheets, charts=(), **properties):
    """:return: bytes of an XLSX file, whose author is the intercommunality"""
    identity = env.company._get_document_identity()
    organisation = identity["legal_name"]
    properties = {"title": title, "author": organisation, "company": organisation, **properties}
    return workbook(sheets, properties, charts, last_line=identity["trial"])
