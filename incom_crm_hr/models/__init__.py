from . import isolation_proposal
