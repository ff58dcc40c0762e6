"""Client action `display_notification` returned by a button."""

from .collation import collate

RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}
# From a window, or where the page that is open stays: the record alone is read again.
CLOSE = {"type": "ir.actions.act_window_close"}
MOST_NAMES = 10


def display_notification(message, warning=False, following=RELOAD):
    """:param warning: something was not done; the sentence then stays until it is read
    :param following: what the screen does next
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "warning" if warning else "success",
            "sticky": bool(warning),
            "message": message,
            "next": following,
        },
    }


def display_sent_notification(message, missed):
    """Letters left.

    :param missed: the persons (res.partner) who have no address
    """
    if missed:
        message = missed.env._(
            "%(message)s Without an e-mail address: %(names)s.",
            message=message,
            names=", ".join(
                missed.sorted(lambda one: collate(one.name)).mapped("name")[:MOST_NAMES]
            ),
        )
    return display_notification(message, bool(missed))
