# Agreements: text and template, proofs, workflow, subscriptions, signature, portal
from . import legal_basis
from . import agreement
from . import subscribers
from . import template
from . import acts
from . import opinion
from . import payment
from . import subscribe
from . import workflow
from . import renewal
from . import epci_signatory
from . import sign
from . import vote
from . import signing_delegate
from . import same_person
from . import parties
from . import signed_document
from . import portal
from . import signed_copy

# Documents for the assemblies
from . import part
from . import impact
from . import deliberation_document
from . import deliberation_tables
from . import deliberation_text
from . import missing_values
from . import pack

# Clauses, and what the legal bases allow: after life, whose checks they go on with
from . import clause
from . import legal_basis_check
