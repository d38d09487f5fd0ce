"""How Google says no, in its own JSON.

https://developers.google.com/workspace/classroom/troubleshooting/error-structure
"""

from collections.abc import Iterable, Mapping
from typing import Any

STATUS = {"INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403,
          "NOT_FOUND": 404, "ALREADY_EXISTS": 409, "RESOURCE_EXHAUSTED": 429, "INTERNAL": 500, "UNAVAILABLE": 503,
          "UNIMPLEMENTED": 501}
PLAIN = {
    "INVALID_ARGUMENT": "Request contains an invalid argument.", "FAILED_PRECONDITION": "Precondition check failed.",
    "PERMISSION_DENIED": "The caller does not have permission", "NOT_FOUND": "Requested entity was not found.",
    "ALREADY_EXISTS": "Requested entity already exists", "RESOURCE_EXHAUSTED": "Quota exceeded for quota metric.",
    "INTERNAL": "Internal error encountered.", "UNAVAILABLE": "The service is currently unavailable.",
    "UNIMPLEMENTED": "The pretend Google does not play this part of Classroom.",
    "UNAUTHENTICATED": "Request had invalid authentication credentials. Expected OAuth 2 access token.",
}


class Refusal(Exception):
    """Google's no. `at` is a Classroom-specific name such as CourseNotModifiable."""

    def __init__(self, rpc: str, message: str = "", *, at: str = "", details: Iterable[Mapping[str, Any]] = ()) -> None:
        self.rpc = rpc
        self.status = STATUS[rpc]
        self.message = (f"@{at} " if at else "") + (message or PLAIN[rpc])
        self.details = list(details)
        super().__init__(self.message)

    @property
    def body(self) -> dict[str, Any]:
        """What Google writes into the answer."""
        error = {"code": self.status, "message": self.message, "status": self.rpc}
        return {"error": error | ({"details": self.details} if self.details else {})}


def not_in_the_document(*faults: str) -> Refusal:
    """A request that breaks the rules of the discovery document: unknown fields, wrong types, unknown words."""
    return Refusal("INVALID_ARGUMENT", "\n".join(f"Invalid JSON payload received. {fault}" for fault in faults), details=[
        {"@type": "type.googleapis.com/google.rpc.BadRequest",
         "fieldViolations": [{"description": fault} for fault in faults]}])


def scope_missing() -> Refusal:
    """A token without any of the scopes the method takes."""
    return Refusal("PERMISSION_DENIED", "Request had insufficient authentication scopes.", details=[
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
         "domain": "googleapis.com", "metadata": {"service": "classroom.googleapis.com"}}])
