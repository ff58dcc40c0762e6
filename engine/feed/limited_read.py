"""The reading of a feed in a process that may die."""

from ..limited import DiedError, RefusedError, run
from .messages import FeedError
from .model import Feed


def read_limited(content: bytes, *asked) -> Feed:
    """As `entries.read`, which takes minutes over some feeds that are written for it.

    >>> text = "<rss version='2.0'><channel><item><title>Loi<br/></title><link>https://a.fr/1"
    >>> [entry.title for entry in read_limited(text.encode()).entries]
    ['Loi']

    :raises FeedError: no feed can be read there; “died” when the process had to be stopped
    """
    try:
        return run("engine.feed:read", content, *asked, package="engine.feed", size=len(content))
    except DiedError:
        raise FeedError("died") from None
    except RefusedError as error:
        raise FeedError(error.code, **error.params) from None
