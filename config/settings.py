"""Every setting, read once. The only reader of the environment; the kill switch lives here."""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "THROUGHLINE_"
GOOGLE = "https://classroom.googleapis.com"
Network = IPv4Network | IPv6Network


class SettingsError(Exception):
    """A setting is missing, unknown or wrong; the text names each and says what to write."""


class Settings(BaseSettings):
    """What may differ between two installations. `config/example.env` explains each in a sentence."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    database_url: str = Field(min_length=1)
    redis_url: str = ""
    secret_keys: SecretStr
    base_url: str = "http://localhost:8000"
    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    google_root_url: str = ""
    allowed_domains: str = ""
    writes: Literal["on", "off"] = "on"
    user_qpm: int = Field(default=1200, ge=1)
    project_qpm: int = Field(default=3000, ge=1)
    quota_window_seconds: float = Field(default=60.0, gt=0)
    undo_seconds: float = Field(default=900.0, ge=0)
    lookups: Literal["on", "off"] = "on"
    lookup_networks: str = ""
    open_library_url: str = "https://openlibrary.org"
    doi_url: str = "https://doi.org"
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    timezone: str = "America/New_York"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("secret_keys")
    @classmethod
    def _keys_are_strong(cls, value: SecretStr) -> SecretStr:
        keys = [key.strip() for key in value.get_secret_value().split(",") if key.strip()]
        if not keys or any(len(_key_bytes(key)) != 32 for key in keys):
            raise ValueError("needs one or more keys of 32 bytes in URL-safe base64, newest first, separated by commas; "
                             "make one with: python3 run.py keys new")
        return value

    @field_validator("timezone")
    @classmethod
    def _timezone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError) as error:
            raise ValueError("is not a time zone name such as America/New_York") from error
        return value

    @field_validator("lookup_networks")
    @classmethod
    def _networks_exist(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError as error:
            raise ValueError("must be networks such as 10.20.0.0/16, separated by commas") from error
        return value

    @model_validator(mode="after")
    def _letters_can_be_sent(self) -> "Settings":
        parts = urlsplit(self.smtp_url.get_secret_value())
        if self.smtp_url.get_secret_value() and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
            raise ValueError("THROUGHLINE_SMTP_URL must look like smtp://name:password@mail.example:587 or smtps://….")
        if bool(self.smtp_url.get_secret_value()) != bool(self.mail_from):
            raise ValueError("THROUGHLINE_SMTP_URL and THROUGHLINE_MAIL_FROM go together: set both or neither.")
        if self.mail_from and not re.fullmatch(r"[^@\s<>,;:]+@[^@\s<>,;:]+", self.mail_from):
            raise ValueError("THROUGHLINE_MAIL_FROM must be one plain address, such as library@school.example.")
        return self

    @model_validator(mode="after")
    def _plain_http_stays_home(self) -> "Settings":
        parts = urlsplit(self.base_url)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_local(parts.hostname)):
            raise ValueError("THROUGHLINE_BASE_URL must be https; plain http is only for localhost.")
        return self

    @property
    def writes_on(self) -> bool:
        """Whether Throughline may write to Classroom at all."""
        return self.writes == "on"

    @property
    def lookups_on(self) -> bool:
        """Whether a librarian may have a source looked up outside."""
        return self.lookups == "on"

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The networks of the installation's own that a look-up may reach beside the open internet."""
        return _networks(self.lookup_networks)

    @property
    def domains(self) -> frozenset[str]:
        """The Google Workspace domains whose people may sign in; empty means any."""
        return frozenset(part.strip().lower() for part in self.allowed_domains.split(",") if part.strip())

    @cached_property
    def keys(self) -> tuple[bytes, ...]:
        """The secret keys as bytes, newest first."""
        return tuple(_key_bytes(key.strip()) for key in self.secret_keys.get_secret_value().split(",") if key.strip())

    @property
    def origin(self) -> str:
        """BASE_URL without a slash at its end."""
        return self.base_url.rstrip("/")

    @property
    def behind_tls(self) -> bool:
        """Whether browsers reach us by https, so that cookies may be `__Host-` and Secure."""
        return self.base_url.startswith("https:")

    @property
    def google_root(self) -> str:
        """The one root all Google traffic goes to, without a slash at its end; empty for the real Google."""
        return self.google_root_url.rstrip("/")


def load_settings(env_file: str | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read settings from the environment and, below it, from `env_file`.

    Raises SettingsError for an unknown THROUGHLINE_ name, a missing one or a wrong value.
    """
    environ = os.environ if environ is None else environ
    given = {**_file_values(env_file), **{name: value for name, value in environ.items() if name.startswith(PREFIX)}}
    unknown = sorted(name for name in given if name.removeprefix(PREFIX).lower() not in Settings.model_fields)
    if unknown:
        raise SettingsError(f"Unknown setting {', '.join(unknown)}. config/example.env lists every name.")
    values = {name.removeprefix(PREFIX).lower(): value for name, value in given.items() if value != ""}
    try:
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(problem) for problem in error.errors())) from None


def given_settings() -> dict[str, str]:
    """What the environment says about Throughline, for the processes a command starts."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}


def other_environment() -> dict[str, str]:
    """The rest of the environment, such as PATH, for the same processes."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


def adopt(env_file: str) -> None:
    """Put what `env_file` says into the environment, below what is there, for this process and those it starts."""
    for name, value in _file_values(env_file).items():
        os.environ.setdefault(name, value)


def is_local(host: str | None) -> bool:
    """Whether `host` is this very machine."""
    return host in {"localhost", "127.0.0.1", "::1"}


def _file_values(path: str | None) -> dict[str, str]:
    if path is None:
        return {}
    values: dict[str, str] = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, found, value = line.strip().partition("=")
            if found and not name.startswith("#"):
                values[name.strip()] = value.strip().strip("\"'")
    return values


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _key_bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def _sentence(problem: ErrorDetails) -> str:
    where = problem["loc"]
    name = f"{PREFIX}{str(where[0]).upper()}" if where else ""
    if problem["type"] == "missing":
        return f"{name} is not set, and nothing was started. Set it in the environment; config/example.env explains it."
    return f"{name} {problem['msg'].removeprefix('Value error, ')}".strip()
