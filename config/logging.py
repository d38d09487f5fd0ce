"""One line of JSON per event; never a token, never a name, never an address."""

import logging
import logging.config
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED_TEXT = frozenset({
    "event", "level", "logger", "timestamp", "exception", "job", "route", "method", "status", "state", "reason", "action",
    "school_id", "account_id", "course_id", "plan_id", "delivery_id", "sync_id", "request_id", "error", "path", "step",
})
"""The only fields that may carry text. Whatever else is logged must be a number or a yes or no."""


def set_up_logging(level: str) -> None:
    """Send every log line of this process, ours and the libraries', to standard error as JSON."""
    shared: list[Any] = [structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name,
              structlog.processors.TimeStamper(fmt="iso", utc=True)]
    structlog.configure(processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
                        logger_factory=structlog.stdlib.LoggerFactory(), cache_logger_on_first_use=True)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info,
                    keep_what_may_be_logged, structlog.processors.JSONRenderer()])
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("urllib3", "googleapiclient", "google_auth_httplib2", "requests_oauthlib", "oauthlib", "kombu", "amqp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def keep_what_may_be_logged(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every text field that is not on the list, so that a careless call cannot leak a name."""
    return {name: value for name, value in event.items() if name in ALLOWED_TEXT or not isinstance(value, str)}
