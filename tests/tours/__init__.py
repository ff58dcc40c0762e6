from . import test_commune_map_tour
