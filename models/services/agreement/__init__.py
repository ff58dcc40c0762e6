# Conventions: the text and its model, proofs, life, subscriptions, signature, portal
from . import legal_basis
from . import agreement
from . import acts
from . import template
from . import opinion
from . import payment
from . import subscribe
from . import life
from . import renewal
from . import sign
from . import epci
from . import delegate
from . import same_person
from . import parties
from . import proof
from . import portal
from . import receipt

# Papers for the assemblies
from . import part
from . import impact
from . import paper
from . import paper_tables
from . import paper_vote
from . import holes
from . import pack

# Clauses, and what the legal bases allow: after life, whose checks they go on with
from . import clause
from . import allowed
