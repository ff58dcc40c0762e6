"""Photos of a telephone: made smaller, sent through a network cut, without date or place
unless the person agrees."""

from io import BytesIO

from PIL import Image

from odoo.tests import tagged

from ..requests.request_case import RequestCase
from .common import NetworkCase

DATE, PLACE, MAKER, TURN = 0x8769, 0x8825, 0x010F, 0x0112
TAKEN = "2026:11:20 10:30:00"


def make_photo():
    """3000 × 2000 pixels as the camera held on its side stored them; red in the corner that is
    at the top on the right once the photo is upright."""
    image = Image.effect_noise((3000, 2000), 60).convert("RGB")
    image.paste((255, 0, 0), (0, 0, 600, 600))
    exif = Image.Exif()
    exif[TURN], exif[MAKER] = 6, "Appareil"
    exif.get_ifd(DATE)[0x9003] = TAKEN
    exif.get_ifd(PLACE).update({1: "N", 2: (49.0, 7.0, 12.0), 3: "E", 4: (6.0, 10.0, 30.0)})
    stream = BytesIO()
    image.save(stream, "JPEG", quality=90, exif=exif)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestPhotoTour(RequestCase, NetworkCase):
    browser_size = "375x812"
    touch_enabled = True

    def _send_by(self, tour):
        photo = make_photo()
        self.assertGreater(len(photo), 1_500_000)
        # As the telephone holds it: Odoo would turn it and make it smaller.
        files = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        file = files.create(
            {"name": "IMG_1.jpg", "raw": photo, "public": True, "mimetype": "image/jpeg"}
        )
        self.assertEqual(file.raw, photo)
        url = f"/my/requests/new?q=Un+nid+de+poule+rue+de+la+Gare&photo={file.id}"
        self.start_tour(url, f"commune_relations.{tour}", login=self.portal_a.login, timeout=180)
        self.env.invalidate_all()
        ticket = self.env["helpdesk.ticket"].search([], order="id desc", limit=1)
        return ticket.commune_file_ids.sorted("name")

    def test_a_cut_amid_a_photo_loses_none_and_sends_none_twice(self):
        files = self._send_by("photos_through_a_cut")
        self.assertEqual(files.mapped("name"), ["IMG_1.jpg", "IMG_2.jpg", "photo.heic"])
        self.assertFalse(self.env["commune.upload"].search([]))
        for file in files[:2]:
            image = Image.open(BytesIO(file.raw))
            self.assertEqual(image.size, (1067, 1600))
            red, green, _blue = image.getpixel((1000, 100))
            self.assertTrue(red > 200 and green < 60, (red, green))
            self.assertFalse(image.getexif())
            self.assertLess(file.file_size, 1_000_000)

    def test_the_date_and_the_place_stay_when_the_person_says_so(self):
        [file] = self._send_by("photo_with_its_place")
        # The one that was taken away, and this one as it left first: thrown away with time.
        waiting = self.env["commune.upload"].search([])
        self.assertEqual(waiting.mapped("name"), ["autre.jpg", "IMG_1.jpg"])
        exif = Image.open(BytesIO(file.raw)).getexif()
        self.assertEqual(exif.get_ifd(DATE), {0x9003: TAKEN})
        place = exif.get_ifd(PLACE)
        self.assertEqual((place[1], place[2]), ("N", (49.0, 7.0, 12.0)))
        self.assertEqual((place[3], place[4]), ("E", (6.0, 10.0, 30.0)))
        # Nor the maker, nor the turn, which is done.
        self.assertEqual(set(exif), {DATE, PLACE})
