"""Settings, read once from the environment (JISHAN_…); every problem is listed before the site starts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ledger.book import path_of
from web.keeping import read_pepper, read_seal

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class SettingsWrong(Exception):
    """The environment cannot be used; `problems` has one line for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """What differs between two installations. Frozen after the start."""

    model_config = SettingsConfigDict(env_prefix="JISHAN_", frozen=True, extra="ignore")

    book: str = Field("sqlite://jishan.db", pattern=r"^(sqlite|postgres|postgresql)://.+")
    key_file: Path = Path("jishan.key")
    pepper_file: Path = Path("jishan.pepper")
    seal_file: Path = Path("jishan.seal")
    witness_file: Path | None = None
    open_texts: bool = False
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    hosts: Annotated[tuple[str, ...], NoDecode] = ("localhost", "127.0.0.1", "[::1]")
    insecure_cookie: bool = False
    failed_signins_per_address: int = Field(50, ge=5, le=10_000)
    community: str = Field("积善簿", min_length=1, max_length=30)
    phone: str = Field("", max_length=40, pattern=r"^[0-9+() 转-]*$")
    hours: str = Field("", max_length=60)

    @model_validator(mode="before")
    @classmethod
    def _secrets_beside_the_book(cls, given: Any) -> Any:
        """The secrets stand beside the book, under its name, unless the environment says otherwise."""
        book = str(given.get("book") or "sqlite://jishan.db")
        beside = path_of(book) if book.startswith("sqlite://") else Path("jishan.db")
        named = {f"{name}_file": beside.with_suffix(f".{name}") for name in ("key", "pepper", "seal")}
        return {**named, **given}

    def pepper(self) -> bytes:
        """The secret behind every PIN and password. It is read when asked for, and never printed."""
        return read_pepper(self.pepper_file)

    def seal(self) -> bytes:
        """The key of what is sealed. It is read when asked for, and never printed."""
        return read_seal(self.seal_file)

    @property
    def attachments(self) -> Path:
        """The folder of the files that prove events: beside the book, or beside its key when the book is elsewhere."""
        return self.key_file.with_suffix(".attachments")

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return (
            tuple(h.strip().lower() for h in value.split(",") if h.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("hosts")
    @classmethod
    def _named(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [h for h in hosts if not h or "*" in h.removeprefix("*.") or "/" in h]
        if wrong or not hosts:
            raise ValueError(
                f"host names separated by commas, never a bare *: {', '.join(wrong) or 'none given'}"
            )
        return hosts

    @model_validator(mode="after")
    def _secure_beyond_this_machine(self) -> Settings:
        if self.insecure_cookie and not set(self.hosts) <= LOOPBACK:
            raise ValueError(
                "JISHAN_INSECURE_COOKIE is for this machine only: JISHAN_HOSTS names other hosts"
            )
        return self


def load(**overrides: Any) -> Settings:
    """The settings of this process. Raises `SettingsWrong` with every problem at once."""
    try:
        return Settings(**overrides)
    except ValidationError as exc:
        raise SettingsWrong([_sentence(e["loc"], e["msg"]) for e in exc.errors()]) from None


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    name = f"JISHAN_{str(where[0]).upper()}: " if where else ""
    return name + message.removeprefix("Value error, ")
