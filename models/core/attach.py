"""Files that the software makes and keeps with a record."""

PDF = "application/pdf"
CALENDAR = "text/calendar"


def attach_files(record, files):
    """Attach files to a record, as superuser, in their order.

    :param files: list of (name, bytes, mimetype)
    """
    Attachment = record.env["ir.attachment"].sudo()
    place = {"res_model": record._name, "res_id": record.id}
    return Attachment.create(
        [
            {"name": name, "raw": content, "mimetype": mimetype, **place}
            for name, content, mimetype in files
        ]
    )
