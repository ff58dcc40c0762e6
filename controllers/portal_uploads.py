"""Portal: the files of a form. The browser sends them one by one before the form, when it can;
without JavaScript they come with it."""

import secrets

from werkzeug.exceptions import NotFound

from odoo.http import Controller, request

from ..models.requests.attachment_rules import MAX_FILE_SIZE, MAX_FILES, MAX_TOTAL_SIZE
from .route_access import page

# In the session, once a form with files was shown there: nobody else sends files in advance, and
# what was sent is found by this session alone.
UPLOADS = "commune_uploads"


def get_file_values():
    """What a form with files shows: its limits, and the files that it has sent already."""
    session = request.session.setdefault(UPLOADS, secrets.token_hex(16))
    tokens = request.httprequest.form.getlist("upload")[:MAX_FILES]
    found = request.env["commune.upload"]._find_waiting(session, tokens)
    return {
        "limits": request.env["ir.attachment"]._get_commune_file_limits(),
        "uploads": [(token, upload.name) for token, upload in found.items()],
    }


def get_files():
    """Files of the current form as (name, bytes), those uploaded beforehand first.

    Reading stops one file or one byte beyond the limits, enough to detect the excess.

    :raise FormError: one that was sent before is not there any more
    """
    tokens = request.httprequest.form.getlist("upload")
    session = request.session.get(UPLOADS, "")
    files = request.env["commune.upload"]._take(session, tokens)
    total = sum(len(content) for _name, content in files)
    for upload in request.httprequest.files.getlist("files")[: MAX_FILES + 1]:
        if not upload.filename:
            continue
        content = upload.read(max(0, MAX_TOTAL_SIZE + 1 - total))
        total += len(content)
        files.append((upload.filename, content or b""))
        if total > MAX_TOTAL_SIZE:
            break
    return files


class PortalUploads(Controller):
    @page("/my/uploads", methods=["POST"])
    def portal_upload(self, token="", **kwargs):
        """Upload a file of a form shown in this session, stored a day for that form only; a
        duplicate is stored once. Returns one word to the script of the page."""
        session = request.session.get(UPLOADS)
        upload = request.httprequest.files.get("file")
        if not session or not upload:
            raise NotFound()
        content = upload.read(MAX_FILE_SIZE + 1)
        uploads = request.env["commune.upload"]
        problem = uploads._receive(session, token, upload.filename or "", content)
        return request.make_json_response({"problem": problem}, status=422 if problem else 200)
