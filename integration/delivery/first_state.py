"""Where a delivery begins, by what its teachers allow; the same whether its plan was just accepted or its pilot stands."""

from integration.consent.allowed import Allowed, Verdict
from integration.delivery.models import Action
from integration.delivery.models import DeliveryState as S

STATES = {Verdict.GO: S.READY, Verdict.DRAFT: S.READY, Verdict.NO: S.SKIPPED, Verdict.ASK: S.WAITING}


def first_state(action: Action, allowed: Allowed) -> S:
    """What a teacher said since the plan was made counts; but what was planned to wait still waits."""
    return S.WAITING if action is Action.WAIT and allowed.verdict is not Verdict.NO else STATES[allowed.verdict]


def stays_draft(state: S, allowed: Allowed) -> bool:
    """Whether it is to lie in the class as a draft, for its teacher to publish."""
    return state is S.READY and allowed.verdict is Verdict.DRAFT
