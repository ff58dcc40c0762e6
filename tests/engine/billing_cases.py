"""A day of a mission billed by pieces: random tariffs, splits, orders and cancellations, against
an amount worked out in whole tenths of a thousandth of a euro, without the engine."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from engine.billing import Before, Half, Parts, Tariff, Work, balance, bill

DAY = date(2027, 1, 11)
KEY = ("m", DAY)
CENT = Decimal("0.01")


def cents(amount: Decimal) -> int:
    """Half a cent goes up."""
    return int((Decimal(amount) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def random_tariff(source: Random) -> Tariff:
    return Tariff(
        "t",
        date(2027, 1, 1),
        unit=source.choice(("hour", "half_day", "day", "cost")),
        amount=Decimal(source.randint(0, 2_500_000)) / 10_000,
        travel=source.choice(("none", "flat", "km")),
        travel_amount=Decimal(source.randint(0, 300_000)) / 10_000,
        fee=Decimal(source.choice((0, 0, 5, source.randint(0, 2000) / 100))).quantize(CENT),
        minimum=Decimal(source.choice((0, 150, source.randint(0, 60_000) / 100))).quantize(CENT),
    )


def random_works(source: Random) -> dict[str, Work]:
    cost = Decimal(source.randint(1000, 4500)) / 100
    return {
        half: Work(
            half,
            "m",
            DAY,
            half,
            Decimal(source.randint(0, 24)) / 4,
            Decimal(source.randint(0, 800)) / 10,
            hourly_cost=cost,
        )
        for half in ("am", "pm")
    }


def owed(tariff: Tariff, works: list[Work]) -> int:
    """Cents of one bill of these half-days."""
    if not works:
        return 0
    amounts = [_work(tariff, work) for work in works]
    least = cents(tariff.minimum)
    lifted = amounts[:-1] + [amounts[-1] + max(0, least - sum(amounts))]
    fees = [cents(Decimal(amount) * tariff.fee / 10_000) for amount in lifted]
    travel = {
        "none": 0,
        "flat": cents(tariff.travel_amount),
        "km": sum(cents(tariff.travel_amount * work.km) for work in works),
    }[tariff.travel]
    return sum(lifted) + sum(fees) + travel


def _work(tariff: Tariff, work: Work) -> int:
    price = cents(tariff.amount)
    if tariff.unit == "cost":
        price = cents(work.hourly_cost * (100 + tariff.amount) / 100)
    if tariff.unit == "half_day":
        return price
    if tariff.unit == "day":
        return (price + 1) // 2 if work.half_day == "am" else price // 2
    return cents(price * work.hours / 100)


class Book:
    """Statements of one day: what they hold, and what was cancelled."""

    def __init__(self, tariff: Tariff, works: dict[str, Work]):
        self.tariff, self.works = tariff, works
        self.statements: list[list] = []  # of [work or None, charge or Parts]
        self.cancelled: set[int] = set()

    @property
    def held(self):
        return [
            line
            for number, lines in enumerate(self.statements)
            for line in lines
            if number not in self.cancelled
        ]

    @property
    def standing(self) -> dict[str, object]:
        return {work.half_day: charge for work, charge in self.held if work}

    @property
    def before(self) -> Before:
        km = self.tariff.travel == "km"
        halves = [
            Half(half, self.tariff, charge.work, charge.travel if km else Decimal(0))
            for half, charge in self.standing.items()
        ]
        parts = (Parts(c.minimum, c.travel, c.fee) for _work, c in self.held)
        return Before(halves, sum(parts, Parts()))

    @property
    def total(self) -> int:
        """Cents of all the statements, those that cancel included."""
        return sum(
            cents(getattr(c, "work", Decimal(0)) + c.minimum + c.travel + c.fee)
            for _work, c in self.held
        )

    def bill(self, halves: list[str]):
        works = [self.works[half] for half in halves if half not in self.standing]
        charges = bill([self.tariff], works, {KEY: self.before})
        self.statements.append([(self.works[c.key], c) for c in charges])

    def settle(self):
        """What the next statement does with a day that has nothing new."""
        parts = balance(self.before)
        if parts:
            self.statements.append([(None, parts)])


def days_due(seed: int) -> list[tuple[str, int, int]]:
    """(what was done, cents in the statements, cents of one bill) after each action of a day."""
    source = Random(seed)
    book = Book(random_tariff(source), random_works(source))
    found = []
    for _number in range(source.randint(1, 7)):
        live = [n for n, lines in enumerate(book.statements) if n not in book.cancelled and lines]
        if live and source.random() < 0.4:
            number = source.choice(live)
            book.cancelled.add(number)
            done = f"cancel {number}"
        else:
            halves = source.choice((["am"], ["pm"], ["am", "pm"], ["pm", "am"]))
            book.bill(halves)
            done = f"bill {halves}"
        if source.random() < 0.7 or done.startswith("cancel"):
            book.settle()
        stand = [book.works[half] for half in sorted(book.standing)]
        found.append((done, book.total, owed(book.tariff, stand)))
    return found
