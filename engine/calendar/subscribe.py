"""Addresses that make a calendar follow another one in one tap: Apple, Outlook, Google."""

from dataclasses import dataclass
from urllib.parse import quote

GOOGLE = "https://calendar.google.com/calendar/r?cid="
OUTLOOK = "https://outlook.office.com/calendar/0/addfromweb"
OUTLOOK_AT_HOME = "https://outlook.live.com/calendar/0/addfromweb"


@dataclass(frozen=True)
class Ways:
    """Links that subscribe a calendar to one private address.

    `device` opens the calendar of the current telephone or computer (webcal), the others a website.
    """

    device: str
    google: str
    outlook: str
    outlook_at_home: str


def get_ways(address: str, name: str) -> Ways:
    """
    >>> ways = get_ways("https://a.example/my/calendar/s3cret.ics", "Mes communes")
    >>> ways.device
    'webcal://a.example/my/calendar/s3cret.ics'
    >>> ways.google.partition("cid=")[2]
    'webcal%3A%2F%2Fa.example%2Fmy%2Fcalendar%2Fs3cret.ics'
    >>> ways.outlook.partition("?")[2]
    'url=https%3A%2F%2Fa.example%2Fmy%2Fcalendar%2Fs3cret.ics&name=Mes%20communes'

    :param address: full address of the calendar, http or https
    :param name: how the other calendar will call it
    """
    device = f"webcal://{address.partition('://')[2]}"
    query = f"?url={quote(address, safe='')}&name={quote(name, safe='')}"
    return Ways(
        device=device,
        google=GOOGLE + quote(device, safe=""),
        outlook=OUTLOOK + query,
        outlook_at_home=OUTLOOK_AT_HOME + query,
    )
