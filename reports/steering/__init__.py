from . import commune_card
