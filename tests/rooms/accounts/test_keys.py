import base64

import pytest

from integration.accounts.keys import CannotUnseal, key_id, seal, unseal

OLD, NEW = b"o" * 32, b"n" * 32


def test_what_was_sealed_opens_with_the_same_key_and_row() -> None:
    sealed, id = seal([NEW], "1//secret", bound_to="row")
    assert "secret" not in sealed
    assert unseal([NEW], sealed, key_id=id, bound_to="row") == "1//secret"


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    sealed, id = seal([OLD], "1//secret", bound_to="row")
    assert unseal([NEW, OLD], sealed, key_id=id, bound_to="row") == "1//secret"
    assert seal([NEW, OLD], "x", bound_to="row")[1] == key_id(NEW)


def test_a_sealed_text_copied_to_another_row_does_not_open() -> None:
    sealed, id = seal([NEW], "1//secret", bound_to="row")
    with pytest.raises(CannotUnseal, match="another row"):
        unseal([NEW], sealed, key_id=id, bound_to="other row")


def test_no_changed_byte_goes_unnoticed() -> None:
    sealed, id = seal([NEW], "1//secret", bound_to="row")
    data = base64.urlsafe_b64decode(sealed)
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
        with pytest.raises(CannotUnseal):
            unseal([NEW], base64.urlsafe_b64encode(changed).decode(), key_id=id, bound_to="row")


def test_a_missing_key_is_named_as_the_trouble() -> None:
    sealed, id = seal([OLD], "1//secret", bound_to="row")
    with pytest.raises(CannotUnseal, match="THROUGHLINE_SECRET_KEYS"):
        unseal([NEW], sealed, key_id=id, bound_to="row")
