"""How often a property is tried; a busy machine makes none of them fail."""

from hypothesis import HealthCheck, settings


def often(count, **more):
    """So many examples, whatever the time that they take."""
    return settings(
        max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow], **more
    )
