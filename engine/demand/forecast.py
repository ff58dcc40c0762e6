"""A forecast by month, shown only where it has done better than the mean of the same months.

The months at the end are held back one after the other: each is forecast from those before it, by
exponential smoothing (statsmodels) and by the mean of the same months. Smoothing is believed when
its errors are smaller by more than chance: a one-sided test on the differences of the errors.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

YEAR = 12
LEAST = 2 * YEAR  # months before the first one held back: two of each
HELD_BACK = YEAR
BELIEF = 2.2  # Student, eleven degrees of freedom, one side: 2.5 % of chance


@dataclass(frozen=True, slots=True)
class Forecast:
    """values: of the months to come. error, mean_error: mean absolute errors on the months held
    back, of smoothing and of the mean of the same months; None when nothing could be held back.
    method: `smoothing`, `same_months`, or `mean` (less than a year is known).
    """

    values: tuple[float, ...]
    method: str
    error: float | None = None
    mean_error: float | None = None

    @property
    def knows_better(self) -> bool:
        return self.method == "smoothing"


def seasonal_mean(history: Sequence[float], ahead: int) -> list[float]:
    """The mean of the same months; of all when a month was never seen.

    >>> seasonal_mean([10] + [0] * 11 + [20] + [0] * 11, 2)
    [15.0, 0.0]
    >>> seasonal_mean([4, 2], 1)
    [3.0]
    """
    size, found = len(history), []
    for rank in range(size, size + ahead):
        same = history[rank % YEAR :: YEAR] or history
        found.append(fmean(same) if same else 0.0)
    return found


def forecast(history: Sequence[float], ahead: int = 3) -> Forecast:
    """The months to come after a history, oldest first.

    >>> forecast([8, 12], 1)
    Forecast(values=(10.0,), method='mean', error=None, mean_error=None)
    """
    plain = tuple(seasonal_mean(history, ahead))
    if len(history) < YEAR:
        return Forecast(plain, "mean")
    if len(history) < LEAST + HELD_BACK:
        return Forecast(plain, "same_months")
    start = len(history) - HELD_BACK
    held = history[start:]
    mean = [
        abs(value - seasonal_mean(history[:rank], 1)[0]) for rank, value in enumerate(held, start)
    ]
    guesses = _smooth_one_by_one(history, start)
    smooth = [abs(value - guess) for value, guess in zip(held, guesses, strict=True)]
    error, mean_error = fmean(smooth), fmean(mean)
    if not _is_smaller(smooth, mean):
        return Forecast(plain, "same_months", error, mean_error)
    found = _fit(history).forecast(ahead)
    return Forecast(tuple(max(0.0, float(v)) for v in found), "smoothing", error, mean_error)


def _is_smaller(errors: Sequence[float], others: Sequence[float]) -> bool:
    """Whether these errors are smaller by more than chance.

    >>> _is_smaller([1, 2, 1, 2], [5, 6, 6, 5]), _is_smaller([1, 9, 1, 9], [5, 5, 5, 6])
    (True, False)
    """
    gains = [other - error for error, other in zip(errors, others, strict=True)]
    spread = stdev(gains)
    if not spread:
        return gains[0] > 0
    return fmean(gains) / (spread / math.sqrt(len(gains))) > BELIEF


def _smooth_one_by_one(history: Sequence[float], start: int) -> list[float]:
    """Each month from `start` on, from those before it: how strongly to smooth is learnt once,
    from the months before `start` alone. Without the library, the mean of the same months."""
    ranks = range(start, len(history))
    try:
        params = _fit(history[:start]).params
    except ImportError:
        return [seasonal_mean(history[:rank], 1)[0] for rank in ranks]
    kept = {
        "smoothing_level": params["smoothing_level"],
        "smoothing_trend": params["smoothing_trend"],
        "smoothing_seasonal": params["smoothing_seasonal"],
        "damping_trend": params["damping_trend"],
        "optimized": False,
    }
    return [max(0.0, float(_fit(history[:rank], **kept).forecast(1)[0])) for rank in ranks]


def _fit(history: Sequence[float], **params):
    """Exponential smoothing: a trend that fades, months that come back."""
    # Heavy, and needed by who opens the forecast alone.
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ExponentialSmoothing(
            [float(value) for value in history],
            trend="add",
            damped_trend=True,
            seasonal="add",
            seasonal_periods=YEAR,
            initialization_method="heuristic",
        )
        return model.fit(**params)
