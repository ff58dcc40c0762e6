"""Several tagged PDF files made one without losing what a screen reader needs (PDF/UA): plain
functions, no record.

Odoo's own way keeps the pages alone: neither the tags, nor the language, nor the mark, nor the
links within a document."""

import io

from odoo.tools.pdf import PdfReader

try:
    from pypdf import PdfWriter
    from pypdf.errors import PyPdfError
    from pypdf.generic import ArrayObject, NameObject, NumberObject, TextStringObject
except ImportError:  # an Odoo whose Python is older than 3.11 has PyPDF2, which cannot copy tags
    PdfWriter = None


def bind(streams):
    """Tagged PDF files, in this order -> one, as bytes; None when one of them has no tags or
    cannot be read.

    Title, language and mark come from the first; the others keep their language where it is
    another one.

    :param streams: files open for reading
    """
    readers = _read(streams)
    if not readers:
        return None
    first, *others = readers
    writer = PdfWriter(clone_from=first)
    writer.pdf_header = first.pdf_header
    tree = writer.root_object["/StructTreeRoot"]
    kept = tree["/ParentTree"]["/Nums"]
    _rename_cells(tree["/K"], "1")
    for number, reader in enumerate(others, 2):
        offset = max(kept[::2], default=-1) + 1
        _add_pages(writer, reader, offset)
        added = reader.root_object["/StructTreeRoot"].clone(writer)
        nums = added["/ParentTree"]["/Nums"]
        for key, found in zip(nums[::2], nums[1::2], strict=True):
            kept += [NumberObject(key + offset), found]
        for element in added["/K"]:
            element.get_object()[NameObject("/P")] = tree.indirect_reference
            _keep_language(element.get_object(), reader, first)
            tree["/K"].append(element)
        _rename_cells(added["/K"], str(number))
        nums.clear()
    bound = io.BytesIO()
    writer.write(bound)
    return bound.getvalue()


def _read(streams):
    """The files, when all of them are tagged."""
    if PdfWriter is None:
        return []
    try:
        readers = [PdfReader(stream, strict=False) for stream in streams]
        return readers if all(_is_tagged(reader) for reader in readers) else []
    except (PyPdfError, ValueError, TypeError):
        return []


def _is_tagged(reader):
    """Whether one table of the file gives the tags of each of its pages."""
    tree = reader.root_object.get("/StructTreeRoot", {})
    return "/Nums" in tree.get("/ParentTree", {}) and isinstance(tree.get("/K"), ArrayObject)


def _add_pages(writer, reader, offset):
    """The pages of a file: their tags are found `offset` further, their links lead within it."""
    added = [writer.add_page(page) for page in reader.pages]  # all, before a link names one
    for page, copy in zip(reader.pages, added, strict=True):
        _move(page, copy, "/StructParents", offset)
        for annotation in copy.get("/Annots", ()):
            annotation = annotation.get_object()
            _move(annotation, annotation, "/StructParent", offset)
            holder, key = annotation, "/Dest"
            if "/A" in annotation:
                holder, key = annotation["/A"], "/D"
            place = reader.named_destinations.get(holder.get(key)) if key in holder else None
            if place:
                holder[NameObject(key)] = place.dest_array.clone(writer)


def _move(page, copy, key, offset):
    """The place of its tags, which the copy of a page has lost."""
    if key in page:
        copy[NameObject(key)] = NumberObject(page[key] + offset)


def _keep_language(element, reader, first):
    language = reader.root_object.get("/Lang")
    if language and language != first.root_object.get("/Lang"):
        element[NameObject("/Lang")] = TextStringObject(language)


def _prefix(name, prefix):
    return TextStringObject(f"{prefix}/{name}")


def _rename_cells(elements, prefix):
    """Prefix the ids of table headers, unique in one file only, with the file they come from."""
    waiting = list(elements)
    while waiting:
        element = waiting.pop().get_object()
        if not hasattr(element, "get"):
            continue  # a number: words of a page
        if "/ID" in element:
            element[NameObject("/ID")] = _prefix(element["/ID"], prefix)
        attributes = element.get("/A")
        if attributes is not None and "/Headers" in attributes.get_object():
            attributes = attributes.get_object()
            named = [_prefix(name, prefix) for name in attributes["/Headers"]]
            attributes[NameObject("/Headers")] = ArrayObject(named)
        children = element.get("/K", ())
        waiting += children if isinstance(children, list | tuple) else [children]
