from . import reviewable_models  # where texts, topics and owners are, model by model
from . import review  # one thing to look over again because of one item
from . import find  # what an item touches
from . import message  # the letter to the communes concerned, in draft
from . import review_banner  # “being reviewed”, on what the communes read
